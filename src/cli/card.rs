//! One customer with everything around it, in JSON.

use crate::book::row::Row;
use crate::book::tiers::advice::advised;
use crate::book::tiers::member::member;
use crate::book::tiers::potential::Potential;
use crate::book::tiers::say::{missing_words, reason, source_words, tier_shown};
use crate::book::tiers::why::{why, why_at_length};
use crate::book::tiers::worth::Figure;
use crate::cli::list::json_row;
use crate::cli::output::{cell_json, number, shown_or_null, text_or_null};
use crate::cli::risk::reasons_json;
use crate::cli::setting::Setting;
use crate::cli::worth::figure_json;
use crate::desk::Desk;
use crate::desk::backstory::TierStep;
use crate::desk::backstory::tier_steps;
use crate::desk::cross_selling::Hint;
use crate::desk::cross_selling::cross_sell;
use crate::desk::worth::{own_worth, potential};
use crate::domain::choice::ListKind;
use crate::domain::customer::{Contact, Customer};
use crate::domain::deal::Deal;
use crate::domain::follow_up::{FollowUp, NextStep};
use crate::domain::id::Id;
use crate::domain::order::{Order, OrderLine};
use crate::domain::record::{Kind, Record};
use crate::exchange::export::Asked;
use crate::exchange::export::column::kept;
use crate::exchange::export::record::Describing;
use crate::query::field::{Column, columns};
use crate::store::dossier::Dossier;
use crate::text::choices::Said;
use serde_json::{Map, Value, json};
use std::cmp::Reverse;

/// Follow-ups and orders shown.
const LAST: usize = 5;

/// Fields that stand on a card otherwise than in a file, or not at all.
const TOLD_OTHERWISE: [&str; 3] = ["helpers", "own_fields", "own_life_stage"];

/// One customer with everything around it.
pub struct Card<'a> {
    /// The book it is in.
    pub desk: &'a Desk,
    /// Its row.
    pub row: &'a Row,
    /// The customer.
    pub customer: &'a Customer,
    /// All its records.
    pub dossier: &'a Dossier,
    /// How to say it.
    pub setting: &'a Setting,
}

