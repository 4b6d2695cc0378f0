//! What holds for every line: nothing is lost, nothing panics, and what is built from parts is read back as them.

use super::book::{Book, CONTACTS, CUSTOMERS, OWNERS, said};
use crate::domain::money::Money;
use crate::line::{Line, Parts, escape, parse, picker};
use proptest::prelude::*;

/// Words that mean something somewhere in a line.
const PIECES: &[&str] = &[
    "电话",
    "call",
    "c:",
    " ",
    "  ",
    "@",
    "+",
    "#",
    "=",
    ">",
    "^",
    "!",
    "！！",
    "￥",
    "$",
    "＞",
    "＠",
    "\\",
    "，",
    "。",
    "华东机械",
    "王总",
    "李工",
    "合同",
    "谈判",
    "明天",
    "下周三",
    "下午2点",
    "节后",
    "12.5万",
    "300元",
    "12万5",
    "k",
    "没有意向",
    "有意向",
    "not",
    "interested",
    "in 3 days",
    "by",
    "fri",
    "前",
    "满意度",
    "nps",
    "4",
    "a",
    "发资料",
    "(",
    ")",
    "12/5",
    "é",
    "\u{301}",
    "😀",
    "\n",
];

fn lines() -> impl Strategy<Value = String> {
    let pieces = proptest::collection::vec(proptest::sample::select(PIECES.to_vec()), 0..14);
    prop_oneof![pieces.prop_map(|pieces| pieces.concat()), "\\PC{0,60}", any::<String>()]
}

proptest! {
    #[test]
    fn no_line_makes_the_parser_panic_and_every_span_lies_within_it(line in lines(), caret in 0usize..80) {
        let book = Book::new();
        let read = parse(&line, &book.context());
        let count = line.chars().count();
        prop_assert!(read.spans.iter().all(|span| span.range.start < span.range.end && span.range.end <= count));
        prop_assert!(read.text.chars().count() <= count);
        let _ = picker(&line, caret, &book.context());
        if let Some(found) = read.suggestion {
            let again = parse(&found.accepted, &book.context());
            prop_assert!(again.steps.iter().any(|step| step.due == Some(found.reading.due)), "{}", found.accepted);
        }
    }

    #[test]
    fn text_without_signs_stays_as_it_is(words in proptest::collection::vec("[a-z]{1,8}|[\u{4e00}-\u{9fa5}]{1,6}|，|。|; ", 1..8)) {
        let line = format!("说{}", words.join(" "));
        let book = Book::new();
        let read = parse(&line, &book.context());
        prop_assert_eq!(&read.text, &line);
        prop_assert!(read.steps.is_empty() && read.unread.is_empty() && read.way.is_none());
    }

    #[test]
    fn escaped_text_is_read_back_as_nothing_but_text(text in lines()) {
        let book = Book::new();
        let line = escape(&text, &book.context());
        let read = parse(&line, &book.context());
        prop_assert_eq!(&read.text, &text, "{}", line);
        prop_assert!(read.steps.is_empty() && read.tags.is_empty() && read.contacts.is_empty(), "{}", line);
        prop_assert!(read.way.is_none() && read.stage.is_none() && read.customer.is_none() && read.priority == 0, "{}", line);
        prop_assert!(read.unread.is_empty(), "{}", line);
    }

    #[test]
    fn a_line_built_from_parts_is_read_back_as_the_parts(
        way in proptest::option::of(proptest::sample::select(vec![("电话", "call"), ("拜访", "visit out"), ("email", "email")])),
        contact in proptest::option::of(proptest::sample::select(vec![0usize, 1])),
        tag in proptest::option::of("[a-z]{3,9}"),
        cents in proptest::option::of(1i64..1_000_000_000_000),
        stage in proptest::option::of(proptest::sample::select(vec![("谈判", "negotiation"), ("won", "won")])),
        priority in 0usize..4,
        step in proptest::option::of(("[a-z]{2,8}", 1i32..900, 0usize..3)),
        text in "[\u{4e00}-\u{4e2f}]{1,10}",
    ) {
        let (mut line, mut expected) = (Vec::new(), Vec::new());
        if let Some((word, key)) = way {
            line.push(word.to_owned());
            expected.push(key.to_owned());
        }
        line.push(text.clone());
        if let Some(at) = contact {
            line.push(format!("@{} +{}", CUSTOMERS[0], CONTACTS[at].0));
            expected.push(format!("@{} +{}", CUSTOMERS[0], CONTACTS[at].0));
        }
        if let Some(tag) = &tag {
            line.push(format!("#{tag}"));
            expected.push(format!("#{}", if tag == "vip" { "VIP" } else { tag }));
        }
        if let Some(cents) = cents {
            line.push(format!("￥{}", Money::from_cents(cents)));
            expected.push(Money::from_cents(cents).to_string());
            expected.extend(stage.map(|_| "deal".to_owned()));
        }
        if let Some((word, key)) = stage {
            line.push(format!("={word}"));
            expected.push(format!("stage:{key}"));
        }
        if priority > 0 {
            line.push("!".repeat(priority));
            expected.push(format!("!{priority}"));
        }
        if let Some((what, days, who)) = &step {
            line.push(format!(">{days}天后 {what} @{}", OWNERS[*who]));
            let due = crate::domain::time::Day::from_ymd(2026, 11, 21).unwrap().plus(*days);
            expected.push(format!(">{due} {what} &{}", OWNERS[*who]));
        }
        expected.push(format!("「{text}」"));
        let book = Book::new();
        let line = line.join(" ");
        prop_assert_eq!(said(&parse(&line, &book.context())), expected.join(" "), "{}", line);
    }
}

