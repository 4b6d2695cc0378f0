//! The kinds of record, and what every record can do: be read, changed and compared field by field.

use crate::domain::campaign::{Campaign, SurveyRound};
use crate::domain::choice::choice;
use crate::domain::cost::Cost;
use crate::domain::customer::{Contact, Customer};
use crate::domain::deal::{Deal, Stage};
use crate::domain::feedback::Feedback;
use crate::domain::fields::Fields;
use crate::domain::follow_up::{FollowUp, NextStep};
use crate::domain::id::Id;
use crate::domain::list::{ListItem, Mapping};
use crate::domain::order::{Order, Product};
use crate::domain::payment::{ExchangeRate, Payment, PointsEntry};
use crate::domain::people::{Owner, Team};
use crate::domain::privacy::{Retention, Tombstone};
use crate::domain::quality::{NotSame, QualityDay, QualityRule, Waiver};
use crate::domain::setup::{BookSettings, OwnField, OwnerNote, Question, ReportSetup, WarningRule};
use crate::domain::target::{Strategy, Target};
use crate::domain::tiers::{Advice, Departure, Membership, PotentialWeights, Scheme, TierHold, TierMoves, TierRun};
use crate::domain::value::{Numbered, Value};
use crate::domain::view::SavedView;
use crate::domain::working::{CalendarDay, Review, Rhythm, Template};

/// The kinds of record, each with its struct: one line here makes a kind known everywhere.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $number:literal $key:literal,)+) => {
        choice! {
            /// A kind of record.
            Kind { $($(#[$doc])* $kind = $number $key,)+ }
        }

        /// One record of any kind. Records are held one by one and not by the thousand, so the largest may set the size.
        #[allow(clippy::large_enum_variant)]
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub enum Record { $($(#[$doc])* $kind($kind),)+ }

        $(impl From<$kind> for Record {
            fn from(record: $kind) -> Record { Record::$kind(record) }
        })+

        impl Record {
            /// Its kind.
            pub const fn kind(&self) -> Kind {
                match self { $(Record::$kind(_) => Kind::$kind,)+ }
            }

            /// Its id.
            pub const fn id(&self) -> Id {
                match self { $(Record::$kind(record) => record.id,)+ }
            }

            /// An empty record of `kind` with this id.
            pub fn empty(kind: Kind, id: Id) -> Record {
                match kind { $(Kind::$kind => Record::$kind($kind { id, ..Default::default() }),)+ }
            }

            /// Names it anew, before it is first written.
            pub const fn set_id(&mut self, id: Id) {
                match self { $(Record::$kind(record) => record.id = id,)+ }
            }

            /// What a field holds; `None` for no such field.
            pub fn get(&self, field: u16) -> Option<Value> {
                match self { $(Record::$kind(record) => record.get(field),)+ }
            }

            /// Puts `value` into a field; false, and nothing done, when the field cannot hold it.
            pub fn set(&mut self, field: u16, value: Value) -> bool {
                match self { $(Record::$kind(record) => record.set(field, value),)+ }
            }

            /// Puts `value` into a field, or keeps it for a program that knows the field.
            pub fn put(&mut self, field: u16, value: Value) {
                match self { $(Record::$kind(record) => record.put(field, value),)+ }
            }

            /// Everything it holds, by number.
            pub fn numbered(&self) -> Vec<Numbered> {
                match self { $(Record::$kind(record) => record.numbered(),)+ }
            }

            /// The record of `kind` with this id and what stands by number.
            ///
            /// # Errors
            /// The number of a field that may not be left unread and cannot be read.
            pub fn of_numbered(kind: Kind, id: Id, fields: Vec<Numbered>) -> Result<Record, u16> {
                match kind {
                    $(Kind::$kind => {
                        let mut record = $kind { id, ..Default::default() };
                        record.fill(fields);
                        record.not_understood().map_or(Ok(Record::$kind(record)), Err)
                    })+
                }
            }
        }

        impl Kind {
            /// Each field's number and name, in order.
            pub const fn fields(self) -> &'static [(u16, &'static str)] {
                match self { $(Kind::$kind => <$kind as Fields>::FIELDS,)+ }
            }

            /// Number and name of each field of the parts a field is of, if it is of parts.
            pub fn parts(self, field: u16) -> &'static [(u16, &'static str)] {
                match self { $(Kind::$kind => <$kind as Fields>::parts(field),)+ }
            }

            /// The key of a choice that a field holds.
            pub fn choice_key(self, field: u16, number: u8) -> Option<&'static str> {
                match self { $(Kind::$kind => <$kind as Fields>::choice_key(field, number),)+ }
            }

            /// The fields without which a record may not be read.
            pub const fn must(self) -> &'static [u16] {
                match self { $(Kind::$kind => <$kind as Fields>::MUST,)+ }
            }
        }
    };
}

