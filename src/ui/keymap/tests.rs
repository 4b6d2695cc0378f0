//! How keys are looked up, layers laid and mistakes survived.

use super::*;
use crate::text::Language;
use crate::ui::action::{Action, Scope};
use crate::ui::event::Press;
use proptest::prelude::*;
use ratatui::crossterm::event::{KeyCode, KeyModifiers};

fn over(base: &str, text: &str) -> Result<Keymap, Vec<Mistake>> {
    Keymap::read(base, &[KeyFile { name: base.to_owned(), path: "my.toml".to_owned(), text: text.to_owned() }])
}

fn keys(written: &str) -> Vec<Press> {
    key::read(written).unwrap()
}

fn acts(keymap: &Keymap, scope: Scope, written: &str) -> Option<Vec<Action>> {
    match keymap.find(scope, &keys(written)) {
        Found::Act(acts) => Some(acts.to_vec()),
        _ => None,
    }
}

#[test]
fn the_narrow_scope_is_asked_before_the_wide_one() {
    let map = over("default", "[global]\n'x' = 'undo'\n[list]\n'x' = 'redo'").unwrap();
    assert_eq!(acts(&map, Scope::List, "x"), Some(vec![Action::Redo]));
    assert_eq!(acts(&map, Scope::Help, "x"), Some(vec![Action::Undo]));
}

#[test]
fn a_sequence_waits_and_says_what_can_follow() {
    let map = over("default", "[list]\n'x a' = 'redo'\n'x b c' = 'undo'\n[global]\n'x d' = 'help'").unwrap();
    let Found::Wait(candidates) = map.find(Scope::List, &keys("x")) else { panic!("does not wait") };
    let shown: Vec<_> = candidates.iter().map(|one| (notation(&[one.key]), one.acts.to_vec())).collect();
    assert_eq!(
        shown,
        [("a".to_owned(), vec![Action::Redo]), ("b".to_owned(), vec![]), ("d".to_owned(), vec![Action::Help])]
    );
    assert_eq!(acts(&map, Scope::List, "x b c"), Some(vec![Action::Undo]));
    assert_eq!(acts(&map, Scope::List, "x d"), Some(vec![Action::Help]));
    assert_eq!(map.find(Scope::List, &keys("x z")), Found::Nothing);
}

#[test]
fn unbound_falls_through_and_noop_swallows() {
    let map = over("default", "[global]\n'x' = 'undo'\n'y' = 'unbound'\n[list]\n'x' = 'noop'").unwrap();
    assert_eq!(acts(&map, Scope::List, "x"), Some(vec![]));
    assert_eq!(acts(&map, Scope::List, "y"), None);
    assert_eq!(map.find(Scope::List, &keys("y")), Found::Nothing);
    let fallen = over("vim", "[list]\n's' = 'unbound'\n[global]\n's' = 'help'").unwrap();
    assert_eq!(acts(&fallen, Scope::List, "s"), Some(vec![Action::Help]));
}

#[test]
fn clear_drops_what_was_inherited_but_never_the_way_out() {
    let map = over("default", "clear = true\n[global]\n'C-q' = 'help'").unwrap();
    assert_eq!(acts(&map, Scope::List, "Down"), None);
    for scope in Scope::ALL {
        assert_eq!(acts(&map, scope, "C-q"), Some(vec![Action::Quit]), "{scope:?}");
    }
    let list = over("default", "[form]\nclear = true").unwrap();
    assert_eq!(acts(&list, Scope::Form, "C-s"), None);
    assert_eq!(acts(&list, Scope::List, "f"), Some(vec![Action::FollowUp]));
}

#[test]
fn quit_is_given_back_where_its_key_was_taken() {
    let text = "[global]\n'C-q' = 'unbound'\n[form]\n'C-q' = 'save'\n[list]\n'C-q C-q' = 'redo'";
    let map = over("default", text).unwrap();
    for scope in Scope::ALL {
        assert_eq!(acts(&map, scope, "C-q"), Some(vec![Action::Quit]), "{scope:?}");
    }
    let own = over("default", "[global]\n'C-q' = 'unbound'\n'F10' = 'quit'\n[form]\n'C-q' = 'save'").unwrap();
    assert_eq!(acts(&own, Scope::Form, "C-q"), Some(vec![Action::Save]));
}

