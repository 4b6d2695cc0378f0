//! Where acts are asked for: the scopes that share them.

use super::Scope;

pub(super) const GLOBAL: &[Scope] = &[Scope::Global];
pub(super) const LIST: &[Scope] = &[Scope::List];
pub(super) const DETAIL: &[Scope] = &[Scope::Detail];
pub(super) const FORM: &[Scope] = &[Scope::Form];
pub(super) const TYPED: &[Scope] = &[Scope::Form, Scope::Line];
pub(super) const LINE: &[Scope] = &[Scope::Line];
pub(super) const FOUND: &[Scope] = &[Scope::Find];
pub(super) const TEXT: &[Scope] = &[Scope::Text];
pub(super) const ROWS: &[Scope] = &[
    Scope::List,
    Scope::Today,
    Scope::Run,
    Scope::Review,
    Scope::Detail,
    Scope::Funnel,
    Scope::Tiers,
    Scope::Data,
    Scope::Wizard,
    Scope::Path,
    Scope::Line,
    Scope::Find,
    Scope::Picker,
    Scope::Help,
    Scope::Deals,
    Scope::Stages,
    Scope::Rules,
];
pub(super) const PAGES: &[Scope] = &[
    Scope::List,
    Scope::Today,
    Scope::Run,
    Scope::Review,
    Scope::Detail,
    Scope::Funnel,
    Scope::Tiers,
    Scope::Data,
    Scope::Wizard,
    Scope::Help,
    Scope::Deals,
    Scope::Stages,
    Scope::Rules,
];
pub(super) const PANES: &[Scope] =
    &[Scope::List, Scope::Review, Scope::Detail, Scope::Funnel, Scope::Tiers, Scope::Rules, Scope::Data];
pub(super) const SIDEWAYS: &[Scope] =
    &[Scope::Detail, Scope::Funnel, Scope::Tiers, Scope::Rules, Scope::Data, Scope::Text];
pub(super) const CUSTOMER: &[Scope] =
    &[Scope::List, Scope::Today, Scope::Run, Scope::Review, Scope::Detail, Scope::Deals];
pub(super) const OPENED: &[Scope] = &[
    Scope::List,
    Scope::Today,
    Scope::Run,
    Scope::Review,
    Scope::Detail,
    Scope::Funnel,
    Scope::Tiers,
    Scope::Data,
    Scope::Deals,
    Scope::Stages,
    Scope::Rules,
];
pub(super) const TIERS: &[Scope] = &[Scope::Tiers];
pub(super) const EXPORTED: &[Scope] = &[Scope::List, Scope::Tiers];
pub(super) const GRADED: &[Scope] = &[Scope::List, Scope::Tiers, Scope::Rules];
pub(super) const OWN: &[Scope] = &[Scope::Today, Scope::Run, Scope::Review];
pub(super) const REVIEW: &[Scope] = &[Scope::Review];
pub(super) const QUEUE: &[Scope] = &[Scope::Today, Scope::Run];
pub(super) const SETTLED: &[Scope] = &[Scope::Today, Scope::Run, Scope::Review, Scope::Detail];
pub(super) const FUNNEL: &[Scope] = &[Scope::Funnel];
pub(super) const DEALS: &[Scope] = &[Scope::Deals];
pub(super) const STAGES: &[Scope] = &[Scope::Stages];
pub(super) const RULES: &[Scope] = &[Scope::Rules];
pub(super) const ORDERED: &[Scope] = &[Scope::Stages, Scope::Form];
pub(super) const MARKED: &[Scope] = &[Scope::List, Scope::Tiers, Scope::Deals];
pub(super) const ASSIGNED: &[Scope] = &[Scope::Detail, Scope::Deals];
pub(super) const DEALT: &[Scope] = &[Scope::Detail, Scope::Funnel, Scope::Deals];
pub(super) const EDITED: &[Scope] =
    &[Scope::List, Scope::Today, Scope::Run, Scope::Detail, Scope::Find, Scope::Deals, Scope::Stages, Scope::Rules];
pub(super) const TODAY: &[Scope] = &[Scope::Today];
pub(super) const DATA: &[Scope] = &[Scope::Data];
pub(super) const WIZARD: &[Scope] = &[Scope::Wizard];
pub(super) const PATH: &[Scope] = &[Scope::Path];
pub(super) const RUN: &[Scope] = &[Scope::Run];
pub(super) const KEPT: &[Scope] = &[Scope::List, Scope::Detail, Scope::Stages, Scope::Rules];
pub(super) const SELECTED: &[Scope] =
    &[Scope::List, Scope::Today, Scope::Run, Scope::Review, Scope::Detail, Scope::Find, Scope::Deals];
pub(super) const CHOICE: &[Scope] = &[Scope::Path, Scope::Find, Scope::Picker, Scope::Form];
pub(super) const GROUPED: &[Scope] = &[Scope::List, Scope::Funnel];
pub(super) const OVERLAY: &[Scope] = &[Scope::Find, Scope::Picker, Scope::Help];
