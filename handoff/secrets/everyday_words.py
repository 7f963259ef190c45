"""Words and characters of the seed lists that people also say in support chats.

A seed phrase is drawn evenly from 2,048 words, so few of these come up in one; an ordinary
sentence made of list words has hardly any others.
"""

from typing import Final

EVERYDAY: Final = frozenset(
    """
    able about above access account across act action actual add address afraid again age agree
    ahead alert all alone already also always amount angry annual another answer any april area
    around ask away bad balance base basic because become before begin believe below best better
    between black blue board bonus book borrow boss both bottom box bring brother business busy
    buyer buy call can cancel capital car card carry case cash catch category cause century
    certain chair chance change charge chat cheap check choice choose city claim class clean
    clear click client clock close coin come common company confirm connect control cook cool
    copy correct cost country couple course cover crash crazy create credit cross cry current
    custom dad daily damage day deal decide delay demand deny deposit describe detail device
    differ different digital direct door double doctor draft dream drop during duty early earn
    easy edit effort either else email empty enable end energy enjoy enough ensure enter error
    even evidence example exchange excuse exact exit expect expire explain extra face family
    fault fee feel few field figure file final find fine finish first fix flat follow force
    forget found free friend from front frozen full fund funny game gap gas general gift give
    glad good great green group guess guide half hand happy hard have hello help here hold
    holiday home honest hope hospital hour house human hurry husband idea identify ignore
    illegal improve include income increase index industry inform initial input inside insane
    interest into invest invite issue item job join just keep key kind know language laptop last
    later law lawsuit learn leave legal lend length less letter level license life light like
    limit line link list little live load loan local lock long loop love lucky machine mail main
    major make man manage margin market master match matter maximum mean media member mention
    message method middle minimum minute miss mistake mix mobile model moment money monitor
    month more morning mother move much must myself name near need network never news next nice
    night normal note nothing notice now number offer office often okay old once one online only
    open option order other outside over own page pair panic paper parent patient pay payment
    people permit person phone phrase pick picture piece place please point police position
    possible post practice present price private problem process profit program project proof
    property protect provide public pull put quality question quick quit quote raise rate rather
    ready real reason receive recall record reduce release remain remember remind remove rent
    repeat replace report require rescue result return review reward right risk room round rule
    run sad safe same save say scan school screen search second secret section security seed
    seek sell send senior sense series service session settle share shift short should show sick
    side sign silent similar simple since sister site situate six size skill slow small smart
    social soft some someone soon sorry sort source space speak special spend split spot staff
    stage start state stay step still stock stop story style subject such sudden summer support
    sure swap switch system tag talk team tell ten term test text thank that then there they
    thing this three ticket time title today together token tomorrow tonight top total touch
    toward track trade traffic transfer travel trial trigger true trust truth try turn twice two
    type unable under unit unknown unlock until update upgrade upon upset urge urgent usage use
    useful useless usual valid value various verify version very video view volume wait walk
    wallet want warning waste watch way web weekend welcome what when where wife will window
    wish word work world worry worth write wrong year you young zero
    """.split()
)

COMMON: Final = frozenset(
    """
    baby brother cake day found great happy man over paper sweet
    about account address again all already another any ask balance because before between book
    can cancel card change check claim code coin confirm copy deposit document email enough error
    exchange fee find first fix friend game give good hand have hello help here home hour issue
    item just keep key know later limit link list long lost make manage market minute mistake money
    more much name need network never new next nice nothing now number office once one only open
    order other page panic pay payment people person phone phrase please point price problem question
    real reason receive remember remove right same say secret security seed sell send service should
    show sign some someone soon sorry spot start still stop support sure swap talk tell than thank
    that then there they thing this ticket time today together token tomorrow tonight trade
    transfer trust try truly twice unable under until update upgrade use very wait wallet want
    what when where will window word work wrong year you
    """.split()
)
"""The commonest of them: a few of these make a sentence, not a phrase."""

CHARACTERS: Final = frozenset(
    "的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們生到作地于於出就分对對成会會可主发發年动動"
    "同工也能下过過子说說产產种種面而方后後多定行学學法所民得经經十三之进進着著等部度家电電力里裡如水化高自二"
    "理起小物现現实實加量都两兩体體制机機当當使点點从從业業本去把性好应應开開它合还還因由其些然前外天政四日那"
    "社义義事平形相全表间間样樣与與关關各重新线線内內数數正心反你明看原又么麼利比或但质質气氣第向道命此变變条條"
    "只没沒结結解问問意建月公无無系系军軍很情者最立代想已通并並提直题題党黨程展五果料象员員革位入常文总總次品式"
    "吗嗎急转轉客服谢謝请請帮幫忙退钱錢骗騙回复復快救币幣充值账帳户戶登录錄密码碼错錯误誤链鏈卡慢坏壞怎办辦呢啊"
    "吧哦喂哈嗨您号號手续續费費验驗证證身份冻凍封真假见見给給让讓找再别別太怕哭气死爱愛累难難受"
)
