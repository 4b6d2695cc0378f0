//! Finding, key by key, beside plain fuzzy-matcher; the index and a change of it.
//!
//! `KEHU_BENCH_NAMES` may name a file of names, one a line: then it is also measured how often the right name is among the first
//! ten.

use crate::ground::figures::{clocked, count};
use crate::ground::{Dice, SIZES};
use divan::{Bencher, black_box};
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use kehu::book::find::{Entry, Finder, Previous, initials, sort_key};
use std::sync::OnceLock;

const PLACES: &[&str] = &[
    "重庆", "上海", "北京", "长沙", "厦门", "深圳", "广州", "杭州", "宁波", "苏州", "无锡", "成都", "武汉", "西安",
    "六安", "乐清", "长春", "沈阳", "大连", "青岛", "济南", "郑州", "合肥", "南昌", "福州", "昆明",
];
const BRANDS: &str = "华东海天瑞丰盛达鑫源永信恒泰宏图博远嘉和金龙汇通中正安康百利顺兴美德明光新世纪创联合众\
    鼎力卓越飞腾云峰蓝宝石佳士诚品优胜凯旋亿万富强民生立邦奥凡伟业高科星辰三江四海九州八方";
const TRADES: &[&str] = &[
    "电子",
    "物流",
    "食品",
    "机械",
    "化工",
    "建材",
    "纺织",
    "科技",
    "贸易",
    "服饰",
    "医药",
    "家具",
    "五金",
    "环保",
    "信息技术",
    "重工",
    "能源",
    "文化传媒",
    "餐饮管理",
    "汽车零部件",
];
const FORMS: &[&str] = &["有限公司", "股份有限公司", "有限责任公司", "集团有限公司", "厂"];
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗单曾解仇区盖翟";
const GIVEN: &str = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英志文建华国庆海燕春梅";
const LATIN: &[&str] = &[
    "Acme", "Global", "Summit", "Pacific", "Orion", "Vertex", "Northern", "Silver", "Bright", "Delta", "Harbor",
    "Union", "Crystal", "Pioneer", "Atlas", "Falcon", "Granite", "Horizon", "Liberty", "Maple",
];
const LATIN_TRADES: &[&str] =
    &["Trading", "Logistics", "Foods", "Systems", "Chemicals", "Textiles", "Medical", "Energy"];

/// A customer made up.
struct Made {
    name: String,
    short: String,
    code: String,
    owner: String,
    phones: [String; 2],
    contacts: [String; 2],
    email: String,
    tag: &'static str,
    weight: u32,
}

fn make(count: usize) -> Vec<Made> {
    let mut dice = Dice(7);
    let list = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<Vec<char>>();
    let (brands, surnames, given) = (list(BRANDS), list(SURNAMES), list(GIVEN));
    let person = |dice: &mut Dice| {
        let n = 1 + dice.below(2);
        dice.chars(&surnames, 1) + &dice.chars(&given, n)
    };
    let phone = |dice: &mut Dice| format!("1{:02}{:08}", 30 + dice.below(70), dice.below(100_000_000));
    (0..count)
        .map(|i| {
            let (name, short) = if i % 6 == 5 {
                let short = format!("{} {}", dice.of(LATIN), dice.of(LATIN));
                (format!("{short} {} Co., Ltd.", dice.of(LATIN_TRADES)), short)
            } else {
                let n = 2 + dice.below(3);
                let short = dice.chars(&brands, n);
                (format!("{}{short}{}{}", dice.of(PLACES), dice.of(TRADES), dice.of(FORMS)), short)
            };
            Made {
                name,
                short,
                code: format!("C2023{i:06}"),
                owner: SURNAMES.chars().skip(dice.below(20)).take(2).collect(),
                phones: [phone(&mut dice), phone(&mut dice)],
                contacts: [person(&mut dice), person(&mut dice)],
                email: format!("user{}@mail{}.example", dice.below(100_000), dice.below(500)),
                tag: dice.of(&["重点", "展会", "老客户", "样品", "VIP"]),
                weight: dice.below(1_000) as u32,
            }
        })
        .collect()
}

