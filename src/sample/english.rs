//! The sample book as a firm in England would keep it: drawn like the other, with every word in English.

use crate::domain::record::Record;
use crate::sample::firm::Member;
use crate::sample::product::{ARTICLES, CATEGORIES};

/// The firm's people; see [`Member`].
pub(super) const MEMBERS: &[Member] = &[
    ("Helen Whitfield", &["hw", "hwhitfield"], 0, "Sheffield", 11, 12),
    ("Tom Barker", &["tb", "tbarker"], 0, "Sheffield", 9, 17),
    ("Priya Nair", &["pnair"], 0, "Bristol", 7, 16),
    ("James Okoro", &["jokoro"], 0, "London", 6, 15),
    ("Fiona Drummond", &["fdrummond"], 0, "Glasgow", 8, 13),
    ("Owen Pritchard", &["opritchard"], 0, "Cardiff", 5, 12),
    ("Anna Keller", &["anna"], 1, "Hamburg", 6, 8),
    ("David Lim", &["david"], 1, "Singapore", 5, 5),
    ("Mark Sutton", &["msutton"], 0, "Sheffield", 6, 2),
];

/// Of a hundred customers, how many the owner at this place has.
pub(super) const SHARES: &[(usize, usize)] = &[(17, 1), (16, 2), (15, 3), (14, 4), (12, 5), (13, 6), (10, 7), (3, 8)];

/// The teams, each with its office.
pub(super) const TEAMS: [(&str, &str); 2] = [("Home sales", "Sheffield"), ("Overseas sales", "Hamburg")];

/// A name longer than any column.
pub(super) const LONG_NAME: &str = "The Humber and East Riding Joint Institute for Advanced Process Instrumentation and Sustainable Water Management Ltd";

/// What stands in Chinese in the records of the firm itself, and in English.
const WORDS: &[(&str, &str)] = &[
    ("展位、差旅、样机运输", "Stand, travel, transport of demo units"),
    ("搜索推广账户", "Search advertising"),
    ("官网与案例制作", "Website and case studies"),
    ("公众号与短视频", "Social media and video"),
    ("名单与电话", "Lists and calls"),
    ("标书与保证金手续费", "Tender documents and bonds"),
    ("介绍礼与答谢", "Thanks for introductions"),
    ("渠道大会", "Dealer conference"),
    ("华东制造业备件寄售", "Spare parts on consignment"),
    ("行业=制造业 负责人=王建国", "industry = manufacturing owner = \"Tom Barker\""),
    ("用量前20%的客户在现场放寄售柜，月底盘点结算", "A cabinet on site for the top fifth, counted and billed monthly"),
    ("六家试点，复购间隔缩短9天，继续推广", "Six sites tried, orders come nine days sooner; go on"),
    ("流失客户挽回计划", "Win back who left"),
    ("生命周期=流失期", "life_stage = lost"),
    (
        "半年未下单的客户由负责人上门一次，带书面交期承诺和九折券",
        "The owner visits who has not ordered for half a year, with a written delivery promise and 10 % off",
    ),
    ("客户价值表.xlsx", "customer values.xlsx"),
    ("发错货", "Wrong goods"),
    ("交期延误", "Late delivery"),
    ("质量波动", "Uneven quality"),
    ("精度偏差", "Out of tolerance"),
    ("外观破损", "Damaged"),
    ("台", "pc"),
    ("只", "pc"),
    ("支", "pc"),
    ("个", "pc"),
    ("片", "pc"),
    ("套", "set"),
    ("盒", "box"),
    ("包", "pack"),
    ("箱", "case"),
    ("瓶", "bottle"),
    ("桶", "drum"),
    ("卷", "roll"),
    ("米", "m"),
    ("双", "pair"),
    ("次", "visit"),
    ("份", "contract"),
    ("条", "pc"),
    ("年", "year"),
    ("天", "day"),
];

/// The same in English; what has no English there stays.
fn said(text: &mut String) {
    let article = ARTICLES.iter().find(|article| article.zh == text).map(|article| article.en);
    let listed = || CATEGORIES.iter().chain(WORDS).find(|(chinese, _)| chinese == text).map(|(_, english)| *english);
    if let Some(english) = article.or_else(listed) {
        english.clone_into(text);
    }
}

/// A record with its products, units and notes in English.
pub(super) fn translated(mut record: Record) -> Record {
    match &mut record {
        Record::Product(product) => {
            said(&mut product.name);
            said(&mut product.category);
            said(&mut product.unit);
            product.aliases.clear();
        }
        Record::Order(order) => order.lines.iter_mut().for_each(|line| {
            said(&mut line.product);
            said(&mut line.category);
        }),
        Record::Deal(deal) => deal.products.iter_mut().for_each(said),
        Record::Cost(cost) => said(&mut cost.note),
        Record::Feedback(feedback) => said(&mut feedback.topic),
        Record::Customer(customer) => said(&mut customer.given_from),
        Record::Strategy(strategy) => {
            [&mut strategy.title, &mut strategy.group, &mut strategy.text, &mut strategy.review]
                .into_iter()
                .for_each(said);
        }
        _ => {}
    }
    record
}
