//! temporary
use kehu::desk::*;
use kehu::domain::time::*;
use kehu::ui::*;
fn main() {
    let now = || Moment::from(chrono::Local::now());
    let dir = std::path::PathBuf::from(std::env::args().nth(1).unwrap());
    let n: usize = std::env::args().nth(2).map_or(300, |s| s.parse().unwrap());
    let zh = std::env::var("LANG").unwrap_or_default().starts_with("zh");
    let fresh = !dir.exists();
    let t = std::time::Instant::now();
    let (mut desk, opened) = Desk::open(
        &dir,
        Opening {
            me: "王建国".into(),
            device: "desk".into(),
            now: now(),
            read_only: false,
            despite_damage: false,
            seed: 1,
        },
        &mut |_, _| {},
    )
    .unwrap();
    eprintln!("open {:?} {:?}", t.elapsed(), opened);
    if fresh {
        let t = std::time::Instant::now();
        desk.fill(
            kehu::sample::book(kehu::sample::Sample { customers: n, seed: 1, today: now().day(), offset_minutes: 480 }),
            "sample",
            now(),
            &mut |_| {},
        )
        .unwrap();
        eprintln!("fill {:?} {:?}", t.elapsed(), desk.sizes());
    }
    if std::env::var("NOSCREEN").is_ok() {
        eprintln!("{} customers", desk.book().len());
        eprint!(
            "{}",
            std::fs::read_to_string("/proc/self/status")
                .unwrap()
                .lines()
                .filter(|l| l.starts_with("VmRSS") || l.starts_with("VmHWM"))
                .collect::<Vec<_>>()
                .join("\n")
        );
        desk.close().unwrap();
        return;
    }
    let nc = std::env::var("NO_COLOR").ok();
    let wanted = app::Wanted {
        language: if zh { kehu::text::Language::Zh } else { kehu::text::Language::En },
        theme: theme::Theme::chosen(None, nc.as_deref()),
        keymap: "default".into(),
        key_files: vec![],
        ascii: std::env::var("ASCII").is_ok(),
        slow_line: false,
    };
    let (status, desk) = session::run(
        desk,
        wanted,
        session::World { now: &now, key_files: &|| vec![], over_ssh: false, mouse: false, greeting: None },
    )
    .unwrap();
    desk.close().unwrap();
    std::process::exit(status.into());
}
