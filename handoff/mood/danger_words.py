"""What messages about a life in danger speak of: classes of words, in Chinese and English.

No class decides anything. What each says, alone and beside each other one, is learnt
(`bench/mood/train_danger.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import combinations
from typing import Final, NamedTuple

import numpy as np

from handoff.mood.features import Hashes, phrase_hashes

ZH: Final = {
    "wish": """
        z杀; 一了百了; 一死百了; 上吊; 不如死; 不想再活; 不想再醒; 不想存在; 不想活;
        不想火了; 不想醒; 不配活; 了断; 去死; 唔想活; 寻死; 寻短; 想si; 想zs; 想不开;
        想死; 我该死; 死了也好; 死了就好; 死了干净; 死了才; 死了更好; 死了算; 求死; 没脸再活;
        没脸活; 活不下去; 活不了; 活不成; 活唔; 活够; 紫砂; 约死; 结束我的; 结束生命;
        结束痛苦; 结束自己; 自尽; 自杀; 要si; 要zs; 该死是我; 赴死; 跳下去; 跳楼; 轻生
    """,
    "dead": """
        上路; 丧命; 咽下; 咽气; 尸; 归西; 断气; 死; 没命; 见阎王; 身故; 送命; 遗体;
        阵亡
    """,
    "self": """
        我也划; 我也割; 我也吊; 我也捅; 我划; 我割; 我吊; 我捅; 自尽; 自己; 自我了断;
        自残; 自焚; 自缢
    """,
    "act": """
        一头撞; 一跳; 上吊; 划了一; 划手; 划自己; 割了手; 割得; 割手; 割断; 割脉; 割腕;
        卧轨; 吃下; 吃了; 吊死; 同归于尽; 吞下; 吞了; 吞安; 吞药; 喝下; 喝了; 喝农药;
        喝掉; 喝敌; 喝百草; 喝药; 喝除草; 垫背; 往前一步; 投江; 投河; 投海; 投湖; 放火;
        方向盘; 服毒; 服药; 松手; 烧炭; 睡过去; 纵身; 跳下; 跳井; 跳崖; 跳桥; 跳楼;
        跳江; 跳河; 跳海; 跳湖; 跳轨; 陪葬
    """,
    "means": """
        0片; 一整盒; 一瓶; 一盒; 三十片; 刀; 半瓶; 吗啡; 安定片; 家伙; 手腕; 敌敌畏;
        枪; 汽油; 炭; 炸了; 炸弹; 煤气; 燃气; 百草枯; 绳; 胰岛素; 药; 除草剂
    """,
    "height": """
        坐在边; 塔吊; 大桥; 天台; 天桥; 层; 屋顶; 往下看; 往外挪; 悬崖; 我上来了; 护栏;
        架子; 栏杆; 桥上; 桥下去; 桥中间; 桥边; 楼; 窗台; 窗外; 窗开; 窗户; 窗边;
        站上来; 脚已经; 阳台
    """,
    "water": """
        山上; 森林; 水库; 水边; 江水; 江边; 江里; 江面; 河水; 河边; 河里; 浴室; 浴缸;
        海水; 海浪; 海边; 海里; 湖边; 湖里; 潮水; 站台; 请勿打扰; 车库; 轨道; 酒店;
        铁轨; 雪山; 高速上
    """,
    "farewell": """
        一封信; 不用再回; 不用劝; 不用回; 不用安慰; 不用找; 不用来了; 不用等; 不要伤心;
        不要怪; 不要难过; 保重; 再见; 写了; 写好; 写完; 几封信; 别了; 别劝; 别怪; 别找;
        别等; 别难过; 勿寻; 勿念; 原谅; 告别; 好好活; 好好照顾; 对不住; 对不起; 展信佳;
        抱歉; 拜拜; 晚安; 最后一个; 最后一单; 最后一句; 最后一条; 最后一次; 最后一程;
        最后一面; 最后一顿; 永别; 珍重; 留了信; 留了字条; 留了封; 留了张; 留了话; 留信;
        留字条; 留封; 留张; 留话; 纸条; 绝笔; 要活; 要照顾; 谢谢你; 谢谢各位; 谢谢大家;
        谢谢您; 谢谢这; 道个别; 道别; 道声别; 遗书; 遗嘱; 遗物; 遗言
    """,
    "tell": """
        告诉; 帮我; 打0; 打个0; 打我妈; 打我姐; 打我爸; 替我; 联系太太; 联系妹; 联系姐;
        联系家; 联系弟; 联系我妹; 联系我姐; 联系我家; 联系我弟; 转告
    """,
    "bequest": """
        助记词; 备份; 宠物; 密码; 带不走; 托付; 抄; 捐; 狗; 猫; 留; 给; 账号;
        账户信息; 身份证; 送; 钥匙; 银行卡
    """,
    "absent": """
        不会; 不再; 不回去了; 不回来了; 不在了; 不必; 不想; 不活; 不用; 人也没; 人也该没;
        人没; 人该没; 住不了下; 住不了今; 住不了明; 住不了那; 住不到下; 住不到今; 住不到明;
        住不到那; 住不过下; 住不过今; 住不过明; 住不过那; 先走; 冇主人; 冇人用; 冇以后;
        冇明天; 冇有主人; 冇有人用; 冇有以后; 冇有明天; 冇有来日; 冇来日; 单程; 发现我; 叫醒;
        少了我; 少我; 就走; 我走之; 我走了; 我走以; 我走前; 我走后; 找到我; 撑不了下;
        撑不了今; 撑不了明; 撑不了那; 撑不到下; 撑不到今; 撑不到明; 撑不到那; 撑不过下;
        撑不过今; 撑不过明; 撑不过那; 永远不; 永远地; 永远的; 永远离; 没主人; 没人发现;
        没人在乎; 没人用; 没以后; 没明天; 没有主人; 没有人用; 没有以后; 没有我; 没有明天;
        没有来日; 没有理由; 没来日; 没理由; 活不了下; 活不了今; 活不了明; 活不了那; 活不到下;
        活不到今; 活不到明; 活不到那; 活不过下; 活不过今; 活不过明; 活不过那; 消失; 用不上;
        用不到; 用不着; 离开; 等不了下; 等不了今; 等不了明; 等不了那; 等不到下; 等不到今;
        等不到明; 等不到那; 等不过下; 等不过今; 等不过明; 等不过那; 被人发现; 要走,; 要走了;
        见不到; 该走了; 走之后; 走了之后; 走了以后; 走以后; 远行
    """,
    "hopeless": """
        不值得; 不想争; 不想再争; 不想再撑; 不想再玩; 不想再等; 不想努力; 不想撑; 不想玩;
        不想等; 不想继续; 决定了; 受够; 够了; 太累; 头了; 好累; 害了; 崩溃; 废物; 归零;
        很平静; 想通了; 抑郁; 拖累; 撑不下; 撑不了; 撑不住; 撑不过; 攰; 放下了; 没什么可;
        没力气; 没勇气; 没希望; 没意义; 没意思; 没指望; 没有力气; 没有勇气; 没有希望;
        没有意义; 没有意思; 没有指望; 没有牵挂; 没有盼头; 没有路; 没牵挂; 没用; 没盼头; 没路;
        活下去; 活着; 煎熬; 熬不; 累了; 累赘; 绝望; 解脱; 认命; 负担; 轻松
    """,
    "afterlife": """
        一生; 一辈子; 下一世; 下世; 下辈子; 世上; 世界; 丧事; 人生; 人间; 做鬼; 去找他;
        去找你; 去找她; 去找我妈; 去找我爸; 去找老; 去见他; 去见你; 去见她; 去见我妈;
        去见我爸; 去见老; 地下; 坟; 墓; 天上; 天堂; 头七; 奈何; 忌日; 我来找你; 托梦;
        收尸; 星星; 来世; 来生; 火化; 烧纸; 葬; 跟他去; 跟他走; 跟她去; 跟她走; 跟着去;
        跟着走; 这辈子; 那边; 阎王; 阴; 陪他; 陪你; 陪奶; 陪她; 陪我妈; 陪我爸; 陪爷;
        陪老; 马上就来; 骨灰; 黄泉
    """,
    "hurt": """
        不动了; 停不下来; 冷; 吐; 喘; 头晕; 抖; 抢救; 断了; 昏; 有点困; 止不住; 没气;
        洗胃; 疼; 睁不开; 血; 闷; 麻了
    """,
    "rescue": """
        叫个; 叫人; 害怕; 怎么办; 我怕; 报警; 拦住; 控制不住; 救他; 救命; 救她; 救我;
        救护车; 救救; 来人; 求求; 热线; 聊聊; 警察; 说说话; 跟我说; 陪我
    """,
    "missing": """
        不出声; 不接; 人不见; 人也不见; 人也没回; 人找不到; 人没回; 人没找到; 人还不见;
        人还没回; 他说; 出门; 反锁; 失联; 她说; 微信; 手机; 抱了我们; 拉黑; 朋友圈; 电话;
        直播; 群里; 联系不上; 联系不到; 说下辈子; 说不想; 说他; 说她; 说对不起; 说撑不;
        说要; 车不见; 车也不见; 车也没回; 车找不到; 车没回; 车没找到; 车还不见; 车还没回; 锁在
    """,
    "violence": """
        下班对吧; 下班等; 下班路; 不活; 住哪; 全家; 命; 园区; 家庭地址; 带着刀; 弄死;
        打断; 打死他; 打死你; 找到他; 报复; 拿着刀; 捅了; 捅人; 捅他; 捅你; 捅死; 撕票;
        放火; 杀了; 杀人; 杀他; 杀你; 杀光; 杀她; 杀死; 楼下; 炸了; 炸你; 炸掉; 烧了你;
        烧你们; 烧死; 砍了; 砍人; 砍你; 砍我; 砍死; 等他; 绑了; 绑匪; 绑架; 缅北; 血债;
        血偿; 门口; 陪葬
    """,
    "money": """
        亏; 保险; 债; 催收; 养老; 受益人; 学费; 救命钱; 欠; 清算; 爆仓; 破产; 积蓄;
        血汗; 赔; 骗
    """,
    "when": """
        0点; 上次; 今天; 今晚; 倒计时; 分钟; 后天; 周一; 周三; 周二; 周五; 周六; 周四;
        周日; 天亮; 天黑; 日子; 时间到; 明天; 明早; 昨天试; 月底; 现在; 生日; 这一次;
        这次; 零点; 马上
    """,
    "me": """
        俺; 我; 本人
    """,
    "they": """
        他; 她; 弟把; 弟留; 弟说; 爸今; 爸吃; 爸喝; 爸在; 爸把; 爸昨; 爸烧; 爸说; 爸走
    """,
    "laugh": """
        doge; 哈哈; 嘿嘿; 开个玩笑; 开玩笑; 梗; 狗头; 笑死; 💀; 😁; 😂; 😄; 😅;
        😆; 😜; 😝; 😹; 🤣; 🤪
    """,
    "trade": """
        app; k线; nft; 下载; 人脸; 代币; 充值; 到账; 合约; 奖励; 定投; 审核通过;
        客服; 对冲; 导出; 手续费; 抄底; 挂单; 指标; 指纹; 按钮; 换手机; 换新手机; 提币;
        提现; 材料; 杠杆; 止损; 止盈; 注销; 活动; 流程; 滑点; 点差; 登录不; 空投; 绑定;
        网格; 节点; 行情; 解绑; 认证; 设置; 质押; 跨链; 链上; 限额; 页面; 验证码
    """,
    "asks": """
        ?; 么; 可以; 吗; 呢; 哪儿; 哪里; 多久; 多少; 如何; 是否; 能不能; 请问
    """,
    "settling": """
        公证; 去世; 受益人; 家属; 忌日; 死亡证明; 病故; 病逝; 继承; 葬礼; 走了手机;
        走了账户; 身故; 过世; 过身; 遗产
    """,
    "idiom": """
        丑死; 亏死; 人麻; 你妈死; 割肉; 割韭菜; 卡死; 去死吧; 吓死; 吵死; 困死; 复死;
        宁愿死; 怕死; 急死; 想死; 愁死; 慢死; 打死也; 打死我也; 折死; 担死; 救命啊; 杀个;
        杀后台; 杀回来; 杀多; 杀手级; 杀掉后台; 杀毒; 杀疯; 死光; 死党; 死全家; 死叉;
        死循环; 死忠; 死机; 死活; 死猫; 死皮; 死锁; 气死; 烦死; 热死; 狗命; 磨死; 秒杀;
        笑死; 等到我死; 等到死; 紧死; 累死; 老命; 自杀小队; 自杀干预; 自杀式; 自杀蜂;
        自杀预防; 蠢死; 血亏; 裂开; 要命; 该死; 贵死; 跳楼价; 跳楼机; 送走; 逼死; 难死;
        饿死
    """,
    "game": """
        剧本; 副本; 听说; 小说; 新闻; 昵称; 游戏; 用户名; 电影; 皮肤; 网名; 群名; 角色;
        通关
    """,
}

EN: Final = {
    "wish": """
        decided to die; deserve to die; dnt deserve; don't deserve; dont deserve; end everything
        all; end everything now; end everything today; end everything tonight; end her life; end
        her own life; end his life; end his own life; end it all; end it now; end it today; end
        it tonight; end my life; end my own life; end things all; end things now; end things
        today; end things tonight; ending everything all; ending everything now; ending
        everything today; ending everything tonight; ending her life; ending her own life;
        ending his life; ending his own life; ending it all; ending it now; ending it today;
        ending it tonight; ending my life; ending my own life; ending things all; ending things
        now; ending things today; ending things tonight; hoping i don't wake; hoping i dont
        wake; hoping i never wake; hoping i won't wake; hoping i wont wake; kms; not deserve;
        sewerslide; suicidal; suicide; take her life; take her own life; take his life; take his
        own life; take my life; take my own life; taking her life; taking her own life; taking
        his life; taking his own life; taking my life; taking my own life; took her life; took
        her own life; took his life; took his own life; took my life; took my own life; top
        herself; top himself; top myself; unalive
    """,
    "dead": """
        alive; body; breathing; corpse; dead; death; deceased; die; died; dies; dying; kill;
        killed; killing; kills; murder; pulse; suicide; survive
    """,
    "self": """
        burn my arm; burn my self; burn my wrist; burn my wrists; cut my arm; cut my self; cut
        my wrist; cut my wrists; delete me; end me; finish me; herself; himself; hit my arm; hit
        my self; hit my wrist; hit my wrists; my own choice; myself; relapsed into cutting; self
        harm; self inflicted; slit my arm; slit my self; slit my wrist; slit my wrists;
        themselves
    """,
    "act": """
        close my eyes; drank; drink; drown; drowned; drowning; hang; hanged; hanging; hangs;
        jump; jumped; jumping; jumps; let go; overdose; overdosed; sealed; steering; step off;
        stepping off; swallow; swallowed; swallowing; swallows; swim; take; taken; tied; took;
        trigger; walk in; walk into; walking in; walking into
    """,
    "means": """
        antifreeze; bag on; beam; belt; blade; bleach; bomb; bullet; cabinet; device; engine
        running; engine's running; engines running; fentanyl; garage door; gas is on; gasoline;
        gun; hose; insulin; knife; loaded; meds; morphine; noose; pesticide; petrol; pill;
        pills; pistol; poison; razor; rifle; rope; sharp thing; shotgun; sniper; tablets; weed
        killer; weedkiller; wrist; wrists
    """,
    "height": """
        0floors; 0nd floor; 0rd floor; 0st floor; 0th floor; balcony; bridge; car park; cliff;
        cliffs; edge; ledge; one foot over; overpass; railing; roof; rooftop; tower; up here;
        window; windows; windowsill; wrong side
    """,
    "water": """
        barn; coast; desert; garage; hotel room; lake; mountains; ocean; platform; quarry; rail;
        railway; river; sea; shed; snow; station; tent; tide; track; tracks; train; tree; water;
        woods
    """,
    "farewell": """
        adieu; an honor; an honour; apologies; apologise; apologised; apology; be kind; bye;
        checking out; don't bother; don't feel; don't follow; don't let; don't look; don't
        reply; don't send; don't tell; don't trace; dont bother; dont feel; dont follow; dont
        let; dont look; dont reply; dont send; dont tell; dont trace; farewell; final; forgive;
        goodbye; goodnight; hugged; last call; last chance; last company; last episode; last
        form; last meal; last message; last one; last person; last thing; last time; last trade;
        last tx; last word; last words; letter; letters; log off; log out; logging off; logging
        out; look after; love her; love him; love them; love you; no hard feelings; no need to;
        note; peace; pray; remember me; sign off; signing off; so long; sorry; sry; take care;
        tell her; tell him; tell them; thank; thanks; thx
    """,
    "tell": """
        ambulance; call; called; contact; inform; message; police; tell; told; whoever finds;
        written to; wrote to
    """,
    "bequest": """
        belong; belongs; beneficiary; bible; can have; cat; dog; donate; drawer; estate;
        executor; forward; gave; give; given; giving; goes; hold; in the letter; inherit;
        keyboard; leave; leaving; left; my will; nominee; on the; paper; pass; pet; pets; plant;
        plants; printed; put; release; send; sent; should have; table; transfer; will come
    """,
    "absent": """
        ain't gonna; aint gonna; be gone; disappear; exist; existed; existing; exists; for good;
        forever; friday; gone too; i'm gone; im gone; in the ground; last the; midnight; monday;
        morning; never; no coming back; no future; no longer; no me; no more tickets; no next;
        no one; no trace; nobody; noone; not coming back; not going to; not in it; permanently;
        shan't; someone who; soon; stay alive; sunday; then; today; tomorrow; tonight; vanish;
        wake up; waking up; when i am gone; where i'm going; where im going; will not; without
        me; won't; wont
    """,
    "hopeless": """
        alone; ashamed; better off; broken; burden; calm; can't breathe; can't carry; can't
        cope; can't do; can't face; can't go on; can't promise; can't stop; can't survive; can't
        take; cannot; cant breathe; cant carry; cant cope; cant do; cant face; cant go on; cant
        promise; cant stop; cant survive; cant take; counsellor; counselor; decided; depressed;
        depression; deserve; done; empty; end of my; exhausted; failed; failure; hopeless;
        hospital; let go; letting go; life; live; living; made my peace; meaning; meds; no
        fight; no hope; no point; no reason; no strength; no way; no wish; nothing has; nothing
        keeping; nothing left; nothing matters; over; pain; pointless; psych; quiet; rock
        bottom; scared; therapist; tired; useless; voices; worth it; worth more; worthless
    """,
    "afterlife": """
        afterlife; angel; angels; ashes; be with; buried; bury; earth; flowers; follow; funeral;
        ghost; god; grave; heaven; hell; in peace; join; joining; life; meet my maker; other
        side; planet; see her; see him; see my; see you; soul; star;
        stories end; stories ends; world
    """,
    "hurt": """
        beat; bleed; bleeding; bleeds; blood; can't feel; cant feel; cold; dizzy; finger;
        fingers; freezing; hurt; hurts; isn't waking; isnt waking; numb; pain; scar; scared;
        scars; shivering; sleepy; slow; stop breathing; stopped breathing; unconscious; won't
        stop; won't wake; wont stop; wont wake
    """,
    "rescue": """
        afraid; alone; come down; help; human; please; reach out; reaching out; reason not;
        reason to come; safe; save; scared; somebody; someone; stay here; stay on; stay with;
        stop me; talk to
    """,
    "missing": """
        discord; doesn't answer; doesn't pick; doesnt answer; doesnt pick; drove off; goodbye
        video; he's going; hes going; hung up; just sent; keep saying; keeps saying; left a
        letter; left a note; live room; locked herself; locked himself; messaged; not answering;
        not coming; not picking; posted; said he; said look; said she; said they; say he; say
        she; say they; says he; says she; says they; she's at; shes at; stream; texted;
        threatening; turned her phone off; turned his phone off; user; username; won't come in;
        wont come in
    """,
    "violence": """
        at his door; bat; beat us; bomb; break my legs; burn down; burn you; burn your;
        compound; dies tonight; driving over; get hurt; going to shoot; gun; his place; hostage;
        hurt her; hurt him; hurt one; hurt someone; hurt you; kill her; kill him; kill me; kill
        them; kill you; knife; not going alone; outside his; outside your; pay with; petrol;
        ransom; rifle; shoot him; shoot whoever; shoot you; stab; take you with; taking as many;
        they have my; tied up; unless i; where he live; where he lives; where you live; where
        you lives; with me; your building; your ceo; your front doors; your lobby; your office;
        your reception; your staff; your team
    """,
    "money": """
        bankrupt; debt; fraud; fraudster; fraudulent; insurance; insure; insured; insurer;
        insurer's; insurers; liquidate; liquidated; liquidation; liquidator; loan; lost; margin
        call; owe; payout; pays out; pension; policy; rekt; rent; savings; scam; scammed;
        scammer; scammer's; scammers; scams; tuition; wiped; zero
    """,
    "when": """
        already; at0; by evening; by the time; counting down; date; last time; midnight; minute;
        minutes; morning; now; on friday; on monday; on sunday; plan; planned; ready; rn;
        sunrise; this time; tmrw; tn; today; tomorrow; tonight; weekend
    """,
    "me": """
        i; i'd; i'll; i'm; i've; im; me; my; myself
    """,
    "they": """
        brother; dad; daughter; flatmate; friend; he; he's; her; him; his; husband; mom;
        neighbour; she; she's; son; student; they; wife
    """,
    "laugh": """
        asked me to die; asked me to hang; asked me to kill; haha; hahaha; hehe; jk; joke;
        joking; kidding; lmao; lmaoo; lol; news says; telling me to die; telling me to hang;
        telling me to kill; tells me to die; tells me to hang; tells me to kill; told me to die;
        told me to hang; told me to kill; 骂我; 💀; 😁; 😂; 😄; 😅; 😆; 😜; 😝; 😹; 🙃; 🤣; 🤪
    """,
    "trade": """
        0fa; api; app; bank; bonus; bot; btc; button; captcha; card; chain; chart; code; codes;
        coin; coins; deposit; doc; docs; download; email; eth; fee; fees; gas; history; kyc;
        ledger; limit; listed; listing; login; market; network; nft; node; order; orders; phone;
        position; positions; promo; refund; screen; session; stake; staked; stakes; staking;
        statement; stop loss; token; transfer; upload; usdc; usdt; verification; verified; vip;
        wallet; withdraw; withdrawal; withdrawal's; withdrawals; withdrawing; withdrawl;
        withdrawn; withdraws
    """,
    "asks": """
        ?; can i; can you; do you; does; how; is there; what; when; where; which
    """,
    "settling": """
        beneficiary; death certificate; deceased; died; estate; executor; funeral; heir; heirs;
        inherit; inheritance; inherited; inherits; late aunt; late father; late husband; late
        uncle; late wife; next of kin; passed; probate
    """,
    "idiom": """
        app hangs; burn address; bury this; dead cat; dead chat; dead easy; dead end; dead in
        the water; dead line; dead link; dead on; dead pixel; dead serious; dead slow; dead
        sure; dead tired; dead wrong; deadline; die hard; drop dead; dying0; dying of; dying to;
        end all; end it:; end my fixed; end my recurring; end my staking; end the; end this;
        fill or kill; go die; hang on; hang out; hang tight; hang up; hanging around; heart
        attack; i'm dead; im dead; jump in; jump off the; jump out of; jump ship; jump the;
        jumped in; jumped off the; jumped out of; jumped ship; jumped the; kill0; kill all; kill
        an; kill feature; kill for; kill my; kill old; kill switch; kill the; kill two; kill
        yourself; killer0; killer all; killer an; killer feature; killer for; killer my; killer
        old; killer switch; killer the; killer two; killing it; killing me; kills0; kills all;
        kills an; kills feature; kills for; kills my; kills old; kills switch; kills the; kills
        two; kys; over my dead; pull the trigger; pulled the trigger; rather die; rip; so dead;
        sooner die; sooner jump; the bridge; to death; will kill me
    """,
    "game": """
        book; boss; character; contest; film; game; movie; news; nft; nickname; read that; song;
        username
    """,
}

NAMES: Final = sorted({*ZH, *EN})


def classes_in(words: Hashes) -> list[str]:
    """The classes of words that a text speaks of, in order; `words` are the hashes of its n-grams
    of words."""
    known = _known()
    places = known.hashes.searchsorted(words)
    spoken = 0
    for place in places[known.hashes.take(places, mode="clip") == words].tolist():
        spoken |= known.classes[place]
    return [name for bit, name in enumerate(NAMES) if spoken >> bit & 1]


def pairs_of(classes: Sequence[str]) -> list[tuple[str, ...]]:
    """Each class and each two classes together."""
    return [*((name,) for name in classes), *combinations(classes, 2)]


class _Known(NamedTuple):
    """Hashes of words and phrases, ascending, and a bit for each of the classes that has it."""

    hashes: Hashes
    classes: list[int]


@cache
def _known() -> _Known:
    found: dict[int, int] = {}
    for words in (ZH, EN):
        for name, phrases in words.items():
            bit = 1 << NAMES.index(name)
            for each in phrase_hashes([phrase.strip() for phrase in phrases.split(";")]):
                found[each] = found.get(each, 0) | bit
    hashes = sorted(found)
    return _Known(np.array(hashes, dtype=np.uint64), [found[each] for each in hashes])
