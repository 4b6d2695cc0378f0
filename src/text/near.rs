//! The word that was probably meant.

/// The word nearest to `word`, if it is near enough to have been meant.
pub fn near<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let length = word.chars().count();
    if length > 60 {
        return None;
    }
    let allowed = (length / 3).max(1);
    let scored = candidates.into_iter().map(|candidate| (distance(word, candidate), candidate));
    let (slips, best) = scored.min_by_key(|(slips, _)| *slips)?;
    (slips <= allowed).then(|| best.to_owned())
}

/// Slips of the finger between two words, capitals aside: a letter more, less, other, or two swapped.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.to_lowercase().chars().collect(), b.to_lowercase().chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let other = usize::from(a[i - 1] != b[j - 1]);
            let mut least = (rows[i - 1][j] + 1).min(row[j - 1] + 1).min(rows[i - 1][j - 1] + other);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::near;

    #[test]
    fn the_near_miss_is_named_and_a_far_one_is_not() {
        let names = ["select-next", "select-previous", "quit"];
        assert_eq!(near("select-nxt", names), Some("select-next".to_owned()));
        assert_eq!(near("slect-next", names), Some("select-next".to_owned()));
        assert_eq!(near("qiut", names), Some("quit".to_owned()));
        assert_eq!(near("Quit", names), Some("quit".to_owned()));
        assert_eq!(near("banana", names), None);
        assert_eq!(near("", names), None);
    }
}
