//! export.

use crate::cli::world::World;
use std::fs;
use std::os::unix::fs::{FileTypeExt, symlink};
use std::process::Command;

const TWO: &str = "编号,名称,电话,总金额（万元）\nC1,华东机械,13800138000,12.5\nC2,=Acme,5551234,3\n";

#[test]
fn what_is_exported_comes_in_again_unchanged_as_csv_xlsx_and_json() {
    for ending in ["csv", "xlsx", "json"] {
        let world = World::of(TWO);
        let file = format!("out.{ending}");
        world.run(&["export", "customers", "-o", &file]).done();
        let again = world.json(&["import", &file]);
        assert_eq!(again["unchanged"]["customers"], 2, "{ending}: {again}");
    }
}

#[test]
fn a_masked_export_tells_no_number() {
    let world = World::of(TWO);
    let out = world.run(&["export", "customers", "--mask"]).done();
    assert!(!out.out.contains("13800138000") && out.out.contains("华东机械"), "{}", out.out);
}

#[test]
fn an_unknown_kind_or_format_is_named_and_no_file_is_left() {
    let world = World::of(TWO);
    let told = world.run(&["export", "nonsense", "-o", "out.csv"]).failed(2);
    assert!(told.err.contains("nonsense"), "{told:?}");
    world.run(&["export", "all", "--format", "csv", "-o", "out.csv"]).failed(2);
    assert!(!world.path("out.csv").exists() && !world.path("out.csv.part").exists());
}

#[test]
fn no_list_and_no_export_in_csv_holds_a_formula_and_negative_amounts_stay_numbers() {
    let world =
        World::of("编号,名称,总金额,标签,结论\nC1,=1+1,-500,@home,\"+cmd|' /C calc'!A0\"\nC2,-x,-0.05,好,＝1\n");
    for arguments in [&["list", "--csv"][..], &["export", "customers"], &["export", "s0"]] {
        let out = world.run(arguments).done().out;
        let begins = |sign: char| out.contains(&format!(",{sign}")) || out.contains(&format!(",\"{sign}"));
        assert!(!['=', '+', '@', '＝'].into_iter().any(begins), "{arguments:?}: {out}");
        assert!(out.contains("'=1+1") && out.contains("'-x") && !out.contains("'-0.05"), "{arguments:?}: {out}");
    }
    assert!(world.run(&["list", "--csv"]).done().out.contains(",-500.00"));
}

#[test]
fn an_ending_that_names_no_format_is_refused_and_nothing_is_written() {
    let world = World::of(TWO);
    let told = world.run(&["export", "customers", "-o", "book.foo"]).failed(2);
    assert!(told.err.contains(".foo") && !world.path("book.foo").exists(), "{told:?}");
}

const SETTINGS: &str = "settings are not in the file, only in the book: column mapping 1\n";

#[test]
fn an_export_of_everything_names_the_settings_it_does_not_hold() {
    let world = World::of(TWO);
    world.run(&["export", "all", "-o", "all.json"]).done();
    // What was said of a column is remembered.
    world.file("mapped.csv", "店名,电话\n丙公司,13800138009\n");
    world.run(&["import", "mapped.csv", "--kind", "customers", "--map", "name=店名"]).done();
    let answer = world.run(&["export", "all", "-o", "all.json"]);
    assert_eq!((answer.status, answer.err.as_str()), (0, SETTINGS), "{answer:?}");
    world.run(&["export", "mapping"]).failed(2);
}

#[test]
fn whoever_looks_for_figures_in_the_customers_file_is_told_which_file_has_them() {
    let world = World::of(TWO);
    let told = world.run(&["export", "customers", "-o", "out.csv", "--lang", "zh"]).done().out;
    assert!(told.contains("不含由订单算出的指标") && told.contains("kehu list --csv"), "{told}");
    assert!(!world.run(&["export", "s0", "-o", "s0.csv"]).done().out.contains("kehu list"));
    assert!(!world.run(&["export", "customers", "-o", "out.vcf"]).done().out.contains("kehu list"));
}

#[test]
fn devices_and_pipes_are_written_into_and_links_are_followed() {
    let world = World::of(TWO);
    let rows = world.run(&["export", "customers"]).done().out;
    let named = world.run(&["export", "customers", "-o", "/dev/stdout"]).done();
    assert_eq!(named.out, rows);
    symlink("real.csv", world.path("link.csv")).unwrap();
    world.run(&["export", "customers", "-o", "link.csv"]).done();
    assert!(world.path("link.csv").is_symlink());
    assert_eq!(fs::read_to_string(world.path("real.csv")).unwrap(), rows);
    let pipe = world.path("pipe.csv");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::read_to_string(pipe).unwrap()
    });
    world.run(&["export", "customers", "-o", "pipe.csv"]).done();
    assert_eq!(reader.join().unwrap(), rows);
    assert!(fs::metadata(&pipe).unwrap().file_type().is_fifo());
    let full = world.run(&["export", "customers", "-o", "/dev/full"]).failed(7);
    assert!(full.err.contains("the disk is full"), "{full:?}");
    assert!(fs::metadata("/dev/full").unwrap().file_type().is_char_device());
}

#[test]
fn a_file_written_to_standard_output_by_name_goes_where_the_shell_sent_it() {
    let world = World::of(TWO);
    let rows = world.run(&["export", "customers"]).done().out;
    let out = fs::File::create(world.path("sent.csv")).unwrap();
    let mut command = world.command(&["export", "customers", "-o", "/dev/stdout"]);
    assert!(command.stdout(out).status().unwrap().success());
    assert_eq!(fs::read_to_string(world.path("sent.csv")).unwrap(), rows);
}
