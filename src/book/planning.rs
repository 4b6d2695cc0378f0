//! What the plan of a command is made from, and why there may be none.

use crate::book::Book;
use crate::domain::id::{Id, IdSource};
use crate::domain::time::Moment;
use crate::store::dossier::Dossier;
use crate::text::{Language, words};

/// Why the book did not do what was asked. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A customer needs a name.
    NoName,
    /// Another customer has this code.
    CodeTaken {
        /// The code.
        code: String,
        /// Who has it.
        name: String,
    },
    /// The record is not there any more.
    NotThere,
    /// The field cannot hold such a value.
    WrongValue,
    /// Nothing was different.
    NothingToDo,
    /// There is nothing to undo.
    NothingToUndo,
    /// There is nothing to redo.
    NothingToRedo,
    /// A later entry changed the same thing.
    ChangedSince {
        /// The later entry's sequence number, if it is known.
        seq: Option<u64>,
        /// Who wrote it.
        by: String,
        /// When.
        at: Option<Moment>,
    },
    /// Something was added to what the entry created.
    InUse {
        /// What it is called.
        name: String,
    },
    /// Several deals are open, and none was named.
    WhichDeal,
    /// The book may only be read.
    ReadOnly,
}

impl Refusal {
    /// The refusal as the person is told it.
    pub fn say(&self, language: Language) -> String {
        let plain = |en, zh| words(en, zh).say(language).to_owned();
        match self {
            Refusal::NoName => plain("a customer needs a name", "请填写客户名称"),
            Refusal::CodeTaken { code, name } => match language {
                Language::En => format!("the code {code} belongs to {name}"),
                Language::Zh => format!("编号 {code} 已被“{name}”使用"),
            },
            Refusal::NotThere => plain("it is not there any more", "该记录已不存在"),
            Refusal::WrongValue => plain("the field cannot hold that", "该字段不能填这样的内容"),
            Refusal::NothingToDo => plain("nothing to change", "没有需要修改的内容"),
            Refusal::NothingToUndo => plain("nothing to undo", "没有可撤销的操作"),
            Refusal::NothingToRedo => plain("nothing to redo", "没有可重做的操作"),
            Refusal::ChangedSince { seq, by, at } => changed_since(*seq, by, *at, language),
            Refusal::InUse { name } => match language {
                Language::En => format!("{name} has had more added to it since; undo that first"),
                Language::Zh => format!("“{name}”之后又有新记录，请先撤销它们"),
            },
            Refusal::WhichDeal => plain("several deals are open; say which", "有多个进行中的商机，请指明是哪一个"),
            Refusal::ReadOnly => plain("the book is open for reading only", "客户簿以只读方式打开"),
        }
    }
}

fn changed_since(seq: Option<u64>, by: &str, at: Option<Moment>, language: Language) -> String {
    let number = seq.map_or(String::new(), |seq| format!(" #{seq}"));
    let day = at.map_or(String::new(), |at| format!(" {}", at.local().format("%Y-%m-%d %H:%M")));
    match language {
        Language::En => format!("changed again later{number} ({by}{day}); undo that first"),
        Language::Zh => format!("之后又有修改{number}（{by}{day}），请先撤销那一步"),
    }
}

/// What a plan is made from.
pub struct Planning<'a> {
    /// The book as it is.
    pub book: &'a Book,
    /// The dossiers of the commands' homes, rising by home.
    pub dossiers: &'a [Dossier],
    /// Where new ids come from.
    pub ids: &'a mut IdSource,
    /// Now.
    pub now: Moment,
}

impl<'a> Planning<'a> {
    /// The dossier of a customer that a command names.
    pub(super) fn dossier(&self, home: Id) -> Option<&'a Dossier> {
        let at = self.dossiers.binary_search_by_key(&home, Dossier::home).ok()?;
        self.dossiers.get(at)
    }
}
