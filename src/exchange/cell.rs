//! What one cell says, read as the value its field can hold; an empty cell is `None` and never an error.

use crate::domain::measure::{Rate, Score};
use crate::exchange::amount::{is_nothing, number};
use crate::exchange::header::Unit;
use crate::exchange::list_text::items;
use crate::exchange::reason::Reason;
use crate::exchange::text_key::{half_width, one_line};
use crate::query::field::fold;

/// How a plain number in a column of shares is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum RateRule {
    /// In per cent: 50 is half.
    Percent,
    /// Of one: 0.5 is half.
    Share,
    /// Up to 1 of one, above in per cent.
    #[default]
    Guess,
}

/// What the numbers of one column of shares say about how they are meant, gathered cell by cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RateEvidence {
    above_one: bool,
    part_of_one: bool,
}

impl RateEvidence {
    /// Looks at one cell.
    pub fn see(&mut self, text: &str) {
        if let Ok(Some(number)) = number(text)
            && !number.percent
        {
            self.above_one |= !number.is_share() && !number.is_negative();
            self.part_of_one |= number.is_share() && !number.is_whole();
        }
    }

    /// The rule for a column with this unit in its heading: per cent where a number is above one or the heading says so;
    /// a heading of per cent over nothing but parts of one is how spreadsheets export such cells, so those are shares.
    pub const fn rule(self, unit: Option<Unit>) -> RateRule {
        match (self.above_one, self.part_of_one, unit) {
            (true, _, _) | (false, false, Some(Unit::Percent)) => RateRule::Percent,
            (false, true, _) => RateRule::Share,
            (false, false, _) => RateRule::Guess,
        }
    }
}

/// A share such as `50%`, `50` or `0.5`.
///
/// # Errors
/// The reason why it is no share between 0 and 100 per cent.
pub fn rate(text: &str, rule: RateRule) -> Result<Option<Rate>, Reason> {
    let Some(number) = number(text).map_err(as_kind(Reason::NotARate))? else { return Ok(None) };
    let percent = number.percent
        || match rule {
            RateRule::Percent => true,
            RateRule::Share => false,
            RateRule::Guess => !number.is_share(),
        };
    let points = number.scaled(1, if percent { 2 } else { 4 })?;
    if !(0..=10_000).contains(&points) {
        return Err(Reason::RateRange);
    }
    Ok(Some(Rate::from_basis_points(points as i32)))
}

/// A score up to `most` points: `4.2`, `4.2分`, `4.2/5`.
///
/// # Errors
/// The reason why it is no score.
pub fn score(text: &str, most: u32) -> Result<Option<Score>, Reason> {
    if is_nothing(text) {
        return Ok(None);
    }
    let folded = half_width(text).to_lowercase();
    let body = folded.trim().trim_end_matches("points").trim_end_matches('分').trim_end_matches('星').trim();
    let of_most = format!("/{most}");
    let body = body.strip_suffix(&of_most).unwrap_or(body);
    let Some(number) = number(body).map_err(as_kind(Reason::NotAScore))? else { return Ok(None) };
    let points = number.scaled(1, 2)?;
    if number.percent {
        return Err(Reason::NotAScore);
    }
    if points < 0 || points > i64::from(most) * 100 {
        return Err(Reason::ScoreRange(most));
    }
    Ok(Some(Score::from_hundredths(points as i32)))
}

/// The points that words of satisfaction stand for (definitions: satisfied from 4, dissatisfied below 3).
pub fn satisfaction_words(text: &str) -> Option<Score> {
    let points = match fold(text).as_str() {
        "非常满意" | "很满意" | "十分满意" | "verysatisfied" | "verygood" | "excellent" => 5,
        "满意" | "比较满意" | "较满意" | "satisfied" | "good" => 4,
        "一般" | "中立" | "尚可" | "基本满意" | "neutral" | "average" | "ok" => 3,
        "不满意" | "不太满意" | "较不满意" | "dissatisfied" | "unsatisfied" | "poor" | "bad" => 2,
        "非常不满意" | "很不满意" | "极不满意" | "verydissatisfied" | "verypoor" => 1,
        _ => return None,
    };
    Some(Score::from_hundredths(points * 100))
}

