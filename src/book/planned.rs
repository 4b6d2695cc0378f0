//! What a follow-up does to the day of the next contact, told before it is saved and after.

use crate::domain::time::{Day, Due};
use crate::text::figures::{short_due, told_due};
use crate::text::{Language, words};

/// What becomes of a customer's next contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Planned {
    /// There is none, and none is set.
    None,
    /// It is still to come, and stays.
    Stays(Due),
    /// It was due, this talk was it, and no other is set.
    Settled(Due),
    /// It is set, in the place of the one before.
    Set {
        /// The new one.
        due: Due,
        /// The one before.
        before: Option<Due>,
    },
}

impl Planned {
    /// When the customer is to be contacted then.
    pub const fn due(self) -> Option<Due> {
        match self {
            Planned::None | Planned::Settled(_) => None,
            Planned::Stays(due) | Planned::Set { due, .. } => Some(due),
        }
    }

    /// What is going to happen, as the preview tells it beside its label; nothing where there is nothing to tell.
    pub fn foretold(self, today: Day, language: Language) -> Option<String> {
        let day = |due: Due| told_due(due, today, language);
        Some(match (self, language) {
            (Planned::None, _) | (Planned::Set { before: None, .. }, _) => return None,
            (Planned::Set { due, before: Some(before) }, _) if due == before => return None,
            (Planned::Stays(due), Language::En) => format!("stays {}", day(due)),
            (Planned::Stays(due), Language::Zh) => format!("{} 不变", day(due)),
            (Planned::Settled(due), Language::En) => {
                format!("{} is cleared; > sets a new one", short_due(due, today))
            }
            (Planned::Settled(due), Language::Zh) => {
                format!("{} 将清除；输入 > 另定日期", short_due(due, today))
            }
            (Planned::Set { due, before: Some(before) }, Language::En) => {
                format!("{}, no longer {}", day(due), short_due(before, today))
            }
            (Planned::Set { due, before: Some(before) }, Language::Zh) => {
                format!("改为 {}（原 {}）", day(due), short_due(before, today))
            }
        })
    }

    /// What has happened, as the notice tells it; nothing where there is nothing to tell.
    pub fn told(self, today: Day, language: Language) -> Option<String> {
        let label = words("next contact", "下次联系").say(language);
        let day = |due: Due| told_due(due, today, language);
        Some(match (self, language) {
            (Planned::None, _) => return None,
            (Planned::Set { due, .. }, _) => format!("{label} {}", day(due)),
            (Planned::Stays(due), Language::En) => format!("{label} stays {}", day(due)),
            (Planned::Stays(due), Language::Zh) => format!("{label}仍为 {}", day(due)),
            (Planned::Settled(due), Language::En) => format!("{label} {} cleared", short_due(due, today)),
            (Planned::Settled(due), Language::Zh) => format!("{label} {} 已清除", short_due(due, today)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Planned;
    use crate::domain::time::{Day, Due};
    use crate::text::Language;

    #[test]
    fn what_is_done_with_a_talk_is_told_before_and_after() {
        let today = Day::from_ymd(2026, 11, 20).unwrap();
        let settled = Planned::Settled(Due::on(today));
        let before = settled.foretold(today, Language::En);
        assert_eq!(before.as_deref(), Some("11-20 is cleared; > sets a new one"));
        let after = settled.told(today, Language::Zh);
        assert_eq!(after.as_deref(), Some("下次联系 11-20 已清除"));
    }

    #[test]
    fn where_nothing_changes_nothing_is_told_beforehand() {
        let today = Day::from_ymd(2026, 11, 20).unwrap();
        let due = Due::on(today.plus(3));
        assert_eq!(Planned::None.foretold(today, Language::Zh), None);
        assert_eq!(Planned::Set { due, before: Some(due) }.foretold(today, Language::Zh), None);
    }
}
