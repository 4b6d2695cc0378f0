//! Follow-up lines: each with what it is read as.

use super::book::{Book, said};
use crate::line::{Picker, complete, parse, picker};

/// Read on Saturday, 21 November 2026, at ten, by somebody who stands on no customer.
const CHINESE: &[(&str, &str)] = &[
    ("", "「」"),
    (" ", "「 」"),
    ("电话", "call 「」"),
    ("电话 ", "call 「」"),
    ("电话：", "call 「」"),
    ("电话没人接", "call =no_answer 「没人接」"),
    ("电话 没人接", "call =no_answer 「没人接」"),
    ("电话：王总在开会", "call 「王总在开会」"),
    ("电话，王总在开会", "call 「王总在开会」"),
    ("电话会议 讨论方案", "conference_call 「讨论方案」"),
    ("电话会议讨论方案", "conference_call 「讨论方案」"),
    ("会议室已订", "「会议室已订」"),
    ("电话号码换了", "「电话号码换了」"),
    ("微信号要到了", "「微信号要到了」"),
    ("会议 确认排期", "meeting 「确认排期」"),
    ("来电 问价格", "call in 「问价格」"),
    ("来电话问价格", "call in 「问价格」"),
    ("去电 约时间", "call out 「约时间」"),
    ("来访 看了样品", "visit in 「看了样品」"),
    ("拜访 看了样品", "visit out 「看了样品」"),
    ("微信 发了资料", "wechat 「发了资料」"),
    ("企微 发了资料", "wechat 「发了资料」"),
    ("企业微信发了资料", "wechat 「发了资料」"),
    ("邮件已发", "email 「已发」"),
    ("短信提醒付款", "text 「提醒付款」"),
    ("视频 演示产品", "video 「演示产品」"),
    ("展会 换了名片", "exhibition 「换了名片」"),
    ("宴请 王总", "dinner 「王总」"),
    ("c：没人接", "call =no_answer 「没人接」"),
    ("w: 发了资料", "wechat 「发了资料」"),
    ("v:看了样品", "visit 「看了样品」"),
    ("今天电话沟通", "「今天电话沟通」"),
    ("其他 事情", "「其他 事情」"),
    ("活动 春季展销", "event fb:event 「春季展销」"),
    ("投诉 发货慢", "fb:complaint 「发货慢」"),
    ("投诉：发货慢 #大客户", "fb:complaint #大客户 「发货慢」"),
    ("投诉发货慢", "fb:complaint 「发货慢」"),
    ("投诉已解决", "「投诉已解决」"),
    ("投诉率下降", "「投诉率下降」"),
    ("满意度 4", "fb:satisfaction/400 「」"),
    ("满意度 4.5 服务好", "fb:satisfaction/450 「服务好」"),
    ("满意度4分，服务好", "fb:satisfaction/400 「服务好」"),
    ("满意度：5", "fb:satisfaction/500 「」"),
    ("满意度 9", "「满意度 9」 ?满意度 9"),
    ("满意度不高", "「满意度不高」"),
    ("nps 9", "fb:nps/900 「」"),
    ("NPS：10 愿意推荐", "fb:nps/1000 「愿意推荐」"),
    ("nps 11", "「nps 11」 ?nps 11"),
    ("电话 接通", "call =connected 「接通」"),
    ("电话 没接通", "call =no_answer 「没接通」"),
    ("电话 未接通", "call =no_answer 「未接通」"),
    ("电话 没有接通", "call =no_answer 「没有接通」"),
    ("电话 无人接听", "call =no_answer 「无人接听」"),
    ("电话 占线", "call =busy 「占线」"),
    ("电话 关机", "call =unreachable 「关机」"),
    ("电话 空号", "call =wrong_number 「空号」"),
    ("电话 前台说他人转达", "call =gatekeeper 「前台说他人转达」"),
    ("电话 已约周三面谈", "call =meeting_set 「已约周三面谈」 …2026-11-25 电话 已约 >周三 面谈"),
    ("有意向", "=interested 「有意向」"),
    ("客户有意向", "=interested 「客户有意向」"),
    ("暂时没有意向", "=not_interested 「暂时没有意向」"),
    ("暂无意向", "=not_interested 「暂无意向」"),
    ("没有采购意向", "=not_interested 「没有采购意向」"),
    ("没什么兴趣", "=not_interested 「没什么兴趣」"),
    ("不是很有意向", "=not_interested 「不是很有意向」"),
    ("不是没有意向", "「不是没有意向」"),
    ("问有没有意向", "「问有没有意向」"),
    ("是否有意向", "「是否有意向」"),
    ("有意向吗？", "「有意向吗？」"),
    ("价格不错有意向", "=interested 「价格不错有意向」"),
    ("接通，有意向", "=interested 「接通，有意向」"),
    ("之前没有意向，现在有意向", "=not_interested 「之前没有意向，现在有意向」"),
    ("未接受报价", "「未接受报价」"),
    ("不需要", "=not_interested 「不需要」"),
    ("不需要改合同", "「不需要改合同」"),
    ("暂时不考虑", "=not_interested 「暂时不考虑」"),
    ("不考虑其他供应商", "「不考虑其他供应商」"),
    ("客户不感兴趣", "=not_interested 「客户不感兴趣」"),
    ("从300元涨到350元", "「从300元涨到350元」"),
    ("拜访费用300元", "300.00 「拜访费用300元」"),
    ("考虑中", "=thinking 「考虑中」"),
    ("再考虑一下", "=thinking 「再考虑一下」"),
    ("索要报价", "=wants_quote 「索要报价」"),
    ("已下单300件", "=ordered 「已下单300件」"),
    ("还没下单", "「还没下单」"),
    ("准备下单", "「准备下单」"),
    ("催下单", "「催下单」"),
    ("王工+李工", "「王工+李工」"),
    ("交期>12月5日", "「交期>12月5日」"),
    ("交期 > 12月5日", "「交期 > 12月5日」 …2026-12-05 交期 >12月5日"),
    ("价格太贵了！！！", "「价格太贵了！！！」"),
    ("价格太贵了 ！！！", "!3 「价格太贵了」"),
    ("! 急", "!1 「急」"),
    ("急 ！！", "!2 「急」"),
    ("急 !!!!", "「急 !!!!」 ?!!!!"),
    ("A+B", "「A+B」"),
    ("数量=5", "「数量=5」"),
    ("￥", "「￥」"),
    ("￥ 12", "「￥ 12」"),
    ("> ", "「> 」"),
    (">", "「>」"),
    ("> 明天", "「> 明天」 …2026-11-22 >明天"),
    ("@", "「@」"),
    ("#", "「#」"),
    ("＃合同", "#合同 「」"),
    ("确认#合同", "#合同 「确认」"),
    ("确认，#合同，等法务", "#合同 「确认，等法务」"),
    ("确认 #合同 等法务", "#合同 「确认 等法务」"),
    ("#新标签 等", "#新标签 「等」"),
    ("#合同 #合同", "#合同 「」"),
    ("#1 号线", "「#1 号线」 ?#1"),
    ("＠华东机械 报价", "@华东机械 「报价」"),
    ("@华东机械报价", "@华东机械 「报价」"),
    ("@李工机械 报价", "@李工机械 「报价」"),
    ("@李工 一起去", "&李工 「一起去」"),
    ("@不认识 报价", "「@不认识 报价」 ?@不认识"),
    ("发给a@b.com", "「发给a@b.com」"),
    ("+王总 确认", "+王总 「确认」"),
    ("＋王总确认", "+王总 「确认」"),
    ("见了，+王总，+王工", "+王总,王工 「见了」"),
    ("+陌生人 确认", "「+陌生人 确认」 ?+陌生人"),
    ("=谈判", "stage:negotiation 「」"),
    ("＝合同签订 完成", "stage:contract 「完成」"),
    ("=没有这个", "「=没有这个」 ?=没有这个"),
    ("￥12.5万", "125000.00 「」"),
    ("报价￥12.5万", "125000.00 「报价」"),
    ("报价￥12.5万，等回复", "125000.00 「报价，等回复」"),
    ("报价 ¥1,250.50", "1250.50 「报价」"),
    ("12万5", "125000.00 「」"),
    ("1亿2", "120000000.00 「」"),
    ("300元", "300.00 「」"),
    ("报价 300元 已发", "300.00 「报价 已发」"),
    ("报价300元", "300.00 「报价300元」"),
    ("报价12万5，等回复", "125000.00 「报价12万5，等回复」"),
    ("500-1000万", "「500-1000万」"),
    ("单价300元/台", "「单价300元/台」"),
    ("买了12万台", "「买了12万台」"),
    ("￥5万-8万", "「￥5万-8万」 ?￥5万-8万"),
    ("￥1.005", "1.01 「」"),
    ("￥１２．５万", "125000.00 「」"),
    ("￥12w", "120000.00 「」"),
    ("12.5", "「12.5」"),
    ("￥10万 ￥20万", "100000.00 「￥20万」 ?￥20万"),
    ("￥1千万", "10000000.00 「」"),
    ("￥3百万", "3000000.00 「」"),
    ("￥1.5千万，等回复", "15000000.00 「等回复」"),
    ("￥20萬", "200000.00 「」"),
    ("￥1万亿", "1000000000000.00 「」"),
    ("￥3个亿", "300000000.00 「」"),
    ("￥1亿2000万", "120000000.00 「」"),
    ("￥12万5000", "125000.00 「」"),
    ("￥1万零5百", "10500.00 「」"),
    ("￥12 万", "120000.00 「」"),
    ("￥300，3天后回复", "300.00 「3天后回复」 …2026-11-24 ￥300，>3天后 回复"),
    ("￥12.5万，3天后回复", "125000.00 「3天后回复」 …2026-11-24 ￥12.5万，>3天后 回复"),
    ("￥1,5万", "「￥1,5万」 ?￥1,5万"),
    ("￥1，5万", "「￥1，5万」 ?￥1，5万"),
    ("报价 1，5万", "「报价 1，5万」"),
    ("￥1,50", "「￥1,50」 ?￥1,50"),
    ("￥1 234", "「￥1 234」 ?￥1"),
    ("￥20多万", "「￥20多万」 ?￥20多万"),
    ("￥20几万", "「￥20几万」 ?￥20几万"),
    ("￥1点5万", "「￥1点5万」 ?￥1点5万 …2026-11-21T13:00 ￥ >1点 5万"),
    ("￥1 234元", "「￥1 234元」 ?￥1"),
    ("￥5万-8万，￥6万", "60000.00 「￥5万-8万」 ?￥5万-8万，￥6万"),
    ("￥12万50", "「￥12万50」 ?￥12万50"),
    ("￥12万5台", "「￥12万5台」 ?￥12万5台"),
    ("￥5万万", "「￥5万万」 ?￥5万万"),
    ("￥12 万科项目", "「￥12 万科项目」 ?￥12"),
    ("预算 1千万", "「预算 1千万」"),
    ("预算 12w", "「预算 12w」"),
    ("￥12万 =谈判", "120000.00 deal stage:negotiation 「」"),
    ("^昨天 电话聊了", "call ^2026-11-20 「聊了」"),
    ("^昨天下午 拜访 @华东机械 有意向", "visit out ^2026-11-20T14:00 @华东机械 =interested 「有意向」"),
    (
        "微信 发了报价单 ￥8.6万，客户说月底前定",
        "wechat 86000.00 「发了报价单，客户说月底前定」 …2026-11-30 微信 发了报价单 ￥8.6万，客户说 >月底前 定",
    ),
    (
        "来电 咨询系统，预算50万左右 >明天上午10点 上门演示",
        "call in >2026-11-22T10:00 上门演示 「咨询系统，预算50万左右」",
    ),
    ("投诉 +王总 包装破损 !! >明天 回复方案 @李工", "fb:complaint +王总 !2 >2026-11-22 回复方案 &李工 「包装破损」"),
    ("电话 老板不在，秘书转达", "call =gatekeeper 「老板不在，秘书转达」"),
    ("打电话没人接", "call out =no_answer 「没人接」"),
    ("电话 ok。>明天 发资料", "call >2026-11-22 发资料 「ok。」"),
    ("电话 ^昨天下午3点 聊了", "call ^2026-11-20T15:00 「聊了」"),
    ("电话 ＾上周五 聊了", "call ^2026-11-13 「聊了」"),
    ("^节后 再说", "「^节后 再说」 ?^节后"),
    ("2^3", "「2^3」"),
    ("微信聊了 >明天 发资料", "wechat >2026-11-22 发资料 「聊了」"),
    ("微信聊了，>明天发资料", "wechat >2026-11-22 发资料 「聊了」"),
    ("＞明天 发资料", ">2026-11-22 发资料 「」"),
    (">明天", ">2026-11-22 「」"),
    (">下周三下午2点 发合同 @李工", ">2026-11-25T14:00 发合同 &李工 「」"),
    (">周五前 给方案", ">2026-11-27 by 给方案 「」"),
    (">12月20日前 提交挽留方案 @张伟", ">2026-12-20 by 提交挽留方案 &张伟 「」"),
    (">明天 发资料 >下周三 回访", ">2026-11-22 发资料 >2026-11-25 回访 「」"),
    (">周三 @李工 发合同 #合同 客户满意", "#合同 >2026-11-25 发合同 &李工 「客户满意」"),
    (">周三 发合同 @李工 客户满意", ">2026-11-25 发合同 &李工 「客户满意」"),
    (">周三 发合同 #合同 @李工", "#合同 >2026-11-25 发合同 &李工 「」"),
    ("电话 ok 下周三回访", "call 「ok 下周三回访」 …2026-11-25 电话 ok >下周三 回访"),
    (">下周三回访", ">2026-11-25 回访 「」"),
    (">周三回访", ">2026-11-25 回访 「」"),
    ("电话沟通 >周五回款", "call >2026-11-27 回款 「沟通」"),
    (">节后 回访", ">?节后 回访 「」"),
    (">改天 再约", ">?改天 再约 「」"),
    (">31号 催款", ">?31号 催款 「」"),
    (">发资料", "「>发资料」 ?>发资料"),
    (">12/5 发货", ">2026-12-05 or 2027-05-12 发货 「」"),
    (">12.5 发货", ">2026-12-05 or 2027-05-12 发货 「」"),
    (">100万的客户", "「>100万的客户」 ?>100万的客户"),
    (">过两天 打电话", ">2026-11-23 打电话 「」"),
    (">明天 收款300元", ">2026-11-22 收款300元 「」"),
    ("明天再打", "「明天再打」 …2026-11-22 >明天 再打"),
    ("电话没人接，明天再打", "call =no_answer 「没人接，明天再打」 …2026-11-22 电话没人接，>明天 再打"),
    ("客户说下周三再联系", "「客户说下周三再联系」 …2026-11-25 客户说 >下周三 再联系"),
    ("每周三开会", "「每周三开会」"),
    ("今天聊得不错", "「今天聊得不错」"),
    ("周三说的事", "「周三说的事」"),
    (r"\#合同 是字", "「#合同 是字」"),
    (r"\电话打不通", "「电话打不通」"),
    (r"见 \@李工", "「见 @李工」"),
    (r"路径 C:\dir", r"「路径 C:\dir」"),
    (r"\\ 两个", r"「\ 两个」"),
    (r"\300元", "「300元」"),
    (
        "电话 王总确认报价，等法务 #合同 ￥12.5万 =谈判 >下周三下午2点 发合同 @李工",
        "call #合同 125000.00 deal stage:negotiation >2026-11-25T14:00 发合同 &李工 「王总确认报价，等法务」",
    ),
    (
        "拜访 @华东机械 +王总 有意向，要样品 !! #大客户 >3天后 寄样品 @张伟 >两周后 回访",
        "visit out @华东机械 +王总 #大客户 !2 =interested >2026-11-24 寄样品 &张伟 >2026-12-05 回访 「有意向，要样品」",
    ),
];