/// A whole number such as `10次`, `1,000` or `6.0`.
///
/// # Errors
/// The reason why it is no whole number from 0 up.
pub fn whole(text: &str) -> Result<Option<u32>, Reason> {
    const COUNTERS: &[&str] = &[
        "次", "人", "名", "个", "家", "单", "笔", "台", "件", "套", "箱", "岁", "年", "天", "位", "people", "times",
        "orders", "days",
    ];
    if is_nothing(text) {
        return Ok(None);
    }
    let folded = half_width(text).to_lowercase();
    let body = folded.trim();
    let body = COUNTERS.iter().find_map(|counter| body.strip_suffix(counter)).unwrap_or(body);
    let Some(number) = number(body).map_err(as_kind(Reason::NotWhole))? else { return Ok(None) };
    if number.is_negative() {
        return Err(Reason::Negative);
    }
    if number.percent || !number.is_whole() {
        return Err(Reason::NotWhole);
    }
    u32::try_from(number.scaled(1, 0)?).map(Some).map_err(|_| Reason::TooBig)
}

/// Yes or no: 是 否 有 无 yes no true 1 √ ….
///
/// # Errors
/// [`Reason::NotAFlag`].
pub fn flag(text: &str) -> Result<Option<bool>, Reason> {
    match half_width(text).trim().to_lowercase().as_str() {
        "" | "n/a" | "null" | "-" | "--" => Ok(None),
        "是" | "有" | "对" | "真" | "y" | "yes" | "true" | "t" | "1" | "1.0" | "√" | "✓" | "✔" | "已退" | "退货"
        | "已退货" | "退款" | "returned" | "停售" | "停产" | "discontinued" | "主要" | "primary" => {
            Ok(Some(true))
        }
        "否" | "无" | "没有" | "不是" | "假" | "n" | "no" | "false" | "f" | "0" | "0.0" | "×" | "x" | "✗" | "未退"
        | "正常" | "在售" => Ok(Some(false)),
        _ => Err(Reason::NotAFlag),
    }
}

/// A telephone number, kept as it is written but for widths and invisible signs; several in one cell stay together.
///
/// # Errors
/// [`Reason::ExcelNumber`] where a spreadsheet has cut the number short, [`Reason::NotAPhone`] without digits.
pub fn phone(text: &str) -> Result<Option<String>, Reason> {
    if is_nothing(text) {
        return Ok(None);
    }
    let folded = one_line(&half_width(text));
    let shown = folded.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown = shown.trim_start_matches('\'');
    if is_exponent(shown) {
        return Err(Reason::ExcelNumber);
    }
    let shown = shown.strip_suffix(".0").filter(|rest| rest.chars().all(|c| c.is_ascii_digit())).unwrap_or(shown);
    if shown.chars().filter(char::is_ascii_digit).count() < 3 {
        return Err(Reason::NotAPhone);
    }
    Ok(Some(shown.to_owned()))
}

/// Whether signs or letters stand in a telephone number that belong to none, such as the remains of an escape sequence;
/// words of its trade (ext., 转, 分机) and names behind it do not count.
pub fn is_odd_phone(text: &str) -> bool {
    let folded: Vec<char> = half_width(text).to_lowercase().chars().collect();
    // A number without digits is refused as none at all.
    let digits = folded.iter().filter(|c| c.is_ascii_digit()).count() >= 3;
    let signs = folded.iter().any(|c| "[]{}<>\\|^~$%&=\"!?@".contains(*c));
    let remains = folded.windows(2).any(|pair| matches!(pair, [';', c] if c.is_ascii_lowercase()));
    digits && (signs || remains || has_odd_letters(&folded))
}

/// Whether letters stand before a telephone number or within one; behind its digits they are somebody's name.
fn has_odd_letters(folded: &[char]) -> bool {
    const WORDS: &[&str] = &[
        "ext", "extn", "x", "tel", "fax", "mob", "mobile", "cell", "phone", "office", "work", "home", "direct",
        "wechat", "whatsapp", "p", "t", "m", "h", "f", "w", "o", "or", "and",
    ];
    let mut before: Option<&[char]> = None;
    let mut digits = false;
    let mut runs = folded.chunk_by(|a, b| a.is_ascii_lowercase() == b.is_ascii_lowercase()).peekable();
    while let Some(run) = runs.next() {
        let is_word = run.first().is_some_and(char::is_ascii_lowercase);
        let glued = before.and_then(|run| run.last()).is_some_and(char::is_ascii_digit)
            && runs.peek().and_then(|run| run.first()).is_some_and(char::is_ascii_digit);
        if is_word && (glued || !digits) && !WORDS.contains(&run.iter().collect::<String>().as_str()) {
            return true;
        }
        digits |= run.iter().any(char::is_ascii_digit);
        before = Some(run);
    }
    false
}

