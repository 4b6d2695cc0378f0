//! Where acts are asked for: the scopes that share them.

use super::scope::Scope;

/// Lists of scopes, each put together of single ones and of other lists. The palette names the first that is within reach.
macro_rules! places {
    ($($(#[$doc:meta])* $name:ident = $($part:tt),+;)+) => {$(
        $(#[$doc])*
        pub(super) const $name: &[Scope] = &joined::<{ $(places!(@ $part).len() +)+ 0 }>(&[$(places!(@ $part)),+]);
    )+};
    (@ [$($scope:ident)+]) => { [$(Scope::$scope),+].as_slice() };
    (@ $list:ident) => { $list };
}

const fn joined<const COUNT: usize>(parts: &[&[Scope]]) -> [Scope; COUNT] {
    let mut all = [Scope::Global; COUNT];
    let (mut at, mut part) = (0, 0);
    while part < parts.len() {
        let mut place = 0;
        while place < parts[part].len() {
            all[at] = parts[part][place];
            (at, place) = (at + 1, place + 1);
        }
        part += 1;
    }
    all
}

places! {
    GLOBAL = [Global];
    LIST = [List];
    DETAIL = [Detail];
    REVIEW = [Review];
    TODAY = [Today];
    RUN = [Run];
    FUNNEL = [Funnel];
    DEALS = [Deals];
    STAGES = [Stages];
    TIERS = [Tiers];
    RULES = [Rules];
    DATA = [Data];
    WIZARD = [Wizard];
    PATH = [Path];
    FORM = [Form];
    LINE = [Line];
    FOUND = [Find];
    TEXT = [Text];
    TYPED = [Form Line];
    OVERLAY = [Find Picker Help];
    CHOICE = [Path Find Picker Form];

    /// The screens one works at, and the lists opened from them.
    SCREENS = [List Today Run Review Detail Funnel Tiers Data];
    BEHIND = [Deals Stages Rules];
    OPENED = SCREENS, BEHIND;
    /// What is paged through.
    PAGES = SCREENS, [Wizard Help], BEHIND;
    /// What has rows to go through.
    ROWS = SCREENS, [Wizard Path Line Find Picker Help], BEHIND;
    /// What shows pages or panes side by side.
    SPREAD = [Detail Funnel Tiers Rules Data];
    PANES = [List Review], SPREAD;
    SIDEWAYS = SPREAD, [Text];

    QUEUE = [Today Run];
    /// What is of one person.
    OWN = QUEUE, [Review];
    SETTLED = OWN, [Detail];
    /// Where the one selected is a customer, or belongs to one.
    CUSTOMER = [List], SETTLED, [Deals];
    SELECTED = [List], SETTLED, [Find Deals];
    EDITED = [List], QUEUE, [Detail Find], BEHIND;

    ASSIGNED = [Detail Deals];
    DEALT = [Detail Funnel Deals];
    GRADED = [List Tiers Rules];
    EXPORTED = [List Tiers];
    GROUPED = [List Funnel];
    KEPT = [List Detail Stages Rules];
    MARKED = [List Tiers Deals];
    ORDERED = [Stages Form];
}
