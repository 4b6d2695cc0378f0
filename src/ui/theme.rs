//! How things look: styles by what they mean, never by colour alone.

use ratatui::style::{Color, Modifier, Style};

/// The styles of one theme. Each status also has a sign or a word, so that no meaning hangs on colour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Its name.
    pub name: &'static str,
    /// Text that stands back: headings of columns, hints.
    pub dim: Style,
    /// The one accent: where I am, what matched, which key.
    pub accent: Style,
    /// What must be seen first: names, the figure asked for.
    pub strong: Style,
    /// The selected row.
    pub selected: Style,
    /// The selected row of a pane that has not the keys.
    pub resting: Style,
    /// What waits or went wrong.
    pub alarm: Style,
    /// What went well.
    pub good: Style,
    /// The bar at the top.
    pub bar: Style,
}

const fn plain() -> Style {
    Style::new()
}

const fn bold() -> Style {
    plain().add_modifier(Modifier::BOLD)
}

/// The 16-colour themes draw on the terminal's own background.
const fn sixteen(name: &'static str, accent: Color, alarm: Color, good: Color) -> Theme {
    Theme {
        name,
        dim: plain().add_modifier(Modifier::DIM),
        accent: plain().fg(accent),
        strong: bold(),
        selected: plain().add_modifier(Modifier::REVERSED),
        resting: plain().add_modifier(Modifier::BOLD),
        alarm: plain().fg(alarm),
        good: plain().fg(good),
        bar: plain().fg(accent).add_modifier(Modifier::BOLD),
    }
}

/// Every theme, the default first.
pub const THEMES: [Theme; 5] = [
    sixteen("terminal", Color::Cyan, Color::Red, Color::Green),
    sixteen("dark", Color::LightCyan, Color::LightRed, Color::LightGreen),
    sixteen("light", Color::Blue, Color::Red, Color::Green),
    sixteen("colour-blind", Color::Blue, Color::Yellow, Color::Blue),
    Theme {
        name: "mono",
        dim: plain().add_modifier(Modifier::DIM),
        accent: bold(),
        strong: bold(),
        selected: plain().add_modifier(Modifier::REVERSED),
        resting: plain().add_modifier(Modifier::BOLD),
        alarm: plain().add_modifier(Modifier::UNDERLINED),
        good: plain(),
        bar: bold(),
    },
];

impl Theme {
    /// The theme of this name.
    pub fn named(name: &str) -> Option<Theme> {
        THEMES.into_iter().find(|theme| theme.name == name)
    }

    /// The theme asked for, but mono where `NO_COLOR` is set to anything.
    pub fn chosen(name: Option<&str>, no_color: Option<&str>) -> Theme {
        let asked = if no_color.is_some_and(|value| !value.is_empty()) { Some("mono") } else { name };
        let [default, ..] = THEMES;
        asked.and_then(Theme::named).unwrap_or(default)
    }

    /// Whether it sets any colour.
    pub fn is_coloured(&self) -> bool {
        let styles = [self.dim, self.accent, self.strong, self.selected, self.resting, self.alarm, self.good, self.bar];
        styles.iter().any(|style| style.fg.is_some() || style.bg.is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::{THEMES, Theme};

    #[test]
    fn no_color_takes_the_colours_and_leaves_the_selection_visible() {
        let theme = Theme::chosen(Some("dark"), Some("1"));
        assert!(!theme.is_coloured());
        assert_ne!(theme.selected, ratatui::style::Style::new());
        assert!(Theme::chosen(Some("dark"), Some("")).is_coloured());
    }

    #[test]
    fn every_theme_is_found_by_its_name() {
        for theme in THEMES {
            assert_eq!(Theme::named(theme.name), Some(theme));
        }
    }
}
