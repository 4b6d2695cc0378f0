//! `kehu demo`: a sample book, to look at or to keep.

use crate::analysis::grading::AsOf;
use crate::cli::args::{Demo, Global};
use crate::cli::fail::{DISK, DONE, Fail};
use crate::cli::seat::Seat;
use crate::cli::setting::{Setting, is_book};
use crate::cli::temporary::Temporary;
use crate::cli::{Ends, Outcome, Surroundings, output, screen};
use crate::config::Config;
use crate::desk::Desk;
use crate::sample::{self, Sample};
use crate::text::disk::refusal;
use crate::text::figures::grouped;
use crate::text::{Language, Words, words};
use crate::ui::session::Coming;
use serde_json::json;
use std::path::Path;

/// Makes a sample book in a temporary folder and asks for the screen on it.
pub(super) fn open(
    demo: &Demo,
    global: &Global,
    setting: &Setting,
    config: &Config,
    around: &Surroundings<'_>,
    ends: &mut Ends<'_>,
) -> Result<Outcome, Fail> {
    let prepared = screen::prepare(global, setting, config, around)?;
    let failed = |error: std::io::Error| Fail::new(DISK, refusal(&error, setting.language));
    let temporary = Temporary::new(setting.seed).map_err(failed)?;
    // Whoever looks at the sample book is one of its people, so that "mine" has a meaning.
    let setting = Setting { me: ME.say(setting.language).to_owned(), ..setting.clone() };
    let desk = filled(demo, temporary.path(), &setting, ends)?;
    Ok(Outcome::Screen(Box::new(prepared.on(Coming::Here(Box::new(desk)), Some(temporary)))))
}

/// One of the people of the sample book.
const ME: Words = words("Anna Keller", "王建国");

/// Makes a sample book in the folder named.
pub(super) fn make(demo: &Demo, setting: &Setting, ends: &mut Ends<'_>) -> Result<u8, Fail> {
    let folder = demo.into.as_deref().unwrap_or(&setting.book);
    let occupied = std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if occupied && !is_book(folder) {
        return Err(taken(folder, setting));
    }
    let desk = filled(demo, folder, setting, ends)?;
    let (count, sizes) = (desk.book().len(), desk.sizes());
    setting.close(Seat::Own(Box::new(desk)), ends);
    if setting.json {
        let answer = json!({ "book": folder.display().to_string(), "customers": count, "seed": demo.seed,
            "bytes": sizes.journal + sizes.working });
        output::write_json(ends.out, &answer)?;
    } else {
        let pattern = words("{} customers in ", "已生成 {} 位客户：");
        writeln!(ends.out, "{}{}", setting.told(pattern, &grouped(count as u64)), folder.display())?;
    }
    Ok(DONE)
}

fn taken(folder: &Path, setting: &Setting) -> Fail {
    let what = setting.told(words("{} is not empty", "{} 不是空的"), &folder.display().to_string());
    Fail::usage(what).hinted(setting.say(words("name a new folder with --into", "请用 --into 指定一个新文件夹")))
}

fn filled(demo: &Demo, folder: &Path, setting: &Setting, ends: &mut Ends<'_>) -> Result<Desk, Fail> {
    // The same seed and day make the same book, its ids included.
    let setting = Setting { seed: demo.seed, ..setting.clone() };
    let mut desk = setting.open_or_make(folder, ends)?;
    if !desk.book().is_empty() || desk.sizes().entries > 1 {
        return Err(taken(folder, &setting));
    }
    let customers = demo.customers as usize;
    let (today, offset_minutes) = (setting.today(), setting.now.offset_minutes());
    let english = setting.language == Language::En && !demo.mixed;
    let sample = Sample { customers, seed: demo.seed, today, offset_minutes, english };
    let (watched, of) = (setting.watched, u64::from(demo.customers));
    let filling = desk.fill(sample::book(sample), setting.now, &mut |done| {
        if watched {
            let _ = write!(ends.err, "\r{} / {}", grouped(done.min(of)), grouped(of));
            let _ = ends.err.flush();
        }
    });
    if watched {
        let _ = write!(ends.err, "\r{:30}\r", "");
    }
    filling.map_err(|trouble| setting.fail(&desk, &trouble))?;
    // A book of years has been graded before, last when the quarter ended: who would move since then is there to be seen.
    if !desk.book().is_empty() {
        super::tiers::apply_in_force(&mut desk, AsOf::QuarterEnd.day(setting.today()), &setting)?;
    }
    Ok(desk)
}