const ENGLISH: &[(&str, &str)] = &[
    ("call", "call 「」"),
    ("Call no answer", "call =no_answer 「no answer」"),
    ("call: no answer", "call =no_answer 「no answer」"),
    ("call, no answer", "call =no_answer 「no answer」"),
    ("c: busy", "call =busy 「busy」"),
    ("c busy", "=busy 「c busy」"),
    ("calls were made", "「calls were made」"),
    ("call-centre opened", "「call-centre opened」"),
    ("call center opened", "「call center opened」"),
    ("call back fri", "「call back fri」 …2026-11-27 call back >fri"),
    (
        "call no answer, call back fri",
        "call =no_answer 「no answer, call back fri」 …2026-11-27 call no answer, call back >fri",
    ),
    ("incoming call asked for price", "call in 「asked for price」"),
    ("email sent offer", "email 「sent offer」"),
    ("e-mail sent offer", "email 「sent offer」"),
    ("mail sent offer", "email 「sent offer」"),
    ("e: sent offer", "email 「sent offer」"),
    ("email: a@b.com is dead", "email 「a@b.com is dead」"),
    ("text sent", "text 「sent」"),
    ("sms sent", "text 「sent」"),
    ("WhatsApp photo", "whatsapp 「photo」"),
    ("visit saw the plant", "visit 「saw the plant」"),
    ("meeting agreed scope", "meeting 「agreed scope」"),
    ("conference call agreed scope", "conference_call 「agreed scope」"),
    ("video call demo", "video 「demo」"),
    ("voicemail left", "voicemail 「left」"),
    ("wechat sent deck", "wechat 「sent deck」"),
    ("other competitor won", "「other competitor won」"),
    ("complaint late delivery", "fb:complaint 「late delivery」"),
    ("complaints are down", "「complaints are down」"),
    ("satisfaction 4", "fb:satisfaction/400 「」"),
    ("csat 3 slow", "fb:satisfaction/300 「slow」"),
    ("nps 7 fine", "fb:nps/700 「fine」"),
    ("event spring fair", "event fb:event 「spring fair」"),
    ("interested", "=interested 「interested」"),
    ("he is interested", "=interested 「he is interested」"),
    ("not interested", "=not_interested 「not interested」"),
    ("Not Interested at all", "=not_interested 「Not Interested at all」"),
    ("not really interested", "=not_interested 「not really interested」"),
    ("isn't interested", "=not_interested 「isn't interested」"),
    ("no longer interested", "=not_interested 「no longer interested」"),
    ("uninterested", "「uninterested」"),
    ("not sure if interested", "「not sure if interested」"),
    ("no answer then connected", "=connected 「no answer then connected」"),
    ("connected, interested", "=interested 「connected, interested」"),
    ("not connected", "=no_answer 「not connected」"),
    ("has not ordered", "「has not ordered」"),
    ("ordered 20 units", "=ordered 「ordered 20 units」"),
    ("disconnected", "「disconnected」"),
    ("thinking", "=thinking 「thinking」"),
    ("wants quote", "=wants_quote 「wants quote」"),
    ("call - no answer", "call =no_answer 「- no answer」"),
    ("meeting set for monday", "=meeting_set 「meeting set for monday」 …2026-11-23 meeting set for >monday"),
    ("gatekeeper took a note", "=gatekeeper 「gatekeeper took a note」"),
    ("wrong number", "=wrong_number 「wrong number」"),
    ("A+B test", "「A+B test」"),
    ("C++ team", "「C++ team」"),
    ("C# team", "「C# team」"),
    ("a@b.com", "「a@b.com」"),
    ("12.5", "「12.5」"),
    ("margin > 20%", "「margin > 20%」"),
    ("margin >20%", "「margin >20%」 ?>20%"),
    ("x=y", "「x=y」"),
    ("#1 supplier?", "「#1 supplier?」 ?#1"),
    ("great!", "「great!」"),
    ("great !", "!1 「great」"),
    ("!!! urgent", "!3 「urgent」"),
    ("wow!!!", "「wow!!!」"),
    ("#contract", "#contract 「」"),
    ("#contracts", "#contracts 「」"),
    ("#new-tag ok", "#new-tag 「ok」"),
    ("ok #contract, thanks", "#contract 「ok, thanks」"),
    ("$125k", "125000.00 「」"),
    ("$1.5M", "1500000.00 「」"),
    ("$1,250.50 paid", "1250.50 「paid」"),
    ("$2 million", "2000000.00 「」"),
    ("$1bn", "1000000000.00 「」"),
    ("$1.5mn budget", "1500000.00 「budget」"),
    ("$2e5", "「$2e5」 ?$2e5"),
    ("$1'000", "「$1'000」 ?$1'000"),
    ("$12 per unit", "12.00 「per unit」"),
    ("$", "「$」"),
    ("US$5", "5.00 「」"),
    ("RMB 1,000 offered", "1000.00 「offered」"),
    ("￥1亿 2000万首付", "100000000.00 「2000万首付」"),
    ("$abc", "「$abc」 ?$abc"),
    ("$5kg", "「$5kg」 ?$5kg"),
    ("$99999999999999999999", "「$99999999999999999999」 ?$99999999999999999999"),
    ("=negotiation", "stage:negotiation 「」"),
    ("=Closed Won", "stage:won 「」"),
    ("=closed", "「=closed」 ?=closed"),
    ("=won =lost", "stage:won 「=lost」 ?=lost"),
    ("@Acme ok", "@Acme 「ok」"),
    ("@acme corp ok", "@Acme Corp 「ok」"),
    ("@acmes ok", "「@acmes ok」 ?@acmes"),
    ("@Bob ok", "&Bob 「ok」"),
    ("@Acme @Acme Corp", "@Acme 「@Acme Corp」 ?@Acme"),
    ("+jane ok", "+Jane 「ok」"),
    ("+Jane Doe ok", "+Jane Doe 「ok」"),
    ("met +jane and +jane doe", "+Jane,Jane Doe 「met and」"),
    ("+1 for that", "「+1 for that」 ?+1"),
    ("^yesterday call went well", "call ^2026-11-20 「went well」"),
    ("meeting w/ CFO @ HQ, 50% done", "meeting 「w/ CFO @ HQ, 50% done」"),
    ("^friday: reading", "^2026-11-20 「reading」"),
    ("call ^yesterday 3pm went well", "call ^2026-11-20T15:00 「went well」"),
    ("call ^last fri ok", "call ^2026-11-13 or 2026-11-20 「ok」"),
    (">fri send quote", ">2026-11-27 send quote 「」"),
    (">by friday send quote", ">2026-11-27 by send quote 「」"),
    (">next-wed 2pm demo @Bob", ">2026-11-25T14:00 demo &Bob 「」"),
    (">+3d call", ">2026-11-24 call 「」"),
    (">in 3 days call >eom invoice", ">2026-11-24 call >2026-11-30 invoice 「」"),
    (">tomorrow, send A+B deck", ">2026-11-22 send A+B deck 「」"),
    (">after the holidays call", ">?after the holidays call 「」"),
    (">later call", ">?later call 「」"),
    (">mon call +jane", "+Jane >2026-11-23 call 「」"),
    (">mon ask @Acme", "@Acme >2026-11-23 ask 「」"),
    (">mon ask +nobody", ">2026-11-23 ask +nobody 「」 ?+nobody"),
    (r">mon \#1 issue", ">2026-11-23 #1 issue 「」"),
    (r"\call him", "「call him」"),
    (r"\$5 off", "「$5 off」"),
    (
        "call ok price #contract $125k =negotiation >next wed 2pm send contract",
        "call #contract 125000.00 deal stage:negotiation >2026-11-25T14:00 send contract 「ok price」",
    ),
    (
        "meeting @Acme Corp +Jane Doe wants quote !! #VIP >by fri 5pm quote @Bob >+2w check in",
        "meeting @Acme Corp +Jane Doe #VIP !2 =wants_quote >2026-11-27T17:00 by quote &Bob >2026-12-05 check in 「wants quote」",
    ),
];