fn entry(made: &Made) -> Entry<'_> {
    Entry {
        name: &made.name,
        short: &made.short,
        code: &made.code,
        owner: &made.owner,
        phones: made.phones.iter().map(String::as_str).collect(),
        contacts: made.contacts.iter().map(String::as_str).collect(),
        emails: vec![&made.email],
        tags: vec![made.tag],
        weight: made.weight,
    }
}

fn pinyin(name: &str) -> String {
    let key = sort_key(name);
    let spelled = key.split('\0').next().unwrap_or("");
    spelled.chars().filter(char::is_ascii_lowercase).collect()
}

fn swapped(text: &str, at: usize) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    if at + 1 < letters.len() {
        letters.swap(at, at + 1);
    }
    letters.into_iter().collect()
}

fn core(name: &str) -> &str {
    FORMS.iter().find_map(|form| name.strip_suffix(form)).unwrap_or(name)
}

fn queries(kind: &str, book: &[Made]) -> Vec<String> {
    let mut dice = Dice(99);
    (0..10)
        .map(|_| {
            let latin = matches!(kind, "English");
            let at = dice.below(book.len() / 6 - 1) * 6 + if latin { 5 } else { 0 };
            let made = &book[at];
            let core = core(&made.name);
            match kind {
                "Han" => core.to_owned(),
                "pinyin" => pinyin(core),
                "initials" => initials(core),
                "short initials" => initials(&made.short),
                "mixed" => core.chars().take(1).chain(initials(core).chars().skip(1)).collect(),
                "typing error" => swapped(&pinyin(core), 2 + dice.below(5)),
                "digits" => made.phones[0].chars().skip(7).collect(),
                "English" => made.name.to_lowercase(),
                "two words" => format!("{} {}", pinyin(&made.short), initials(&made.contacts[0])),
                "nothing" => swapped(&pinyin(core), 0).chars().rev().collect(),
                _ => String::new(),
            }
        })
        .collect()
}

/// Every key of a word: what stands in the line after it.
fn typed(query: &str) -> Vec<String> {
    let letters: Vec<char> = query.chars().collect();
    (1..=letters.len()).map(|n| letters.iter().take(n).collect()).collect()
}

/// Customers made up, and the finder over them.
struct World {
    made: Vec<Made>,
    finder: Finder,
}

/// The world of a size, made once.
fn world(customers: usize) -> &'static World {
    static WORLDS: [OnceLock<World>; SIZES.len()] = [const { OnceLock::new() }; SIZES.len()];
    let at = SIZES.iter().position(|size| *size == customers).unwrap();
    WORLDS[at].get_or_init(|| {
        let made = make(customers);
        let finder = Finder::build(entries(&made));
        count(format!("find, index {customers:>6}, KiB packed"), finder.bytes() / 1024);
        World { made, finder }
    })
}

fn entries(made: &[Made]) -> impl Iterator<Item = (u32, Entry<'_>)> {
    made.iter().enumerate().map(|(at, made)| (at as u32, entry(made)))
}

/// One key after another of ten words: each narrows what the one before found.
fn keys(bencher: Bencher, kind: &str, customers: usize) {
    let world = world(customers);
    let queries = queries(kind, &world.made);
    let name = format!("find, {kind} {customers:>6}");
    let mut line = queries.iter().flat_map(|query| typed(query)).cycle();
    let mut previous: Option<Previous> = None;
    bencher.bench_local(|| {
        let text = line.next().unwrap();
        let before = previous.take().filter(|_| text.chars().count() > 1);
        let hits = clocked(&*name, || world.finder.search(&text, 100, before.as_ref()));
        previous = Some(hits.previous);
        hits.hits.len()
    });
    if customers == SIZES[SIZES.len() - 1] {
        afresh(&world.made, &queries, &name);
    }
}

