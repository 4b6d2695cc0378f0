//! Which customer is meant.

use crate::book::Book;
use crate::book::find::{Field, Finder, Hit};
use crate::book::planning::Refusal;
use crate::book::row::{Row, RowText};
use crate::cli::Ends;
use crate::cli::fail::{AMBIGUOUS, Fail, NOT_FOUND};
use crate::cli::output::{self, Table};
use crate::cli::setting::Setting;
use crate::domain::deal::Deal;
use crate::domain::id::Id;
use crate::exchange::text_key::normal_name;
use crate::query::field::fold;
use crate::text::words;
use crate::ui::finder::index;
use serde_json::{Value, json};

/// Candidates told of at most.
const TOLD: usize = 20;

/// A customer that a query may mean.
pub struct Candidate<'a> {
    /// Its row.
    pub row: &'a Row,
    /// How good the match is, higher first.
    pub score: u32,
    /// The text that matched.
    pub matched: String,
    /// Whether the query may well mean it, and does not only resemble it.
    pub is_meant: bool,
}

impl Candidate<'_> {
    /// It in JSON.
    pub fn json(&self) -> Value {
        let code = output::text_or_null(self.row.text(RowText::Code));
        json!({ "code": code, "name": self.row.name(), "score": self.score, "matched": self.matched })
    }
}

/// The best matches, in order.
pub fn candidates<'a>(book: &'a Book, finder: &Finder, query: &str, limit: usize) -> Vec<Candidate<'a>> {
    let hits = finder.search(query, limit, None).hits;
    let candidate = |hit: &Hit| {
        let row = book.row(hit.slot)?;
        Some(Candidate { row, score: hit.score, matched: matched(book, row, hit), is_meant: hit.is_meant() })
    };
    hits.iter().filter_map(candidate).collect()
}

/// The text of a row that a hit is about.
fn matched(book: &Book, row: &Row, hit: &Hit) -> String {
    let contacts = row.contacts();
    let contacts = || contacts.iter();
    let phones = || std::iter::once(row.text(RowText::Phone)).chain(contacts().map(|(_, phone, _)| phone));
    let text = match hit.field {
        Field::Name => Some(row.text(RowText::Name)),
        Field::Short => Some(row.text(RowText::ShortName)),
        Field::Code => Some(row.text(RowText::Code)),
        Field::Owner => Some(book.standards().owner_name(row.owner)),
        Field::Tag => row.tags().nth(hit.nth).map(|tag| book.symbols().word(tag)),
        Field::Contact => contacts().map(|(name, _, _)| name).nth(hit.nth),
        Field::Email => contacts().map(|(_, _, email)| email).filter(|email| !email.is_empty()).nth(hit.nth),
        Field::Phone => phones().filter(|phone| !phone.is_empty()).nth(hit.nth),
    };
    text.unwrap_or_default().to_owned()
}

/// The one customer a query means: by its exact code, else its exact name, else what alone is found.
pub fn find_one(book: &Book, query: &str, setting: &Setting, ends: &mut Ends<'_>) -> Result<Id, Fail> {
    let exact = exact(book, query);
    if let [only] = exact.as_slice() {
        return Ok(only.id);
    }
    let found = if exact.is_empty() {
        candidates(book, &index(book), query, TOLD)
    } else {
        let same = |row: &Row| row.name().to_owned();
        exact
            .into_iter()
            .take(TOLD)
            .map(|row| Candidate { row, score: 0, matched: same(row), is_meant: true })
            .collect()
    };
    // Letters scattered over a name, or one letter off, mean nobody: they are only worth a question.
    let nearest = found.first().map(|one| one.row.name().to_owned());
    let meant: Vec<Candidate<'_>> = found.into_iter().filter(|one| one.is_meant).collect();
    match (meant.as_slice(), nearest) {
        ([], Some(near)) => {
            Err(nobody(query, setting).hinted(setting.told(words("did you mean {}?", "是否想写 {}？"), &near)))
        }
        ([], None) => Err(nobody(query, setting)),
        ([only], _) => Ok(only.row.id),
        (several, _) => Err(ambiguous(query, several, setting, ends)),
    }
}

/// Nobody was found.
pub fn nobody(query: &str, setting: &Setting) -> Fail {
    let what = setting.told(words("no customer matches “{}”", "没有找到与“{}”相符的客户"), query);
    Fail::new(NOT_FOUND, what).hinted(setting.say(words("kehu list shows all of them", "运行 kehu list 查看全部客户")))
}

