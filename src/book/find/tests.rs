//! Tests of the whole finder.
use super::reading::readings;
use super::*;
use proptest::prelude::*;

fn named(name: &str) -> Entry<'_> {
    Entry { name, ..Entry::default() }
}

fn of_names(names: &[&'static str]) -> Finder {
    Finder::build(names.iter().enumerate().map(|(i, n)| (i as u32, named(n))))
}

fn slots(finder: &Finder, query: &str) -> Vec<u32> {
    finder.search(query, usize::MAX, None).hits.iter().map(|h| h.slot).collect()
}

const NAMES: &[&str] = &[
    "重庆华东电子有限公司",
    "长沙湘江重工股份有限公司",
    "厦门海天物流有限公司",
    "上海单记食品",
    "曾氏五金",
    "解家布业",
    "仇记钟表",
    "区氏药业",
    "盖氏马具",
    "翟家酒坊",
    "Acme Trading Co., Ltd.",
    "McDonald & Sons",
    "华东师范用品",
    "东华纺织",
    "吕氏水产",
    "六安茶业",
    "Łódź Möbel 波兰家具",
    "ＷＩＤＥ科技",
    "360安全",
    "中国银行",
];

#[test]
fn a_name_typed_with_other_characters_that_sound_alike_is_found_when_nobody_is_written_so() {
    let finder = of_names(&["重庆渝江汽车", "王建国", "重庆余江水产"]);
    assert_eq!(slots(&finder, "王建果"), [1]);
    assert_eq!(slots(&finder, "重庆于江"), [0, 2]);
    assert_eq!(slots(&finder, "渝江"), [0], "whoever is written so is alone");
    assert_eq!(slots(&finder, "果"), [0; 0], "one character alone sounds like too many");
    assert!(finder.search("王建果", 9, None).hits.iter().all(|hit| !hit.is_meant()));
}

#[test]
fn european_names_are_found_with_and_without_their_accents() {
    let finder = of_names(&["Sjögren AB", "Bergström Oy", "Brandt & Söhne GmbH", "Müller KG", "Sjo\u{308}berg"]);
    for (query, want) in [
        ("sjogren", 0),
        ("SJÖGREN", 0),
        ("bergstrom", 1),
        ("bergström", 1),
        ("brandt sohne", 2),
        ("söhne", 2),
        ("muller", 3),
        ("müller", 3),
        ("mueller", 3),
        ("sjoberg", 4),
        ("sjöberg", 4),
    ] {
        assert_eq!(slots(&finder, query).first(), Some(&want), "{query}");
    }
}

#[test]
fn the_accented_letter_itself_is_marked_when_its_base_was_typed() {
    assert_eq!(highlight("Brandt & Söhne", "sohne"), vec![9..14]);
    assert_eq!(highlight("Müller", "mul"), vec![0..3]);
}

#[test]
fn a_query_finds_the_right_name_first() {
    let finder = of_names(NAMES);
    for (query, want) in [
        ("cq", 0),
        ("chongqing", 0),
        ("zqhd", 0),
        ("重庆", 0),
        ("华东电子", 0),
        ("重qhua东", 0),
        ("cqhua", 0),
        ("CQHDDZ", 0),
        ("电子", 0),
        ("电子有限公司", 0),
        ("cs", 1),
        ("changsha", 1),
        ("湘江", 1),
        ("xm", 2),
        ("xiamen", 2),
        ("shan", 3),
        ("上海 食品", 3),
        ("sh sp", 3),
        ("zengshi", 4),
        ("xiejia", 5),
        ("qiuji", 6),
        ("oushi", 7),
        ("geshi", 8),
        ("zhai", 9),
        ("acme", 10),
        ("at", 10),
        ("acme trading", 10),
        ("acmetrading", 10),
        ("trading acme", 10),
        ("ＡＣＭＥ", 10),
        ("mcdonald", 11),
        ("sons", 11),
        ("donald", 11),
        ("华东", 12),
        ("华dsf", 12),
        ("donghua", 13),
        ("lvshi", 14),
        ("lushi", 14),
        ("luan", 15),
        ("möbel", 16),
        ("波兰", 16),
        ("wide", 17),
        ("widekj", 17),
        ("360", 18),
        ("zgyh", 19),
        ("chonqing", 0),
        ("chognqing", 0),
        ("cahngsha", 1),
        ("xiamenn", 2),
        ("acne", 10),
        ("tradign", 10),
        ("mcdonlad", 11),
        ("cqdz", 0),
        ("qhddz", 0),
    ] {
        assert_eq!(slots(&finder, query).first(), Some(&want), "{query}");
    }
}

fn whole() -> Entry<'static> {
    Entry {
        name: "华东电子有限公司",
        short: "华电",
        code: "C2023-0017",
        owner: "欧阳锋",
        phones: vec!["138-0013-8000", "（021）6543 2109", "分机8888"],
        contacts: vec!["单雄信", "Wang Li"],
        emails: vec!["wang.li@example.com"],
        tags: vec!["重点", "展会"],
        weight: 0,
    }
}