fn check(cases: &[(&str, &str)]) {
    let book = Book::new();
    let failures: Vec<String> = cases
        .iter()
        .filter_map(|(line, expected)| {
            let found = said(&parse(line, &book.context()));
            (found != *expected).then(|| format!("{line}\n  expected {expected}\n  read     {found}"))
        })
        .collect();
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), cases.len(), failures.join("\n"));
}

#[test]
fn chinese_lines_are_read() {
    check(CHINESE);
}

#[test]
fn english_lines_are_read() {
    check(ENGLISH);
}

#[test]
fn every_span_names_what_stands_in_it() {
    let book = Book::new();
    let text = "电话 有意向 #合同 ￥12.5万 =谈判 >下周三下午2点 发合同 @李工";
    let line = parse(text, &book.context());
    let parts: Vec<String> = line
        .spans
        .iter()
        .map(|span| {
            let words: String = text.chars().skip(span.range.start).take(span.range.len()).collect();
            format!("{:?} {words}", span.part)
        })
        .collect();
    assert_eq!(
        parts,
        [
            "Way 电话",
            "Outcome 有意向",
            "Tag #合同",
            "Amount ￥12.5万",
            "Stage =谈判",
            "Next >下周三下午2点",
            "Colleague @李工"
        ]
    );
}

