//! The words overseas firms and people are named with.

/// How people are called there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Folk {
    Anglo,
    German,
    Nordic,
    Dutch,
    French,
    Asian,
}
use Folk::{Anglo, Asian, Dutch, French, German, Nordic};

/// A country: name, legal forms, cities, phone numbers with `#` for the digits of a serial number, people.
pub(super) type Country =
    (&'static str, &'static [&'static str], &'static [&'static str], &'static [&'static str], Folk);

/// The countries, the frequent ones several times. The British and American numbers are those set aside for stories.
pub(super) const COUNTRIES: &[(usize, Country)] = &[
    (
        24,
        (
            "United Kingdom",
            &["Ltd", "Ltd", "Ltd", "plc", "LLP"],
            &["London", "Leeds", "Bristol", "Hull", "Sheffield", "Glasgow", "Cardiff"],
            &[
                "+44 20 7946 0###",
                "+44 113 496 0###",
                "+44 114 496 0###",
                "+44 117 496 0###",
                "+44 121 496 0###",
                "+44 131 496 0###",
                "+44 141 496 0###",
                "+44 161 496 0###",
                "+44 191 498 0###",
                "+44 1632 960###",
            ],
            Anglo,
        ),
    ),
    (
        22,
        (
            "Germany",
            &["GmbH", "GmbH", "GmbH & Co. KG", "AG", "KG"],
            &["München", "Köln", "Stuttgart", "Bremen", "Nürnberg", "Jena", "Kassel"],
            &["+49 89 5550 ####", "+49 221 5550 ####", "+49 711 5550 ####", "+49 421 5550 ####", "+49 911 5550 ####"],
            German,
        ),
    ),
    (
        18,
        (
            "United States",
            &["Inc.", "Inc.", "LLC", "Corp."],
            &["Chicago, IL", "Houston, TX", "Portland, OR", "Akron, OH", "Tulsa, OK", "Reno, NV"],
            &[
                "+1 312 555 0###",
                "+1 713 555 0###",
                "+1 503 555 0###",
                "+1 330 555 0###",
                "+1 918 555 0###",
                "+1 775 555 0###",
                "+1 414 555 0###",
                "+1 704 555 0###",
                "+1 602 555 0###",
            ],
            Anglo,
        ),
    ),
    (
        9,
        (
            "Netherlands",
            &["B.V.", "B.V.", "N.V."],
            &["Rotterdam", "Eindhoven", "Utrecht", "Delft"],
            &["+31 10 555 ####", "+31 40 555 ####"],
            Dutch,
        ),
    ),
    (
        9,
        (
            "Sweden",
            &["AB"],
            &["Göteborg", "Malmö", "Västerås", "Uppsala"],
            &["+46 31 555 ####", "+46 40 555 ####"],
            Nordic,
        ),
    ),
    (8, ("Singapore", &["Pte Ltd"], &["Singapore"], &["+65 6555 ####", "+65 6550 ####"], Asian)),
    (
        5,
        (
            "Malaysia",
            &["Sdn Bhd"],
            &["Penang", "Johor Bahru", "Shah Alam"],
            &["+60 4 555 ####", "+60 7 555 ####"],
            Asian,
        ),
    ),
    (
        6,
        (
            "Australia",
            &["Pty Ltd"],
            &["Perth", "Brisbane", "Newcastle", "Geelong"],
            &["+61 8 5550 ####", "+61 7 5550 ####"],
            Anglo,
        ),
    ),
    (
        6,
        (
            "France",
            &["SARL", "SAS", "S.A."],
            &["Lyon", "Nantes", "Lille"],
            &["+33 4 99 55 ## ##", "+33 2 61 91 ## ##"],
            French,
        ),
    ),
    (
        4,
        ("Canada", &["Inc.", "Ltd."], &["Hamilton, ON", "Calgary, AB"], &["+1 905 555 0###", "+1 403 555 0###"], Anglo),
    ),
    (4, ("Denmark", &["A/S", "ApS"], &["Aarhus", "Odense", "Esbjerg"], &["+45 55 50 ## ##"], Nordic)),
];

/// First words of a brand.
pub(super) const FIRSTS: &[&str] = &[
    "Harbour", "Silver", "North", "Stone", "Clear", "Bright", "Red", "Blue", "Green", "Iron", "Copper", "Amber",
    "River", "Lake", "Summit", "Valley", "Meadow", "Forest", "Ocean", "Coastal", "Granite", "Falcon", "Heron", "Fox",
    "Swift", "True", "First", "Grand", "Old", "New", "East", "West", "South", "High", "Long", "Broad", "White",
    "Black", "Golden", "Crown", "Anchor", "Beacon", "Bridge", "Castle", "Cedar", "Maple", "Oak", "Birch", "Willow",
    "Thistle", "Ember", "Frost", "Moor", "Cobalt", "Pioneer", "Keystone", "Lantern", "Mill", "Quarry", "Raven",
];

/// Second words of a brand.
pub(super) const SECONDS: &[&str] = &[
    "Point", "Bridge", "Field", "Gate", "Hill", "Brook", "Ridge", "Water", "Peak", "Dale", "Haven", "Bay", "Cross",
    "Wood", "Ford", "Stone", "Shore", "Cliff", "Mill", "Park", "Lane", "Vale", "Crest", "Moor", "Port", "Tower",
    "Forge", "Lock", "Wharf", "Green", "Marsh", "Glen", "Spring", "Falls", "Island", "Court", "Quay", "Grove",
];

/// A trade: industry key and what stands in the name.
pub(super) const TRADES: &[(&str, &str)] = &[
    ("manufacturing", "Precision Engineering"),
    ("manufacturing", "Castings"),
    ("manufacturing", "Foods"),
    ("manufacturing", "Chemicals"),
    ("manufacturing", "Packaging"),
    ("manufacturing", "Brewing"),
    ("manufacturing", "Automotive"),
    ("manufacturing", "Pumps"),
    ("manufacturing", "Coatings"),
    ("manufacturing", "Textiles"),
    ("manufacturing", "Paper"),
    ("manufacturing", "Ceramics"),
    ("manufacturing", "Hydraulics"),
    ("manufacturing", "Dairy"),
    ("manufacturing", "Pharma"),
    ("technology", "Automation"),
    ("technology", "Instruments"),
    ("technology", "Robotics"),
    ("technology", "Photonics"),
    ("technology", "Biosciences"),
    ("software", "Systems"),
    ("energy", "Energy"),
    ("energy", "Power"),
    ("energy", "Biogas"),
    ("medical", "Diagnostics"),
    ("medical", "Medical"),
    ("services", "Water Services"),
    ("services", "Laboratories"),
    ("services", "Environmental"),
    ("services", "Calibration"),
    ("wholesale", "Supplies"),
    ("wholesale", "Trading"),
    ("wholesale", "Industrial Supply"),
    ("retail", "Stores"),
    ("construction", "Construction"),
    ("construction", "Building Services"),
    ("logistics", "Logistics"),
    ("logistics", "Cold Chain"),
    ("agriculture", "Farms"),
    ("agriculture", "Aquaculture"),
    ("education", "Research"),
    ("marketing", "Exhibitions"),
];

/// First names of a folk: men, then women.
pub(super) fn first_names(folk: Folk) -> (&'static [&'static str], &'static [&'static str]) {
    match folk {
        Anglo => (
            &[
                "James", "Thomas", "Oliver", "Daniel", "George", "Ryan", "Mark", "Peter", "Simon", "Luke", "Neil",
                "Craig",
            ],
            &[
                "Emma", "Sarah", "Claire", "Helen", "Rachel", "Laura", "Kate", "Megan", "Julia", "Alice", "Fiona",
                "Joan",
            ],
        ),
        German => (
            &["Markus", "Stefan", "Jürgen", "Lukas", "Matthias", "Uwe", "Florian", "Tobias", "Klaus", "Bernd"],
            &["Anja", "Katrin", "Sabine", "Monika", "Petra", "Lena", "Heike", "Silke", "Ulrike", "Birgit"],
        ),
        Nordic => (
            &["Erik", "Lars", "Anders", "Mikkel", "Johan", "Søren", "Nils", "Henrik"],
            &["Ingrid", "Astrid", "Karin", "Mette", "Sofie", "Linnea", "Åsa", "Freja"],
        ),
        Dutch => (
            &["Jeroen", "Pieter", "Maarten", "Bas", "Wouter", "Sander"],
            &["Femke", "Marieke", "Anouk", "Sanne", "Ilse", "Lotte"],
        ),
        French => (
            &["Julien", "Mathieu", "Laurent", "Olivier", "Thierry", "Rémi"],
            &["Camille", "Élodie", "Sophie", "Nathalie", "Céline", "Aurélie"],
        ),
        Asian => (
            &["Wei Liang", "Kok Meng", "Raymond", "Arun", "Hafiz", "Desmond"],
            &["Mei Ling", "Siew Lan", "Priya", "Joanne", "Nurul", "Hui Min"],
        ),
    }
}

const ANGLO_SURNAMES: &[&str] = &[
    "Hartley",
    "Whitmore",
    "Ashworth",
    "Caldwell",
    "Pemberton",
    "Langford",
    "Barrow",
    "Ellison",
    "Thornton",
    "Mercer",
    "Dunning",
    "Fairfax",
    "Holloway",
    "Kendrick",
    "Latimer",
    "Marsden",
    "Norwood",
    "Oakley",
    "Prescott",
    "Radley",
    "Sutcliffe",
    "Tilney",
    "Underhill",
    "Wexford",
    "Yardley",
    "Bramwell",
    "Corrigan",
    "Dempsey",
];

const GERMAN_SURNAMES: &[&str] = &[
    "Brandt",
    "Vogel",
    "Hoffmann",
    "Keller",
    "Lindner",
    "Reuter",
    "Schreiber",
    "Winkler",
    "Baumann",
    "Dietrich",
    "Engelhardt",
    "Franke",
    "Gerlach",
    "Hartmann",
    "Jäger",
    "Krüger",
    "Lorenz",
    "Möller",
    "Neubauer",
    "Pfeiffer",
    "Riedel",
    "Sauer",
    "Thiele",
    "Ulrich",
    "Voss",
    "Wenzel",
    "Zimmer",
    "Böhm",
];

const NORDIC_SURNAMES: &[&str] = &[
    "Lindqvist",
    "Bergström",
    "Håkansson",
    "Nyström",
    "Sandberg",
    "Sjögren",
    "Ekman",
    "Dahl",
    "Holm",
    "Krogh",
    "Vestergaard",
    "Mikkelsen",
    "Falk",
    "Strand",
    "Åkesson",
    "Lundgren",
];

const DUTCH_SURNAMES: &[&str] =
    &["van Dijk", "de Groot", "Vermeer", "Hoekstra", "Kuiper", "Mulder", "Postma", "van Leeuwen", "Schouten", "Bosman"];

const FRENCH_SURNAMES: &[&str] = &[
    "Delacroix",
    "Fournier",
    "Girard",
    "Lambert",
    "Mercier",
    "Rousselot",
    "Chevalier",
    "Bonnet",
    "Marchand",
    "Perrin",
];

const ASIAN_SURNAMES: &[&str] =
    &["Tan", "Lim", "Ong", "Koh", "Rahman", "Nair", "Chia", "Teo", "Goh", "Ismail", "Pillai", "Yeo"];

/// Surnames of a folk.
pub(super) fn surnames(folk: Folk) -> &'static [&'static str] {
    match folk {
        Anglo => ANGLO_SURNAMES,
        German => GERMAN_SURNAMES,
        Nordic => NORDIC_SURNAMES,
        Dutch => DUTCH_SURNAMES,
        French => FRENCH_SURNAMES,
        Asian => ASIAN_SURNAMES,
    }
}

/// Public bodies: industry, and what stands behind the city.
pub(super) const PUBLIC: &[(&str, &str)] = &[
    ("government", "City Council"),
    ("government", "Water Authority"),
    ("government", "Environment Agency Office"),
    ("government", "Port Authority"),
    ("education", "Technical University"),
    ("education", "College of Engineering"),
    ("medical", "General Hospital"),
    ("medical", "Public Health Laboratory"),
];
