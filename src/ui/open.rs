//! Every view there is: the one file that knows them all makes the view of a place.

use crate::ui::context::Context;
use crate::ui::effect::Place;
use crate::ui::view::View;
use crate::ui::view::choose::Choose;
use crate::ui::view::columns::Columns;
use crate::ui::view::data::Data;
use crate::ui::view::detail::Detail;
use crate::ui::view::find_anywhere::FindAnywhere;
use crate::ui::view::form::Form;
use crate::ui::view::funnel::Funnel;
use crate::ui::view::handover::HandOver;
use crate::ui::view::help::Help;
use crate::ui::view::list::List;
use crate::ui::view::log::Log;
use crate::ui::view::next_contact::NextContact;
use crate::ui::view::palette::Palette;
use crate::ui::view::review::{Page, QuarterReview};
use crate::ui::view::scheme::SchemeForm;
use crate::ui::view::search_talk::SearchTalk;
use crate::ui::view::settle::Settle;
use crate::ui::view::tiers::Tiers;
use crate::ui::view::today::Today;
use crate::ui::view::workdays::Workdays;

/// The view of a place.
pub fn open(place: Place, context: &Context<'_>) -> Box<dyn View> {
    match place {
        Place::Customers => Box::new(List::new(context)),
        Place::Today => Box::new(Today::new(context)),
        Place::Funnel => Box::new(Funnel::new(context)),
        Place::Tiers => Box::new(Tiers::default()),
        Place::Data => Box::new(Data::default()),
        Place::NextContact(customer) => Box::new(NextContact::new(customer)),
        Place::Detail { customer, among } => Box::new(Detail::new(customer, among)),
        Place::CustomerForm(customer) => Box::new(Form::of_customer(*customer, context)),
        Place::ContactForm(contact) => Box::new(Form::of_contact(*contact, context)),
        Place::EntryForm(record) => Box::new(Form::of_record(*record, context)),
        Place::SchemeForm(grading) => Box::new(SchemeForm::new(*grading, context)),
        Place::Settle(settling) => Box::new(Settle::new(settling)),
        Place::Happened { customer, record, among } => Box::new(Detail::at(customer, record, among)),
        Place::SearchTalk(words) => Box::new(SearchTalk::of(&words, context)),
        Place::Palette(below) => Box::new(Palette::over(below)),
        Place::Help(below) => Box::new(Help::over(below)),
        Place::Log(customer) => Box::new(Log::new(customer, context)),
        Place::QuarterReview => Box::new(QuarterReview::new(Page::Decisions, context)),
        Place::Complaints => Box::new(QuarterReview::new(Page::Complaints, context)),
        Place::Workdays => Box::new(Workdays::default()),
        Place::WhichCustomer => Box::new(FindAnywhere::answering()),
        Place::FindAnywhere => Box::new(FindAnywhere::default()),
        Place::Choose(menu) => Box::new(Choose::new(*menu)),
        Place::HandOver(customers) => Box::new(HandOver::new(&customers, context)),
        Place::Columns(layout, seen) => Box::new(Columns::new(*layout, seen)),
    }
}
