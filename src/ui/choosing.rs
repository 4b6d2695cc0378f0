//! Values offered to be chosen from: each option carries its value, so that the answer is the value itself, whatever has
//! changed since it was offered.

use crate::text::Words;
use crate::ui::effect::{Answer, Effect, Menu, Place};

/// What words typed instead of a value come to.
type Typed<T> = Box<dyn Fn(String) -> T>;

/// Values to choose from, each with its name and a hint.
pub struct Choosing<T> {
    menu: Menu,
    values: Vec<T>,
    typed: Option<Typed<T>>,
}

impl<T> Choosing<T> {
    /// Values by their names.
    pub fn new(title: Words, options: impl IntoIterator<Item = (T, String)>) -> Choosing<T> {
        Choosing::hinted(title, options.into_iter().map(|(value, name)| (value, name, String::new())))
    }

    /// Values by their names, with a hint beside each.
    pub fn hinted(title: Words, options: impl IntoIterator<Item = (T, String, String)>) -> Choosing<T> {
        let (values, options) = options.into_iter().map(|(value, name, hint)| (value, (name, hint))).unzip();
        Choosing { menu: Menu::new(title, options), values, typed: None }
    }

    /// The same options, each for what `of` makes of its value.
    pub fn map<U>(self, of: impl Fn(T) -> U + Clone + 'static) -> Choosing<U>
    where
        T: 'static,
    {
        let values = self.values.into_iter().map(of.clone()).collect();
        let typed = self.typed.map(|read| -> Typed<U> { Box::new(move |text| of(read(text))) });
        Choosing { menu: self.menu, values, typed }
    }

    /// The first value of which this holds is selected at first.
    pub fn selecting(mut self, is_it: impl FnMut(&T) -> bool) -> Choosing<T> {
        self.menu.selected = self.values.iter().position(is_it).unwrap_or(0);
        self
    }

    /// Own words may be typed instead.
    pub fn or_typed(mut self, read: impl Fn(String) -> T + 'static) -> Choosing<T> {
        self.menu.own = true;
        self.typed = Some(Box::new(read));
        self
    }

    /// A digit chooses one of the first nine at once; `about` stands beside the title.
    pub fn numbered(mut self, about: String) -> Choosing<T> {
        (self.menu.numbered, self.menu.about) = (true, about);
        self
    }

    /// Behind the values an act on them: `+` chooses the first of these, `-` the second.
    pub fn with_act(mut self, value: T, name: &str) -> Choosing<T> {
        self.values.push(value);
        self.menu.options.push((name.to_owned(), String::new()));
        self.menu.acts += 1;
        self
    }
}

/// The values laid over a view, until one of them is chosen.
pub struct Choice<T> {
    values: Vec<T>,
    typed: Option<Typed<T>>,
}

impl<T> Default for Choice<T> {
    fn default() -> Self {
        Self { values: Vec::new(), typed: None }
    }
}

impl<T> Choice<T> {
    /// Lays these values over the view.
    pub fn open(&mut self, choosing: Choosing<T>) -> Effect {
        (self.values, self.typed) = (choosing.values, choosing.typed);
        Effect::Open(Place::Choose(Box::new(choosing.menu)))
    }

    /// The value that was chosen of them.
    pub fn chosen(&mut self, answer: Answer) -> Option<T> {
        let Choice { values, typed } = std::mem::take(self);
        match answer {
            Answer::Option(place) => values.into_iter().nth(place),
            Answer::Own(text) => typed.map(|read| read(text)),
            Answer::Customer(_) | Answer::Layout(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words;

    #[test]
    fn the_answer_is_the_value_that_was_offered_and_it_is_given_once() {
        let mut choice = Choice::default();
        let options = [("li", "Li".to_owned()), ("wang", "Wang".to_owned())];
        let Effect::Open(Place::Choose(menu)) =
            choice.open(Choosing::new(words("Who", "谁"), options).selecting(|value| *value == "wang"))
        else {
            unreachable!()
        };
        assert_eq!((menu.selected, menu.own), (1, false));
        assert_eq!(choice.chosen(Answer::Option(1)), Some("wang"));
        assert_eq!(choice.chosen(Answer::Option(1)), None);
    }

    #[test]
    fn words_typed_instead_are_read_by_whoever_asked() {
        let mut choice = Choice::default();
        let months = Choosing::new(words("Months", "月数"), [(12, "a year".to_owned())]);
        choice.open(months.or_typed(|text| text.trim().parse().unwrap_or(0)));
        assert_eq!(choice.chosen(Answer::Own(" 18 ".to_owned())), Some(18));
    }
}