fn is_exponent(text: &str) -> bool {
    let Some((head, tail)) = text.split_once(['e', 'E']) else { return false };
    !head.is_empty()
        && !tail.is_empty()
        && head.chars().all(|c| c.is_ascii_digit() || c == '.')
        && tail.chars().all(|c| c.is_ascii_digit() || c == '+')
}

/// An e-mail address, or several with commas or semicolons between them.
///
/// # Errors
/// [`Reason::NotAnEmail`].
pub fn email(text: &str) -> Result<Option<String>, Reason> {
    if is_nothing(text) {
        return Ok(None);
    }
    let folded = half_width(text).replace('；', ";").replace('、', ",");
    let addresses: Vec<&str> = folded.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let addresses: Vec<&str> = addresses
        .iter()
        .map(|address| {
            let address = address.rsplit_once('<').map_or(*address, |(_, inner)| inner.trim_end_matches('>'));
            address.strip_prefix("mailto:").unwrap_or(address).trim()
        })
        .collect();
    if addresses.is_empty() || !addresses.iter().all(|address| is_address(address)) {
        return Err(Reason::NotAnEmail);
    }
    Ok(Some(addresses.join("; ")))
}

fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    !local.is_empty()
        && !domain.contains('@')
        && !text.contains(char::is_whitespace)
        && domain.split('.').count() > 1
        && domain.split('.').all(|label| !label.is_empty())
}

/// Tags, split at `,` `;` `，` `；` `、` and line breaks, each once.
pub fn tags(text: &str) -> Vec<String> {
    items(text)
}

/// "No amount" said as what the field expects; the finer reasons stay.
fn as_kind(expected: Reason) -> impl Fn(Reason) -> Reason {
    move |reason| if reason == Reason::NotAnAmount { expected.clone() } else { reason }
}

#[cfg(test)]
mod tests {
    use super::{
        RateEvidence, RateRule, email, flag, is_odd_phone, phone, rate, satisfaction_words, score, tags, whole,
    };
    use crate::domain::measure::{Rate, Score};
    use crate::exchange::header::Unit;
    use crate::exchange::reason::Reason;
    use proptest::prelude::*;

    #[test]
    fn a_share_is_read_by_its_sign_its_rule_or_its_size() {
        let cases = [
            ("50%", RateRule::Share, Ok(Some(5_000))),
            ("50", RateRule::Percent, Ok(Some(5_000))),
            ("0.5", RateRule::Share, Ok(Some(5_000))),
            ("0.5", RateRule::Guess, Ok(Some(5_000))),
            ("0.5", RateRule::Percent, Ok(Some(50))),
            ("50", RateRule::Guess, Ok(Some(5_000))),
            ("1", RateRule::Guess, Ok(Some(10_000))),
            ("33.333%", RateRule::Guess, Ok(Some(3_333))),
            ("", RateRule::Guess, Ok(None)),
            ("150%", RateRule::Guess, Err(Reason::RateRange)),
            ("-5%", RateRule::Guess, Err(Reason::RateRange)),
            ("高", RateRule::Guess, Err(Reason::NotARate)),
        ];
        for (text, rule, points) in cases {
            assert_eq!(rate(text, rule), points.map(|points| points.map(Rate::from_basis_points)), "{text}");
        }
    }

    #[test]
    fn a_column_of_shares_tells_whether_it_is_in_per_cent() {
        let rule = |cells: &[&str], unit| {
            let mut evidence = RateEvidence::default();
            cells.iter().for_each(|cell| evidence.see(cell));
            evidence.rule(unit)
        };
        assert_eq!(rule(&["50", "0.5"], Some(Unit::Percent)), RateRule::Percent);
        assert_eq!(rule(&["1", "0"], Some(Unit::Percent)), RateRule::Percent);
        assert_eq!(rule(&["0.5", "0.25"], Some(Unit::Percent)), RateRule::Share);
        assert_eq!(rule(&["50", "20"], None), RateRule::Percent);
        assert_eq!(rule(&["50%"], None), RateRule::Guess);
    }

