//! The keys set out for reading: footer, help and the tables of keymaps/README.md.

use super::key::notation;
use super::map::Keymap;
use crate::text::{Language, Words, words};
use crate::ui::action::{Action, Scope};
use crate::ui::event::Press;
use ratatui::crossterm::event::KeyCode;
use std::fmt;

/// An act and the keys that ask for it, the one to show first in front.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row<'a> {
    /// The act.
    pub action: Action,
    /// Its keys; empty when only the palette reaches it.
    pub keys: Vec<&'a [Press]>,
}

/// The acts of one group in the help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group<'a> {
    /// The scope they belong to.
    pub scope: Scope,
    /// The acts, in the order of the table.
    pub rows: Vec<Row<'a>>,
}

const KEYS: Words = words("Keys", "按键");
const DOES: Words = words("What it does", "作用");
const NAME: Words = words("Name in keymap files", "键位文件中的名称");
const PALETTE: Words = words("(palette)", "（命令面板）");

impl Keymap {
    /// The acts shown at the foot of the screen in `scope`, each with its key; the scope's own before the global ones.
    pub fn footer(&self, scope: Scope) -> Vec<(Action, &[Press])> {
        let mut acts: Vec<Action> =
            Action::ALL.iter().copied().filter(|act| act.in_footer() && act.works_in(scope)).collect();
        acts.sort_by_key(|act| act.works_in(Scope::Global));
        acts.into_iter().filter_map(|act| Some((act, self.foot_key(act, scope)?))).collect()
    }

    /// The key a foot shows: the way back is Esc wherever it may be, the same on every screen.
    fn foot_key(&self, act: Action, scope: Scope) -> Option<&[Press]> {
        let keys = self.keys_for(act, scope);
        let escape = |keys: &&[Press]| matches!(keys, [press] if press.code == KeyCode::Esc);
        keys.iter().copied().find(|keys| act == Action::GoBack && escape(keys)).or(keys.first().copied())
    }

    /// All that can be done in `scope`, for the help: its own acts, then those of every place.
    pub fn help(&self, scope: Scope) -> Vec<Group<'_>> {
        let own = |act: Action| act.works_in(scope) && !act.works_in(Scope::Global);
        let groups = [
            Group { scope, rows: self.rows(scope, own) },
            Group { scope: Scope::Global, rows: self.rows(scope, |act| act.works_in(Scope::Global)) },
        ];
        groups.into_iter().filter(|group| !group.rows.is_empty()).collect()
    }

    /// All scopes' keys: every act under the first scope it belongs to, and again where its keys are others.
    pub fn listing(&self) -> Vec<Group<'_>> {
        let mut said: Vec<Row<'_>> = Vec::new();
        let mut groups = Vec::new();
        for scope in Scope::ALL {
            let own = |act: Action| act.scopes().contains(&scope) || self.has_own_key(act, scope);
            let mut rows = self.rows(scope, own);
            // An act of some places only is listed there, though its key may stand in the global table.
            rows.retain(|row| !said.contains(row) && row.action.works_in(scope));
            said.extend(rows.iter().cloned());
            if !rows.is_empty() {
                groups.push(Group { scope, rows });
            }
        }
        groups
    }

    /// The acts wanted, with their keys in `scope`.
    fn rows(&self, scope: Scope, wanted: impl Fn(Action) -> bool) -> Vec<Row<'_>> {
        let acts = Action::ALL.iter().copied().filter(|act| wanted(*act));
        acts.map(|action| Row { action, keys: self.keys_for(action, scope) }).collect()
    }

    /// Writes all keys as Markdown tables, one a scope.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_markdown(&self, out: &mut impl fmt::Write, language: Language) -> fmt::Result {
        for (at, group) in self.listing().iter().enumerate() {
            if at > 0 {
                writeln!(out)?;
            }
            writeln!(out, "### {}\n", group.scope.words().say(language))?;
            writeln!(out, "| {} | {} | {} |", KEYS.say(language), DOES.say(language), NAME.say(language))?;
            writeln!(out, "|---|---|---|")?;
            for row in &group.rows {
                let keys: Vec<String> = row.keys.iter().map(|keys| code(&notation(keys))).collect();
                let keys = if keys.is_empty() { PALETTE.say(language).to_owned() } else { keys.join(" ") };
                writeln!(out, "| {keys} | {} | `{}` |", row.action.help().say(language), row.action.name())?;
            }
        }
        Ok(())
    }
}

