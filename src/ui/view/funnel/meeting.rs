//! The page of the monthly meeting: how deals moved, what slipped, how far the target is off.

use crate::analysis::funnel::movement::{Enter, InPlay, Leave, Movement, Sheet, Sum};
use crate::book::deals::target::Targets;
use crate::domain::id::Id;
use crate::domain::money::Money;
use crate::exchange::export::meeting::{AMOUNTS_OF_NOW, COLUMNS, sums};
use crate::text::{Language, Words, words};
use crate::ui::view::funnel::behind::{Behind, Moving};
use crate::ui::view::funnel::board::{Cell, Look, Row, Section};
use crate::ui::view::funnel::pages::{Telling, number};
use crate::ui::view::funnel::question::Measure;

/// What is behind each column.
const MOVING: [Moving; 7] = [
    Moving::Came(Enter::Start),
    Moving::Came(Enter::New),
    Moving::Came(Enter::Forward),
    Moving::Left(Leave::Won),
    Moving::Left(Leave::Lost),
    Moving::Left(Leave::PutOff),
    Moving::Left(Leave::End),
];

impl Telling<'_> {
    /// The sheet of the meeting.
    pub fn meeting(&self, targets: &Targets) -> Vec<Section> {
        let due = self.movement(&self.answered.due, InPlay::Due, words("Due this month", "当月应成交"), targets);
        let all = self.movement(&self.answered.all, InPlay::All, words("All open", "全部进行中"), &Targets::default());
        let mut due = due;
        due.notes = self.meeting_notes(targets);
        vec![due, all]
    }

    fn movement(&self, sheet: &Sheet, in_play: InPlay, title: Words, targets: &Targets) -> Section {
        let with_target = targets.firm.is_some();
        let mut heads: Vec<String> = COLUMNS.iter().map(|head| self.say(*head)).collect();
        if with_target {
            heads.extend([self.say(words("target amt", "目标金额")), self.say(words("gap amt", "差额"))]);
        }
        let all = Cell::text(self.say(words("all", "合计"))).look(Look::Strong);
        let total = self.movement_row(all, &sheet.total, in_play, None, (targets.firm, targets.gap(sheet, None)));
        let mut owners: Vec<(&Option<Id>, &Movement)> = sheet.owners.iter().collect();
        owners.sort_by_key(|(_, line)| {
            std::cmp::Reverse((line.start.deals + line.new.deals + line.forward.deals, line.won.amount))
        });
        let rows = owners.into_iter().map(|(owner, line)| {
            let name = match self.book.standards().owner_name(*owner) {
                "" => self.say(words("nobody", "未指定")),
                name => name.to_owned(),
            };
            let target = owner.and_then(|owner| targets.people.get(&owner).copied());
            let gap = owner.and_then(|owner| targets.gap(sheet, Some(owner)));
            self.movement_row(Cell::text(name), line, in_play, Some(*owner), (target, gap))
        });
        let rows = std::iter::once(total).chain(rows).collect();
        Section { title: self.say(title), heads, rows, ..Section::default() }
    }

    fn movement_row(
        &self,
        name: Cell,
        line: &Movement,
        in_play: InPlay,
        owner: Option<Option<Id>>,
        (target, gap): (Option<Money>, Option<Money>),
    ) -> Row {
        let cell = |(sum, moving): (Sum, Moving)| {
            let behind = Behind::Sheet(in_play, owner, moving);
            match self.measure {
                Measure::Amount if sum.deals > 0 => Cell::opens(self.money(sum.amount), behind),
                _ => number(sum.deals, behind),
            }
        };
        let mut cells: Vec<Cell> = sums(line).into_iter().zip(MOVING).map(cell).collect();
        cells.extend(target.map(|target| Cell::text(self.money(target))));
        cells.extend(gap.map(|gap| {
            let short = gap > Money::ZERO;
            Cell::text(self.money(gap)).look(if short { Look::Alarm } else { Look::Good })
        }));
        Row { name, cells, ..Row::default() }
    }

    fn meeting_notes(&self, targets: &Targets) -> Vec<String> {
        let mut notes = vec![self.say(words(
            "start + new + pulled in − won − lost − pushed = end",
            "期初＋新增＋推进−赢单−输单−延期＝期末",
        ))];
        notes.push(self.say(AMOUNTS_OF_NOW));
        let undated = self.answered.due.undated;
        if undated > 0 {
            notes.push(match self.language {
                Language::En => format!("{undated} deals have no date at all and are left out"),
                Language::Zh => format!("{undated} 个商机没有任何日期，未计入"),
            });
        }
        if targets.shared {
            notes.push(
                self.say(words("the target is the month's share of a longer period's", "目标为更长期间目标按月均摊")),
            );
        }
        notes
    }
}
