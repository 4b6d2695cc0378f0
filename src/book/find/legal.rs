//! The legal form at the end of a company name, which says little about who it is.

const CHINESE: &[&str] = &["有限责任公司", "有限公司", "集团公司", "总公司", "公司", "股份", "集团", "控股"];
const LATIN: &[&str] = &[
    "co",
    "ltd",
    "inc",
    "llc",
    "llp",
    "plc",
    "gmbh",
    "ag",
    "sa",
    "corp",
    "corporation",
    "company",
    "limited",
    "incorporated",
    "group",
    "holdings",
];

/// How many characters of a folded name are left without its legal form; the whole
/// length if nothing else would be left.
pub(super) fn core_length(name: &[char]) -> usize {
    let mut left = trim(name);
    while let Some(shorter) = without(left).filter(|s| !s.is_empty()) {
        left = shorter;
    }
    left.len()
}

fn trim(name: &[char]) -> &[char] {
    let end = name.iter().rposition(|c| c.is_alphanumeric());
    name.get(..end.map_or(0, |e| e + 1)).unwrap_or(&[])
}

fn without(name: &[char]) -> Option<&[char]> {
    for word in CHINESE.iter().chain(LATIN) {
        let length = word.chars().count();
        let Some(at) = name.len().checked_sub(length) else {
            continue;
        };
        let (head, tail) = name.split_at(at);
        let apart = !word.is_ascii() || head.last().is_some_and(|c| !c.is_alphanumeric());
        if apart && tail.iter().copied().eq(word.chars()) {
            return Some(trim(head));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn core(name: &str) -> String {
        let folded: Vec<char> = name.chars().collect();
        folded.iter().take(core_length(&folded)).collect()
    }

    #[test]
    fn legal_forms_are_set_aside() {
        for (name, want) in [
            ("华东电子有限公司", "华东电子"),
            ("华东电子股份有限公司", "华东电子"),
            ("华东集团有限责任公司", "华东"),
            ("acme trading co., ltd.", "acme trading"),
            ("zinc", "zinc"),
            ("有限公司", "有限公司"),
            ("group", "group"),
            ("", ""),
        ] {
            assert_eq!(core(name), want, "{name}");
        }
    }
}
