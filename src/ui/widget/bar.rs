//! How far something is, as a bar.

/// A bar of so many columns, filled as far as the work is done.
pub fn bar(done: u64, of: u64, columns: usize, ascii: bool) -> String {
    let eighths = u128::from(done.min(of)) * columns as u128 * 8 / u128::from(of.max(1));
    let eighths = usize::try_from(eighths).unwrap_or(0);
    let (full, rest) = (eighths / 8, eighths % 8);
    if ascii {
        return format!("{}{}", "#".repeat(full), ".".repeat(columns - full));
    }
    let part = ['▏', '▎', '▍', '▌', '▋', '▊', '▉'].get(rest.wrapping_sub(1)).filter(|_| full < columns);
    let mut bar = "█".repeat(full);
    bar.extend(part);
    let empty = columns - full - usize::from(part.is_some());
    bar + &"░".repeat(empty)
}

/// How far something is, in per cent.
pub fn percent(done: u64, of: u64) -> u64 {
    done.min(of).saturating_mul(100) / of.max(1)
}

#[cfg(test)]
mod tests {
    use super::bar;
    use crate::ui::fit::width;

    #[test]
    fn the_bar_always_takes_its_columns() {
        for done in 0..=50 {
            assert_eq!(width(&bar(done, 50, 7, false)), 7, "{done}");
            assert_eq!(bar(done, 50, 7, true).len(), 7);
        }
        assert_eq!(bar(0, 0, 3, true), "...");
        assert_eq!(bar(9, 3, 3, true), "###");
    }
}