#[test]
fn a_list_runs_several_acts() {
    let map = over("default", "[list]\n'x' = ['mark', 'select-next']").unwrap();
    assert_eq!(acts(&map, Scope::List, "x"), Some(vec![Action::Mark, Action::SelectNext]));
}

#[test]
fn a_key_is_a_leaf_or_a_prefix_in_one_scope_never_both() {
    let said = |result: Result<Keymap, Vec<Mistake>>| result.unwrap_err()[0].say(Language::En);
    let text = "[list]\n'x' = 'open'\n'x y' = 'mark'";
    assert!(said(over("default", text)).starts_with("my.toml:3: “x” runs an act, so “x y” cannot"));
    let text = "[global]\n'g g' = 'select-first'";
    assert!(said(over("default", text)).starts_with("my.toml:2: “g” runs an act, so “g g” cannot"));
    assert!(over("default", "[global]\n'g' = 'unbound'\n'g g' = 'select-first'").is_ok());
    assert!(over("default", "[global]\n'x' = 'help'\n[list]\n'x y' = 'mark'").is_ok());
}

#[test]
fn a_users_own_map_may_inherit_a_shipped_one_or_another_own_one() {
    let file =
        |name: &str, text: &str| KeyFile { name: name.to_owned(), path: format!("{name}.toml"), text: text.to_owned() };
    let files = [
        file("mine", "inherits = 'office'\n[list]\n'x' = 'mark'"),
        file("office", "inherits = 'vim'\n[list]\n'x' = 'open'\n'z' = 'open'"),
        file("default", "[global]\n'F12' = 'quit'"),
        file("a", "inherits = 'b'"),
        file("b", "inherits = 'a'"),
        file("lost", "inherits = 'vmi'"),
    ];
    let map = Keymap::read("mine", &files).unwrap();
    assert_eq!(acts(&map, Scope::List, "x"), Some(vec![Action::Mark]));
    assert_eq!(acts(&map, Scope::List, "z"), Some(vec![Action::Open]));
    assert_eq!(acts(&map, Scope::List, "g g"), Some(vec![Action::SelectFirst]));
    assert_eq!(acts(&map, Scope::List, "F12"), Some(vec![Action::Quit]));
    let said: Vec<_> = check(&files).iter().map(|mistake| mistake.say(Language::En)).collect();
    assert_eq!(
        said,
        [
            "b.toml:1: “a” inherits itself",
            "a.toml:1: “b” inherits itself",
            "lost.toml:1: no keymap is called “vmi”; did you mean “vim”?"
        ]
    );
    let (kept, mistakes) = Keymap::open("dvorak", &files);
    assert_eq!((kept.name(), mistakes.len()), ("default", 1));
}

#[test]
fn a_mistake_keeps_the_map_in_force() {
    let mut map = over("default", "[list]\n'x' = 'mark'").unwrap();
    let before = map.clone();
    let bad = KeyFile { name: "default".to_owned(), path: String::new(), text: "[list]\n'x' = 'nope'".to_owned() };
    assert_eq!(map.reload("default", &[bad]).unwrap_err().len(), 1);
    assert_eq!(map, before);
    assert!(map.reload("vim", &[]).is_ok());
    assert_eq!(map, Keymap::shipped("vim"));
}

#[test]
fn where_text_is_typed_a_printable_character_is_text() {
    let map = Keymap::shipped("default");
    for scope in Scope::ALL.into_iter().filter(|scope| scope.takes_text()) {
        for typed in "aQ1?/ ：、客é".chars() {
            let press = Press { code: KeyCode::Char(typed), mods: KeyModifiers::NONE };
            assert_eq!(map.find(scope, &[press]), Found::Nothing, "{scope:?} {typed}");
        }
    }
    assert_eq!(acts(&Keymap::shipped("emacs"), Scope::Form, "C-x C-s"), Some(vec![Action::Save]));
}

