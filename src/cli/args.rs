//! Everything that can be said on the command line.

use clap::{ArgAction, Args, Parser, Subcommand};
use std::path::PathBuf;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "kehu",
    version,
    about = "The salesperson's workbench in a terminal",
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true
)]
pub struct CommandLine {
    /// What holds for every command.
    #[command(flatten)]
    pub global: Global,
    /// What is to be done; nothing opens the screen.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What holds for every command.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Options for every command")]
pub struct Global {
    /// Folder of the book (also KEHU_BOOK)
    #[arg(long, value_name = "DIR", global = true)]
    pub book: Option<PathBuf>,
    /// Language: zh or en
    #[arg(long, value_name = "LANG", global = true, value_parser = ["zh", "en"])]
    pub lang: Option<String>,
    /// Write nothing
    #[arg(long, global = true)]
    pub read_only: bool,
    /// Answer as one JSON document
    #[arg(long, global = true)]
    pub json: bool,
    /// Take this day for today (also KEHU_TODAY)
    #[arg(long, value_name = "DATE", global = true)]
    pub as_of: Option<String>,
    /// Screen: terminal, dark, light, colour-blind or mono
    #[arg(long, value_name = "NAME", global = true)]
    pub theme: Option<String>,
    /// Screen: default, vim, emacs, zh or your own keys
    #[arg(long, value_name = "NAME", global = true)]
    pub keymap: Option<String>,
    /// Screen: draw with plain ASCII
    #[arg(long, global = true)]
    pub ascii: bool,
    /// Screen: let the mouse be used
    #[arg(long, global = true)]
    pub mouse: bool,
    /// Show this help
    #[arg(short, long, global = true, action = ArgAction::Help)]
    pub help: Option<bool>,
    /// Show the version
    #[arg(short = 'V', long, action = ArgAction::Version)]
    pub version: Option<bool>,
}

/// What can be done.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Make a sample book and open it
    Demo(Demo),
    /// Take in customers, orders, deals … from spreadsheets, cards and JSON
    Import(Import),
    /// Write customers or other records to a file
    Export(Export),
    /// Find customers by name, pinyin, phone or code
    Find(Find),
    /// Show one customer's card
    Show(Show),
    /// List customers
    List(List),
    /// Log a follow-up
    Log(Log),
    /// What is to be done: overdue, today and soon
    Due(Due),
    /// Move a deal to another stage
    Stage(Stage),
    /// Tiers of customers: computed, looked at, applied
    Tiers(Tiers),
    /// Member levels: shown, made, changed, taken out
    Levels(Levels),
    /// Who is leaving, why, how much is at risk, and who does what
    Risk(Risk),
    /// Hand one person's work over to others
    Handover(Handover),
    /// How far deals come, where they are lost, and why
    Funnel(Funnel),
    /// Take back the latest change
    Undo,
    /// Do again what was taken back
    Redo,
    /// What was changed, by whom and when
    History(History),
    /// Put the whole book into one file, and read it back
    Backup(Backup),
    /// Make a book of a backup, in a folder of its own
    Restore(Restore),
    /// Prove that the book, or a backup, is whole
    Verify(Verify),
    /// Make the book take less room
    Compact,
    /// The keys of the screen
    Keys(Keys),
    /// Write a script that completes commands and options in a shell
    Completions(Completions),
    /// Write the manual page, for man
    Man,
}

/// `kehu demo`.
#[derive(Clone, Debug, Args)]
pub struct Demo {
    /// How many customers
    #[arg(long, value_name = "N", default_value_t = 300, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub customers: u32,
    /// The same seed makes the same book
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Make it in this folder and do not open it
    #[arg(long, value_name = "DIR")]
    pub into: Option<PathBuf>,
    /// Customers in China and abroad together, also in English
    #[arg(long)]
    pub mixed: bool,
}

/// `kehu import`.
#[derive(Clone, Debug, Args)]
pub struct Import {
    /// Files to read, - for standard input; several are joined
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// What the rows are
    #[arg(long, value_name = "KIND", default_value = "auto", value_parser = KINDS)]
    pub kind: String,
    /// Read a column as this field
    #[arg(long, value_name = "FIELD=COLUMN")]
    pub map: Vec<String>,
    /// Read a word of a field as another
    #[arg(long, value_name = "FIELD:WORD=WORD")]
    pub values: Vec<String>,
    /// The sheet of a workbook
    #[arg(long, value_name = "S")]
    pub sheet: Option<String>,
    /// Encoding: auto, utf-8, gb18030 or big5
    #[arg(long, value_name = "NAME", default_value = "auto")]
    pub encoding: String,
    /// Unit of amounts whose heading names none: 元 or 万元
    #[arg(long, value_name = "UNIT")]
    pub unit: Option<String>,
    /// Only new records, only known ones, or both
    #[arg(long, value_name = "MODE", default_value = "both", value_parser = ["create", "update", "both"])]
    pub mode: String,
    /// Only say what would be done
    #[arg(long)]
    pub dry_run: bool,
}

