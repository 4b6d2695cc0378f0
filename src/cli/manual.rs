//! `kehu completions` and `kehu man`: what a shell and a manual page need to know, from the command line's own table.

use crate::cli::Ends;
use crate::cli::fail::{DONE, Fail};
use crate::cli::setting::Setting;
use crate::cli::usage;
use crate::text::{Language, Words, words};
use clap::Command;
use clap_complete::Shell;
use clap_mangen::Man;
use std::io;

/// The headings of a manual page, which its maker writes in English.
const HEADINGS: [(&str, Words); 4] = [
    ("NAME", words("NAME", "名称")),
    ("SYNOPSIS", words("SYNOPSIS", "用法")),
    ("DESCRIPTION", words("DESCRIPTION", "说明")),
    ("VERSION", words("VERSION", "版本")),
];

pub(super) fn complete(shell: Shell, setting: &Setting, ends: &mut Ends<'_>) -> Result<u8, Fail> {
    let mut command = usage::command(setting.language);
    // Made whole first: a pipe that closes early must not end in a panic of the maker.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "kehu", &mut script);
    ends.out.write_all(&script)?;
    Ok(DONE)
}

pub(super) fn page(setting: &Setting, ends: &mut Ends<'_>) -> Result<u8, Fail> {
    let mut command = usage::command(setting.language);
    command.build();
    let mut text = in_language(&rendered(|out| Man::new(command.clone()).render(out))?, setting.language);
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
        let man = Man::new(without_common(sub.clone()));
        let section =
            rendered(|out| man.render_description_section(out).and_then(|()| man.render_options_section(out)))?;
        // What stands above the first heading is said once, on top of the page.
        let told = section.lines().filter(|line| ![".SH ", ".ie ", ".el "].iter().any(|start| line.starts_with(start)));
        let told: Vec<&str> = told.collect();
        text.push_str(&format!(".SH \"KEHU {}\"\n{}\n", sub.get_name().to_uppercase(), told.join("\n")));
    }
    ends.out.write_all(text.as_bytes())?;
    Ok(DONE)
}

fn rendered(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> io::Result<String> {
    let mut bytes = Vec::new();
    write(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A command without the options of every command, which the page tells once.
fn without_common(command: Command) -> Command {
    let common: Vec<String> =
        command.get_arguments().filter(|arg| arg.is_global_set()).map(|arg| arg.get_id().to_string()).collect();
    common.into_iter().fold(command, |command, id| command.mut_arg(id, |arg| arg.hide(true)))
}

/// The headings in `language`; a command is named as it is typed, for it has no page of its own.
fn in_language(text: &str, language: Language) -> String {
    let told = |line: &str| {
        if let Some(command) = line.strip_suffix("(1)").and_then(|line| line.strip_prefix("kehu\\-")) {
            return Some(format!("kehu {command}"));
        }
        let name = line.strip_prefix(".SH ")?;
        let (_, words) = HEADINGS.iter().find(|(known, _)| *known == name)?;
        Some(format!(".SH {}", words.say(language)))
    };
    text.lines().map(|line| told(line).unwrap_or_else(|| line.to_owned()) + "\n").collect()
}
