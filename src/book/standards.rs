//! The book's own lists: standard words, stages, people and products.

use crate::domain::choice::{ListKind, StageRole};
use crate::domain::deal::Stage;
use crate::domain::id::Id;
use crate::domain::list::{ListItem, Mapping, shipped_items, shipped_stages};
use crate::domain::order::Product;
use crate::domain::people::{Owner, Team};
use crate::domain::record::Record;
use crate::domain::tiers::{Advice, Membership, PotentialWeights, Scheme, TierRun};
use crate::domain::view::SavedView;
use crate::domain::working::{CalendarDay, Rhythm, Template, shipped_templates};
use crate::parse::working_days::Calendar;
use crate::query::field::fold;
use crate::text::Language;
use std::collections::HashMap;

/// Everything kept under the book itself and not under a customer.
#[derive(Clone, Debug, Default)]
pub struct Standards {
    items: Vec<ListItem>,
    stages: Vec<Stage>,
    owners: HashMap<Id, Owner>,
    teams: HashMap<Id, Team>,
    products: Vec<Product>,
    mappings: Vec<Mapping>,
    views: Vec<SavedView>,
    schemes: Vec<Scheme>,
    runs: Vec<TierRun>,
    advice: Vec<Advice>,
    memberships: Vec<Membership>,
    words: HashMap<(ListKind, String), usize>,
    calendar: Calendar,
    calendar_days: Vec<CalendarDay>,
    rhythm: Rhythm,
    potential: PotentialWeights,
    templates: Vec<Template>,
}

impl Standards {
    /// The standards among `records`.
    pub fn of(records: impl Iterator<Item = Record>) -> Standards {
        let mut standards =
            Standards { rhythm: Rhythm::shipped(), potential: PotentialWeights::shipped(), ..Standards::default() };
        for record in records {
            match record {
                Record::ListItem(item) => standards.items.push(item),
                Record::Stage(stage) => standards.stages.push(stage),
                Record::Owner(owner) => {
                    standards.owners.insert(owner.id, owner);
                }
                Record::Team(team) => {
                    standards.teams.insert(team.id, team);
                }
                Record::Product(product) => standards.products.push(product),
                Record::Mapping(mapping) => standards.mappings.push(mapping),
                Record::SavedView(view) => standards.views.push(view),
                Record::Scheme(scheme) => standards.schemes.push(scheme),
                Record::TierRun(run) => standards.runs.push(run),
                Record::Advice(advice) => standards.advice.push(advice),
                Record::Membership(level) => standards.memberships.push(level),
                Record::Template(template) => standards.templates.push(template),
                Record::Rhythm(rhythm) => standards.rhythm = rhythm,
                Record::PotentialWeights(weights) => standards.potential = weights,
                Record::CalendarDay(day) => standards.calendar_days.push(day),
                _ => {}
            }
        }
        standards.items.sort_by_key(|item| item.position);
        standards.stages.sort_by_key(|stage| stage.position);
        standards.products.sort_by(|a, b| a.name.cmp(&b.name));
        standards.views.sort_by(|a, b| (a.position, &a.name).cmp(&(b.position, &b.name)));
        standards.schemes.sort_by(|a, b| (&a.name, a.version).cmp(&(&b.name, b.version)));
        standards.runs.sort_by_key(|run| (run.at, run.id));
        standards.advice.sort_by(|a, b| (&a.topic, a.id).cmp(&(&b.topic, b.id)));
        standards.memberships.sort_by_key(|level| (std::cmp::Reverse(level.spend), std::cmp::Reverse(level.years)));
        standards.words = standards.word_index();
        standards.calendar_days.sort_by_key(|day| day.day);
        standards.calendar = Calendar::of(&standards.calendar_days);
        standards.add_shipped_templates();
        standards
    }

    /// The standards that every new book begins with.
    pub fn shipped() -> Standards {
        let stages = shipped_stages().into_iter().map(Record::from);
        Standards::of(shipped_items().into_iter().map(Record::from).chain(stages))
    }