/// The middle key of some words, looked for in the names and their pinyin by fuzzy-matcher alone.
fn afresh(made: &[Made], queries: &[String], name: &str) {
    static TEXTS: OnceLock<Vec<[String; 3]>> = OnceLock::new();
    let spelled = |m: &Made| [m.name.clone(), pinyin(&m.name), initials(&m.name)];
    let texts = TEXTS.get_or_init(|| made.iter().map(spelled).collect());
    let matcher = SkimMatcherV2::default();
    for query in queries.iter().take(3) {
        let half: String = query.chars().take(query.chars().count().div_ceil(2)).collect();
        clocked(format!("{name} ~ fuzzy-matcher alone"), || {
            let best = |t: &[String; 3]| t.iter().filter_map(|t| matcher.fuzzy_match(t, &half)).max();
            let scored = texts.iter().enumerate().filter_map(|(at, text)| Some((best(text)?, at)));
            let mut found: Vec<(i64, usize)> = scored.collect();
            found.sort_unstable_by(|a, b| b.cmp(a));
            found.truncate(100);
            black_box(found)
        });
    }
}

macro_rules! kinds {
    ($($name:ident: $kind:literal),* $(,)?) => { $(
        #[divan::bench(args = SIZES, sample_size = 1, sample_count = 90, max_time = 2)]
        fn $name(bencher: Bencher, customers: usize) {
            keys(bencher, $kind, customers);
        }
    )* };
}

kinds! {
    han: "Han",
    pinyin_whole: "pinyin",
    initials_of_all: "initials",
    initials_of_the_short_name: "short initials",
    mixed: "mixed",
    typing_error: "typing error",
    digits: "digits",
    english: "English",
    two_words: "two words",
    nothing: "nothing",
}

#[divan::bench(args = SIZES, sample_size = 1, sample_count = 5, max_time = 3)]
fn oddities_pasted(bencher: Bencher, customers: usize) {
    let world = world(customers);
    let numbers = "1".repeat(1_000);
    let words = "华 ".repeat(500);
    let mut pasted = ["a b c d e f g h", &numbers, &words, "😀", ".*[a-z]+$"].into_iter().cycle();
    let name = format!("find, pasted oddities {customers:>6}");
    bencher.bench_local(|| {
        let text = pasted.next().unwrap();
        clocked(&*name, || world.finder.search(text, 100, None).hits.len())
    });
}

#[divan::bench(args = SIZES, sample_size = 1, sample_count = 10, max_time = 2)]
fn index(bencher: Bencher, customers: usize) {
    let world = world(customers);
    let name = format!("find, index {customers:>6}");
    bencher.bench_local(|| clocked(&*name, || Finder::build(entries(&world.made))));
}

#[divan::bench(args = SIZES, sample_size = 1, sample_count = 200)]
fn change_of_the_index(bencher: Bencher, customers: usize) {
    let world = world(customers);
    let (name, mut finder) = (format!("find, a change of the index {customers:>6}"), world.finder.clone());
    let mut slots = (0..customers).map(|at| at * 97 % customers).cycle();
    bencher.bench_local(|| {
        let at = slots.next().unwrap();
        clocked(&*name, || finder.replace(at as u32, &entry(&world.made[at])));
    });
}

/// How often the right one of a file of names is among the first ten.
pub fn quality(path: &str) {
    let Ok(text) = std::fs::read_to_string(path) else {
        return println!("{path}: cannot be read");
    };
    let names: Vec<&str> = text.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    let named = |name| Entry { name, ..Entry::default() };
    let finder = Finder::build(names.iter().enumerate().map(|(i, n)| (i as u32, named(*n))));
    let mut dice = Dice(3);
    let sample: Vec<usize> = (0..500).map(|_| dice.below(names.len())).collect();
    let among = |query: &str, at: usize| {
        let hits = finder.search(query, 10, None).hits;
        hits.iter().any(|h| names[h.slot as usize] == names[at])
    };
    let six = |n: &str| pinyin(n).chars().take(6).collect::<String>();
    let spelled = sample.iter().filter(|at| among(&six(names[**at]), **at)).count();
    let shortened = sample.iter().filter(|at| among(&initials(names[**at]), **at)).count();
    println!(
        "{} names: right one among ten after six letters {}/500, after initials {}/500",
        names.len(),
        spelled,
        shortened
    );
}