fn ambiguous(query: &str, several: &[Candidate<'_>], setting: &Setting, ends: &mut Ends<'_>) -> Fail {
    let what = setting.told(words("“{}” may mean several customers", "“{}”可能指多位客户"), query);
    if setting.json {
        let candidates: Vec<Value> = several.iter().map(Candidate::json).collect();
        if let Err(error) = output::write_json(ends.out, &json!({ "candidates": candidates })) {
            return Fail::from(error);
        }
    }
    // The candidates come first, so that the error with its hint stands last, next to the prompt.
    let _ = table(several, setting).write(ends.err);
    let hint = words("name one by its code", "请用编号指定一位");
    Fail::new(AMBIGUOUS, what).hinted(setting.say(hint))
}

/// Candidates as text.
pub fn table(candidates: &[Candidate<'_>], setting: &Setting) -> Table {
    let heads = [words("code", "编号"), words("name", "名称"), words("matched", "匹配")];
    let mut table = Table::new(heads.iter().map(|head| (setting.say(*head), false)));
    for candidate in candidates {
        let row = candidate.row;
        let matched = if candidate.matched == row.name() { String::new() } else { candidate.matched.clone() };
        table.row([row.text(RowText::Code).to_owned(), row.name().to_owned(), matched]);
    }
    table
}

/// Customers with exactly this code, else with exactly this name or short name.
fn exact<'a>(book: &'a Book, query: &str) -> Vec<&'a Row> {
    let query = query.trim();
    let by = |same: &dyn Fn(&Row) -> bool| book.rows().map(|(_, row)| row).filter(|row| same(row)).collect::<Vec<_>>();
    let same_code = by(&|row| row.text(RowText::Code) == query && !query.is_empty());
    if !same_code.is_empty() {
        return same_code;
    }
    let coded = by(&|row| row.text(RowText::Code).eq_ignore_ascii_case(query) && !query.is_empty());
    if !coded.is_empty() {
        return coded;
    }
    let name = normal_name(query);
    let named = by(&|row| !name.is_empty() && normal_name(row.text(RowText::Name)) == name);
    if named.is_empty() {
        by(&|row| !name.is_empty() && normal_name(row.text(RowText::ShortName)) == name)
    } else {
        named
    }
}

/// The person responsible who goes by a name; `me` and 我 are who asks.
pub fn owner_called(book: &Book, name: &str, setting: &Setting) -> Result<Id, Fail> {
    let meant = if matches!(name, "me" | "我") { setting.me.as_str() } else { name };
    let standards = book.standards();
    if let Some(owner) = standards.owner_called(meant) {
        return Ok(owner.id);
    }
    let what = setting.told(words("nobody responsible is called “{}”", "没有名为“{}”的负责人"), meant);
    let all: Vec<&str> = standards.owners().iter().map(|owner| owner.name.as_str()).take(TOLD).collect();
    let hint = match all.as_slice() {
        [] => String::new(),
        names => setting.told(words("one of {}", "可以是 {}"), &names.join(", ")),
    };
    Err(Fail::new(NOT_FOUND, what).hinted(hint))
}

/// The one deal of `deals` that goes by this number or title; part of a title is enough where only one has it.
pub fn deal_called(deals: &[Deal], name: &str, setting: &Setting, ends: &mut Ends<'_>) -> Result<Deal, Fail> {
    let folded = fold(name);
    let by = |same: &dyn Fn(&Deal) -> bool| deals.iter().filter(|deal| same(deal)).collect::<Vec<_>>();
    let exact = by(&|deal| deal.number == name || deal.title == name);
    let found = if exact.is_empty() {
        by(&|deal| !folded.is_empty() && (fold(&deal.title).contains(&folded) || fold(&deal.number) == folded))
    } else {
        exact
    };
    match found.as_slice() {
        [only] => Ok((*only).clone()),
        [] => Err(Fail::new(NOT_FOUND, setting.told(words("no deal matches “{}”", "没有与“{}”相符的商机"), name))),
        several => {
            let several: Vec<Deal> = several.iter().map(|deal| (*deal).clone()).collect();
            Err(which_deal(&several, setting, ends))
        }
    }
}

/// Several deals could be meant.
pub fn which_deal(deals: &[Deal], setting: &Setting, ends: &mut Ends<'_>) -> Fail {
    let deal_json = |deal: &Deal| {
        json!({ "number": output::text_or_null(&deal.number), "title": output::text_or_null(&deal.title),
            "stage": deal.stage, "amount": output::shown_or_null(deal.amount) })
    };
    if setting.json {
        let candidates: Vec<Value> = deals.iter().map(deal_json).collect();
        if let Err(error) = output::write_json(ends.out, &json!({ "candidates": candidates })) {
            return Fail::from(error);
        }
    }
    let heads = [words("number", "编号"), words("title", "名称"), words("stage", "阶段")];
    let mut table = Table::new(heads.iter().map(|head| (setting.say(*head), false)));
    for deal in deals {
        table.row([deal.number.clone(), deal.title.clone(), deal.stage.clone()]);
    }
    let _ = table.write(ends.err);
    let refusal = Refusal::WhichDeal.say(setting.language);
    Fail::new(AMBIGUOUS, refusal).hinted(setting.say(words("name one with --deal", "请用 --deal 指定一个")))
}
