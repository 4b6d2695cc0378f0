//! Regions within regions: a city in its province, a province in its part of the country.

use crate::query::field::fold;

/// The parts of the country, with their names and their provinces.
const PARTS: [(&[&str], &[&str]); 7] = [
    (&["华东", "east china", "east"], &["上海", "江苏", "浙江", "安徽", "福建", "江西", "山东"]),
    (&["华南", "south china", "south"], &["广东", "广西", "海南"]),
    (&["华北", "north china", "north"], &["北京", "天津", "河北", "山西", "内蒙古"]),
    (&["华中", "central china", "central"], &["河南", "湖北", "湖南"]),
    (&["西南", "southwest china", "southwest"], &["重庆", "四川", "贵州", "云南", "西藏"]),
    (&["西北", "northwest china", "northwest"], &["陕西", "甘肃", "青海", "宁夏", "新疆"]),
    (&["东北", "northeast china", "northeast"], &["辽宁", "吉林", "黑龙江"]),
];

/// What stands after the name of a province or a city.
const ENDINGS: [&str; 4] = ["省", "市", "自治区", "县"];

/// Whether a word names a part of the country or a province.
pub fn is_named(word: &str) -> bool {
    let word = fold(word);
    let is_province =
        |name: &&str| word.strip_prefix(*name).is_some_and(|ending| ending.is_empty() || ENDINGS.contains(&ending));
    PARTS
        .iter()
        .any(|(names, provinces)| names.iter().any(|name| fold(name) == word) || provinces.iter().any(is_province))
}

/// Whether a region as kept, such as `江苏省/无锡市`, is what a word names or lies in it.
pub fn lies_in(kept: &str, word: &str) -> bool {
    let wanted = fold(word);
    if wanted.is_empty() {
        return false;
    }
    let parts = || kept.split(['/', ' ', '-', '，', ',', '·']).map(str::trim).filter(|part| !part.is_empty());
    let is = |part: &str, name: &str| {
        let part = fold(part);
        part == name || part.strip_prefix(name).is_some_and(|ending| ENDINGS.contains(&ending))
    };
    let provinces = PARTS.iter().find(|(names, _)| names.iter().any(|name| fold(name) == wanted));
    let in_part = provinces.is_some_and(|(_, provinces)| {
        parts().next().is_some_and(|first| provinces.iter().any(|province| fold(first).starts_with(province)))
    });
    in_part || fold(kept) == wanted || parts().any(|part| is(part, &wanted))
}