    /// These standards with one record of them as it is given.
    pub fn with(mut self, record: Record) -> Standards {
        fn put<T>(all: &mut [T], is_it: impl Fn(&T) -> bool, new: T) {
            if let Some(one) = all.iter_mut().find(|one| is_it(one)) {
                *one = new;
            }
        }
        match record {
            Record::ListItem(item) => put(&mut self.items, |one| one.id == item.id, item.clone()),
            Record::Stage(stage) => put(&mut self.stages, |one| one.id == stage.id, stage.clone()),
            Record::Product(product) => put(&mut self.products, |one| one.id == product.id, product.clone()),
            Record::Owner(owner) => {
                self.owners.insert(owner.id, owner);
            }
            _ => {}
        }
        self.words = self.word_index();
        self
    }

    /// Behind the book's own templates come those it did not change.
    fn add_shipped_templates(&mut self) {
        self.templates.sort_by(|a, b| a.name.cmp(&b.name).then(a.id.cmp(&b.id)));
        let known: Vec<Id> = self.templates.iter().map(|template| template.id).collect();
        self.templates.extend(shipped_templates().into_iter().filter(|template| !known.contains(&template.id)));
    }

    fn word_index(&self) -> HashMap<(ListKind, String), usize> {
        let mut words = HashMap::new();
        for (place, item) in self.items.iter().enumerate() {
            let Some(list) = item.list else { continue };
            let names = [&item.key, &item.en, &item.zh].into_iter().chain(&item.aliases);
            for name in names {
                words.entry((list, fold(name))).or_insert(place);
            }
        }
        words
    }

    /// The items of a list that are offered, in order.
    pub fn items(&self, list: ListKind) -> impl Iterator<Item = &ListItem> {
        self.items.iter().filter(move |item| item.list == Some(list) && !item.hidden)
    }

    /// The item a word means, in either language or by an alias.
    pub fn item(&self, list: ListKind, word: &str) -> Option<&ListItem> {
        self.words.get(&(list, fold(word))).and_then(|place| self.items.get(*place))
    }

    /// How a kept word of a list is shown: the item's words, or the own text itself.
    pub fn shown<'a>(&'a self, list: ListKind, kept: &'a str, language: Language) -> &'a str {
        let item = self.items.iter().find(|item| item.list == Some(list) && item.key == kept);
        item.map_or(kept, |item| in_language(&item.en, &item.zh, language))
    }

    /// The saved schemes of grading, every version, by name.
    pub fn schemes(&self) -> &[Scheme] {
        &self.schemes
    }

    /// The recalculations of tiers that were applied, oldest first.
    pub fn runs(&self) -> &[TierRun] {
        &self.runs
    }

    /// The firm's own rules of advice.
    pub fn advice(&self) -> &[Advice] {
        &self.advice
    }

    /// The member levels, the highest first.
    pub fn memberships(&self) -> &[Membership] {
        &self.memberships
    }

    /// The stages in order.
    pub fn stages(&self) -> &[Stage] {
        &self.stages
    }

