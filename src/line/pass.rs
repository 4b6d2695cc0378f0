//! One pass along a line: at each place the sign there is read, or the character goes to the text.

use super::amount::{self, Amount};
use super::context::{Context, Lexicon, NAME_CHARS, Named, words_of};
use super::kept::Kept;
use super::opening::opening;
use super::outcome::outcome;
use super::sign::Source;
use super::suggestion::suggestion;
use super::{Line, Part, Span, Step};
use crate::domain::id::Id;
use crate::parse::fold::{fold, is_han, is_word};
use crate::parse::when::{Looking, When, read_folded};

/// How sure an amount is: said in passing, standing alone, or behind its sign.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sure {
    InPassing,
    Alone,
    Signed,
}

/// Before a number these make it a bound, a share or a rank, and not the amount spoken of: 从300元, 超过12万, 每300元.
const NO_AMOUNT: &str = "到至从每第过于点";

struct Pass<'a> {
    source: Source,
    context: &'a Context<'a>,
    stages: Lexicon<&'a str>,
    tags: Lexicon<&'a str>,
    line: Line,
    text: Kept,
    /// The next step whose words are being read.
    open: Option<(Step, Kept)>,
    named: Option<Id>,
    amount: Option<Sure>,
}

/// Reads `line`.
pub(super) fn read(line: &str, context: &Context) -> Line {
    let stages = context.stages.iter().filter(|stage| !stage.hidden).flat_map(|stage| {
        words_of(&stage.key, &stage.en, &stage.zh, &stage.aliases).map(move |word| (word, stage.key.as_str()))
    });
    let mut pass = Pass {
        source: Source::new(line),
        context,
        stages: Lexicon::new(stages),
        tags: Lexicon::new(context.tags.iter().map(|tag| (tag.as_str(), tag.as_str()))),
        line: Line { customer: context.customer, deal: context.deal, ..Line::default() },
        text: Kept::default(),
        open: None,
        named: None,
        amount: None,
    };
    let mut at = pass.opening();
    pass.named = pass.first_customer(at);
    while at < pass.source.raw.len() {
        at = pass.next(at);
    }
    pass.finish()
}

impl<'a> Pass<'a> {
    /// Reads the way, before or behind a `^when`; gives where the words begin.
    fn opening(&mut self) -> usize {
        let from = match self.source.sign(0) {
            Some('^') => self.when(0).unwrap_or(0),
            _ => 0,
        };
        if from > 0 {
            self.text.cut();
        }
        let rest = self.source.folded.get(from..).unwrap_or_default();
        let Some(mut read) = opening(rest, self.context) else { return from };
        (read.start, read.end) = (read.start + from, read.end + from);
        if read.misread {
            self.unread(read.start, read.end);
            return from;
        }
        self.line.way = read.way;
        self.line.direction = read.direction;
        self.line.feedback = read.heard;
        self.span(read.start, read.end, Part::Way);
        self.text.cut();
        self.source.start = read.end;
        read.end
    }

    /// The customer named first, so that a contact written before it is looked for there.
    fn first_customer(&self, from: usize) -> Option<Id> {
        let signs = (from..self.source.raw.len()).filter(|at| self.source.at(*at) == Some('@'));
        let mut named = signs.filter(|at| self.source.sign(*at).is_some()).filter_map(|at| {
            let customer = self.name(at, |text| self.context.names.customer(text))?;
            let owner = self.name(at, |text| self.context.names.owner(text));
            owner.is_none_or(|owner| customer.chars >= owner.chars).then_some(customer.id)
        });
        named.next()
    }

    /// Reads what stands at `at`; gives where to read on.
    fn next(&mut self, at: usize) -> usize {
        if self.source.is_escape(at) {
            self.span(at, at + 1, Part::Escape);
            if let Some(c) = self.source.raw.get(at + 1).copied() {
                self.sink().push_literal(c, at + 1);
            }
            return at + 2;
        }
        if let Some(sign) = self.source.sign(at) {
            let read = match sign {
                '@' => self.at_name(at),
                '+' => self.contact(at),
                '#' => self.tag(at),
                '=' => self.stage(at),
                '!' => self.priority(at),
                '^' => self.when(at),
                '>' => self.step(at),
                _ => self.signed_amount(at),
            };
            if let Some(end) = read {
                self.sink().cut();
                return end;
            }
            let end = at + self.source.word_at(at).chars().count();
            self.unread(at, end);
        } else if let Some(end) = self.bare_amount(at) {
            return end;
        }
        if let Some(c) = self.source.raw.get(at).copied() {
            self.sink().push(c, at);
        }
        at + 1
    }