#[test]
fn a_contact_is_looked_for_at_the_customer_the_line_names() {
    let book = Book::new();
    let line = parse("+王总 @华东机械 聊了", &book.context());
    assert_eq!(said(&line), "@华东机械 +王总 「聊了」");
    let elsewhere = parse("+王总 @Acme 聊了", &book.context());
    assert_eq!(said(&elsewhere), "@Acme 「+王总 聊了」 ?+王总");
}

#[test]
fn a_picked_deal_makes_the_amount_the_deals() {
    let book = Book::new();
    let deal = Some(crate::domain::id::Id::of_name("deal"));
    let line = parse("￥12万", &crate::line::Context { deal, ..book.context() });
    assert!(line.amount_is_deal);
    assert!(!parse("￥12万", &book.context()).amount_is_deal);
}

#[test]
fn a_picker_opens_behind_its_sign_and_knows_what_was_typed() {
    let book = Book::new();
    let open = |line: &str| {
        let caret = line.chars().count();
        picker(line, caret, &book.context()).map(|opened| (opened.picker, opened.prefix))
    };
    assert_eq!(open("@"), Some((Picker::Customer, String::new())));
    assert_eq!(open("电话 @华东"), Some((Picker::Customer, "华东".to_owned())));
    assert_eq!(open("电话@华"), Some((Picker::Customer, "华".to_owned())));
    assert_eq!(open("聊了 ＋王"), Some((Picker::Contact, "王".to_owned())));
    assert_eq!(open("聊了#合"), Some((Picker::Tag, "合".to_owned())));
    assert_eq!(open("ok ="), Some((Picker::Stage, String::new())));
    assert_eq!(open("王工+李"), None);
    assert_eq!(open("a@b"), None);
    assert_eq!(open("@华东 "), None);
    assert_eq!(open(r"\@华"), None);
    assert_eq!(open("+ "), None);
    assert_eq!(open(""), None);
}

#[test]
fn completing_puts_the_name_in_place_of_what_was_typed() {
    let book = Book::new();
    let opened = picker("电话 @华 报价", 5, &book.context()).unwrap();
    assert_eq!(complete("电话 @华 报价", &opened, "华东机械"), ("电话 @华东机械 报价".to_owned(), 9));
    let opened = picker("ok =", 4, &book.context()).unwrap();
    assert_eq!(complete("ok =", &opened, "谈判"), ("ok =谈判 ".to_owned(), 7));
}