#[test]
fn full_width_signs_act_as_plain_ones_in_a_list() {
    let map = Keymap::shipped("default");
    let cases = [
        ('：', Action::Palette),
        ('／', Action::Find),
        ('、', Action::Find),
        ('？', Action::Help),
        ('２', Action::Customers),
        ('ｊ', Action::SelectNext),
        ('。', Action::FollowUpRepeat),
        ('　', Action::Mark),
    ];
    for (typed, act) in cases {
        let press = Press { code: KeyCode::Char(typed), mods: KeyModifiers::NONE };
        assert_eq!(map.find(Scope::List, &[press]), Found::Act(&[act]), "{typed}");
    }
}

#[test]
fn the_key_shown_is_the_one_said_first_in_the_topmost_layer() {
    let shown_for = |map: &str, act, scope| {
        Keymap::shipped(map).key_for(act, scope).map(|keys| shown(keys, true)).unwrap_or_default()
    };
    assert_eq!(shown_for("default", Action::FollowUp, Scope::List), "f");
    assert_eq!(shown_for("zh", Action::FollowUp, Scope::List), "F4");
    assert_eq!(shown_for("default", Action::FollowUp, Scope::Find), "F4");
    assert_eq!(shown_for("vim", Action::SelectFirst, Scope::List), "home");
    assert_eq!(shown_for("default", Action::Help, Scope::Form), "F1");
}

fn any_press() -> impl Strategy<Value = Press> {
    let code = prop_oneof![
        any::<char>().prop_map(KeyCode::Char),
        proptest::sample::select("gGxdCuq ：、".chars().collect::<Vec<_>>()).prop_map(KeyCode::Char),
        any::<u8>().prop_map(KeyCode::F),
        proptest::sample::select(vec![KeyCode::Enter, KeyCode::BackTab, KeyCode::Null, KeyCode::Up]),
    ];
    (code, any::<u8>()).prop_map(|(code, bits)| Press { code, mods: KeyModifiers::from_bits_truncate(bits) })
}

fn any_line() -> impl Strategy<Value = String> {
    let key = prop_oneof!["[a-zA-Z:/ -]{1,5}", Just("C-x".to_owned()), Just("g".to_owned()), Just("clear".to_owned())];
    let value = proptest::sample::select(vec![
        "'quit'",
        "'unbound'",
        "'noop'",
        "['open','mark']",
        "[]",
        "true",
        "3",
        "'nonsense'",
        "'select-next'",
    ]);
    prop_oneof![
        (key, value).prop_map(|(key, value)| format!("'{key}' = {value}")),
        proptest::sample::select(vec![
            "[list]",
            "[form]",
            "[global]",
            "[odd]",
            "inherits = 'vim'",
            "clear = true",
            "["
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_text_gives_a_map_or_mistakes_and_a_map_can_always_be_left(
        lines in proptest::collection::vec(any_line(), 0..12),
        presses in proptest::collection::vec(any_press(), 0..4),
    ) {
        match over("default", &lines.join("\n")) {
            Ok(map) => {
                prop_assert!(map.key_for(Action::Quit, Scope::Global).is_some());
                for scope in Scope::ALL {
                    let _ = map.find(scope, &presses);
                }
            }
            Err(mistakes) => {
                for mistake in mistakes {
                    prop_assert!(!mistake.say(Language::En).is_empty() && !mistake.say(Language::Zh).is_empty());
                }
            }
        }
    }

    #[test]
    fn any_presses_act_wait_or_come_to_nothing(presses in proptest::collection::vec(any_press(), 0..5)) {
        for (name, _) in SHIPPED {
            let map = Keymap::shipped(name);
            for scope in Scope::ALL {
                if let Found::Wait(candidates) = map.find(scope, &presses) {
                    prop_assert!(!candidates.is_empty());
                }
            }
        }
    }
}