    /// The stage with this key.
    pub fn stage(&self, key: &str) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.key == key)
    }

    /// The stage a word means, in either language or by an alias.
    pub fn stage_called(&self, word: &str) -> Option<&Stage> {
        let folded = fold(word);
        let called = |stage: &&Stage| {
            [&stage.key, &stage.en, &stage.zh].into_iter().chain(&stage.aliases).any(|name| fold(name) == folded)
        };
        self.stages.iter().find(called)
    }

    /// How a stage is shown; own text stays as it is.
    pub fn stage_shown<'a>(&'a self, key: &'a str, language: Language) -> &'a str {
        self.stage(key).map_or(key, |stage| in_language(&stage.en, &stage.zh, language))
    }

    /// What a stage means for a deal; an unknown one is open.
    pub fn role(&self, key: &str) -> StageRole {
        self.stage(key).and_then(|stage| stage.role).unwrap_or(StageRole::Open)
    }

    /// A person responsible.
    pub fn owner(&self, id: Id) -> Option<&Owner> {
        self.owners.get(&id)
    }

    /// The name of a person responsible.
    pub fn owner_name(&self, id: Option<Id>) -> &str {
        id.and_then(|id| self.owners.get(&id)).map_or("", |owner| &owner.name)
    }

    /// The person who goes by this name or alias.
    pub fn owner_called(&self, name: &str) -> Option<&Owner> {
        let folded = fold(name);
        if folded.is_empty() {
            return None;
        }
        let called =
            |owner: &&Owner| std::iter::once(&owner.name).chain(&owner.aliases).any(|other| fold(other) == folded);
        self.owners.values().filter(called).min_by_key(|owner| owner.id)
    }

    /// All people responsible, by name.
    pub fn owners(&self) -> Vec<&Owner> {
        let mut owners: Vec<&Owner> = self.owners.values().collect();
        owners.sort_by(|a, b| a.name.cmp(&b.name).then(a.id.cmp(&b.id)));
        owners
    }

    /// A team.
    pub fn team(&self, id: Id) -> Option<&Team> {
        self.teams.get(&id)
    }

    /// The team that goes by this name.
    pub fn team_called(&self, name: &str) -> Option<&Team> {
        let folded = fold(name);
        self.teams.values().filter(|team| !folded.is_empty() && fold(&team.name) == folded).min_by_key(|team| team.id)
    }

    /// The products, by name.
    pub fn products(&self) -> &[Product] {
        &self.products
    }

    /// The views kept, in order.
    pub fn views(&self) -> &[SavedView] {
        &self.views
    }

    /// How files with this header were read before.
    pub fn mapping_of(&self, header: &str) -> Option<&Mapping> {
        self.mappings.iter().find(|mapping| mapping.header == header)
    }

    /// The templates offered in a language.
    pub fn templates(&self, language: Language) -> Vec<&Template> {
        let spoken = match language {
            Language::En => "en",
            Language::Zh => "zh",
        };
        let fits = |template: &&Template| template.language.is_empty() || template.language == spoken;
        self.templates.iter().filter(|template| !template.hidden && fits(template)).collect()
    }

    /// How often whom to call.
    pub const fn rhythm(&self) -> &Rhythm {
        &self.rhythm
    }

    /// What weighs how much in the potential of a customer.
    pub const fn potential(&self) -> &PotentialWeights {
        &self.potential
    }

    /// The exceptions to the weekends, by day.
    pub fn calendar_days(&self) -> &[CalendarDay] {
        &self.calendar_days
    }

    /// Which days are worked.
    pub const fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// Whether the columns of any file are remembered.
    pub const fn has_mappings(&self) -> bool {
        !self.mappings.is_empty()
    }
}

fn in_language<'a>(en: &'a str, zh: &'a str, language: Language) -> &'a str {
    match language {
        Language::En if !en.is_empty() => en,
        Language::Zh if zh.is_empty() => en,
        _ => zh,
    }
}

#[cfg(test)]
mod tests {
    use super::Standards;
    use crate::domain::choice::ListKind;
    use crate::text::Language;

    fn shipped() -> Standards {
        Standards::shipped()
    }

    #[test]
    fn a_word_of_a_list_is_known_in_both_languages_and_by_its_alias() {
        for word in ["制造业", "Manufacturing", "制造", "manufacturing"] {
            assert_eq!(
                shipped().item(ListKind::Industry, word).map(|item| item.key.clone()).as_deref(),
                Some("manufacturing")
            );
        }
    }

    #[test]
    fn own_text_is_shown_as_it_was_written() {
        assert_eq!(shipped().shown(ListKind::Industry, "养蜂", Language::En), "养蜂");
        assert_eq!(shipped().shown(ListKind::Industry, "retail", Language::Zh), "零售业");
    }

    #[test]
    fn a_stage_is_known_by_its_other_names() {
        assert_eq!(shipped().stage_called("成交").map(|stage| stage.key.as_str()), Some("won"));
        assert_eq!(shipped().stage_called("Engaging").map(|stage| stage.key.as_str()), Some("interested"));
    }
}
