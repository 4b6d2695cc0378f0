//! What salespeople write of a talk in English, topic by topic.

use crate::sample::topic::{Line, Topic};

/// The lines of talk on a topic.
#[rustfmt::skip]
pub(super) const LINES: &[(Topic, &[Line])] = &[
    (Topic::ColdCall, &[
        ("email", '>', "", "", "Introduction mail to {c} with the {p} data sheet, will call {d}"),
        ("call", '>', "gatekeeper", "", "Reception would not put me through, left my name for {c}"),
        ("call", '>', "interested", "#new", "Spoke to {c}: uses {x} today, open to a second source for {p}"),
        ("exhibition", '<', "interested", "#fair", "{c} came to our stand, asked a lot about {p}, swapped cards"),
        ("call", '>', "not_interested", "", "{c}: nothing planned this year, try again after the budget round"),
        ("call", '>', "wrong_number", "", "Number on the website is dead, looking for another one"),
    ]),
    (Topic::FirstVisit, &[
        ("video", '>', "connected", "", "First video call with {c}, walked through the range, {p} is the way in"),
        ("visit", '>', "interested", "", "Plant tour with {c}. A dozen points for {i}, {x} units fail a lot"),
        ("meeting", '>', "connected", "", "Met {c} and maintenance, polite but careful, they want references"),
    ]),
    (Topic::Inquiry, &[
        ("email", '<', "wants_quote", "#rfq", "RFQ from {c}: {p}, {q}, CIF please"),
        ("whatsapp", '<', "wants_quote", "#rfq", "{c} asks for price and lead time, {p} {q}"),
        ("call", '<', "interested", "", "{c} called, {x} cannot deliver, do we stock {p}?"),
    ]),
    (Topic::Missed, &[
        ("call", '>', "no_answer", "", "No answer, will try again {d}"),
        ("voicemail", '>', "", "", "Left a voicemail for {c} about the {p} lead time"),
        ("call", '>', "busy", "", "Line busy twice"),
        ("call", '>', "gatekeeper", "", "{c} is travelling this week, colleague takes a message"),
        ("call", '>', "unreachable", "", "{c}'s mobile is switched off"),
    ]),
    (Topic::Interest, &[
        ("call", '>', "interested", "", "{c} likes {p}, wants two references in the same trade"),
        ("email", '<', "thinking", "", "{c}: good product, budget is tight, discussing internally"),
        ("video", '>', "interested", "", "Showed {i} live, {c} asked about protocol and enclosure rating"),
        ("email", '<', "interested", "", "{c} wants a sample lot of {k} and the test report"),
        ("whatsapp", '<', "meeting_set", "", "{c} can do {d}, 3pm their time"),
    ]),
    (Topic::Needs, &[
        ("conference_call", '>', "connected", "", "{!}Went through the spec with {c} and process team: {q}, Modbus, stainless"),
        ("email", '<', "connected", "", "{c} sent the technical spec, two deviations, passed to engineering"),
        ("video", '>', "connected", "", "Went through monthly usage of {k} with {c}, quote for {q} first"),
        ("call", '>', "connected", "", "{b}{c} has about {a} approved, three bids needed"),
    ]),
    (Topic::Trial, &[
        ("other", '>', "", "#trial", "Demo unit of {i} sent by courier, {c} will run it for two weeks"),
        ("other", '>', "", "#trial", "Trial lot of {k} shipped to {c}, three weeks"),
    ]),
    (Topic::TrialEnd, &[
        ("call", '>', "interested", "#trial", "{!}Trial runs well, {c} says readings beat the {x} unit"),
        ("email", '<', "interested", "#trial", "{c}: trial lot of {k} lasts longer than {x}"),
    ]),
    (Topic::Quote, &[
        ("email", '>', "", "#quote", "Quotation {a} sent to {c}, valid 30 days"),
        ("call", '>', "thinking", "#quote", "{c} has our quote, compares with {x}, answer {d}"),
        ("email", '<', "wants_quote", "#quote", "{c} wants {i} quoted separately, with and without install"),
        ("video", '>', "interested", "#quote", "{b}Presented the proposal, {a} for {q}, engineers convinced, price to be discussed"),
    ]),
    (Topic::Haggle, &[
        ("call", '>', "thinking", "#price", "{c} asks for 5% off, offered 3 with net 30, checks with the boss"),
        ("email", '<', "thinking", "#price", "{c}: close at {a} and we sign. Asked for approval"),
        ("video", '>', "connected", "#terms", "{b}Terms almost settled, 30/60/10, warranty two years, final version {d}"),
        ("dinner", '>', "connected", "", "Dinner with {c}: {x} is 8% lower but needs ten weeks"),
    ]),
    (Topic::Contract, &[
        ("call", '>', "connected", "#contract", "{b}{c} ok with {a}, contract is with legal, expected {d}"),
        ("email", '>', "", "#contract", "Contract draft to {c}, spec attached"),
        ("email", '<', "", "#contract", "{c} returned the signed copy, countersigning today"),
    ]),
    (Topic::Won, &[
        ("email", '<', "ordered", "#won", "PO received from {c}: {p}, {q}, {a}"),
        ("call", '<', "ordered", "#won", "{c} called: we have it! {a}, deposit this week"),
        ("whatsapp", '<', "ordered", "#won", "{b}{c}: \"Board said yes.\" {a}, kick-off {d}"),
    ]),
    (Topic::Parked, &[
        ("email", '<', "thinking", "#hold", "{c}: capex frozen until the new year, project on hold"),
        ("call", '>', "thinking", "#hold", "New plant manager wants to review everything, {c} asks us to wait"),
    ]),
    (Topic::Ordered, &[
        ("email", '<', "ordered", "", "PO from {f}, {p} {q}, {a}, usual terms"),
        ("whatsapp", '<', "ordered", "#urgent", "{c} needs {p} {q} urgently, line is down, air freight agreed"),
        ("call", '<', "ordered", "", "{c} reorders {p}, {q}, confirmed {a}"),
        ("email", '>', "ordered", "", "Order confirmation and pro forma {a} to {c}"),
    ]),
    (Topic::Delivered, &[
        ("email", '>', "", "", "Tracking number and packing list to {c}"),
        ("call", '>', "connected", "#care", "{c} happy with the last {p} delivery, no issues"),
        ("email", '<', "", "", "{c} needs the certificate of origin, sent the same day"),
        ("video", '>', "connected", "", "Helped {c}'s technician commission {i}, signed off"),
    ]),
    (Topic::Reorder, &[
        ("email", '>', "thinking", "", "Reminded {c} that {k} stock should run low, they plan early next month"),
        ("call", '>', "connected", "", "{c}: requisition is in, waiting for a signature"),
        ("whatsapp", '>', "wants_quote", "", "{c} wants the last list requoted, double quantity of {k}"),
        ("call", '>', "connected", "", "Talked about a yearly blanket order, {c} is for it"),
    ]),
    (Topic::Payment, &[
        ("email", '>', "", "#payment", "Statement to {c}, {a} is past due"),
        ("call", '>', "connected", "#payment", "{c} promises {a} by {d}"),
        ("call", '>', "no_answer", "#payment", "Called accounts payable, nobody there"),
    ]),
    (Topic::Paid, &[
        ("email", '<', "", "#payment", "{c} sent the SWIFT copy, {a} arrived"),
        ("email", '>', "", "#payment", "Payment {a} in, thanked {c}, asked for the next forecast"),
    ]),
    (Topic::Routine, &[
        ("call", '>', "connected", "", "Caught up with {c}, no new project, volumes steady"),
        ("video", '>', "connected", "", "Quarterly review with {c}: delivery fine, wants consignment stock"),
        ("call", '>', "connected", "", "{c} prepares an audit, needs the certificates of the last three lots"),
        ("email", '<', "", "", "{c} sent a photo of an old unit, asked for the successor model, answered"),
        ("video", '>', "connected", "#technical", "Looked at a jumping {i} reading with {c}, loose ground wire"),
        ("call", '<', "connected", "", "{c} asks when the {p} will arrive, checked with freight"),
        ("email", '>', "", "", "Went through late deliveries with {c}, two this half, apologised"),
        ("visit", '>', "connected", "", "Site visit, our {i} units run well, two {x} units due for replacement"),
        ("visit", '>', "interested", "#cross-sell", "Saw old gas alarms on site, {c} asked for a 4-gas detector price"),
        ("email", '>', "", "", "Sent {c} the {i} maintenance tips"),
        ("whatsapp", '<', "", "", "{c} asks whether we calibrate their gauges too"),
    ]),
    (Topic::Greeting, &[
        ("email", '>', "", "#care", "Season's greetings to {c} and the team"),
        ("text", '>', "", "#care", "Wished {c} happy holidays, got a warm reply"),
    ]),
    (Topic::Slipping, &[
        ("call", '>', "connected", "#at-risk", "Asked {c} why no {k} for two months: production down, sounds evasive"),
        ("email", '<', "thinking", "#at-risk", "{c}: second price rise this year, {x} is 10% cheaper"),
        ("email", '>', "", "#at-risk", "Two mails to {c} unanswered, unusual"),
    ]),
    (Topic::Gone, &[
        ("call", '>', "not_interested", "#lost", "{c}: moved to {x}, late delivery last time was the last straw"),
        ("email", '<', "not_interested", "#lost", "{c} writes the site closes, no more orders"),
    ]),
    (Topic::WinBack, &[
        ("call", '>', "interested", "#win-back", "{c} has trouble with {x}, willing to talk again"),
        ("email", '>', "", "#win-back", "Returning-customer offer to {c}, 10% on {p}, follow up {d}"),
        ("call", '>', "not_interested", "#win-back", "{c} stays with {x} for now, try next quarter"),
    ]),
    (Topic::News, &[
        ("email", '>', "", "", "New price list to {c}, open orders keep the old price"),
        ("event", '>', "connected", "#event", "{c} joined our calibration webinar, stayed to the end"),
        ("exhibition", '<', "connected", "#fair", "{c} visited us at the fair, introduced a sister company"),
    ]),
];
