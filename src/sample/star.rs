//! The first customers of the book, chosen by hand so that the first screen shows what a book is.

use crate::domain::choice::CustomerKind;
use crate::sample::company::{Company, Place};
use crate::sample::course::Course;
use crate::sample::word_en::COUNTRIES;
use crate::sample::word_zh::CITIES;
use Course::{Declining, Growing, Lost, New, Prospect, Stable};

/// Name, short name, industry key, city (or country, city), course, common order in units, days between orders.
type Star = (&'static str, &'static str, &'static str, &'static str, Course, i64, i32);

const STARS: &[Star] = &[
    ("苏州恒润精密机械有限公司", "恒润精密", "manufacturing", "苏州", Growing, 86_000, 24),
    ("Harbour Point Logistics Ltd", "Harbour Point", "logistics", "United Kingdom/Hull", Stable, 23_000, 45),
    ("重庆渝江汽车零部件股份有限公司", "渝江汽配", "manufacturing", "重庆", Stable, 158_000, 16),
    ("厦门鹭岛食品有限公司", "鹭岛食品", "manufacturing", "厦门", Stable, 31_000, 38),
    ("Brandt & Söhne GmbH", "Brandt & Söhne", "manufacturing", "Germany/Kassel", Growing, 64_000, 40),
    ("长沙岳麓山环境科技有限公司", "岳麓山环境", "technology", "长沙", New, 47_000, 35),
    ("乐清电联电气有限公司", "电联电气", "manufacturing", "乐清", Declining, 18_500, 30),
    ("六安皖西春茶业股份有限公司", "皖西春", "agriculture", "六安", Stable, 9_800, 60),
    ("长春北辰轨道装备有限公司", "北辰轨道", "manufacturing", "长春", Lost, 92_000, 48),
    ("Lindqvist Marine AB", "Lindqvist Marine", "logistics", "Sweden/Göteborg", Declining, 35_000, 55),
    ("杭州云栖生物医药有限公司", "云栖生物", "medical", "杭州", Growing, 54_000, 28),
    ("青岛海燕冷链物流有限公司", "海燕冷链", "logistics", "青岛", Prospect, 26_000, 60),
    ("Keystone Valley Brewing Inc.", "Keystone Valley", "manufacturing", "United States/Portland, OR", New, 12_000, 30),
    ("成都天府智造自动化有限公司", "天府智造", "technology", "成都", Stable, 72_000, 33),
    ("广州粤味轩餐饮管理有限公司", "粤味轩", "catering", "广州", Stable, 6_400, 21),
    ("Orchid Bay Precision Pte Ltd", "Orchid Bay", "manufacturing", "Singapore/Singapore", Growing, 41_000, 36),
    ("西安秦川重工集团有限公司", "秦川重工", "manufacturing", "西安", Prospect, 210_000, 60),
    ("无锡滨湖第二水厂", "滨湖二水厂", "government", "无锡", Stable, 38_000, 75),
    ("Van Leeuwen Dairy B.V.", "Van Leeuwen", "manufacturing", "Netherlands/Utrecht", Stable, 28_000, 50),
    ("沈阳浑河热电有限公司", "浑河热电", "energy", "沈阳", Lost, 45_000, 70),
    ("武汉楚江检测技术服务有限公司", "楚江检测", "services", "武汉", Growing, 22_000, 26),
    ("Thornton Water Services Ltd", "Thornton Water", "services", "United Kingdom/Leeds", Prospect, 52_000, 60),
];

/// The same in a book in English.
const ENGLISH: &[Star] = &[
    (
        "Keystone Valley Brewing Inc.",
        "Keystone Valley",
        "manufacturing",
        "United States/Portland, OR",
        Growing,
        86_000,
        24,
    ),
    ("Harbour Point Logistics Ltd", "Harbour Point", "logistics", "United Kingdom/Hull", Stable, 23_000, 45),
    (
        "Ashworth Automotive Components plc",
        "Ashworth Auto",
        "manufacturing",
        "United Kingdom/Sheffield",
        Stable,
        158_000,
        16,
    ),
    ("Van Leeuwen Dairy B.V.", "Van Leeuwen", "manufacturing", "Netherlands/Utrecht", Stable, 31_000, 38),
    ("Brandt & Söhne GmbH", "Brandt & Söhne", "manufacturing", "Germany/Kassel", Growing, 64_000, 40),
    ("Fairwater Environmental Ltd", "Fairwater", "technology", "United Kingdom/Bristol", New, 47_000, 35),
    ("Lindqvist Marine AB", "Lindqvist Marine", "logistics", "Sweden/Göteborg", Declining, 18_500, 30),
    ("Glen Ardoch Distillers Ltd", "Glen Ardoch", "agriculture", "United Kingdom/Glasgow", Stable, 9_800, 60),
    ("Northmoor Rail Equipment Ltd", "Northmoor Rail", "manufacturing", "United Kingdom/Leeds", Lost, 92_000, 48),
    ("Orchid Bay Precision Pte Ltd", "Orchid Bay", "manufacturing", "Singapore/Singapore", Growing, 41_000, 36),
    ("Cedar Hollow Biopharma Inc.", "Cedar Hollow", "medical", "United States/Chicago, IL", Growing, 54_000, 28),
    ("Saltmarsh Cold Chain Ltd", "Saltmarsh", "logistics", "United Kingdom/Hull", Prospect, 26_000, 60),
    ("Thornton Water Services Ltd", "Thornton Water", "services", "United Kingdom/Leeds", Stable, 38_000, 75),
    ("Gulf Meridian Energy LLC", "Gulf Meridian", "energy", "United States/Houston, TX", Prospect, 210_000, 60),
];

/// A customer chosen by hand: its company, course, common order and rhythm.
pub(super) fn star(place: usize, english: bool) -> Option<(Company, Course, i64, i32)> {
    let stars = if english { ENGLISH } else { STARS };
    let (name, short, industry, city, course, order, rhythm) = stars.get(place)?;
    let kind = if *industry == "government" { CustomerKind::Government } else { CustomerKind::Business };
    let place = match city.split_once('/') {
        None => Place::City(CITIES.iter().find(|row| row.0 == *city)?),
        Some((country, city)) => Place::Abroad(COUNTRIES.iter().map(|row| &row.1).find(|row| row.0 == country)?, city),
    };
    let company = Company::named((*name).to_owned(), (*short).to_owned(), industry, kind, place);
    Some((company, *course, *order, *rhythm))
}

#[cfg(test)]
mod tests {
    use super::{ENGLISH, STARS, star};

    #[test]
    fn every_customer_chosen_by_hand_has_its_place() {
        assert!((0..STARS.len()).all(|place| star(place, false).is_some()));
        assert!((0..ENGLISH.len()).all(|place| star(place, true).is_some()));
    }
}