    #[test]
    fn scores_and_whole_numbers_shed_their_counters() {
        assert_eq!(score("4.2分", 5), Ok(Some(Score::from_hundredths(420))));
        assert_eq!(score("4.2/5", 5), Ok(Some(Score::from_hundredths(420))));
        assert_eq!(score("7", 5), Err(Reason::ScoreRange(5)));
        assert_eq!(score("好", 5), Err(Reason::NotAScore));
        assert_eq!(satisfaction_words("满意"), Some(Score::from_hundredths(400)));
        assert_eq!(satisfaction_words("不满意"), Some(Score::from_hundredths(200)));
        assert_eq!(whole("10次"), Ok(Some(10)));
        assert_eq!(whole("1,000"), Ok(Some(1_000)));
        assert_eq!(whole("6.0"), Ok(Some(6)));
        assert_eq!(whole("6.5"), Err(Reason::NotWhole));
        assert_eq!(whole("-1"), Err(Reason::Negative));
        assert_eq!(whole("99999999999"), Err(Reason::TooBig));
        assert_eq!(whole("很多"), Err(Reason::NotWhole));
    }

    #[test]
    fn a_flag_is_read_in_both_languages() {
        for yes in ["是", "Y", "yes", "TRUE", "1", "√"] {
            assert_eq!(flag(yes), Ok(Some(true)), "{yes}");
        }
        for no in ["否", "N", "no", "false", "0", "无"] {
            assert_eq!(flag(no), Ok(Some(false)), "{no}");
        }
        assert_eq!(flag("也许"), Err(Reason::NotAFlag));
    }

    #[test]
    fn a_phone_stays_readable_and_is_never_a_number() {
        let cases = [
            ("１３８０００００００１", Ok(Some("13800000001"))),
            ("021-5588 1234", Ok(Some("021-5588 1234"))),
            ("+86 138 0000 0002", Ok(Some("+86 138 0000 0002"))),
            ("13800000003.0", Ok(Some("13800000003"))),
            ("(5) 555-4729", Ok(Some("(5) 555-4729"))),
            ("1.38E+10", Err(Reason::ExcelNumber)),
            ("王经理", Err(Reason::NotAPhone)),
            ("无", Ok(None)),
        ];
        for (text, expected) in cases {
            assert_eq!(phone(text).as_ref().map(|found| found.as_deref()), expected.as_ref().copied(), "{text}");
        }
    }

    /// `138]0;pwn`, what an escape sequence left behind, was a telephone number like any other; then `555-1234 Wang` was a
    /// fault.
    #[test]
    fn what_belongs_to_no_phone_is_noticed_and_what_people_write_beside_one_is_not() {
        for odd in ["138]0;pwn", "1380000;pwn", "1380b00", "138001[31m", "1380000<script>", "abc13800000001", "138=1+1"]
        {
            assert!(is_odd_phone(odd), "{odd}");
        }
        for plain in [
            "021-5588 1234 ext. 12",
            "(5) 555-4729",
            "+86 138 0000 0002",
            "0571-88880000转123",
            "13800000001 王经理",
            "138/139",
            "Tel: 555 1234 x5",
            "13800000001 (Lisa)",
            "555-1234 Wang; 555-1235 Li",
        ] {
            assert!(!is_odd_phone(plain), "{plain}");
        }
    }

    #[test]
    fn an_address_needs_a_name_and_a_domain() {
        assert_eq!(email("Li Lei <li@example.com>"), Ok(Some("li@example.com".into())));
        assert_eq!(email("a@b.cn；c@d.cn"), Ok(Some("a@b.cn; c@d.cn".into())));
        for bad in ["li@", "@b.cn", "li@@b.cn", "li at b.cn", "li@b", "张三"] {
            assert_eq!(email(bad), Err(Reason::NotAnEmail), "{bad}");
        }
    }

    #[test]
    fn tags_are_split_at_commas_of_both_scripts_but_not_at_spaces() {
        assert_eq!(tags("#重点、价格敏感；Big Spender,重点"), ["重点", "价格敏感", "Big Spender"]);
    }

    proptest! {
        #[test]
        fn no_text_makes_a_cell_panic(text in "\\PC*") {
            let _ = (rate(&text, RateRule::Guess), score(&text, 5), whole(&text), flag(&text), phone(&text));
            let _ = (email(&text), tags(&text), satisfaction_words(&text));
        }
    }
}
