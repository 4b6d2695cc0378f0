//! How a character is read: every pinyin reading, and the one a reader would say.
use pinyin::{Pinyin, ToPinyin, ToPinyinMulti};
use std::borrow::Cow;
use std::sync::LazyLock;

/// Words whose usual reading differs from the first one in the dictionary, tones by number.
const PHRASES: &[(&str, &str)] = &[
    ("重庆", "chong2 qing4"),
    ("重阳", "chong2 yang2"),
    ("重建", "chong2 jian4"),
    ("厦门", "xia4 men2"),
    ("六安", "lu4 an1"),
    ("六合", "lu4 he2"),
    ("乐清", "yue4 qing1"),
    ("音乐", "yin1 yue4"),
    ("乐器", "yue4 qi4"),
    ("乐队", "yue4 dui4"),
    ("银行", "yin2 hang2"),
    ("商行", "shang1 hang2"),
    ("洋行", "yang2 hang2"),
    ("车行", "che1 hang2"),
    ("行业", "hang2 ye4"),
    ("成长", "cheng2 zhang3"),
    ("增长", "zeng1 zhang3"),
    ("生长", "sheng1 zhang3"),
    ("校长", "xiao4 zhang3"),
    ("家长", "jia1 zhang3"),
    ("董事长", "dong3 shi4 zhang3"),
    ("蚌埠", "beng4 bu4"),
    ("番禺", "pan1 yu2"),
    ("东莞", "dong1 guan3"),
    ("亳州", "bo2 zhou1"),
    ("台州", "tai1 zhou1"),
    ("丽水", "li2 shui3"),
    ("济南", "ji3 nan2"),
    ("铅山", "yan2 shan1"),
    ("荥阳", "xing2 yang2"),
    ("单县", "shan4 xian4"),
    ("解放", "jie3 fang4"),
    ("解决", "jie3 jue2"),
    ("单位", "dan1 wei4"),
    ("区域", "qu1 yu4"),
    ("会计", "kuai4 ji4"),
    ("西藏", "xi1 zang4"),
    ("宝藏", "bao3 zang4"),
    ("朝阳", "chao2 yang2"),
    ("调味", "tiao2 wei4"),
    ("便利", "bian4 li4"),
    ("数码", "shu4 ma3"),
    ("数据", "shu4 ju4"),
    ("传媒", "chuan2 mei2"),
    ("地产", "di4 chan3"),
    ("尉迟", "yu4 chi2"),
    ("万俟", "mo4 qi2"),
    ("长", "chang2"),
    ("都", "du1"),
    ("翟", "zhai2"),
    ("曾", "zeng1"),
    ("石", "shi2"),
    ("大", "da4"),
    ("地", "di4"),
    ("会", "hui4"),
    ("便", "bian4"),
    ("和", "he2"),
    ("绿", "lv4"),
];

/// Characters read differently when they are somebody's family name.
const SURNAMES: &[(char, &str)] = &[
    ('单', "shan4"),
    ('曾', "zeng1"),
    ('解', "xie4"),
    ('仇', "qiu2"),
    ('区', "ou1"),
    ('盖', "ge3"),
    ('翟', "zhai2"),
    ('查', "zha1"),
    ('任', "ren2"),
    ('朴', "piao2"),
    ('覃', "qin2"),
    ('冼', "xian3"),
    ('缪', "miao4"),
    ('乐', "yue4"),
    ('秘', "bi4"),
    ('尹', "yin3"),
    ('折', "she2"),
    ('黑', "he4"),
    ('晟', "cheng2"),
];

/// The longest name, in characters, whose first character is taken for a family name.
const PERSON: usize = 3;

/// Every reading of `c` in plain letters, without repeats; ü as both v and u.
pub(super) fn readings(c: char) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let dictionary = c.to_pinyin_multi().into_iter().flatten().map(Pinyin::plain);
    let surname = SURNAMES.iter().filter(|s| s.0 == c).map(|s| s.1);
    for reading in dictionary.chain(surname) {
        for umlaut in ["v", "u"] {
            let letters: String =
                reading.replace('ü', umlaut).replace('ê', "e").chars().filter(char::is_ascii_lowercase).collect();
            if !letters.is_empty() && !found.contains(&letters) {
                found.push(letters);
            }
        }
    }
    found
}

/// A reading as it is said, with its tone.
pub(super) type Reading = Cow<'static, str>;

/// The reading of each character of `text` a reader would say, with its tone as a
/// number at the end (`chong2`); nothing where a character has no reading.
pub(super) fn spoken(text: &[char]) -> Vec<Option<Reading>> {
    let mut out: Vec<Option<Reading>> = Vec::with_capacity(text.len());
    let person = text.len() <= PERSON;
    while let Some((first, rest)) = text.get(out.len()..).and_then(<[char]>::split_first) {
        let surname = out.is_empty() && person && text.len() > 1;
        if let Some(reading) = phrase(*first, rest, 2) {
            out.extend(reading.split(' ').map(|r| Some(r.into())));
        } else if let Some(reading) = surname.then(|| family(*first)).flatten() {
            out.push(Some(reading.into()));
        } else if let Some(reading) = phrase(*first, rest, 1) {
            out.push(Some(reading.into()));
        } else {
            out.push(default(*first));
        }
    }
    out
}

/// A phrase as it is looked up: its first character, the others, how it is read.
type Phrase = (char, Vec<char>, &'static str);

/// The phrases by their first characters: nearly every character begins none.
static BY_FIRST: LazyLock<Vec<Phrase>> = LazyLock::new(|| {
    let phrase = |(word, reading): &(&str, &'static str)| {
        let mut letters = word.chars();
        Some((letters.next()?, letters.collect(), *reading))
    };
    let mut phrases: Vec<Phrase> = PHRASES.iter().filter_map(phrase).collect();
    phrases.sort_by_key(|phrase| phrase.0);
    phrases
});

/// How the phrase of at least `shortest` characters that stands here is read.
fn phrase(first: char, rest: &[char], shortest: usize) -> Option<&'static str> {
    let from = BY_FIRST.partition_point(|phrase| phrase.0 < first);
    let mut here = BY_FIRST.iter().skip(from).take_while(|phrase| phrase.0 == first);
    here.find(|phrase| phrase.1.len() + 1 >= shortest && rest.starts_with(&phrase.1)).map(|phrase| phrase.2)
}

fn family(c: char) -> Option<&'static str> {
    SURNAMES.iter().find(|s| s.0 == c).map(|s| s.1)
}

fn default(c: char) -> Option<Reading> {
    if c < '\u{3000}' {
        return None;
    }
    let reading = c.to_pinyin()?.with_tone_num_end();
    let plain = reading.is_ascii();
    Some(if plain { reading.into() } else { reading.replace('ü', "v").replace('ê', "e").into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surnames_have_their_surname_reading_among_the_readings() {
        for (c, reading) in
            [('单', "shan"), ('曾', "zeng"), ('解', "xie"), ('仇', "qiu"), ('区', "ou"), ('盖', "ge"), ('翟', "zhai")]
        {
            assert!(readings(c).iter().any(|r| r == reading), "{c} {reading}");
        }
    }

    #[test]
    fn an_umlaut_is_typed_as_v_or_u() {
        assert_eq!(readings('吕'), ["lv", "lu"]);
    }

    #[test]
    fn phrases_name_one_reading_for_each_character() {
        for (word, reading) in PHRASES {
            assert_eq!(word.chars().count(), reading.split(' ').count(), "{word}");
        }
    }
}
