//! The ways of grading that a firm saved: the latest version of each, the version that comes next, and when it was used.

use crate::book::standards::Standards;
use crate::domain::tiers::{Scheme, TierRun};

/// The saved schemes that are offered, each in its latest version.
pub fn offered(standards: &Standards) -> Vec<&Scheme> {
    let schemes = standards.schemes();
    let latest = |scheme: &&Scheme| !schemes.iter().any(|other| is_later(other, scheme));
    schemes.iter().filter(latest).filter(|scheme| !scheme.hidden).collect()
}

fn is_later(other: &Scheme, scheme: &Scheme) -> bool {
    other.name == scheme.name && (other.version, other.id) > (scheme.version, scheme.id)
}

/// The version in which a scheme of this name is saved next: names never stand for two things in one version, not even
/// after one was deleted.
pub fn next_version(standards: &Standards, name: &str) -> u32 {
    let versions = standards.schemes().iter().filter(|saved| saved.name == name).map(|saved| saved.version);
    versions.max().unwrap_or(0) + 1
}

/// The recalculation that used a scheme of this name last, in any version.
pub fn last_used<'a>(standards: &'a Standards, name: &str) -> Option<&'a TierRun> {
    standards.runs().iter().rev().find(|run| !name.is_empty() && run.scheme == name)
}

#[cfg(test)]
mod tests {
    use super::{next_version, offered};
    use crate::book::standards::Standards;
    use crate::domain::id::Id;
    use crate::domain::tiers::Scheme;

    fn saved(name: &str, version: u32, hidden: bool) -> Scheme {
        let id = Id::of_name(&format!("{name}{version}"));
        Scheme { id, name: name.into(), version, hidden, ..Scheme::default() }
    }

    #[test]
    fn each_scheme_is_offered_in_its_latest_version_unless_that_was_deleted() {
        let all = [saved("季度", 1, false), saved("季度", 2, false), saved("年度", 1, true)];
        let standards = Standards::of(all.into_iter().map(Into::into));
        let names: Vec<_> = offered(&standards).iter().map(|scheme| (scheme.name.as_str(), scheme.version)).collect();
        assert_eq!(names, [("季度", 2)]);
    }

    #[test]
    fn the_versions_of_a_deleted_scheme_are_not_given_out_again() {
        let standards = Standards::of([saved("年度", 3, true)].into_iter().map(Into::into));
        assert_eq!((next_version(&standards, "年度"), next_version(&standards, "季度")), (4, 1));
    }
}