impl Card<'_> {
    /// The whole card.
    pub fn json(&self) -> Value {
        let mut follow_ups = self.dossier.follow_ups();
        follow_ups.sort_by_key(|entry| Reverse(entry.at));
        let mut orders = self.dossier.orders();
        orders.sort_by_key(|order| Reverse(order.date));
        let mut steps = self.dossier.next_steps();
        steps.retain(|step| step.done_at.is_none());
        steps.sort_by_key(|step| step.due.map_or((1, None), |due| (0, Some(due))));
        let list = |values: Vec<Value>| Value::Array(values);
        json!({
            "customer": self.customer_json(),
            "contacts": list(self.contacts().iter().map(contact_json).collect()),
            "next_steps": list(steps.iter().map(|step| self.step_json(step)).collect()),
            "deals": list(self.dossier.deals().iter().map(|deal| self.deal_json(deal)).collect()),
            "follow_ups": list(follow_ups.iter().take(LAST).map(|entry| self.follow_up_json(entry)).collect()),
            "orders": list(orders.iter().take(LAST).map(|order| self.order_json(order)).collect()),
            "risks": self.risks_json(),
            "tier": self.tier_json(),
            "advice": self.advice_json(),
            "member": self.member_json(),
            "hints": self.hints_json(),
            "potential": self.potential_json(),
            "worth": self.worth().iter().map(|figure| figure_json(figure, self.setting)).collect::<Vec<_>>(),
            "tier_history": self.tier_steps().iter().map(step_json).collect::<Vec<_>>(),
        })
    }

    /// Why it seems to be leaving, and how much a year is at risk.
    fn risks_json(&self) -> Value {
        let Some(warning) = self.row.warning(self.setting.today()) else { return json!([]) };
        let (texts, keys) = reasons_json(&warning.reasons, self.setting);
        let both = texts.as_array().into_iter().flatten().zip(keys.as_array().into_iter().flatten());
        both.map(|(text, key)| json!({ "kind": key, "reason": text })).collect()
    }

    /// What the data says and what to do about it.
    fn advice_json(&self) -> Value {
        let advised = advised(self.desk.book(), self.row, self.setting.today(), self.setting.language);
        advised.map_or(
            Value::Null,
            |advised| json!({ "conclusion": advised.conclusion, "action": advised.action, "days": advised.days }),
        )
    }

    fn member_json(&self) -> Value {
        let member = member(self.desk.book(), self.row, self.setting.today(), self.setting.language);
        member.map_or(
            Value::Null,
            |member| json!({ "level": member.level, "points": member.points, "benefits": member.benefits }),
        )
    }

    /// What similar customers buy and this one does not.
    pub fn hints(&self) -> Vec<Hint> {
        cross_sell(self.desk, self.row, self.dossier).unwrap_or_default()
    }

    /// The recalculations that moved it, the latest first.
    pub fn tier_steps(&self) -> Vec<TierStep> {
        tier_steps(self.desk, self.row.id).unwrap_or_default()
    }

    /// How much more it may come to, and of what.
    pub fn potential(&self) -> Option<Potential> {
        potential(self.desk, self.row.id, self.setting.today()).unwrap_or_default()
    }

    fn potential_json(&self) -> Value {
        let Some(potential) = self.potential() else { return Value::Null };
        let [growth, products, recommends, deals] =
            potential.parts.map(|part| part.map_or(Value::Null, |rate| number(rate.as_number())));
        json!({
            "score": potential.score.map_or(Value::Null, |score| number(score.as_number())),
            "own": potential.is_own,
            "growth": growth,
            "products_not_bought": products,
            "recommends": recommends,
            "open_deals": deals,
        })
    }

    /// What it is worth, figure by figure with its formula.
    pub fn worth(&self) -> Vec<Figure> {
        own_worth(self.desk, self.row.id, self.setting.today()).unwrap_or_default()
    }

    fn hints_json(&self) -> Value {
        let hints = self.hints();
        let hint = |hint: &Hint| json!({ "product": hint.product, "buyers": hint.buyers, "of": hint.of });
        Value::Array(hints.iter().map(hint).collect())
    }

    /// The tier as it stands and why: as it was applied last, else as a table gave it with what a recalculation would say.
    fn tier_json(&self) -> Value {
        let (book, language) = (self.desk.book(), self.setting.language);
        let today = self.setting.today();
        let why = why(book, self.row, today).unwrap_or_else(|| why_at_length(book, self.row, today));
        let tier = book.cell(self.row, Column::Tier, self.setting.today(), language);
        let standing = why.standing;
        let scores = why.computed.map(|(_, grade)| grade.scores);
        let segment = standing.and_then(|standing| standing.segment);
        let segment = segment.or(why.computed.map(|(_, grade)| grade.segment));
        let missing = why.missing.as_ref().map(|(missing, tier)| missing_words(missing, tier, language));
        json!({
            "tier": cell_json(&tier.cell),
            "segment": segment.map(|segment| segment.words().say(language)),
            "r": scores.map(|scores| scores.r),
            "f": scores.map(|scores| scores.f),
            "m": scores.map(|scores| scores.m),
            "reason": why.computed.map(|(subject, grade)| reason(&subject, &grade, language)),
            "missing": missing,
            "today": why.tier_today.as_ref().map(|tier| tier_shown(tier, language)),
            "by": why.source.as_ref().map(|source| source_words(source, language)),
            "since": standing.map(|standing| standing.since.to_string()),
            "given": tier.given,
        })
    }

    /// The contacts, the first to call first.
    pub fn contacts(&self) -> Vec<Contact> {
        let mut contacts = self.dossier.contacts();
        contacts.sort_by_key(|contact| !contact.primary);
        contacts
    }

    /// The columns of the list, then what only a card shows.
    fn customer_json(&self) -> Value {
        let fields: Vec<_> = columns().collect();
        let customer = self.customer;
        let mut object = match json_row(self.row, &fields, self.desk, self.setting) {
            Value::Object(object) => object,
            _ => Map::new(),
        };
        let asked = Asked { language: self.setting.language, as_of: self.setting.today(), ..Asked::default() };
        let describing = Describing { book: self.desk.book(), asked: &asked, keys: true };
        let record = Record::Customer(customer.clone());
        let own = kept(Kind::Customer).into_iter().filter(|column| !object.contains_key(column.name));
        let own: Vec<_> = own.filter(|column| !TOLD_OTHERWISE.contains(&column.name)).collect();
        let own = own.iter().map(|column| (column.name, describing.cell(column, &record, None, self.dossier).json()));
        let custom = customer.custom.iter().map(|(name, text)| (name.clone(), Value::from(text.as_str())));
        let helpers: Vec<&str> = customer.helpers.iter().map(|helper| self.owner(Some(*helper))).collect();
        let more =
            [("helpers", json!(helpers)), ("custom", Value::Object(custom.collect())), ("net_amount", self.net_json())];
        let more: Vec<_> = own.chain(more).collect();
        object.extend(more.into_iter().map(|(name, value)| (name.to_owned(), value)));
        Value::Object(object)
    }

    /// Revenue less what negative orders took back; beside the gross one of the list.
    fn net_json(&self) -> Value {
        let sums = self.row.purchases(self.setting.today());
        if sums.orders == 0 { Value::Null } else { Value::from(sums.net.to_string()) }
    }

    fn owner(&self, id: Option<Id>) -> &str {
        self.desk.book().standards().owner_name(id)
    }

    fn word(&self, list: ListKind, key: &str) -> Value {
        text_or_null(self.desk.book().standards().shown(list, key, self.setting.language))
    }

    fn contact(&self, id: Option<Id>) -> Value {
        let contact = id.and_then(|id| self.dossier.contacts().into_iter().find(|contact| contact.id == id));
        contact.map_or(Value::Null, |contact| Value::from(contact.name))
    }

    fn step_json(&self, step: &NextStep) -> Value {
        json!({
            "what": text_or_null(&step.what),
            "due": shown_or_null(step.due),
            "deadline": step.deadline,
            "days_over": step.due.map(|due| self.setting.today().days_since(due.day)),
            "owner": text_or_null(self.owner(step.owner)),
            "by": text_or_null(&step.by),
        })
    }

    fn deal_json(&self, deal: &Deal) -> Value {
        let standards = self.desk.book().standards();
        json!({
            "title": text_or_null(&deal.title),
            "number": text_or_null(&deal.number),
            "amount": shown_or_null(deal.amount),
            "stage": text_or_null(standards.stage_shown(&deal.stage, self.setting.language)),
            "role": standards.role(&deal.stage).key(),
            "owner": text_or_null(self.owner(deal.owner)),
            "competitor": text_or_null(&deal.competitor),
            "products": deal.products,
            "contacts": self.dossier.called(&deal.contacts),
            "opened": shown_or_null(deal.opened),
            "expected_close": shown_or_null(deal.expected_close),
            "closed": shown_or_null(deal.closed),
            "lost_reason": self.word(ListKind::LostReason, &deal.lost_reason),
            "note": text_or_null(&deal.note),
        })
    }

    fn follow_up_json(&self, entry: &FollowUp) -> Value {
        json!({
            "at": entry.at.to_string(),
            "way": self.word(ListKind::Way, &entry.way),
            "direction": entry.direction.map(|direction| direction.key()),
            "by": text_or_null(&entry.by),
            "contact": self.contact(entry.contact),
            "text": entry.text,
            "outcome": self.word(ListKind::Outcome, &entry.outcome),
            "tags": entry.tags,
            "amount": shown_or_null(entry.amount),
            "priority": entry.priority,
        })
    }

    fn order_json(&self, order: &Order) -> Value {
        json!({
            "number": text_or_null(&order.number),
            "date": order.date.to_string(),
            "amount": order.amount().to_string(),
            "profit": shown_or_null(order.profit()),
            "channel": order.channel.map(|channel| channel.key()),
            "returned": order.returned,
            "due": shown_or_null(order.due),
            "paid": shown_or_null(order.paid),
            "owner": text_or_null(self.owner(order.owner)),
            "lines": order.lines.iter().map(line_json).collect::<Vec<_>>(),
        })
    }
}