    /// Where words go: to the next step that is open, else to the text.
    fn sink(&mut self) -> &mut Kept {
        match &mut self.open {
            Some((_, what)) => what,
            None => &mut self.text,
        }
    }

    fn span(&mut self, start: usize, end: usize, part: Part) {
        self.line.spans.push(Span { range: start..end, part });
    }

    fn unread(&mut self, start: usize, end: usize) {
        self.span(start, end, Part::Unread);
        let words: String = self.source.raw.iter().take(end).skip(start).collect();
        self.line.unread.push(words);
    }

    /// Takes a sign as read: the open step ends before it.
    fn taken(&mut self, start: usize, end: usize, part: Part) -> Option<usize> {
        self.close();
        self.span(start, end, part);
        Some(end)
    }

    fn close(&mut self) {
        if let Some((step, what)) = self.open.take() {
            self.line.steps.push(Step { what: what.trimmed(), ..step });
        }
    }

    /// The name behind the sign at `at`, if it ends where a word ends.
    fn name(&self, at: usize, find: impl Fn(&str) -> Option<Named>) -> Option<Named> {
        let found = find(&self.source.text_at(at + 1, NAME_CHARS)).filter(|found| found.chars > 0)?;
        let end = at + 1 + found.chars;
        let cut = self.source.at(end - 1).is_some_and(is_word) && self.source.at(end).is_some_and(is_word);
        (!cut && end <= self.source.raw.len()).then_some(found)
    }

    /// `@`: the longer of a customer's and a colleague's name; within a step the colleague when they are alike.
    fn at_name(&mut self, at: usize) -> Option<usize> {
        let customer = self.name(at, |text| self.context.names.customer(text));
        let owner = self.name(at, |text| self.context.names.owner(text));
        let longer = match (customer, owner) {
            (Some(customer), Some(owner)) => customer.chars + usize::from(self.open.is_none()) > owner.chars,
            (customer, _) => customer.is_some(),
        };
        match (customer, owner) {
            (Some(customer), _) if longer => {
                (self.named == Some(customer.id)).then_some(())?;
                self.line.customer = Some(customer.id);
                self.taken(at, at + 1 + customer.chars, Part::Customer)
            }
            (_, Some(owner)) => Some(self.colleague(at, owner)),
            _ => None,
        }
    }

    fn colleague(&mut self, at: usize, owner: Named) -> usize {
        let end = at + 1 + owner.chars;
        let free = |step: &Step| step.who.is_none();
        match (&mut self.open, self.line.steps.last_mut()) {
            (Some((step, what)), _) if free(step) => {
                step.who = Some(owner.id);
                if !what.is_blank() {
                    self.close();
                }
            }
            (None, Some(step)) if free(step) => step.who = Some(owner.id),
            _ => self.line.colleagues.push(owner.id),
        }
        self.span(at, end, Part::Colleague);
        end
    }

    fn contact(&mut self, at: usize) -> Option<usize> {
        let customer = self.named.or(self.context.customer);
        let found = self.name(at, |text| self.context.names.contact(customer, text))?;
        if !self.line.contacts.contains(&found.id) {
            self.line.contacts.push(found.id);
        }
        self.taken(at, at + 1 + found.chars, Part::Contact)
    }

    /// `#`: the longest tag in use, else a new one to the end of the word; digits alone are no tag.
    fn tag(&mut self, at: usize) -> Option<usize> {
        let (tag, end) = match self.tags.longest(&self.source.cursor(at + 1)) {
            Some((word, tag)) => (tag.to_owned(), at + 1 + word.len()),
            None => {
                let rest = self.source.raw.iter().skip(at + 1);
                let word: String =
                    rest.take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-')).take(33).collect();
                let word = word.trim_end_matches('-').to_owned();
                let count = word.chars().count();
                let named = word.chars().map(fold).any(|c| is_han(c) || c.is_alphabetic());
                (named && count <= 32).then_some((word, at + 1 + count))?
            }
        };
        if !self.line.tags.contains(&tag) {
            self.line.tags.push(tag);
        }
        self.taken(at, end, Part::Tag)
    }

    fn stage(&mut self, at: usize) -> Option<usize> {
        let (word, key) = self.stages.longest(&self.source.cursor(at + 1))?;
        let end = at + 1 + word.len();
        self.line.stage.is_none().then_some(())?;
        self.line.stage = Some(key.to_owned());
        self.taken(at, end, Part::Stage)
    }

