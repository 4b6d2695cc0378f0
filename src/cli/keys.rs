//! `kehu keys`: the keys of the screen, from the table the screen itself uses.

use crate::cli::Ends;
use crate::cli::args::Keys;
use crate::cli::fail::{DISK, DONE, Fail, IN_PART};
use crate::cli::output::{Table, write_json, write_json_list};
use crate::cli::screen::key_folder;
use crate::cli::setting::Setting;
use crate::text::disk::refusal;
use crate::text::words;
use crate::ui::keymap::{KeyFile, Keymap, Mistake, check, notation, shown};
use serde_json::json;

pub(super) fn run(args: &Keys, setting: &Setting, ends: &mut Ends<'_>) -> Result<u8, Fail> {
    let folder = setting.config_folder.as_deref().map(key_folder);
    let files = folder.as_deref().map_or(Ok(Vec::new()), KeyFile::read_all);
    let files = files.map_err(|error| {
        let folder = folder.unwrap_or_default();
        Fail::new(DISK, format!("{}: {}", folder.display(), refusal(&error, setting.language)))
    })?;
    if args.check {
        return tell_mistakes(&files, setting, ends);
    }
    let (keymap, mistakes) = Keymap::open(&setting.keymap, &files);
    for mistake in &mistakes {
        writeln!(ends.err, "{}", mistake.say(setting.language))?;
    }
    if setting.json {
        write_list(&keymap, setting, ends)?;
    } else if args.markdown {
        let mut text = String::new();
        // Writing into a string cannot fail.
        let _ = keymap.write_markdown(&mut text, setting.language);
        write!(ends.out, "{text}")?;
    } else {
        write_text(&keymap, setting, ends)?;
    }
    Ok(if mistakes.is_empty() { DONE } else { IN_PART })
}

fn tell_mistakes(files: &[KeyFile], setting: &Setting, ends: &mut Ends<'_>) -> Result<u8, Fail> {
    let mistakes = check(files);
    if setting.json {
        let mistake = |mistake: &Mistake| json!({ "file": mistake.file, "line": mistake.line, "what": mistake.what.say(setting.language) });
        write_json(
            ends.out,
            &json!({ "files": files.len(), "mistakes": mistakes.iter().map(mistake).collect::<Vec<_>>() }),
        )?;
    } else if mistakes.is_empty() {
        let pattern = words("{} key files, no mistakes", "{} 个键位文件，没有错误");
        writeln!(ends.out, "{}", setting.told(pattern, &files.len().to_string()))?;
    } else {
        for mistake in &mistakes {
            writeln!(ends.out, "{}", mistake.say(setting.language))?;
        }
    }
    Ok(if mistakes.is_empty() { DONE } else { IN_PART })
}

fn write_list(keymap: &Keymap, setting: &Setting, ends: &mut Ends<'_>) -> Result<(), Fail> {
    let listing = keymap.listing();
    let rows = listing.iter().flat_map(|group| group.rows.iter().map(move |row| (group.scope, row)));
    let rows = rows.map(|(scope, row)| {
        let keys: Vec<String> = row.keys.iter().map(|keys| notation(keys)).collect();
        json!({ "scope": scope.name(), "action": row.action.name(), "keys": keys,
            "does": row.action.help().say(setting.language) })
    });
    Ok(write_json_list(ends.out, rows)?)
}

fn write_text(keymap: &Keymap, setting: &Setting, ends: &mut Ends<'_>) -> Result<(), Fail> {
    for (at, group) in keymap.listing().iter().enumerate() {
        if at > 0 {
            writeln!(ends.out)?;
        }
        let heads = [group.scope.words(), words("does", "作用"), words("name", "名称")];
        let mut table = Table::new(heads.iter().map(|head| (setting.say(*head), false)));
        for row in &group.rows {
            let keys: Vec<String> = row.keys.iter().map(|keys| shown(keys, false)).collect();
            let does = row.action.help().say(setting.language).to_owned();
            table.row([keys.join("  "), does, row.action.name().to_owned()]);
        }
        table.write(ends.out)?;
    }
    Ok(())
}
