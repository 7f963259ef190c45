"""English words that people write to support, the most common first.

Written by `python -m bench.faq.words` from the lines beside `bench/mood`, which are our own.
"""

from __future__ import annotations

from typing import Final

_WORDS: Final = """
the my to in it and is for on you me of do im with your can how at that this be what not one its so
from ive have was please if dont no he account now all by there out an up card will got they money
or does just his about says when has cant know last get her are want go tell need going time only
as phone then like back been here after but who id off app whats hes see am where today we since
which lost she again them tonight say him two said send put left day take pay before ill stop told
wont wife good still open our had more name next gone thats any would every everything call days
did keep theres lol new sent address work dead long someone bank tomorrow over first old number
took way because could people come down night should sorry wrong fee chat kids paid thing ok
nothing wallet xamount asked nobody transfer too think look isnt week home order myself something
man ask make three us life right why house doesnt without car found years change other answer kill
another same deposit morning never shes ticket mum than letter were done find gave form end give
help read use anything balance came leave went under set hold own wants well already haha limit let
brother code monday year month pls thank write door locked somebody each live close dad email made
through till sister withdrawal youre coins friday plan price support hours into usdt bot company
feel payment times sleep asking date mean police check hour nice savings gets tax die much office
statement until closed family goes may bridge crypto cut didnt many mother refund report sell
husband thanks wait mine minutes wrote agent fees person question enough being hell school son ten
whole room four list used yesterday comes hand loan second sunday case customer exchange fine late
page sir five better buy else job mail bought died message once side while anyone death team coin
goodbye really small twice btc cancel face friend months rate trading bad bit daughter note away
even everyone free password takes youve asks dog insurance passport pills run turn ex line link
ring six ago lot rope shop top trade safe wheres alive guy kyc log stopped both paper sold window
floor mums pin real scam yes button ever login move rent thursday waiting best coming flat freeze
gas lock notice reason shows talk train weeks writing add called hope moving roof theyll very yours
dollars hospital little video withdraw birthday block business gonna hi parents start cash eth
evening nine quick accounts dads keeps key kindly place rest half knife some group hear looking
love post rather reply screen seed their thought tuesday early pending sure theyre thinking lose
margin stay wanted alone between debt head loss min show ur water works photo sat scared whoever
written changed decided failed saying third type typing update voice whether always bill branch
full hello instead jump ones weekend baby confirm contact doing father file happens heart himself
kitchen landlord liquidation network suicide tried cards charged explain gift great hands kind
least mind outside proof round saw things anyway bus front funds hasnt letters market must shift
sign zero brothers cancelled dark final platform telling wasnt wifes also book care cold leaving
slow stuck tablets youll bag calls ends kept needed payout step taking token wake wedding blood
boss box colleague funeral funny opened papers possible understand watch word words bonus
certificate hotel missing moved reference request river service student these bottle client cover
different eat finished gun june partner sea site standing text try wish worth yet arrived blocked
burn claim cost eleven far guys hurt keys march normal oh review sending sick switch taken working
allowed amount asleep cat crying drop getting hang hard holiday itll laptop ledger liquidated
midnight needs past policy release saturday shall bed count dear delete fire given hit rejected
shed short sit walk withdrawals bath drive driver finally frozen garage god havent kid level near
news owe pension receipt security sitting speak staking station table usdc access anymore atm clean
cousin data friends history knows mate mistake neighbour passed point quiet reading road selfie
theyve travel verification weve boy cannot children closing copy country credit empty fake fast
finish fraud futures hed invoice kefu logged maybe online pick queue soon those upload world
bitcoin building charge forty girl happy longer minute noon orders press ready thinks tired able
court documents forever game guess having held human interest joke lovely means patient phrase
reach status turned user wednesday afternoon api auto balcony battery beneficiary body emergency
everybody field inside promised red sleeping split stupid together whos boys bring cried doctor
fault forgive high honestly lawyer less matter merchant pays position reset return salary
transaction accept against bathroom broke bye chain clear customers dey document double fixed fund
hardware joint killed looks low lunch payments problem saved self share signed sms street wall
broken christmas complaint ending fix hide holding killing men mode nft paying posted remember
remove shoot theyd uncle accident age alert answering anybody behind blue bother charity couldnt
due dying forgot giving honest might minus miss park play shut staff tea break coffee doors driving
eight english exit gate hanging hurry lady light mothers part per picture referral shame stairs
typed agents chart desk difference don dropped iban licence names numbers owner pass photos po
seller shell single spot swap talking transfers unlock voucher wallets whens worry youd appeal
around bro chair club codes compliance crash deceased declined edge engine exactly hey itself
laughed lights machine menu mortgage none nurse opening peace purpose qr running shaking solicitor
sons story teacher test trades walking wed whatever wifi alarm authenticator big cheaper church
contract cry daughters department dies dispute drops estate fell forms green law missed na notes
power promise rang received sisters sort stand stuff tickets visa windows within abroad angry arm
attached below bleeding boyfriend bug class confirmation convert debit debts docs drink earn error
faster feature gym happened legal logo mails makes minimum monthly parking patience petrol phones
scan seven signal somewhere sorted spring teach thousand verified afraid ambulance answered apps
candle daily deadline eating euro euros extra food gold hung husbands later location logs looked
maintenance mark offer option parked pdf putting released remind seat song steps such tied til
using van view woman accepted answers appointment april attorney bucks calm carry cashback cats
chance charts checking cheque cleaned deleted export feeling fill filled flight fridge instant
laugh leverage lift limits manager marriage met moneys nights okay opens pot pressed profile
recovery sad shoes started survey though tier verify worried young actually available belt boat
books cause deposits device direct discord drunk either eyes fathers finds firm flowers forward
insulin joking lake lie living lower lying memo middle passwords roommate runs showed simple size
sound starts stolen straight terms texted tokens translate trigger una version vs worked wouldnt
arrive attack awake bc breathing buried bury buyer calling cheapest click clinic credited deep
dinner drawer girls glasses grandson income land losses messages mobile music neighbours operation
pain points polite premium questions quite raise reads risk save scheduled seconds session solved
system tab tree true trying airdrop airport alerts apology approve article ashamed banks beat
believe bills bloody camera cap cheers child cleaner collect collection csv dogs executor expired
flatmate funding ha idea lets library local making milk nearly parcel party picked pill properly
razor reader sale schedule seen selling sends sepa serious shot shouldnt star statements staying
stream subscription sum tablet taxi telegram tells term tracks trust urgent vet village vip ward
yrs abeg advance anywhere ate bike borrowed bottom bullet buying cake calendar correct courier
delay dentist details disappear emails fair farm feed few fish germany gives goodnight hidden hurts
ideas january jumped learn leeds others percent pizza poison pool pounds print rain returned rule
seriously setting settle slept sol source stars stops store suicidal swallowed tag telephone twelve
useless warm watching weekly widow wire worse annual aunt blame captcha carer cars cliff
confirmations contactless cross currency delivery download drank during easy exist expire fingers
fourth garden ground happen jacket known losing max mom murder nephew officer panic papa period
piece planning public pulled record recorded rules scammed sees ship showing starting surgery
todays trader trip trouble turning tx uploaded username value walked white whom win along apply
automatically bear bin black changing choose clicked clock coat conversation counter decision
except eye floors follow hacked hall hash herself holds inheritance iron itd leaves ledge listed
listen mama meeting mid moment mr needing negative portfolio present probate process pull refused
retired rice rip spam stamp summer terminal thirty thx timer touch trace twenty upstairs usually
visit weather above absolute accountant admin ah average bags board booked burned callback chats
checked choice claims contacts cooked council counts course deal deserve divorce everythings fall
feet forum froze guard guide hair handed holder hrs ignore keeping kills kin lad lives lobby loved
married moon most mute neither nervous niece nobodys ombudsman pair piano pocket processing quiz
reached recipe recommend recurring renew reported rifle rush saving screenshots signature silly
sits slippage strong suppose surprise swim thoughts tip town trains undo unless vault wind won wow
writes across action ad apple birth bots brilliant broker brought clause clients cliffs computer
cook cool december doge drove dubai dust earth eaten employer exams expected expires explained
fails families farewell farmer feels flag fr fun further gambling gg google hate heating heirs hid
hospice index issue keyboard kidding lads leak leg listing maker match meaning meant mondays
nickname notary offline ordered outage owes pause payroll permanently planned plant poor pray
prison procedure project pump push quickly re receive records regulator reminder replacement reward
rewards rude scammer scammers shouted sim sober someones soup spent state stood supported survive
switched talked tap tide toilet turns unlocked website weekends whose wick widget winter worst
absolutely acid act affairs agreed ahead android apparently babys backup bakery bar basis beam beg
beta bigger bomb brake breathe bunch burns canada canal ceo chargeback checkout checks chose city
colour consider countries covered demo design desktop dip dollar donate dramatic dress dumb easier
envelope expect fastest february fifty filing film financial finger future grateful harm heaven
helped helps heres hers hits hot hurting ice included inform internet ipad jobs jokes judge jumping
knives language legs likes literally load loud luck maam mad madam medicine meme mins moms motel
multi nan nicely nor october odd options pan payee payouts phishing pieces plants podcast positions
pregnant pressure printed pushed quote recover recovered regret reopen resolved reversed robot rug
screenshot sec sentence shouting shown signing spare spend spread sugar sundays survived sweet
swimming tips typo uk uni uses vote wanna washing weird woke wonderful acct addresses ai arent arms
arrives attempt august badge banking barn base begging border bounce bread breakfast busy calories
channel chatting chosen closes college companys compound control correspondence counted cousins
crane curtains dare default delayed devices discount emptied ended excuse explanation failure
falling faq favourite feedback fence ferry fit folder fork freezer german gf glass grand
grandmother grave grey grid handle heard hearing higher hotline hows idiots india junior killer
kilos laughing learning lmao logging luggage ma mall mans marketing mates meetup mouth neck nfts
noticed notifications official orange pack packed paperwork personal pictures pier plans pressing
profit protection proud quid register relief restricted ringing scum sense server settled
settlement seventy shant shared shopping simply sink skip slowly smell snow sometimes spending
sponsor stablecoins stomach stopping streaming stress suit suspended swear tbh tears therapist
throw tin toast tonights transferred travelling treat truck trusted tuition uid upgrade utc via
wages wear whatsapp women xrp yellow yo yourself acc active adress advice air apologise arranged
authority bankrupt banned beach beard beautiful bf blade blank brain buddy burial cabinet cafe
cambodia careful casino ceiling chip clothes coast comment consent consumer costs counsellor
crossing cupboard curious cutting daddy danger decide decimals deliver delivered disappointed
donation donations drowning ear electricity elses embassy endpoint enter entity escalate eur
everywhere evidence extension falls fed filed fishing flagged france glad grandmas hack helpful
hoping hugged interview irish journalist kettle ladder large lawyers learned lisbon london manila
meds meet miles mixed murdered naira ngl nineteen ninety nothings oga overdose overdraft
paracetamol path paypal pen penalty pharmacy pic pillow pistol plain polish portugal private
product promo prove quarry radio rail railing railway reception recognise recording rekt replies
reporting require reservoir retiring rn ruined script search season shark sheet shelter shotgun
shower skins sleeps slower sooner sounds speech speed stake stamps stick storey stove students sub
subject surname suspicious ta tent terrace thatll theme thief thieves throat title tmrw traffic
turkey tv twin valid vodka volume waited whenever whitelist wills wiped wished wouldve zombie apart
application approved army badly bailiffs balances ban barrier basic basically bears beats become
beer begin beside bleed bless born browser bulk burning candles charging cheerful chemist choke
closure clowns colleagues complete confirmed connect contest cooker crazy crime crisis daddys damn
declare deleting delisted designed digital disable doc doctors donor drill duty easter electric
emoji exam explorer factor finance fingerprint flights fly followers forget formal frightened frog
fuel furious gambled gap gcash gdpr ghost gran grandchildren grandma grandpa grans grown handled
health healthy helpline holdings holidays honour hook hose hostage hostel idiot inactive inactivity
insufficient insured invest ip iphone isa join kenya kidney kms knees knew knowing ko labelled
layout leaflet lesson letting lightning limited linkedin liveness loaded locker logins lots manage
marked markets maths member merge mess model morphine msg named nominee notification often older
oven parish partners paste payday peaceful persons places plate pm pnl politely pre purchase
quarter quit rails raised ransom reasons recall refunded registered registration rename replied
reserves resignation respect rung score section secure served shops shout silence sis sleepy slot
speaks spoken standard stays strange stroke tenant testing texts themselves thieving threw toddler
tomorrows tracker treatment truly truth twitter unfreeze union upi upset usual utility viaduct
volunteer warning wash whys wine withdrawn wondering woods wrists yall yeah actual adding adviser
afterwards agreement airline allowance alright although apy aside assistant attach audit automatic
avatar banging basket beachy bedroom bet bleach bleeds boiler booking boot breaking breaks brings
burden burnt butter buys cabin cancer capital caps caught cell cent cents charcoal charger cheap
chemo cleaners cleared climbed collector collectors column commit community cop counsel counting
county crashed crashes crew criminal crooks custody debited deducted directly disturb dorm dormant
dose dot drown eggs eighty everyones exchanges executed expensive explaining express fan feeding
fixing followed fool football foreign former forwarding french fruit furniture garbage girlfriend
gona grandads grandpas halving happening heads helping homework hundred hunting illegal import
incoming insane instalments intend invite jail joy kerala kevin lagos laid lease legit lifes
lighter loans lorry lump maiden marry meal medical memes memory mention merch metal million moves
ms necessary netflix noise novel numb nursery oclock original otp ours overnight pages painful
passports pathetic payslip pensioners perfect permission perps pesticide phoned picking picks pics
pilot playlist plays plug poland postman poured ppl previous priority proper quicker quietly random
rat rates rating rats realised receiving recommended refreshing remaining remote removed rented
required restaurant restore reverse rid ride rings rot row salt sandbox scheme scissors screaming
secret seem senior settings shave shelf shifts shooting shorter singapore sixteen skin sniper sofa
somebodys soul space spain speaking st stab stable stamped staring stepdad stole stone strangle
streamer sue suggest sunset supermarket supper supplier supposed swapped taught tds terrible tested
thailand theft therell thread thumb thursdays tire toaster tool track tram transactions treasurer
tweet uh um uncles undertaker unknown victims vietnam virtual voicemail vpn walks warehouse
warranty washed watched web webcam weigh whale wheel whisky worker wrist wtf yearly acceptable
added addressed advise aid ako allow amounts antifreeze apologies appreciate approval apr arrest
ashes assets atom attempts aunts axe band banner batteries beaten bedtime began begged bench bible
billing bins blew blow blurry bnb bookkeeper bored boring borrow boxes brave brb breath built cache
calculator caller cam category cellar centre changes charges chess chicken climbing collateral
comma compensation complaints completed completion compounds congratulations connection cooking
cope cord corporate costing countdown couple cow cries cup cutter dca decent decides deck dementia
denied deserves dialysis digits disappeared divorced draining drama drawing dropping duress earlier
enjoy entered entire entry escrow eta event exact excel exclusion existing experience fact false
familys fat fifteen filling fisherman flats following foot format fortnight freezing freight fuss
general gentle ghana giveaway goal golden goldfish granddaughter grandfather grandkids grief grow
guarantor guest gwei hammer hangs happier hears heat heavy hip hire hitting honeymoon hr hungry
icon icu identify idk ids illness imagine inbox instructions internal invented invoices ireland
jazz jumper kidnapped km knot kuya kys label lakh landed landing landlords lane lend lender lent
lied liked lined lines liquidity loading locks lonely longest loose loses manchester manual marcus
maternity matters mechanic minor mirror mismatch mod mouse mummy mustnt mystery nah nails nap
needful neednt nephews newsletter non nonsense noose notify nudes nurses obliged oil ought paint
parasites partial passcode pastor patients paused pc peoples perfectly permit pixel plane plot
plumber postcode posting pots practising precisely prefer pretend pretending pretty prices priest
pro probably proceedings programme pub pulse ran recipient redo region relieved remains renewal
replace reports resend respected responsible returning revoke riddle robbed robux roll roommates
ropes route safety samaritans saturdays scams scare scream screw sdk seats seeing sessions sharp
sharpened shirt signs sing sixty smart smiled smiley social society sock soft solo sorting spanish
specialist spell spelling spinning spins squad sry stall stands stayed stepping sticker stranger
strike success summary super swallow switching tank tape teenager temperature template temporary
terminated tho threat threatening tick tidy tie timetable tiny tools touched traded training
transcript translation trial tuesdays types typical tyre uber umbrella unalive unbelievable unblock
understood unstake unstaking unsubscribe users validator vanish vest visible voices wanting warn
waste wat ways weight whoevers wording workers ye york yourselves zone accepts accordingly activity
addicted affect aint ana anna anniversary anxious appear arbitrum asset audited australia autumn
bali bandaged bang banker bankruptcy barista barrister bastards bat beating beef beginner behalf
belongs billed bits blades blockchain boda boiling bonds bounced bringing brokers bruh bruises
budget build bull bungee bust buyers campaign camping captain carbon cast cd celebrate chapter
chase chatbot checklist cheese chemists chest childrens chinese cigarettes circle cleaning clearly
co coach coincidence collecting common compare comparing concern concert conditions condolences
conference confirming continue conversion converted cookies cops cork coroner corpse cos cotton
counselling cream cremation crossword cruise cursor dam dance dangerous dash dates dawn deed
detective digit disgrace dishwasher diwali doha doorstep doubt downgrade downstairs draft drafted
draw drone dry dublin earned edit egg electrician emailed emi emptying entrance episode escape eve
everybodys evrything excluded facts fax fca fear feb felt fifth fight figures files fills filmed
fir firemen firmware fits flatmates flew flour flying follows font fools force forest forgiven
foster fourteen fresh fridays friendly fuse fyi gains gallery gamble gentleman girlfriends glasgow
googled gorge graduation grams grandfathers greyed groups guitar gunpoint halted handling hanged
harbour haunted hay hearts heavens hedge hiding hill hmrc hobby hoped hunger hypothetically
identity important includes inconvenience informed inherit insta invalid jumps king kiosk kissed
kit knee knocked knots lap laughs laws lazy lead leaked liar lies lifeboats lifted linked listening
loads lodge lodged loft lounge loves loyalty ltc lucky luna machete maid mainland mandate margaret
mascot matching members memorial merchants mill miner mon mood mountains muted nans net networks
newspaper ninth north november nowhere nursing obituary ocean offices ohio okafor olds omg opposite
opt ordinary organ overpass oxygen painless panicking paperless parrot parts passes passing patio
payslips penny personally perth pet pharmacist photograph phrases pickup pikin pins planet plenty
pockets pos prayer prepaid prevention printer provider proxy pumped purchases quickest range ratio
razors recoverable redeem ref refer regarding regulated regulators relax releasing remain repayment
repeat residence respond response responsibility restaurants results retirement returns reviewed
rider robbers roofer roofs rooftop rooms roses rounding sats sauce saver screens selfies sellers
sells separate september series serve sewing shouldve signals sihanoukville silver sixth smaller
smells solana soldier songs speaker splendid spreads spreadsheet stablecoin stage staked steak
steam stones stool submit sun sweets swift swing swiss tagalog tall tallest taped target task taxes
taxis teeth tension terminate texas thanked theatre thered thick threatened ticked tight timed tok
toll tomato total touching towards towel tower tracking trailing transferring trapped tries
triggered trolley tron tub tube tune tutorial ty ugh ui uniform unit unlink upon ups usb vanished
vat vein veteran videos viewers violent visiting void waking wan warned weak websocket welcome wen
wet wetin whiteboard whod widows windy wise withdrawing wits worries wreath yay yen zip aadhaar
abuela according acknowledged acres activate actuary ada adl adult adults advertised advised
affected agency agm agree aisle alarms allah allotment almost alt alternative american amma
anaesthetist angels ankle annoying anydesk anyhow anyways applications arbitration area argue
arithmetic armed arrested arriving assume asylum attacks au auckland austin authorised autopay
awful backpack baker baking balls bandage bands barbecue bars becomes beep beforehand beginners
begins bend bereavement beyond bhai bids bingo birds blackmail blanket blind blinds blink blocks
blog boarding bodyguard boil borrower bottles bouncer bounty bow bowl bowls braces braindead bravo
breach bridges bristol british broadband bsc budgeting capitals caravan cares carpet carriage
carried ceos certified cfpb challenge changelog character characters cheat cheer chips choosing
cigarette civil clap classic cleans clever clicking coffin coma comments committee competitor
complain completely compulsory concentrate condolence confetti controls converting copied corner
corridor corsa costume cottage couch courtesy covid coward cracked crewe crooked current curry
custom customs cyber da daft dating de deacon dealt debits declared deeper defence degree delist
delisting demand depends deployed deposited depression detect detected devs diabetic diamond dice
dictated dinners directions director directors disagree disaster disclose disgusting dish display
displayed dive dm dms domain domestic donated donkey dough dowry dozen drained drains dreams drinks
drivers drives dropdown drug drum duck dye earliest earning ears edited edition efcc elsewhere em
emailing employee enclosed engaged engineer engines entirely erase ethereum eu example exclude
execute execution exhaust exists expiry expression extend fail failing farmers fasting feelings
fellow fetch fever fianc fiat fifo fighting figure fiji filter filthy finder finishing flexible
flip flu flyover folks forced forecast forgotten fought frame francs freelance freezes frustration
gardening gbp generator generous gently gloves gluten goin goodbyes goods goodwill grace grandad
granddad graph gravestone grieving groceries grows gst guaranteed guardian guests guilty guns
hacker hadnt haircut hairdresser halal halfway halloween handover harder hardly hardship harvest
hat hates height heights helium helper hii hindi hint hitman hmm holders holes holy hong hoodie
hoodies hopeless horse host hugs hull hw hymns hyphen ibuprofen ignored immediately incl including
increase indian ink insists insolvency install intended intensive interested interesting invited
isolated italian italy item japan japanese jar jk joined joining jollof journey juliet july kg
kidnapping knock kong lab lahore lakes lakhs languages lawn leaderboard leads leap learns leeches
legacy lemon lenders lending length lens lethal letterhead lifeboat lifetime lighthouse liq liqd
liquidate lite litres litter lmaooo locate logos logout loo lottery louder lowest lowkey loyal luv
mailbox mailed malta malware mam managed mango map marathon mask meantime meanwhile medium meetings
mentioned merely metamask method microphone mile military mines minors mint moher mongolia monkeys
monoxide morgue morocco moron morons mug mugged mule mumbai museum mushrooms myanmar nairobi
national native nav navigate neighbor neighbors nerves nicest nigeria node nonce noodles normally
norway nosebleed notarised notebook np oat obviously occasions occupation offers ofw oldest onion
onions onwards oops op orchids organiser organs otherwise overreacting ownership package packing
pact paintings pairs pal parties partnership passenger passkey patches pattern payees peas
penalties pepe percentage perhaps phew physically picnic pint pity plastic platforms platinum
played playing pleasant pleasure plus plz poem poisoning polygon pond pongal pop popcorn port
portal porto portuguese poster posts potatoes pound powder practical practice praise praying
prepare presale prints privacy priya prize program progress providers published pulling pupil puppy
puzzle quieter raining rainy ramadan ramen rand ray rebalance receiver recital recognised reddit
redemption refill refresh refunds refuse regards reject reminders renewed rents rep rephrase
replying requests restart result retention reverted reviews revolver reynosa rig rights rigs roast
robbery rome romeo rounds routine runner runway rupee russian sa safer saint sake sales savage
scanner scarf scars scattered scooter scotland scuba secs seemed seems semester sender sentences
seventh sharing sharks sharpen shaved shib shit shivering shock shocked shortest shorts shoulder
shouts sides silent silo simpler situation ski skiing sky sl slaughtered slice slide slip slipped
slots smarter smile smoke smth snapshot snows socials software solar sole sos sounded sourdough
speeches spineless spit spoil square stabbed stairwell starter starve stated statutory stepped stew
stock strangers strategy streets strip stronger study subscriptions sudoku suggested suggestion
suitcase sunrise supervisor supply survivor swearing sweep swore sync tailor talks taxable taxed
teen tenancy tesco testnet theirs thesis threshold thrilled thru tides tidying tiktok timestamps
toilets tone tooth tours tp traders trash trick triggers troubling twins typos tyres unauthorised
unavailable understands unfortunately unpaid updates upgraded urgency usd useful va valuation
vegetables vendor vesting victim viewpoint visits volatility vouchers wage wagmi walter wana war
warden warnings watches waved wax wealth weapons wearing weekdays weir werent wey whatevers
wheelchair whip whitby whitelisting wholl whove wi windermere witness witnesses woken xbox xlink ya
yaar yard zoo zurich aa academy accent accidentally accnt accra ace acknowledge additional adieu
adjusted admire adore ads advert advertise adverts affirmative afford africa afterlife aged
agencies ages alarming album alexa allergic altcoins ama amazing america ami anaesthetic analysts
animal animation annuity anti antonym ants apartment apostille appears applied appointed approvals
approver argued arguing artists asda ass assessment assured attachment attachments attempted
auction audio auditor auditors audits auth autistic autocorrect avocado avoid awaiting awfully
awkward aye babe backwards bacon badminton bagholder bailiff bake balloons banana bandhan barbecues
barber barcelona barrel barricaded basra batterys bday beans beatrice bec becoming beeping bees
beggar believes belong ben beneficiaries benefit benny berlin betting bfs biggest binder biometric
bird biro bishop bite blackmailer blackmailing blaming blocker bloodbath bob boiled boilers bolo
bones bothered bothering bout bowline boyfriends brainless brains brand brazil breakdown breakup
brick bright brighton broccoli bros brown browsing brutal bucket builder bulbs burglars buttermilk
buttons buzzing bvn cable cables cactus calculate calculated calf calgary calms camp campsite
canals cancelling canned captains captchas carefully caretaker carrier castle caterer caused cebu
celsius center chairs chap chargebacks charities cheaply cheerio chef chemicals chewed chf
chickpeas childs chilli chit chocolate choir choked cholesterol chrome cinema claimed claiming
clarify classmate clearer clears clicker clicks clip clipboard clocks cloud clouds clown cnt
coerced collects comfort committed comp companies competition complained complaining compliments
compost compounding compromised compute computed concerned concierge confession confirms confs
confuse confused congestion congrats congratulate connected considered consistency consolidate
consumed contacted contacting contemptible contracts convince cooldown cooling corners cornwall
coroners corrected correction cot cough councils courage couriers courses covers cowards cows
created creditors cricket croatia crossbow crossbows crush crushed ctb curiosity currencies cuts
cvv cybercrime cycle dahab damp danced dated daylight db deactivated deadlines dealer deals debate
deceaseds decency decimal decisions decluttering ded define degrees deletion dem demands depend
depositing depot depressed desert deserved designer desks despair dessert detail dev developer dex
dhaka di diary diet diff differs dignitas dim direction dis disabled disappears discharged
disclosure discounts disease dispatched disposable disputes disturbing dividend diving dizzy dnt
dock docks documentary dodgy dogecoin doll donors doormat downs drafting drain drawn draws dream
drinking drip drought drowned drugged drugs dumbest dump dumped duplicate dutch earthquake eats
effective efforts eid eighteen eighteenth eighth eldest eligible elm embarrassment emergencies
emojis employed employees employment enable energy enforcement england engraved enjoyed enquiry
enrol envelopes envy equal ers escalated escalating essay est estimate europe everest everyday
eviction ewa excellent exception excess excuses executing exercises existed expelled exs extended
facebook faces facing fade fahrenheit faint fairy faith faithfully fam famous fantastic fare fatal
faucet favourites fb fck feeds fela festival fetching fewer fibre films filters finding finishes
fired firms fitted fixes flames flash flipped floats flooded fluid foam fog fold folded folding
fone fonts footer foreman forgets forgives forth founder fps frankfurt fraudster fraudulent
freaking fri frm fuming gaffer gallon games gang garlic generation georgia gfs ghosting gin ginger
git givin gmail goddaughter gorgeous gotta government gps grabbed grade graduate grandparents
granny grant granted graveyard greedy greeting grill grim groom guarantee gud guild gusto gutted
habit hairdryer hairs halifax hallo ham hamlet hammock hamster hamsters handbook handing handles
hangman hapens harness harold harvesting hashes hashtag hatchback hatfield haul hav hazard hazards
headache heading headlights headstone hearings heartbroken heartless heathrow heavier hedgehogs
hells herons heya hiccups highest hiking hiv hiya hodl holt homeless homepage honoured hoops hoover
horrible horses horseshoe household housemates hq http hub hubby huge humber hungover hunted hut
icing ident identical ignoring impressed imps information informing inherited inherits initial
innings inquest insanely instalment institution instruct instructor insulted insurer insurers inte
integration intern international introduced invested investigating investigator investment
investors ios irreversible irs issuer ivf ivy jab jag jam je jelly jesus jetty jewellery jo joanne
john joiner jointly joker jpg juice jumpy ka kampala kaya kayak kcal kennels kerosene kick kicked
kicking kidnappers kidnappings kil kings kiss kits kitten kitty kk knitted kno kolade korea krona
kumasi kyiv la laces ladies lag lagged lags lamp landlady lanyard lapses laptops larger largest
lasted lasting lasts latch launchpad laundering lay leader leaf lean learnt leather ledgers
leftover leftovers lego leo lessons letterbox lh liable liars librarian lid lifts lighting likely
lil lily lima limerick linear linux lips lipstick lisa listens lists lit litecoin lived liver
livestream livid loch lockd locking lookalike lord losers lp ltd lyrics macau machines madrid mae
mag magic mailing main maize male mamas management managers manages maps marine marker markup
marmalade marvellous mass massage matches math maximum medal mein melbourne mempool mend mentions
merged messy metaphor meter methodical methods metres metro mexico michael mileage minsk minted
misery misread misspelt missus mix mixer mixing ml mobiles modelling mombasa monero monitor monkey
moonpapi moons mornings moss mostly motorbikes motorway mourn movie mpesa mrs msf mummys muppets
myawaddy nagpur nahi nail naka nanay nanny nano narrowboat nasty navy nearest neat neft nepa nerd
ness newbie newsletters nfc nicer nightmare noodle nope nose noted notified nri nt nuke nuked null
nut nuts nvm objection obsessed oct octopuses oddly offered officially offside okada ontario oom
operating organisation organised orkar osei oslo otapiapia otc outgoing outlive ovens overcharged
overdosed overheard overpaid overpay overtime owed owns oxy packet paddington paddy pag painkillers
painting pakisagot palm pancakes panicked papatayin parent parental parks passengers passkeys
passphrase pasta patch patron paydays peacefully peanut pence pennies perks permanent permitted
perp peru peso philippines photographer photosynthesis physical physics picturing pigeon pigs pimp
pineapple ping pink pit placed plainly planes planets plasters plugin pointing poisoned pole
policeman poll popped popup porter possibly potato pounding practised prediction premiums prepay
presents preserve pricey pride principle produced professional profits prom pronounce property
protect protects protein protocol proves provide psych psychiatrist pt publish punched pune punish
punishment pure purposes pushers pw pyjamas qualify quarterly queen queenstown quest questionnaire
queues quinoa quotes rabbits race rack radiator radiators railcard raksha raw rbi reachable reaches
react readable rebuy receipts recordings recvwindow recycling reduce refreshed refusal rehab
rejecting rejection relapsed relation remark remembered remittance remotely renews rental reorder
repair repay repo repot repotted reproducible requested requirements reread reroute reschedule
rescued researched reserve resident resigned resort restarted resubmit revert revoked rewrite
rewritten rhymes rich ridiculous riding rise risks risky rivers riyadh roadside roaming rock rocket
rolls romance rota rotate rotten roulette router rs rubbish ruin rupiah rust ruth safely safes
safest salam salaries salmon salon samsung sanctioned sanctuary sand sandwich sapper sarcasm
satisfaction saudi sauna scale scanners scans scares scary scenes scholarship schooling schools
scratch scripts scumbags se sealed seas secretary seeker selfish semesters sensible seoul sequel
sequence servers services setup sewerslide sextortion sh shackletons shaft shake shakes shetland
shipped shipping shoe shoebox shook shortcut shorten shortly shots shove shredded shutter sided
signatory signer silk sill sin siri sirs sizes skeleton skipped skoda skydiving sla slap slashed
sleepers slider slippers slit smallest smartphone smiles smiling smooth smug snapped snatched
snooze soap socks soda soldiers solve solves sooo sore sory sot south special speling spelled spelt
splash splitting spoiled sponge spouse spray sprinkler stadium stale standards starving steel steep
sterling stern stfu sticks stinking stomachs stored stories strangely strap streak strength stretch
string studies submitted subpoena subsidy suddenly suffer sufficient suing sums sunny suns sunsets
sunshine superb suppliers surf surgeons surrender survivors sushi suspect suspense susu swahili
swallows swaps swears sweating sweden swindled switzerland sword sympathy symptoms synced syncing
tabs tamil taps targeting taste tattoo tattooed teachers teams tech technical teenagers temple
tenants tenth terminals terribly terrific terrified tester texting thai thanking therapy therere
thin thinkings thinner thnk thoughtful thousands threatens thriller thrown thunder ticks tiers
tiles timestamp tinned tinnitus tipping toddlers tokyo tom tomatoes tonnes torn tortoise towels
toxic traced tractor translated trap travellers treated treating trees trezor trim troll trousers
trucker trumpet trunk trustpilot tue tunnel turmeric twenties txid tying ukraine unable unanswered
unclipped unconfirmed underwater undone unfair unfit uninstall uninstalling university unlawful
unlocks unplugged unreachable unread unsubscribed unused updated uploading upside url urn urself
usernames ute utter vaccines vacuum valium valley vegan vegetarian venmod ventilator verb viewer
views visited vitamin vitamins voting vulnerability waist waive waived wakes walls walmart wardrobe
warfarin watchlist watered waterloo waterproof waving weapon webinar weedkiller weights western
whatd whichever whistle whitelisted widowed wil withdrawl withholding wonder wood wooden workout
workshop worm worms worn wrecked wrench writer wrongly xanax xlm yea yelling yep yesterdays yolod
yoruba youtube yr yubikey yung zloty zoom
"""

ENGLISH: Final = {word: place for place, word in enumerate(_WORDS.split())}
"""Each word with its place among them."""
