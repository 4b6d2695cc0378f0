//! completions and man: from the same table as the help, in both languages.

use crate::cli::world::World;

#[test]
fn every_shell_gets_a_script_that_knows_every_command() {
    let world = World::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = world.run(&["completions", shell]).done().out;
        for word in ["import", "export", "--encoding", "customers"] {
            let option = if shell == "fish" { word.trim_start_matches('-') } else { word };
            assert!(script.contains(option), "{shell} {word}");
        }
    }
    assert!(world.run(&["completions", "zsh", "--lang", "zh"]).done().out.contains("列出客户"));
    assert!(world.run(&["completions", "tcsh"]).failed(2).err.contains("tcsh"));
    assert!(!world.path("book").exists());
}

#[test]
fn the_manual_tells_every_command_once_in_the_language_asked_for() {
    let world = World::new();
    let page = world.run(&["man"]).done().out;
    assert!(page.contains(".SH SYNOPSIS") && page.contains("\nkehu import\n"), "{page}");
    for command in ["IMPORT", "EXPORT", "LIST", "KEYS"] {
        assert_eq!(page.matches(&format!(".SH \"KEHU {command}\"")).count(), 1, "{command}");
    }
    assert_eq!(page.matches("Folder of the book").count(), 1);
    let zh = world.run(&["man", "--lang", "zh"]).done().out;
    assert!(zh.contains(".SH 用法") && zh.contains("只说明会做什么") && !zh.contains(".SH NAME"), "{zh}");
}