kinds! {
    /// A customer 客户.
    Customer = 1 "customer",
    /// A person at a customer 联系人.
    Contact = 2 "contact",
    /// An order 订单.
    Order = 3 "order",
    /// A follow-up 跟进.
    FollowUp = 4 "follow_up",
    /// What is to be done next 下一步.
    NextStep = 5 "next_step",
    /// A deal 商机.
    Deal = 6 "deal",
    /// What a customer told us 反馈.
    Feedback = 7 "feedback",
    /// A target 目标.
    Target = 8 "target",
    /// A strategy 策略.
    Strategy = 9 "strategy",
    /// A person responsible 负责人.
    Owner = 10 "owner",
    /// A team 团队.
    Team = 11 "team",
    /// A cost 费用.
    Cost = 12 "cost",
    /// A product 产品.
    Product = 13 "product",
    /// An item of a standard list.
    ListItem = 14 "list_item",
    /// A stage of the funnel 阶段.
    Stage = 15 "stage",
    /// How a file's columns were read, remembered.
    Mapping = 16 "mapping",
    /// A follow-up line kept for writing again 模板.
    Template = 17 "template",
    /// Contact rhythm 联系频率.
    Rhythm = 18 "rhythm",
    /// A day that is not worked as its weekday says 调休.
    CalendarDay = 19 "calendar_day",
    /// What was found when an action was looked at again 复盘.
    Review = 20 "review",
    /// A view of the customer list 视图.
    SavedView = 21 "view",
    /// A way of grading 分级方案.
    Scheme = 22 "scheme",
    /// A recalculation of tiers as it was applied.
    TierRun = 23 "tier_run",
    /// A tier held against recalculation.
    TierHold = 24 "tier_hold",
    /// A rule of advice.
    Advice = 25 "advice",
    /// A confirmed cause of leaving.
    Departure = 26 "departure",
    /// A member level 会员等级.
    Membership = 27 "membership",
    /// Who moved in a recalculation.
    TierMoves = 31 "tier_moves",
    /// What weighs in the potential 潜力权重.
    PotentialWeights = 32 "potential_weights",
    /// A payment 回款.
    Payment = 33 "payment",
    /// What one unit of a currency was worth on a day 汇率.
    ExchangeRate = 34 "rate",
    /// An own field of a kind of record 自定义字段.
    OwnField = 35 "own_field",
    /// What a book is set to; it has one record of these.
    BookSettings = 36 "book_settings",
    /// A question asked of the figures, kept under a name 问题.
    Question = 37 "question",
    /// That what a check found is right as it is 确认无误.
    Waiver = 38 "waiver",
    /// That two records are not the same 不是同一个.
    NotSame = 39 "not_same",
    /// An own check of the data 检查规则.
    QualityRule = 40 "quality_rule",
    /// How good the data were on a day.
    QualityDay = 41 "quality_day",
    /// How long data of a source are kept 保存期限.
    Retention = 42 "retention",
    /// That somebody was erased; its id says nothing of whom 已抹除.
    Tombstone = 43 "tombstone",
    /// A report as it is made again and again 报表设置.
    ReportSetup = 44 "report_setup",
    /// A campaign 活动.
    Campaign = 45 "campaign",
    /// Points given to a customer or taken 积分.
    PointsEntry = 46 "points_entry",
    /// A round of asking customers 调查.
    SurveyRound = 47 "survey_round",
    /// What was told a person about a period of their work 点评.
    OwnerNote = 48 "owner_note",
    /// An own rule of warning 预警规则.
    WarningRule = 49 "warning_rule",
}

impl Record {
    /// The customer in whose dossier the record is kept; a record of no customer is kept by itself, the book's lists and
    /// people under [`Id::BOOK`].
    pub fn home(&self) -> Id {
        let customer = match self {
            Record::Customer(customer) => Some(customer.id),
            Record::Contact(contact) => contact.customer,
            Record::Order(order) => order.customer,
            Record::FollowUp(follow_up) => follow_up.customer,
            Record::NextStep(step) => step.customer,
            Record::Deal(deal) => deal.customer,
            Record::Feedback(feedback) => feedback.customer,
            Record::Cost(cost) => cost.customer,
            Record::Review(review) => review.customer,
            Record::TierHold(hold) => hold.customer,
            Record::Departure(departure) => departure.customer,
            Record::Payment(payment) => payment.customer,
            Record::PointsEntry(points) => points.customer,
            Record::TierMoves(_) => None,
            _ => return Id::BOOK,
        };
        customer.unwrap_or_else(|| self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Record};
    use crate::domain::id::Id;
    use std::collections::HashSet;

    #[test]
    fn every_field_of_every_kind_can_be_read_and_put_back() {
        for kind in Kind::ALL {
            let mut record = Record::empty(*kind, Id::BOOK);
            for (number, name) in kind.fields() {
                let value = record.get(*number);
                assert!(value.is_some_and(|value| record.set(*number, value)), "{kind:?}.{name}");
            }
            assert!(record.get(9999).is_none());
        }
    }

    #[test]
    fn no_kind_gives_a_number_or_a_name_to_two_fields() {
        for kind in Kind::ALL {
            let fields = kind.fields();
            assert_eq!(fields.iter().map(|field| field.0).collect::<HashSet<_>>().len(), fields.len());
            assert_eq!(fields.iter().map(|field| field.1).collect::<HashSet<_>>().len(), fields.len());
        }
    }
}
