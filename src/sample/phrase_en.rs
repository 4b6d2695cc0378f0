//! What salespeople write in English.

use crate::sample::topic::{Grievance, Promise, Topic};

/// Said after some lines.
pub(super) const TAILS: &[&str] = &[
    "Wants net 60.",
    "Phase two waits for next year's budget.",
    "Dusty site, mind the enclosure.",
    "Head office decides.",
    "On holiday next week.",
    "Prefers mail to phone.",
    "Maintenance is on our side.",
    "{x} is around too.",
    "Could take the annual service contract.",
    "Bring a sample next time.",
];

/// What is promised after a talk on a topic, and what came of it.
pub(super) const PROMISES: &[(&[Topic], &[Promise])] = &[
    (
        &[Topic::ColdCall, Topic::Inquiry, Topic::Interest, Topic::Missed],
        &[("Send {p} data sheet and references", "sent, received"), ("Call {c} again", "reached, will meet")],
    ),
    (&[Topic::FirstVisit, Topic::Needs], &[("Draw up the {p} proposal", "sent, engineers agree")]),
    (&[Topic::Trial, Topic::TrialEnd], &[("Check the trial with {c}", "runs well")]),
    (&[Topic::Quote], &[("Chase the quote", "asked for a discount"), ("Send revised quote", "sent")]),
    (&[Topic::Haggle], &[("Get approval for the discount", "approved, 3%"), ("Send final offer", "accepted")]),
    (
        &[Topic::Contract, Topic::Won, Topic::Ordered],
        &[("Send contract", "signed"), ("Confirm delivery date", "confirmed"), ("Book freight", "booked")],
    ),
    (
        &[Topic::Delivered, Topic::Routine, Topic::News, Topic::Greeting, Topic::Paid],
        &[
            ("Ask {c} how {p} performs", "all fine"),
            ("Send stocking proposal", "ordered from it"),
            ("Visit {c}", "good meeting"),
        ],
    ),
    (&[Topic::Reorder], &[("Ask for the next order", "ordered"), ("Requote the last list", "sent")]),
    (&[Topic::Payment], &[("Chase {a}", "half paid"), ("Get a payment plan", "received in writing")]),
    (&[Topic::Parked], &[("Ask when the project restarts", "not decided")]),
    (
        &[Topic::Slipping, Topic::Gone, Topic::WinBack],
        &[("Present a win-back offer", "considered"), ("Meet {c} in person", "met, gives us a chance")],
    ),
];

/// Complaints.
pub(super) const GRIEVANCES: &[Grievance] = &[
    ("交期延误", "Delivery two weeks late and nobody told us", "Part shipment by air at our cost, weekly status mail"),
    ("外观破损", "Box crushed, one {i} display cracked", "Replaced at once, crate instead of carton"),
    ("精度偏差", "{i} reads 0.8% high against the reference", "Recalibrated, certificate issued, one unit exchanged"),
    ("发错货", "{!}Wrong range delivered, not what we ordered", "Right units sent next day, return paid by us"),
    ("发错货", "Wrong size of {k} delivered", "Right goods sent next day, return paid by us"),
    ("质量波动", "This lot of {k} wears faster than the last", "Lot replaced, outgoing checks doubled"),
];

/// What a salesperson writes of a deal lost for a reason.
pub(super) fn lost(reason: &str) -> &'static [&'static str] {
    match reason {
        "price" => &["{c}: {x} was 12% cheaper, price decided"],
        "competitor" => &["{x} bundled it with the skid, we came in late"],
        "budget" => &["Capex cut, {p} dropped from the list"],
        "need_changed" => &["Process changed, {p} no longer needed"],
        "specification" => &["We miss the low end of the range, failed technical review"],
        "delivery" => &["They need it in three weeks, we need six, {x} had stock"],
        "postponed" => &["Project postponed without a date"],
        "no_access" => &["Never got past {c}, the board had decided already"],
        "silent" => &["{c} has not answered for weeks, closing it"],
        "not_a_fit" => &["Two pieces with a special flange, not our business"],
        "payment_terms" => &["They insist on 180 days, finance said no"],
        "tender_lost" => &["Third in the tender, {x} won"],
        "status_quo" => &["{c}: what we have still works"],
        _ => &["Company was taken over, purchasing moved to the group"],
    }
}

/// Conclusion and advice, by the course of the customer: prospect, new, growing, stable, declining, lost, single.
pub(super) const CONCLUSIONS: [&[&str]; 7] = [
    &["Real need, no budget yet: start with a trial", "Second-source candidate, keep in touch monthly"],
    &["First order must go well, offer the spares kit after delivery"],
    &["Volumes rising, propose a blanket order and a service contract"],
    &["Steady buyer, review each quarter, cross-sell calibration"],
    &["Orders falling since the late delivery, needs a visit soon"],
    &["Moved to a competitor, try again with the new range"],
    &["One-off project, low-touch"],
];

/// Notes.
pub(super) const NOTES: &[&str] = &[
    "Deliveries before 3pm, gate B",
    "Wants invoices as PDF to accounts",
    "Call after 10 local time",
    "Tender every autumn",
    "Pays on time",
    "Owner is an engineer, send numbers",
];

/// Tags of customers.
pub(super) const TAGS: &[&str] = &["key", "blanket order", "expanding", "technical", "tender", "export", "reference"];

/// Competitors.
pub(super) const RIVALS: &[&str] = &["Kestrel Controls", "Metravo", "Nordmess", "Oakfield Gauges"];

/// What customers say with a score of four or five, three, and one or two.
pub(super) const OPINIONS: [&[&str]; 3] = [
    &["Good quality, on time", "Quick answers", "Happy, price could be better", ""],
    &["Lead time varies", "Fine, packing could be better"],
    &["Nobody called back", "Wrong goods twice"],
];

/// Events.
pub(super) const EVENTS: &[&str] = &["Calibration webinar", "Open day", "Distributor meeting", "Trade fair"];

/// Promotions: the first for the fourth quarter, the others any time.
pub(super) const PROMOTIONS: &[&str] = &["Year-end stock-up", "Spring calibration", "Consumables bundle"];

/// Titles of deals.
pub(super) const DEALS: &[&str] = &[
    "{p}",
    "{p}, {q}",
    "{i} replacement",
    "Phase 2: {i}",
    "Annual supply of {k}",
    "{i} for the new line",
    "{k}, quarterly supply",
];

/// Why a deal was won.
pub(super) const WON_NOTES: &[&str] =
    &["Trial data convinced engineering", "Shorter lead time than the competitor", "Trusted supplier", ""];
