//! Hostile files are refused by name within bounded memory, and a killed import leaves the book as it was.

use crate::cli::world::{Answer, World};
use std::io::Write;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// All the memory a refusal may ask for, in kilobytes of addresses, the program itself among them: less than a long file has.
const MOST: u32 = 60_000;

/// Runs an import that may not ask for more memory than [`MOST`].
fn import_within(world: &World, arguments: &str) -> Answer {
    let program = env!("CARGO_BIN_EXE_kehu");
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("ulimit -v {MOST}; exec '{program}' import {arguments}")]);
    shell.current_dir(world.path("")).env("KEHU_BOOK", world.path("book")).env("LANG", "en_US.UTF-8");
    Answer::of(shell.stdin(Stdio::null()).output().unwrap())
}

/// Writes `head`, then so many copies of `piece`.
fn long_file(world: &World, name: &str, head: &str, piece: &str, copies: usize) {
    let mut file = std::io::BufWriter::new(std::fs::File::create(world.path(name)).unwrap());
    file.write_all(head.as_bytes()).unwrap();
    let block = piece.repeat(1_000);
    for _ in 0..copies / 1_000 {
        file.write_all(block.as_bytes()).unwrap();
    }
}

fn refused(world: &World, arguments: &str, file: &str, reason: &str) {
    let began = Instant::now();
    let told = import_within(world, arguments).failed(2).err;
    assert!(told.contains(file) && told.contains(reason), "{arguments}: {told}");
    assert!(began.elapsed() < Duration::from_secs(60), "{arguments}: {:?}", began.elapsed());
    assert!(!world.path("book").exists(), "{arguments}");
}

#[test]
fn cells_and_quotations_without_end_are_refused() {
    let world = World::new();
    long_file(&world, "cell.csv", "名称,备注\n甲,", "xxxxxxxx", 8_000_000);
    refused(&world, "cell.csv", "cell.csv", "line 2, column 2: a cell of more than 1 MB");
    long_file(&world, "quote.csv", "名称,备注\n甲,\"", "字,\n", 13_000_000);
    refused(&world, "quote.csv", "quote.csv", "line 2");
    world.file("short.csv", "名称,备注\n甲,\"不关\n乙,x\n");
    refused(&world, "short.csv", "short.csv", "line 2, column 2: a quotation mark is never closed");
}

#[test]
fn a_hundred_thousand_columns_are_refused() {
    let world = World::new();
    let head: Vec<String> = (0..100_000).map(|at| format!("列{at}")).collect();
    world.file("wide.csv", format!("{}\n1,2\n", head.join(",")));
    refused(&world, "wide.csv", "wide.csv", "more than 4,096 columns");
    let fields: Vec<String> = (0..100_000).map(|at| format!("\"k{at}\":1")).collect();
    world.file("wide.json", format!("[{{{}}}]", fields.join(",")));
    refused(&world, "wide.json", "wide.json", "more than 4,096 columns");
}

#[test]
fn json_without_a_floor_and_with_a_text_without_end_is_refused() {
    let world = World::new();
    long_file(&world, "deep.json", "[", "[{\"a\":", 5_000_000);
    refused(&world, "deep.json", "deep.json", "too deep");
    long_file(&world, "text.json", "[{\"name\":\"", "xxxxxxxx", 8_000_000);
    refused(&world, "text.json", "text.json", "more than 1 MB");
}

#[test]
fn an_encoding_that_is_not_the_files_is_refused() {
    let world = World::new();
    let gb = [b"\xc3\xfb\xb3\xc6,\xb1\xb8\xd7\xa2\n".as_slice(), &b"\xc0\xee\xc0\xd7,x\n".repeat(50)].concat();
    world.file("gb.csv", gb);
    refused(&world, "gb.csv --encoding utf-8", "gb.csv", "encoding");
    world.file(
        "sixteen.csv",
        [b"\xff\xfe".as_slice(), &"名称,备注\n甲,好\n".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()]
            .concat(),
    );
    let told = import_within(&world, "sixteen.csv --encoding big5 --dry-run");
    assert!(told.status == 2 || told.out.contains("customer"), "{told:?}");
}

#[test]
fn a_book_whose_import_was_killed_is_as_before_and_says_so() {
    let world = World::of("编号,名称\nC1,甲\n");
    let rows: String = (2..60_000).map(|number| format!("C{number},客户{number}\n")).collect();
    world.file("many.csv", format!("编号,名称\n{rows}"));
    let journal = || -> u64 {
        let files = std::fs::read_dir(world.path("book/journal")).unwrap();
        files.map(|file| file.unwrap().metadata().unwrap().len()).sum()
    };
    let before = journal();
    let mut child = world.command(&["import", "many.csv"]).spawn().unwrap();
    while journal() < before + 100_000 {
        assert!(child.try_wait().unwrap().is_none(), "it was done before it could be killed");
        std::thread::sleep(Duration::from_millis(2));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let listed = world.run(&["list", "--columns", "code"]);
    assert!(listed.status == 0 && listed.err.contains("an unfinished import was undone"), "{listed:?}");
    assert_eq!(world.json(&["list", "--columns", "code"]).as_array().unwrap().len(), 1);
    world.run(&["import", "many.csv"]).done();
    assert_eq!(world.json(&["list", "--columns", "code"]).as_array().unwrap().len(), 59_999);
}
