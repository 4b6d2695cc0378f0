//! What a follow-up can be about, and how a line of talk is written down in the tables.

/// What a follow-up is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Topic {
    /// First calls to a stranger.
    ColdCall,
    /// First visit.
    FirstVisit,
    /// The customer asks by itself.
    Inquiry,
    /// Nobody reached.
    Missed,
    /// Interest shown.
    Interest,
    /// Needs and data collected.
    Needs,
    /// A sample sent for trial.
    Trial,
    /// What came of the trial.
    TrialEnd,
    /// Quotation sent.
    Quote,
    /// Price and terms.
    Haggle,
    /// Contract.
    Contract,
    /// Deal won.
    Won,
    /// Deal put aside.
    Parked,
    /// Order placed.
    Ordered,
    /// After delivery.
    Delivered,
    /// Asking for the next order.
    Reorder,
    /// Asking for money.
    Payment,
    /// Money came.
    Paid,
    /// A visit between orders.
    Routine,
    /// Greetings at the New Year and Mid-Autumn, at Christmas overseas.
    Greeting,
    /// Signs of leaving.
    Slipping,
    /// Left.
    Gone,
    /// Trying to win a customer back.
    WinBack,
    /// Prices, new products, events.
    News,
}

impl Topic {
    /// Every topic, in order.
    pub const ALL: &'static [Topic] = &[
        Topic::ColdCall,
        Topic::FirstVisit,
        Topic::Inquiry,
        Topic::Missed,
        Topic::Interest,
        Topic::Needs,
        Topic::Trial,
        Topic::TrialEnd,
        Topic::Quote,
        Topic::Haggle,
        Topic::Contract,
        Topic::Won,
        Topic::Parked,
        Topic::Ordered,
        Topic::Delivered,
        Topic::Reorder,
        Topic::Payment,
        Topic::Paid,
        Topic::Routine,
        Topic::Greeting,
        Topic::Slipping,
        Topic::Gone,
        Topic::WinBack,
        Topic::News,
    ];
}

/// A line of talk: way, `>` we did or `<` the customer did, outcome, tag, text. In the text `{p}` is the product, `{c}` the
/// contact, `{a}` the amount, `{q}` the quantity with its unit, `{d}` the day of the next step, `{x}` the competitor,
/// `{f}` the customer's short name. `{i}` is the product too, but makes the line fit for instruments only, `{k}` for
/// what is used up, and `{!}` stands for nothing and fits instruments only.
pub(super) type Line = (&'static str, char, &'static str, &'static str, &'static str);

/// What is promised next and what came of it.
pub(super) type Promise = (&'static str, &'static str);

/// A complaint: topic, what the customer says, how it was resolved.
pub(super) type Grievance = (&'static str, &'static str, &'static str);
