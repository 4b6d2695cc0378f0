//! What every keymap that comes with the program must keep to.

use super::reserved::RESERVED;
use super::{Found, KeyFile, Keymap, SHIPPED, check, key, layer, notation};
use crate::text::Language;
use crate::ui::action::{Action, Scope};
use crate::ui::event::Press;
use ratatui::crossterm::event::{KeyCode, KeyModifiers};

/// Acts that only the palette reaches.
const PALETTE_ONLY: [Action; 9] = [
    Action::ReloadKeys,
    Action::ContactRhythm,
    Action::Schemes,
    Action::AdviceRules,
    Action::MemberLevels,
    Action::PotentialWeights,
    Action::Workdays,
    Action::Review,
    Action::Complaints,
];

fn shipped() -> impl Iterator<Item = Keymap> {
    SHIPPED.iter().map(|(name, _)| Keymap::shipped(name))
}

/// Whether a Chinese input method lets this key through: no letter, unless with Ctrl.
fn is_letterless(press: &Press) -> bool {
    match press.code {
        KeyCode::Char(c) => !c.is_alphabetic() || press.mods == KeyModifiers::CONTROL,
        _ => true,
    }
}

/// What a key pressed in a scope asks for.
fn asked(map: &Keymap, scope: Scope, written: &str) -> Vec<Action> {
    match map.find(scope, &key::read(written).unwrap()) {
        Found::Act(acts) => acts.to_vec(),
        _ => Vec::new(),
    }
}

#[test]
fn all_shipped_maps_are_without_mistakes_and_found_by_name() {
    for (name, _) in SHIPPED {
        let (map, mistakes) = Keymap::open(name, &[]);
        let said: Vec<_> = mistakes.iter().map(|mistake| mistake.say(Language::En)).collect();
        assert_eq!(said, Vec::<String>::new());
        assert_eq!(map.name(), name);
    }
}

#[test]
fn all_shipped_maps_but_the_default_lie_over_it() {
    for (name, text) in SHIPPED {
        let inherits = text.lines().any(|line| line == "inherits = \"default\"");
        assert_eq!(inherits, name != "default", "{name}");
    }
}

#[test]
fn a_shipped_map_copied_into_the_users_folder_is_no_mistake() {
    let files: Vec<KeyFile> = SHIPPED
        .iter()
        .map(|(name, text)| KeyFile {
            name: (*name).to_owned(),
            path: format!("{name}.toml"),
            text: (*text).to_owned(),
        })
        .collect();
    assert_eq!(check(&files), []);
}

#[test]
fn every_act_is_reached_without_letters_wherever_it_works() {
    for map in shipped() {
        for scope in Scope::ALL {
            for act in Action::ALL.iter().filter(|act| act.works_in(scope) && !PALETTE_ONLY.contains(act)) {
                // Where Esc has a name of its own, going back is that.
                let is_back = *act == Action::GoBack && !asked(&map, scope, "Esc").is_empty();
                let keys = map.keys_for(*act, scope);
                let reached = keys.iter().any(|keys| keys.iter().all(is_letterless));
                assert!(reached || is_back, "{} has no key without letters for {act:?} in {scope:?}", map.name());
            }
        }
    }
}

/// `w` saved a scheme, wrote problems to a file and put deals on hold, as the screen was.
#[test]
fn a_reserved_key_means_the_same_on_every_screen() {
    for map in shipped() {
        for scope in Scope::ALL.into_iter().filter(|scope| !scope.takes_text()) {
            for reserved in RESERVED {
                let others = asked(&map, scope, reserved.key);
                let others: Vec<_> = others.into_iter().filter(|act| !reserved.acts.contains(act)).collect();
                let (name, key, means) = (map.name(), reserved.key, reserved.means);
                assert_eq!(others, [], "{name}: {key} in {scope:?} is for this: {means}");
            }
        }
    }
}

#[test]
fn an_act_without_a_key_is_known_to_the_palette_from_everywhere() {
    for act in PALETTE_ONLY {
        assert_eq!(act.scopes(), [Scope::Global]);
    }
}