#[test]
fn every_field_is_found_and_named() {
    let finder = Finder::build([(7, whole()), (9, named("别的"))]);
    for (query, field, nth) in [
        ("hddz", Field::Name, 0),
        ("华电", Field::Short, 0),
        ("c20230017", Field::Code, 0),
        ("c2023-0017", Field::Code, 0),
        ("0017", Field::Code, 0),
        ("8000", Field::Phone, 0),
        ("00138", Field::Phone, 0),
        ("65432109", Field::Phone, 1),
        ("8888", Field::Phone, 0),
        ("sxx", Field::Contact, 0),
        ("shanxiongxin", Field::Contact, 0),
        ("wangl", Field::Contact, 1),
        ("wang.li@ex", Field::Email, 0),
        ("wlec", Field::Email, 0),
        ("xa", Field::Email, 0),
        ("example.com", Field::Email, 0),
        ("zhanhui", Field::Tag, 1),
        ("重点", Field::Tag, 0),
        ("oyf", Field::Owner, 0),
        ("欧阳", Field::Owner, 0),
    ] {
        let answer = finder.search(query, 10, None);
        let hit = answer.hits.first().map(|h| (h.slot, h.field, h.nth));
        assert_eq!(hit, Some((7, field, nth)), "{query}");
        assert_eq!(answer.total, 1, "{query}");
    }
}

#[test]
fn words_may_be_found_in_different_fields() {
    let finder = Finder::build([(0, whole()), (1, named("华东电子厂"))]);
    assert_eq!(slots(&finder, "华东 8000"), [0]);
    assert_eq!(slots(&finder, "zd hddz"), [0]);
    assert!(slots(&finder, "华东 9999").is_empty());
}

#[test]
fn equal_matches_are_ordered_by_weight_then_length_then_slot() {
    let weigh = |name, weight| Entry { name, weight, ..Entry::default() };
    let finder = Finder::build([
        (0, weigh("华东甲", 1)),
        (1, weigh("华东乙", 5)),
        (2, weigh("华东丙丁", 5)),
        (3, weigh("华东戊", 5)),
        (4, weigh("华东", 0)),
        (5, weigh("大华东", 9)),
    ]);
    assert_eq!(slots(&finder, "华东"), [4, 1, 3, 2, 0, 5]);
}

/// In a mixed book English names with such initials came before every Chinese one: initials of words count like those of
/// syllables now, and whoever was talked to last comes first.
#[test]
fn a_place_at_the_start_of_a_chinese_name_does_not_lose_to_english_initials() {
    let weigh = |name, weight| Entry { name, weight, ..Entry::default() };
    let finder = Finder::build([
        (0, weigh("Crystal Silver Ltd", 5)),
        (1, weigh("长沙湘江重工", 9)),
        (2, weigh("Crescent Quality Foods", 1)),
        (3, weigh("重庆渝江汽配", 2)),
        (4, weigh("Xenon Medical", 3)),
        (5, weigh("厦门鹭岛食品", 3)),
        (6, weigh("CS Trading", 0)),
        (7, weigh("Ocean Crystal Silver", 99)),
    ]);
    assert_eq!(slots(&finder, "cs"), [6, 1, 0, 7]);
    assert_eq!(slots(&finder, "cq"), [3, 2]);
    assert_eq!(slots(&finder, "xm"), [5, 4]);
}

#[test]
fn a_blank_query_asks_nothing() {
    let finder = of_names(NAMES);
    for query in ["", "   ", "\t\u{3000}\n"] {
        let answer = finder.search(query, 10, None);
        assert!(answer.blank && answer.hits.is_empty(), "{query:?}");
    }
}

#[test]
fn strange_queries_are_answered() {
    let finder = Finder::build([(0, whole()), (u32::MAX, named("末位😀公司"))]);
    let long = "华dz8".repeat(250);
    let many = "a b 华 1 ".repeat(200);
    for query in [".*+?[](){}|^$\\", "😀", "👩‍👩‍👧", "华😀东", "\0\u{1}\u{7}", "ﷺ", "ß İ ǆ", &long, &many]
    {
        finder.search(query, 10, None);
        highlight("华东😀电子", query);
    }
    assert_eq!(slots(&finder, "😀"), [u32::MAX]);
    assert_eq!(slots(&finder, "华😀东"), [0]);
}