/// A key as code in a Markdown table: a bar is escaped, a backtick fenced by two.
fn code(key: &str) -> String {
    let key = key.replace('|', "\\|");
    if key.contains('`') { format!("`` {key} ``") } else { format!("`{key}`") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::keymap::{KeyFile, shown};

    fn footer(map: &str, scope: Scope, language: Language) -> String {
        let map = Keymap::shipped(map);
        let items = map.footer(scope).into_iter();
        let items: Vec<String> =
            items.map(|(act, keys)| format!("{} {}", shown(keys, false), act.label().say(language))).collect();
        items.join("  ")
    }

    #[test]
    fn the_footer_shows_the_scopes_own_acts_first() {
        assert_eq!(
            footer("default", Scope::List, Language::En),
            "f follow up  / find  ⏎ open  space mark  F filter  v views  s sort  B bulk  a new customer  e edit  c columns  T recalculate  E export  esc back  u undo  ? keys"
        );
        assert_eq!(
            footer("zh", Scope::List, Language::Zh),
            "F4 跟进  ^F 查找  ⏎ 打开  space 标记  F11 筛选  v 视图  ^O 排序  B 批量  ins 新建客户  F2 编辑  c 列  T 重新分级  E 导出  esc 返回  ^/ 撤销  F1 按键"
        );
        assert_eq!(
            footer("default", Scope::Form, Language::En),
            "ctrl-↑ earlier  ctrl-↓ later  ^S save  esc leave  ⏎ choose  ^/ undo  F1 keys"
        );
        assert_eq!(
            footer("default", Scope::Find, Language::Zh),
            "F4 跟进  F2 编辑  tab 补全  ⏎ 选定  esc 关闭  ^/ 撤销  F1 按键"
        );
        assert_eq!(footer("emacs", Scope::Picker, Language::En), "⏎ choose  ^G close  ^X k back  ^/ undo  F1 keys");
    }

    #[test]
    fn the_help_tells_all_that_can_be_done_here() {
        let map = Keymap::shipped("default");
        for scope in Scope::ALL {
            let told: Vec<Action> =
                map.help(scope).iter().flat_map(|group| group.rows.iter().map(|row| row.action)).collect();
            for act in Action::ALL {
                let times = told.iter().filter(|told| *told == act).count();
                assert_eq!(times, usize::from(act.works_in(scope)), "{scope:?} {act:?}");
            }
        }
    }

    #[test]
    fn the_listing_tells_every_act() {
        let map = Keymap::shipped("vim");
        let listing = map.listing();
        for act in Action::ALL {
            assert!(listing.iter().any(|group| group.rows.iter().any(|row| row.action == *act)), "{act:?}");
        }
    }

    #[test]
    fn the_listing_tells_a_key_that_differs_from_place_to_place() {
        let map = Keymap::shipped("default");
        let listing = map.listing();
        let keys = |scope: Scope, action: Action| {
            let mut groups = listing.iter().filter(|group| group.scope == scope);
            let row = groups.next()?.rows.iter().find(|row| row.action == action)?;
            Some(row.keys.iter().map(|keys| notation(keys)).collect::<Vec<_>>().join(" "))
        };
        assert_eq!(keys(Scope::Global, Action::Quit), Some("C-q".to_owned()));
        assert_eq!(keys(Scope::List, Action::Quit), Some("q C-q".to_owned()));
        assert_eq!(keys(Scope::Detail, Action::Quit), None);
        assert_eq!(keys(Scope::Find, Action::FollowUp), Some("F4".to_owned()));
        assert_eq!(keys(Scope::Text, Action::Left), Some("Left".to_owned()));
    }

    #[test]
    fn the_markdown_table_names_keys_acts_and_help() {
        let file = KeyFile {
            name: "default".to_owned(),
            path: String::new(),
            text: "[list]\n'|' = 'mark-all'\n'`' = 'mark-all'".to_owned(),
        };
        let map = Keymap::read("default", &[file]).unwrap();
        let mut text = String::new();
        map.write_markdown(&mut text, Language::Zh).unwrap();
        assert!(text.starts_with("### 全局\n\n| 按键 | 作用 | 键位文件中的名称 |\n|---|---|---|\n"), "{text}");
        assert!(text.contains("| `\\|` `` ` `` `*` `C-a` | 标记当前列出的所有行 | `mark-all` |\n"), "{text}");
        assert!(text.contains("| （命令面板） | 重新读取键位文件 | `reload-keys` |\n"), "{text}");
        assert!(text.contains("\n\n### 客户列表\n"), "{text}");
    }
}
