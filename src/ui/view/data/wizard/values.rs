//! The fourth step: words the book does not know, each beside what it is to be read as.

use crate::book::standards::Standards;
use crate::domain::list::ListItem;
use crate::domain::record::Record;
use crate::exchange::inspection::Alias;
use crate::exchange::strange::{About, Strange, known};
use crate::text::{Language, Words, words};
use crate::ui::choosing::Choosing;
use crate::ui::context::Context;
use crate::ui::widget::paint::Brush;
use crate::ui::widget::rows::Rows;
use ratatui::style::Style;

/// What a word is read as, by key and name; none as a new one.
pub type Reading = Option<(String, String)>;

/// The words, with what was decided of each.
#[derive(Default)]
pub struct Values {
    /// The words.
    pub strange: Vec<Strange>,
    /// Which row is selected.
    pub rows: Rows,
    decided: Vec<Reading>,
}

impl Values {
    /// The words a reading found; what was decided before stays so.
    pub fn take(&mut self, strange: Vec<Strange>) {
        if self.strange.is_empty() {
            self.decided = vec![None; strange.len()];
            self.strange = strange;
        }
    }

    /// The words that are to be read as others.
    pub fn aliases(&self) -> Vec<Alias> {
        let decided = self.strange.iter().zip(&self.decided);
        let alias = |(strange, decided): (&Strange, &Reading)| {
            let (key, _) = decided.as_ref()?;
            Some(Alias { about: strange.about, word: strange.word.clone(), key: key.clone() })
        };
        decided.filter_map(alias).collect()
    }

    /// Words of standard lists that are new, as items of their lists.
    pub fn new_items(&self, standards: &Standards) -> Vec<Record> {
        let undecided = self.strange.iter().zip(&self.decided).filter(|(_, decided)| decided.is_none());
        let item = |(place, strange): (u32, &Strange)| {
            let About::Item(list) = strange.about else { return None };
            let (key, en, zh) = (strange.word.clone(), strange.word.clone(), strange.word.clone());
            let position = standards.items(list).map(|item| item.position).max().unwrap_or(0) + place;
            Some(ListItem { list: Some(list), key, en, zh, position, ..ListItem::default() }.into())
        };
        (1..).zip(undecided.map(|(strange, _)| strange)).filter_map(item).collect()
    }

    /// What the word selected may be read as: the near one first, then as a new one, then all others.
    fn offered(&self, standards: &Standards, language: Language) -> Vec<Reading> {
        let Some(strange) = self.strange.get(self.rows.selected) else { return Vec::new() };
        let known = known(strange.about, standards, language);
        let near = strange.near.and_then(|at| known.get(at)).cloned();
        let others = known.into_iter().filter(|one| Some(one) != near.as_ref());
        near.clone().map(Some).into_iter().chain([None]).chain(others.map(Some)).collect()
    }

    /// The list it is chosen from.
    pub fn choosing(&self, standards: &Standards, language: Language) -> Choosing<Reading> {
        let about = self.strange.get(self.rows.selected).map_or(About::Stage, |strange| strange.about);
        let named = |one: Reading| match &one {
            Some((_, name)) => (one.clone(), name.clone()),
            None => (None, new_words(about).say(language).to_owned()),
        };
        Choosing::new(words("read it as", "读作"), self.offered(standards, language).into_iter().map(named))
    }

    /// Takes what was chosen.
    pub fn choose(&mut self, chosen: Reading) {
        if let Some(decided) = self.decided.get_mut(self.rows.selected) {
            *decided = chosen;
        }
    }

    /// Draws the words.
    pub fn draw(&mut self, brush: &mut Brush<'_>, context: &Context<'_>) {
        let theme = context.theme;
        let area = brush.area();
        let about = words(
            "New words for the book. Space says what they mean, once and for all.",
            "客户簿里没有这些写法。按空格指定含义，以后会记住。",
        );
        brush.text(2, 0, context.say(about), u16::MAX, theme.dim);
        self.rows.fit(usize::from(area.height.saturating_sub(2)), self.strange.len());
        for (y, at) in (2..).zip(self.rows.seen(self.strange.len())) {
            let (Some(strange), Some(decided)) = (self.strange.get(at), self.decided.get(at)) else { continue };
            brush.text(2, y, context.say(about_words(strange.about)), 10, theme.dim);
            brush.text(13, y, &strange.word, 22, theme.strong);
            brush.text_left_of(42, y, &format!("×{}", strange.count), 6, theme.dim);
            brush.text(43, y, if context.ascii { ">" } else { "→" }, 2, theme.dim);
            match decided {
                Some((_, name)) => drop(brush.text(46, y, name, u16::MAX, theme.good)),
                None => self.draw_undecided(brush, y, strange, context),
            }
            if at == self.rows.selected {
                brush.select_line(y, theme.selected);
            }
        }
    }

    fn draw_undecided(&self, brush: &mut Brush<'_>, y: u16, strange: &Strange, context: &Context<'_>) {
        let x = brush.text(46, y, context.say(new_words(strange.about)), 20, Style::new());
        let near = strange
            .near
            .map(|at| known(strange.about, context.book().standards(), context.language).into_iter().nth(at));
        if let Some((_, name)) = near.flatten() {
            let said = match context.language {
                Language::En => format!("? {name}"),
                Language::Zh => format!("是不是“{name}”？"),
            };
            brush.text(x + 2, y, &said, u16::MAX, context.theme.accent);
        }
    }
}

const fn about_words(about: About) -> Words {
    use crate::domain::choice::ListKind;
    match about {
        About::Stage => words("stage", "阶段"),
        About::Owner => words("owner", "负责人"),
        About::Product => words("product", "产品"),
        About::Item(ListKind::Industry) => words("industry", "行业"),
        About::Item(ListKind::Size) => words("size", "规模"),
        About::Item(ListKind::Source) => words("source", "来源"),
        About::Item(ListKind::Way) => words("way", "方式"),
        About::Item(_) => words("outcome", "结果"),
    }
}

const fn new_words(about: About) -> Words {
    match about {
        About::Stage => words("a new stage", "新阶段"),
        About::Owner => words("a new person", "新负责人"),
        About::Product => words("as it is", "按原样保留"),
        About::Item(_) => words("a new word", "加入列表"),
    }
}