/// A parser that is not linear would not come back from these.
#[test]
fn a_hundred_kilobytes_are_read_whatever_they_say() {
    let book = Book::new();
    for piece in
        [">", "> ", ">明天", " @华", " #a", " =", "￥1", "1", "没有", "not ", "\\", " ", " >in 3 days ", "！", "周"]
    {
        let line = piece.repeat(100_000 / piece.len());
        assert!(parse(&line, &book.context()).text.len() <= line.len());
    }
}

/// What a form must not change: all that was read, but for where it stood.
fn meaning(line: &Line) -> Line {
    let steps = line.steps.iter().map(|step| crate::line::Step { note: None, ..step.clone() }).collect();
    let at = line.at.map(|at| crate::parse::when::Reading { consumed: 0, ..at });
    // A mark at the very end of the words says nothing.
    let text = line.text.trim_matches(|c: char| c.is_whitespace() || "，,、；;".contains(c)).to_owned();
    Line { at, text, steps, spans: Vec::new(), unread: Vec::new(), suggestion: None, ..line.clone() }
}

#[test]
fn a_line_taken_apart_for_a_form_and_put_together_again_says_the_same() {
    let book = Book::new();
    for text in [
        "电话 王总确认报价，等法务 #合同 ￥12.5万 =谈判 >下周三下午2点 发合同 @李工",
        "^昨天 来电 +王总 问交期 @华东机械 !! 300元 >周五前 回复 @张伟 >下周一 再打 >改天 吃饭 @李工",
        "满意度 4 服务好 交期>12月5日 A+B \\#不是标签 从300元起",
        "call ok @Bob price #contract $125k =negotiation >next wed 2pm send contract",
        "电话 报价12万 \\300元 >3天后：10点开会",
        "满意度 9 太高了",
        "c: hello",
        "没人接",
        "",
    ] {
        let read = parse(text, &book.context());
        let again = Parts::of(text, &read).line(&book.context());
        assert_eq!(meaning(&parse(&again, &book.context())), meaning(&read), "{text:?} → {again:?}");
    }
}

proptest! {
    #[test]
    fn any_line_goes_through_a_form_and_back_without_loss(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..14)
    ) {
        let (book, text) = (Book::new(), pieces.concat());
        let read = parse(&text, &book.context());
        let again = Parts::of(&text, &read).line(&book.context());
        prop_assert_eq!(meaning(&parse(&again, &book.context())), meaning(&read), "{:?} → {:?}", text, again);
    }
}