/// What rows of a file can be.
pub const KINDS: [&str; 16] = [
    "customers",
    "contacts",
    "orders",
    "deals",
    "follow-ups",
    "feedback",
    "products",
    "owners",
    "costs",
    "targets",
    "next-steps",
    "teams",
    "strategies",
    "stages",
    "list-items",
    "auto",
];

/// `kehu find`.
#[derive(Clone, Debug, Args)]
pub struct Find {
    /// Name, pinyin, initials, phone, code, contact or tag
    #[arg(value_name = "QUERY", required = true)]
    pub query: Vec<String>,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
}

/// `kehu show`.
#[derive(Clone, Debug, Args)]
pub struct Show {
    /// Code, name, or what finds only one customer
    #[arg(value_name = "QUERY", required = true)]
    pub query: Vec<String>,
}

/// `kehu export`.
#[derive(Clone, Debug, Args)]
pub struct Export {
    /// What to write: customers, orders, …, all, or the tables s0 and s4
    #[arg(value_name = "KIND", default_value = "customers")]
    pub kind: String,
    /// csv, xlsx, json, vcf or md; else by the file's ending
    #[arg(long, value_name = "NAME")]
    pub format: Option<String>,
    /// Columns to write
    #[arg(long, value_name = "F,F", value_delimiter = ',')]
    pub columns: Vec<String>,
    /// Only of customers for which this holds
    #[arg(long, value_name = "EXPR")]
    pub filter: Option<String>,
    /// Mask names, phones and addresses of people
    #[arg(long)]
    pub mask: bool,
    /// The file; - or none for standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// `kehu list`.
#[derive(Clone, Debug, Args)]
pub struct List {
    /// Only customers for which this holds
    #[arg(long, value_name = "EXPR")]
    pub filter: Option<String>,
    /// Columns to sort by, - before one turns it round
    #[arg(long, value_name = "F,-F", allow_hyphen_values = true, value_delimiter = ',')]
    pub sort: Vec<String>,
    /// Columns to show
    #[arg(long, value_name = "F,F", value_delimiter = ',')]
    pub columns: Vec<String>,
    /// A view: one of your own, or mine, due, stuck, unnoticed, new, top, churn, unplanned
    #[arg(long, value_name = "NAME")]
    pub view: Option<String>,
    /// At most so many
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// As comma-separated values
    #[arg(long, conflicts_with = "json")]
    pub csv: bool,
}

/// `kehu log`.
#[derive(Clone, Debug, Args)]
pub struct Log {
    /// Code, name, or what finds only one customer
    #[arg(value_name = "QUERY")]
    pub query: String,
    /// What happened, as on the screen's line; - reads it from standard input
    #[arg(value_name = "LINE", required = true)]
    pub line: Vec<String>,
    /// When it was
    #[arg(long, value_name = "WHEN")]
    pub at: Option<String>,
    /// Who did it
    #[arg(long, value_name = "WHO")]
    pub by: Option<String>,
    /// The deal it is about: number or title
    #[arg(long, value_name = "D")]
    pub deal: Option<String>,
    /// Only say how the line is read
    #[arg(long)]
    pub dry_run: bool,
}

/// `kehu due`.
#[derive(Clone, Debug, Args)]
pub struct Due {
    /// So many days ahead
    #[arg(long, value_name = "N", default_value_t = 7, value_parser = clap::value_parser!(u16).range(0..=3660))]
    pub days: u16,
    /// Only what this person is to do
    #[arg(long, value_name = "W")]
    pub owner: Option<String>,
}

/// `kehu stage`.
#[derive(Clone, Debug, Args)]
pub struct Stage {
    /// Code, name, or what finds only one customer
    #[arg(value_name = "QUERY")]
    pub query: String,
    /// The stage it moves to
    #[arg(value_name = "STAGE")]
    pub stage: String,
    /// Which deal: number or title
    #[arg(long, value_name = "D")]
    pub deal: Option<String>,
    /// Why it was lost or won
    #[arg(long, value_name = "R")]
    pub reason: Option<String>,
}

/// `kehu tiers`.
#[derive(Clone, Debug, Args)]
pub struct Tiers {
    /// How: quantile, ntile, nested, threshold, abc, rules, or a saved scheme
    #[arg(long, value_name = "NAME", default_value = "quantile")]
    pub scheme: String,
    /// Orders of how long: 12m, 24m, all, or any number of months
    #[arg(long, value_name = "TIME")]
    pub window: Option<String>,
    /// Weights: equal, or by-kind (size for firms, frequency and satisfaction for persons)
    #[arg(long, value_name = "HOW", value_parser = ["equal", "by-kind"])]
    pub weights: Option<String>,
    /// Write who moves, by owner, with what is missing to the next tier: csv, xlsx or md by the file's ending
    #[arg(long, value_name = "FILE")]
    pub movers: Option<PathBuf>,
    /// What customers are worth and cost instead: CLV, CAC, payback, retention, NPS, repurchase, each with its formula
    #[arg(long, conflicts_with_all = ["movers", "apply", "window", "weights"])]
    pub value: bool,
    /// Write what comes of it
    #[arg(long)]
    pub apply: bool,
}

/// `kehu levels`.
#[derive(Clone, Debug, Args)]
pub struct Levels {
    /// The level to make or change; without it all are listed
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
    /// Spent at least
    #[arg(long, value_name = "AMOUNT", requires = "name")]
    pub spend: Option<String>,
    /// A customer for at least so many years
    #[arg(long, value_name = "N", requires = "name")]
    pub years: Option<u32>,
    /// At least so many points
    #[arg(long, value_name = "N", requires = "name")]
    pub least: Option<u32>,
    /// Points for each 100 spent
    #[arg(long, value_name = "N", requires = "name")]
    pub points: Option<u32>,
    /// Points for each order
    #[arg(long, value_name = "N", requires = "name")]
    pub per_order: Option<u32>,
    /// What the level brings
    #[arg(long, value_name = "TEXT", requires = "name")]
    pub benefits: Option<String>,
    /// For whom: persons, or everybody
    #[arg(long, value_name = "WHO", value_parser = ["persons", "everybody"], requires = "name")]
    pub only: Option<String>,
    /// Take the level out
    #[arg(long, requires = "name")]
    pub delete: bool,
}

/// `kehu risk`.
#[derive(Clone, Debug, Args)]
pub struct Risk {
    /// Only this person's customers
    #[arg(long, value_name = "W")]
    pub owner: Option<String>,
    /// Those lost for over a year, to be won back
    #[arg(long)]
    pub lost: bool,
    /// As comma-separated values
    #[arg(long, conflicts_with = "json")]
    pub csv: bool,
}

/// `kehu handover`.
#[derive(Clone, Debug, Args)]
pub struct Handover {
    /// Whose customers, open deals, promises and complaints
    #[arg(value_name = "FROM")]
    pub from: String,
    /// Who takes them over
    #[arg(long, value_name = "A,B", required = true, value_delimiter = ',')]
    pub to: Vec<String>,
    /// By region, industry or any such column, each to one person; by tier, as many of each to everyone
    #[arg(long, value_name = "COLUMN")]
    pub by: Option<String>,
    /// First contacts that one person makes in a working day
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub per_day: u32,
    /// Only say what would be handed over
    #[arg(long)]
    pub dry_run: bool,
    /// The list as comma-separated values
    #[arg(long, conflicts_with = "json")]
    pub csv: bool,
}

/// `kehu funnel`.
#[derive(Clone, Debug, Args)]
pub struct Funnel {
    /// Only deals opened from this day on
    #[arg(long, value_name = "D")]
    pub from: Option<String>,
    /// Only deals opened up to this day
    #[arg(long, value_name = "D")]
    pub to: Option<String>,
    /// Also put together by this
    #[arg(long, value_name = "WHAT", value_parser = GROUPED_BY)]
    pub by: Option<String>,
    /// Only deals of this person
    #[arg(long, value_name = "W")]
    pub owner: Option<String>,
    /// The sheet of this month's meeting instead: how deals moved, what slipped, the gap to target
    #[arg(long, value_name = "2026-11", conflicts_with_all = ["from", "to", "by"])]
    pub month: Option<String>,
    /// The file the sheet is written to: .xlsx, .md or .csv
    #[arg(short, long, value_name = "FILE", requires = "month")]
    pub output: Option<PathBuf>,
}

/// What deals can be put together by.
pub const GROUPED_BY: [&str; 7] = ["stage", "owner", "office", "region", "industry", "channel", "product"];

/// `kehu history`.
#[derive(Clone, Debug, Args)]
pub struct History {
    /// Only this customer's
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    /// At most so many entries
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
}

/// `kehu backup`.
#[derive(Clone, Debug, Args)]
pub struct Backup {
    /// The file to be written
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Replace a file of that name
    #[arg(long)]
    pub force: bool,
}

/// `kehu restore`.
#[derive(Clone, Debug, Args)]
pub struct Restore {
    /// A file written by kehu backup
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The folder of the book: empty, or not there yet
    #[arg(long = "as", value_name = "DIR")]
    pub folder: PathBuf,
}

/// `kehu verify`.
#[derive(Clone, Debug, Args)]
pub struct Verify {
    /// A backup to check instead of the book
    #[arg(value_name = "FILE", conflicts_with = "repair")]
    pub file: Option<PathBuf>,
    /// Make again what is not as the journal tells
    #[arg(long)]
    pub repair: bool,
    /// Write what a working copy holds beyond a damaged or shortened journal as new entries
    #[arg(long)]
    pub salvage: bool,
}

/// `kehu keys`.
#[derive(Clone, Debug, Args)]
pub struct Keys {
    /// Tell the mistakes in your own key files
    #[arg(long, conflicts_with = "markdown")]
    pub check: bool,
    /// As Markdown tables
    #[arg(long)]
    pub markdown: bool,
}

/// `kehu completions`.
#[derive(Clone, Debug, Args)]
pub struct Completions {
    /// bash, zsh, fish, elvish or powershell
    #[arg(value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}