fn contact_json(contact: &Contact) -> Value {
    json!({
        "name": contact.name,
        "title": text_or_null(&contact.title),
        "role": contact.role.map(|role| role.key()),
        "attitude": contact.attitude.map(|attitude| attitude.key()),
        "phone": text_or_null(&contact.phone),
        "email": text_or_null(&contact.email),
        "wechat": text_or_null(&contact.wechat),
        "note": text_or_null(&contact.note),
        "birthday": shown_or_null(contact.birthday),
        "primary": contact.primary,
    })
}

fn line_json(line: &OrderLine) -> Value {
    json!({
        "product": text_or_null(&line.product),
        "category": text_or_null(&line.category),
        "quantity": number(line.quantity as f64 / 1000.0),
        "amount": crate::domain::money::Exact::total([line.amount].into_iter()).to_string(),
    })
}

/// A recalculation that moved a customer.
fn step_json(step: &TierStep) -> Value {
    let scores = step.scores;
    json!({
        "at": step.at.to_string(),
        "by": step.by,
        "as_of": step.as_of.to_string(),
        "scheme": text_or_null(&step.scheme.0),
        "version": step.scheme.1,
        "method": step.method.map(|method| method.key()),
        "before": text_or_null(&step.before),
        "after": text_or_null(&step.after),
        "segment": step.segment.map(|segment| segment.key()),
        "r": scores.r,
        "f": scores.f,
        "m": scores.m,
        "days": step.days,
        "orders": step.orders,
        "revenue": step.revenue.to_string(),
    })
}