    fn priority(&mut self, at: usize) -> Option<usize> {
        let count = self.source.shouts(at).filter(|count| *count <= 3)?;
        self.line.priority = self.line.priority.max(u8::try_from(count).ok()?);
        self.taken(at, at + count, Part::Priority)
    }

    fn when(&mut self, at: usize) -> Option<usize> {
        match read_folded(self.source.cursor(at + 1), &self.context.clock, Looking::Back)? {
            When::Read(reading) if self.line.at.is_none() => {
                self.line.at = Some(reading);
                self.taken(at, at + 1 + reading.consumed, Part::When)
            }
            _ => None,
        }
    }

    fn step(&mut self, at: usize) -> Option<usize> {
        let found = read_folded(self.source.cursor(at + 1), &self.context.clock, Looking::Ahead)?;
        let (step, end, part) = match found {
            When::Read(read) => {
                let dated = Step { due: Some(read.due), deadline: read.deadline, rival: read.rival, ..Step::default() };
                (Step { note: read.note, ..dated }, at + 1 + read.consumed, Part::Next)
            }
            When::Unknown(unknown) => {
                let phrase = self.source.text_at(at + 1, unknown.consumed);
                let step = Step { unknown: Some((phrase, unknown.why)), ..Step::default() };
                (step, at + 1 + unknown.consumed, Part::Unknown)
            }
        };
        self.taken(at, end, part)?;
        self.text.cut();
        self.open = Some((step, Kept::default()));
        Some(end)
    }

    fn signed_amount(&mut self, at: usize) -> Option<usize> {
        let found = amount::signed(self.source.cursor(at))?;
        self.set_amount(found, Sure::Signed).then_some(())?;
        self.taken(at, at + found.chars, Part::Amount)
    }

    /// An amount without a sign: taken out where it stands alone; within a sentence it is noted and stays.
    fn bare_amount(&mut self, at: usize) -> Option<usize> {
        let is_digit = |at: usize| self.source.at(at).is_some_and(|c| c.is_ascii_digit());
        // The 5 of 1，5万 and the 234 of 1 234 begin no amount of their own.
        let goes_on = at > 1
            && is_digit(at - 2)
            && match self.source.at(at - 1) {
                Some(',') => true,
                Some(' ') => (at..at + 3).all(is_digit) && !is_digit(at + 3),
                _ => false,
            };
        let alone = self.source.is_open(at);
        if self.open.is_some() || goes_on || !amount::begins(&self.source.cursor(at), alone) {
            return None;
        }
        let in_passing =
            !alone && at > 0 && self.source.at(at - 1).is_some_and(|c| is_han(c) && !NO_AMOUNT.contains(c));
        if !alone && !in_passing {
            return None;
        }
        let found = amount::bare(self.source.cursor(at))?;
        let sure = if alone { Sure::Alone } else { Sure::InPassing };
        if !self.set_amount(found, sure) {
            return None;
        }
        self.span(at, at + found.chars, Part::Amount);
        if alone {
            self.text.cut();
            return Some(at + found.chars);
        }
        None
    }

    /// Notes an amount unless a surer one, or one as sure, is there.
    fn set_amount(&mut self, found: Amount, sure: Sure) -> bool {
        let wins = match self.amount {
            None => true,
            Some(Sure::InPassing) => sure > Sure::InPassing,
            Some(_) => false,
        };
        if wins {
            if self.amount.is_some() {
                self.line.spans.retain(|span| span.part != Part::Amount);
            }
            self.amount = Some(sure);
            self.line.amount = Some(found.money);
        }
        wins
    }

    fn finish(mut self) -> Line {
        self.close();
        let text = self.text.finish();
        let mut line = self.line;
        line.text = text.iter().map(|(c, _)| *c).collect();
        line.amount_is_deal = line.amount.is_some() && (line.stage.is_some() || line.deal.is_some());
        let folded: Vec<char> = text.iter().map(|(c, _)| fold(*c)).collect();
        if let Some(found) = outcome(&folded, self.context) {
            let place = |at: usize| text.get(at).map(|(_, place)| *place);
            if let (Some(first), Some(last)) = (place(found.range.start), place(found.range.end.saturating_sub(1))) {
                line.spans.push(Span { range: first..last + 1, part: Part::Outcome });
            }
            line.outcome = Some(found.key);
        }
        if line.steps.is_empty() {
            line.suggestion = suggestion(&text, &folded, &self.source, &self.context.clock);
        }
        line.spans.sort_by_key(|span| (span.range.start, span.range.end));
        line
    }
}
