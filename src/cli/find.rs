//! `kehu find`: who matches, the best first.

use crate::cli::Ends;
use crate::cli::args::Find;
use crate::cli::fail::{DONE, Fail};
use crate::cli::output::write_json_list;
use crate::cli::setting::Setting;
use crate::cli::who::{Candidate, candidates, nobody, table};
use crate::ui::finder::index;

pub(super) fn run(args: &Find, setting: &Setting, ends: &mut Ends<'_>) -> Result<u8, Fail> {
    let desk = setting.open(ends)?;
    let query = args.query.join(" ");
    let found = candidates(desk.book(), &index(desk.book()), &query, args.limit);
    if setting.json {
        write_json_list(ends.out, found.iter().map(Candidate::json))?;
    } else if !found.is_empty() {
        table(&found, setting).write(ends.out)?;
    }
    let status = if found.is_empty() { Err(nobody(&query, setting)) } else { Ok(DONE) };
    setting.close(desk, ends);
    status
}
