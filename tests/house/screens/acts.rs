//! The table of acts against the program: every act does something somewhere, and none does harm anywhere.

use crate::screens::stage::{Stage, en};
use kehu::ui::action::{Action, Scope};
use kehu::ui::app::Flow;
use kehu::ui::event::Event;
use kehu::ui::keymap::Keymap;
use std::sync::OnceLock;

/// Every scope, and ways of being in it with something above and below, before and behind.
const PLACES: &[(Scope, &str)] = &[
    (Scope::List, "Down Down"),
    (Scope::List, "Down Space s 'revenue' Enter l"),
    (Scope::List, "D u u Down Down Down"),
    (Scope::List, "D"),
    (Scope::List, "S S Down / 'a' Esc Down"),
    (Scope::Detail, "Down Enter"),
    (Scope::Detail, "Enter Down Down Down"),
    (Scope::Detail, "Down Enter Tab"),
    (Scope::Detail, "D u Enter / 'feedback' Enter"),
    (Scope::Detail, "Enter / 'step' Enter"),
    (Scope::Today, "1 Down Down"),
    (Scope::Today, "1 Down r Esc End"),
    (Scope::Review, "f 'call >tomorrow send samples' Enter 1 v Down"),
    (Scope::Review, "f 'call >tomorrow send samples' Enter 1 v"),
    (Scope::Run, "1 r Down"),
    (Scope::Run, "1 r"),
    (Scope::Funnel, "3 Down Down"),
    (Scope::Funnel, "3 Down Right"),
    (Scope::Deals, "3 Down Down Down Enter"),
    (Scope::Deals, "3 Down Down Down Enter Space"),
    (Scope::Stages, "3 S Down Down"),
    (Scope::Tiers, "4 Down"),
    (Scope::Tiers, "4 T Enter Enter Enter"),
    (Scope::Tiers, "4 T Enter Enter Enter Space Down"),
    (Scope::Tiers, "4 Tab"),
    (Scope::Rules, "4 Tab Tab Tab Tab Down"),
    (Scope::Rules, "4 S-Tab Down"),
    (Scope::Form, "4 Tab Tab Tab Tab Down Down Down Down Down Enter Down Down Down Down Down"),
    (Scope::Line, "f 'call ab cd' Left Left C-k C-u 'e o' Left"),
    (Scope::Line, "f '电话 确认报价 明天再打'"),
    (Scope::Line, "f '电话 +'"),
    (Scope::Form, "e Down Down 'ab cd' Left Left C-k C-u"),
    (Scope::Form, "e Down Down 'ab cd' Left"),
    (Scope::Form, "e Down Down Down Down"),
    (Scope::Find, "/ 'a b' Left Left C-k C-u 'e o' Left"),
    (Scope::Find, "F3 'a'"),
    (Scope::Find, "F 'ind'"),
    (Scope::Find, "/ 'e' Down Down"),
    (Scope::Find, "/"),
    (Scope::Picker, ": 'e n' Left"),
    (Scope::Picker, ": Down Down"),
    (Scope::Picker, "s Down"),
    (Scope::Picker, "z Down"),
    (Scope::Help, "? Down Down"),
    (Scope::Data, "D 6"),
    (Scope::Data, "D u D u 6 Down Down"),
    (Scope::Path, "i '{folder}/ma' Left"),
    (Scope::Path, "i '{folder}/ma'"),
    (Scope::Wizard, "i \"{folder}/many.csv\" Enter Down"),
    (Scope::Wizard, "i \"{folder}/many.csv\" Enter Enter Down Down Down"),
    (Scope::Wizard, "i \"{folder}/many.csv\" Enter Enter Enter Enter"),
];

/// Keys with the folder of a file of thirty columns in the place of its name.
fn ready(keys: &str) -> String {
    static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let own: String = (0..30).map(|at| format!(",自定{at}")).collect();
        std::fs::write(folder.path().join("many.csv"), format!("客户名称,总金额{own}\n新客户,abc\n")).unwrap();
        folder
    });
    keys.replace("{folder}", folder.path().to_str().unwrap())
}

fn keymap() -> &'static Keymap {
    static MAP: OnceLock<Keymap> = OnceLock::new();
    MAP.get_or_init(|| Keymap::open("default", &[]).0)
}

/// Presses the key of an act; gives what the terminal is asked for, and whether the screen is another.
fn done(stage: &mut Stage, act: Action, scope: Scope) -> Option<(Flow, bool)> {
    let keys = keymap().key_for(act, scope)?.to_vec();
    stage.press("F20");
    let before = stage.picture();
    let flow = stage.events(keys.into_iter().map(Event::Press).collect());
    Some((flow, stage.picture() != before))
}

/// Whether an act asked by its key does anything in one of the places; an act without a key is asked by the palette.
fn works(act: Action) -> bool {
    let places = PLACES.iter().filter(|(scope, _)| act.works_in(*scope));
    let mut tried = places.map(|(scope, keys)| match done(&mut en().size(60, 16).keys(&ready(keys)), act, *scope) {
        Some((flow, changed)) => changed || flow != Flow::On,
        None => by_palette(act, keys),
    });
    tried.any(|worked| worked)
}

fn by_palette(act: Action, keys: &str) -> bool {
    let mut stage = en().keys(&ready(keys)).keys("F20");
    let before = stage.picture();
    let flow = stage.press(&format!("F9 '{}' Enter", act.label().en));
    flow != Flow::On || stage.picture() != before
}

#[test]
fn every_act_of_the_table_works_somewhere() {
    let idle: Vec<Action> = Action::ALL.iter().copied().filter(|act| !works(*act)).collect();
    assert_eq!(idle, [], "these do nothing");
}

#[test]
fn no_act_in_any_place_breaks_the_program() {
    for (scope, keys) in PLACES {
        let mut stage = en().size(80, 24).keys(&ready(keys));
        for act in Action::ALL {
            done(&mut stage, *act, *scope);
            stage.press(&format!("F20 Esc Esc Esc Esc {keys}"));
        }
    }
}