#[test]
fn nothing_dangerous_lies_on_a_key_that_moves_about() {
    let moves = [
        "Up", "Down", "Left", "Right", "Home", "End", "PageUp", "PageDown", "Tab", "Space", "Enter", "Esc", "h", "j",
        "k", "l", "g", "G", "n", "N", "C-d", "C-u", "C-f", "C-b", "C-n", "C-p", "[", "]", "{", "}",
    ];
    let moves: Vec<Press> = moves.iter().flat_map(|key| key::read(key).unwrap()).collect();
    // An arrow moves about whatever is held with it; a letter with Ctrl is another key.
    let moves_about = |press: &Press| {
        let is_letter = matches!(press.code, KeyCode::Char(_));
        moves.iter().any(|moving| moving.code == press.code && (!is_letter || moving.mods == press.mods))
    };
    for map in shipped() {
        for scope in Scope::ALL {
            let dangers = Action::ALL.iter().filter(|act| act.is_danger());
            for keys in dangers.flat_map(|act| map.keys_for(*act, scope)) {
                assert!(!keys.iter().any(moves_about), "{} {}", map.name(), notation(keys));
            }
        }
    }
}

#[test]
fn enter_is_never_dangerous_and_esc_never_quits_nor_discards() {
    let taking = [Action::Quit, Action::ClearField, Action::ClearMarks, Action::KillToStart, Action::Undo];
    for map in shipped() {
        for scope in Scope::ALL {
            for written in ["Enter", "Esc", "C-Enter", "M-Enter", "S-Enter", "M-Esc"] {
                let acts = asked(&map, scope, written);
                assert!(acts.iter().all(|act| !act.is_danger()), "{} {scope:?} {written}", map.name());
                let keeps = acts.iter().all(|act| !taking.contains(act));
                assert!(keeps, "{} {scope:?} {written}: {acts:?}", map.name());
            }
            assert_eq!(asked(&map, scope, "Esc").len(), 1, "{} {scope:?}: Esc goes one level back", map.name());
        }
    }
}

#[test]
fn the_same_few_keys_work_everywhere_in_every_shipped_map() {
    for map in shipped() {
        for scope in Scope::ALL {
            assert_eq!(asked(&map, scope, "C-q"), [Action::Quit], "{} {scope:?}", map.name());
            assert_eq!(asked(&map, scope, "F1"), [Action::Help], "{} {scope:?}", map.name());
            assert_eq!(asked(&map, scope, "F3"), [Action::FindAnywhere], "{} {scope:?}", map.name());
            assert_eq!(asked(&map, scope, "F9"), [Action::Palette], "{} {scope:?}", map.name());
        }
    }
}

#[test]
fn the_shipped_maps_need_no_forcing_to_be_left() {
    for (name, _) in SHIPPED {
        let (bindings, _) = layer::stack(name, &[]);
        let quits = |scope| bindings.of(scope).iter().any(|binding| binding.acts == [Action::Quit]);
        assert!(quits(Scope::Global), "{name}");
    }
}

#[test]
fn the_chinese_map_puts_the_function_keys_first() {
    let map = Keymap::shipped("zh");
    let cases = [
        ("F1", Action::Help),
        ("F2", Action::Edit),
        ("F3", Action::FindAnywhere),
        ("F4", Action::FollowUp),
        ("F5", Action::Tiers),
        ("F6", Action::Funnel),
        ("F7", Action::Today),
        ("F8", Action::Delete),
        ("F9", Action::Palette),
    ];
    for (written, act) in cases {
        assert_eq!(map.key_for(act, Scope::List).map(notation), Some(written.to_owned()));
        assert_eq!(asked(&map, Scope::List, written), [act]);
    }
}

#[test]
fn the_example_in_the_default_map_is_right() {
    let (_, text) = SHIPPED[0];
    let example: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("#     ")).collect();
    assert!(example.len() > 5);
    let file = KeyFile { name: "mine".to_owned(), path: "mine.toml".to_owned(), text: example.join("\n") };
    let map = Keymap::read("mine", &[file]).unwrap();
    assert_eq!(asked(&map, Scope::Detail, "g l"), [Action::SelectLast]);
    assert_eq!(asked(&map, Scope::Help, "F10"), [Action::Quit]);
}
