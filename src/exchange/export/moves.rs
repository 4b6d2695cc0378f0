//! Who changes tier, owner by owner, each with the reason and what is missing to the next tier.

use crate::book::Book;
use crate::book::row::RowText;
use crate::book::tiers::proposal::{Member, Proposal};
use crate::book::tiers::say::{missing_words, segment_shown, tier_shown};
use crate::exchange::export::cell::OutCell;
use crate::exchange::export::{Asked, Format, OutError, Written, write_rows};
use crate::text::{Language, Words, words};
use std::io::Write;

/// Some customers of a recalculation, to be written.
pub struct Moves<'a> {
    /// The book they are in.
    pub book: &'a Book,
    /// The recalculation.
    pub proposal: &'a Proposal,
    /// Which of its members.
    pub places: &'a [usize],
    /// The language of headings and words.
    pub language: Language,
}

const HEADS: [Words; 9] = [
    words("owner", "负责人"),
    words("code", "编号"),
    words("name", "名称"),
    words("tier before", "原等级"),
    words("tier", "新等级"),
    words("segment", "分群"),
    words("revenue", "销售额"),
    words("why", "依据"),
    words("to the next tier", "距下一级"),
];

impl Moves<'_> {
    /// Writes them as one table.
    ///
    /// # Errors
    /// Why it could not be written.
    pub fn write(&self, format: Format, out: &mut dyn Write) -> Result<Written, OutError> {
        let mut members: Vec<&Member> =
            self.places.iter().filter_map(|place| self.proposal.members.get(*place)).collect();
        members.sort_by_key(|member| self.owner(member));
        let heads = HEADS.map(|head| head.say(self.language));
        let asked = Asked { language: self.language, as_of: self.proposal.as_of, ..Asked::default() };
        write_rows(format, &asked, &heads, members.into_iter().map(|member| self.cells(member)), out)
    }

    fn owner(&self, member: &Member) -> &str {
        self.book.standards().owner_name(self.book.row(member.slot).and_then(|row| row.owner))
    }

    fn cells(&self, member: &Member) -> Vec<OutCell> {
        let (proposal, language) = (self.proposal, self.language);
        let row = self.book.row(member.slot);
        let tier = |tier| OutCell::text(tier_shown(proposal.name(tier), language));
        let missing = proposal.missing(member);
        let missing = missing.map(|missing| missing_words(&missing, proposal.name(Some(missing.tier)), language));
        vec![
            OutCell::text(self.owner(member)),
            OutCell::text(row.map_or("", |row| row.text(RowText::Code))),
            OutCell::text(row.map_or("", |row| row.name())),
            tier(member.before),
            tier(member.after),
            OutCell::text(member.segment().map_or("", |segment| segment_shown(segment, language))),
            OutCell::Money(member.revenue()),
            OutCell::text(proposal.reason(member, language)),
            OutCell::text(missing.unwrap_or_default()),
        ]
    }
}