#[test]
fn a_limit_keeps_the_best_and_the_total_counts_all() {
    let names: Vec<String> = (0..2_000).map(|i| format!("华东{i}号")).collect();
    let entries = names.iter().enumerate();
    let finder = Finder::build(entries.map(|(i, n)| (i as u32, Entry { weight: (i % 7) as u32, ..named(n) })));
    let all = finder.search("hd", usize::MAX, None);
    let some = finder.search("hd", 30, None);
    assert_eq!((all.total, all.hits.len()), (2_000, 2_000));
    assert_eq!(some.total, 2_000);
    assert_eq!(some.hits.iter().map(|h| h.slot).collect::<Vec<_>>(), slots(&finder, "hd")[..30]);
}

/// Lesser matches are only counted once so many better ones are known; all places and counts must stay what they are.
#[test]
fn a_limit_changes_neither_the_count_nor_the_best() {
    let texts: Vec<(String, String, String)> = (0..3_000)
        .map(|i| match i % 5 {
            0 => (format!("华东{i}号"), String::new(), format!("c-{i}")),
            1 => (format!("大华东{i}"), format!("{i}00138"), String::new()),
            2 => (format!("Acme{i} (Co)"), String::new(), format!("hua.dong{i}@e.cn")),
            3 => (format!("红豆{i}-"), format!("138-{i}"), String::new()),
            _ => (format!("别{i}有限公司"), String::new(), String::new()),
        })
        .collect();
    let entries = texts.iter().enumerate().map(|(i, (name, phone, email))| {
        let weight = (i % 11) as u32;
        (i as u32, Entry { name, phones: vec![phone], emails: vec![email], weight, ..Entry::default() })
    });
    let finder = Finder::build(entries);
    for query in ["h", "hd", "华", "hua", "c", "co", "1", "138", "0", "(", "-", ".", "e", "yxgs", "hdd"] {
        let all = finder.search(query, usize::MAX, None);
        for limit in [40, 700] {
            let some = finder.search(query, limit, None);
            let best: Vec<u32> = all.hits.iter().take(limit).map(|hit| hit.slot).collect();
            assert_eq!(some.hits.iter().map(|hit| hit.slot).collect::<Vec<_>>(), best, "{query}");
            assert_eq!((all.total, &all.previous), (some.total, &some.previous), "{query}");
        }
    }
}

#[test]
fn a_clone_is_a_snapshot() {
    let mut finder = of_names(NAMES);
    let snapshot = finder.clone();
    finder.replace(0, &named("龘"));
    finder.remove(1);
    assert!(slots(&finder, "cqhd").is_empty() && slots(&finder, "湘江").is_empty());
    assert_eq!(slots(&snapshot, "cqhd"), [0]);
    assert_eq!(finder.count(), NAMES.len() - 1);
}

#[test]
fn a_finder_can_be_shared_between_threads() {
    fn check<T: Send + Sync>() {}
    check::<Finder>();
}

fn han() -> impl Strategy<Value = String> {
    let common: Vec<char> = "重庆长沙厦门华东电子有限公司单曾解仇区盖翟乐行都吕女绿还朴大会便和数".chars().collect();
    let one = prop_oneof![proptest::sample::select(common), proptest::char::range('\u{4e00}', '\u{9fa5}')];
    proptest::collection::vec(one, 1..8).prop_map(String::from_iter)
}

fn mixed() -> impl Strategy<Value = String> {
    prop_oneof![han(), "[a-cA-C0-2 .@（-]{0,12}", "[a-c华东电1-2 ]{0,8}", any::<String>()]
}

