//! Small pictures of figures.

use crate::domain::money::Money;

/// Eight heights, lowest first, and the same in plain ASCII.
const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const ASCII_HEIGHTS: [char; 8] = ['.', '.', ':', ':', '-', '=', '+', '#'];

/// One character a figure, as high as its share of the highest; nothing or less is a space.
pub fn sparkline(figures: &[Money], ascii: bool) -> String {
    let most = figures.iter().map(|figure| figure.cents()).max().unwrap_or(0);
    let heights = if ascii { ASCII_HEIGHTS } else { HEIGHTS };
    let bar = |figure: &Money| {
        if figure.cents() <= 0 || most <= 0 {
            return ' ';
        }
        let eighths = (i128::from(figure.cents()) * 8 - 1) / i128::from(most);
        usize::try_from(eighths).ok().and_then(|place| heights.get(place.min(7))).copied().unwrap_or(' ')
    };
    figures.iter().map(bar).collect()
}

#[cfg(test)]
mod tests {
    use super::sparkline;
    use crate::domain::money::Money;

    #[test]
    fn the_highest_month_fills_its_cell_and_an_empty_one_is_blank() {
        let months = [0, 1, 50, 100, -5].map(Money::from_units);
        assert_eq!(sparkline(&months, false), " ▁▄█ ");
        assert_eq!(sparkline(&months, true), " .:# ");
        assert_eq!(sparkline(&[], false), "");
    }
}
