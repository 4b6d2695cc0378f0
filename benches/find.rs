//! Finding at 100,000 customers, key by key, beside plain fuzzy-matcher.
//!
//! Arguments choose the kinds of query measured (`pinyin`, `digits` …). `KEHU_BENCH_NAMES` may name a file of names, one a line: then it is also measured how
//! often the right name is among the first ten.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::string_slice)]
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use kehu::book::find::{Entry, Finder, initials, sort_key};
use std::time::{Duration, Instant};

const CUSTOMERS: usize = 100_000;
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

/// A row of numbers that is the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }

    fn chars(&mut self, from: &[char], n: usize) -> String {
        (0..n).map(|_| from[self.below(from.len())]).collect()
    }
}

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

/// Memory of this process in KiB, where the system tells.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
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

fn report(what: &str, mut times: Vec<Duration>) -> u128 {
    times.sort_unstable();
    let at = |part: usize| times[(times.len() - 1) * part / 100].as_micros();
    println!("{what:<34} {:>7} {:>7} {:>7} µs  ({} keys)", at(50), at(99), at(100), times.len());
    at(50)
}

fn typed(query: &str) -> Vec<String> {
    let letters: Vec<char> = query.chars().collect();
    (1..=letters.len()).map(|n| letters.iter().take(n).collect()).collect()
}

fn keys(finder: &Finder, queries: &[String], narrowing: bool) -> Vec<Duration> {
    let mut times = Vec::new();
    for query in queries {
        let mut previous = None;
        for text in typed(query) {
            let begun = Instant::now();
            let answer = finder.search(&text, 100, previous.as_ref());
            times.push(begun.elapsed());
            previous = narrowing.then_some(answer.previous);
        }
    }
    times
}

fn peer(texts: &[[String; 3]], queries: &[String]) -> Vec<Duration> {
    let matcher = SkimMatcherV2::default();
    let mut times = Vec::new();
    for text in queries.iter().take(1).flat_map(|q| typed(q)) {
        let begun = Instant::now();
        let best = |t: &[String; 3]| t.iter().filter_map(|t| matcher.fuzzy_match(t, &text)).max();
        let mut found: Vec<(i64, usize)> = texts.iter().enumerate().filter_map(|(i, t)| Some((best(t)?, i))).collect();
        found.sort_unstable_by(|a, b| b.cmp(a));
        found.truncate(100);
        times.push(begun.elapsed());
    }
    times
}

fn quality(path: &str) {
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

fn main() {
    let book = make(CUSTOMERS);
    let before = resident();
    let begun = Instant::now();
    let mut finder = Finder::build(book.iter().enumerate().map(|(i, m)| (i as u32, entry(m))));
    println!("index of {CUSTOMERS}: {} ms, {} KiB packed", begun.elapsed().as_millis(), finder.bytes() / 1024);
    if let (Some(before), Some(after)) = (before, resident()) {
        println!("resident memory grew by {} KiB", after.saturating_sub(before));
    }
    let begun = Instant::now();
    for (i, made) in book.iter().enumerate().take(1_000) {
        finder.replace((i * 97 % CUSTOMERS) as u32, &entry(made));
    }
    println!("a change: {} µs", begun.elapsed().as_micros() / 1_000);
    let texts: Vec<[String; 3]> = book.iter().map(|m| [m.name.clone(), pinyin(&m.name), initials(&m.name)]).collect();
    println!("{:<34} {:>7} {:>7} {:>7}", "", "p50", "p99", "max");
    let kinds = [
        "Han",
        "pinyin",
        "initials",
        "short initials",
        "mixed",
        "typing error",
        "digits",
        "English",
        "two words",
        "nothing",
    ];
    let asked: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    for kind in kinds.into_iter().filter(|k| asked.is_empty() || asked.iter().any(|a| a == k)) {
        let queries = queries(kind, &book);
        let ours = report(kind, keys(&finder, &queries, true));
        report("  each key afresh", keys(&finder, &queries[..3], false));
        let theirs = report("  plain fuzzy-matcher", peer(&texts, &queries));
        println!("  {} times faster", theirs / ours.max(1));
    }
    let pasted =
        ["a b c d e f g h".to_owned(), "1".repeat(1_000), "华 ".repeat(500), "😀".to_owned(), ".*[a-z]+$".to_owned()];
    report(
        "pasted oddities",
        pasted.iter().flat_map(|q| keys(&finder, std::slice::from_ref(q), false).pop()).collect(),
    );
    if let Ok(path) = std::env::var("KEHU_BENCH_NAMES") {
        quality(&path);
    }
}