proptest! {
    #[test]
    fn a_han_name_is_found_by_any_beginning_spelling_or_initials(
        name in han(), others in proptest::collection::vec(han(), 0..20), pick in any::<usize>(), cut in 1..8usize,
    ) {
        let all: Vec<&str> = others.iter().map(String::as_str).chain([name.as_str()]).collect();
        let finder = Finder::build(all.iter().enumerate().map(|(i, n)| (i as u32, named(n))));
        let slot = others.len() as u32;
        let spelled: Option<Vec<String>> = name.chars().map(|c| {
            let all = readings(c);
            all.get(pick % all.len().max(1)).cloned()
        }).collect();
        let start: String = name.chars().take(cut).collect();
        prop_assert!(slots(&finder, &name).contains(&slot));
        prop_assert!(slots(&finder, &start).contains(&slot));
        if let Some(spelled) = spelled {
            let first = spelled.iter().filter_map(|r| r.chars().next());
            prop_assert!(slots(&finder, &spelled.concat()).contains(&slot));
            prop_assert!(slots(&finder, &first.collect::<String>()).contains(&slot));
        }
    }

    #[test]
    fn one_spelling_error_is_forgiven(name in han(), at in any::<usize>(), kind in 0..4) {
        let spelled: String = name.chars().filter_map(|c| readings(c).first().cloned()).collect();
        prop_assume!(spelled.len() >= 4 && name.chars().all(|c| !readings(c).is_empty()));
        let mut letters: Vec<char> = spelled.chars().collect();
        let at = at % (letters.len() - 1);
        match kind {
            0 => letters[at] = if letters[at] == 'x' { 'k' } else { 'x' },
            1 => { letters.remove(at); }
            2 => letters.insert(at, 'x'),
            _ => letters.swap(at, at + 1),
        }
        prop_assume!(letters.len() >= 3);
        let finder = Finder::build([(0, named(&name))]);
        let query: String = letters.iter().collect();
        prop_assert_eq!(slots(&finder, &query), vec![0]);
    }

    #[test]
    fn no_text_and_no_query_panics_and_survivors_change_nothing(
        texts in proptest::collection::vec((mixed(), mixed(), mixed()), 0..12),
        query in mixed(), other in mixed(),
    ) {
        let entries = texts.iter().enumerate().map(|(i, (a, b, c))| {
            let entry = Entry { name: a, short: b, phones: vec![c], emails: vec![b], tags: vec![a], ..Entry::default() };
            (i as u32, entry)
        });
        let finder = Finder::build(entries);
        let mut previous = finder.search(&other, 5, None).previous;
        let mut typed = String::new();
        for c in query.chars() {
            typed.push(c);
            let fresh = finder.search(&typed, 5, None);
            let narrowed = finder.search(&typed, 5, Some(&previous));
            prop_assert_eq!(&fresh, &narrowed);
            let listed = finder.list(&typed, 5, Some(&previous));
            let slots: Vec<u32> = fresh.hits.iter().map(|hit| hit.slot).collect();
            prop_assert_eq!((&listed.slots, listed.total, &listed.previous), (&slots, fresh.total, &fresh.previous));
            previous = narrowed.previous;
            prop_assert!(highlight(&other, &typed).windows(2).all(|w| w[0].end < w[1].start));
        }
        sort_key(&query);
        initials(&query);
    }

    #[test]
    fn survivors_change_nothing_where_a_name_is_misspelled(
        names in proptest::collection::vec(han(), 1..30), pick in any::<usize>(), at in any::<usize>(), more in "[a-z ]{0,4}",
    ) {
        let finder = Finder::build(names.iter().enumerate().map(|(i, n)| (i as u32, named(n))));
        let spelled = names[pick % names.len()].chars().filter_map(|c| readings(c).first().cloned());
        let mut letters: Vec<char> = spelled.collect::<String>().chars().collect();
        prop_assume!(letters.len() >= 4);
        let at = at % (letters.len() - 1);
        letters.swap(at, at + 1);
        let mut previous = Previous::default();
        let mut typed = String::new();
        for c in letters.into_iter().chain(more.chars()) {
            typed.push(c);
            let (fresh, narrowed) = (finder.search(&typed, 9, None), finder.search(&typed, 9, Some(&previous)));
            prop_assert_eq!(&fresh, &narrowed, "{}", typed);
            previous = narrowed.previous;
        }
    }

    #[test]
    fn changes_one_by_one_equal_a_new_index(
        changes in proptest::collection::vec((0..2100u32, proptest::option::of(mixed())), 1..40),
        query in mixed(),
    ) {
        let mut finder = Finder::default();
        let mut model = BTreeMap::new();
        for (slot, name) in &changes {
            match name {
                Some(name) => { finder.replace(*slot, &named(name)); model.insert(*slot, name); }
                None => { finder.remove(*slot); model.remove(slot); }
            }
        }
        let rebuilt = Finder::build(model.iter().map(|(slot, name)| (*slot, named(name))));
        let (kept, new) = (finder.search(&query, 50, None), rebuilt.search(&query, 50, None));
        prop_assert_eq!((kept.hits, kept.total), (new.hits, new.total));
        prop_assert_eq!(finder.count(), model.len());
    }
}
