//! The text that remains of a line when its signs are taken out, each character with its place in the line.

/// Marks that are worth nothing beside another one or at an end.
const SEPARATORS: &str = "，,、；;";

/// Marks that stand straight behind a word.
const CLOSING: &str = "，,、；;。.：:）)？?";

/// Text being gathered. Where something was taken out the two sides are joined with one space or mark between them.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept {
    chars: Vec<(char, usize)>,
    /// Something was taken out where the text now ends.
    seam: bool,
}

impl Kept {
    /// A gap: something stood here that is no text.
    pub(super) fn cut(&mut self) {
        self.seam = true;
    }

    /// The character `c`, which stands at `at` in the line.
    pub(super) fn push(&mut self, c: char, at: usize) {
        if self.seam && self.is_idle(c) {
            return;
        }
        if self.seam && CLOSING.contains(c) && self.chars.last().is_some_and(|(last, _)| last.is_whitespace()) {
            self.chars.pop();
        }
        self.seam = false;
        self.chars.push((c, at));
    }

    /// The character `c` whatever stands before it, since it was escaped.
    pub(super) fn push_literal(&mut self, c: char, at: usize) {
        self.seam = false;
        self.chars.push((c, at));
    }

    /// Whether `c` at a seam says nothing that the text does not already say.
    fn is_idle(&self, c: char) -> bool {
        let separated = |c: char| SEPARATORS.contains(c);
        let mut back = self.chars.iter().rev().map(|(c, _)| *c);
        match back.next() {
            None => c.is_whitespace() || separated(c) || matches!(c, ':' | '：'),
            Some(' ') => c.is_whitespace() || separated(c) && back.next().is_some_and(separated),
            Some(last) => {
                separated(c) && separated(last) || c.is_whitespace() && separated(last) && last != ',' && last != ';'
            }
        }
    }

    /// Whether only spaces and marks are there.
    pub(super) fn is_blank(&self) -> bool {
        self.chars.iter().all(|(c, _)| c.is_whitespace() || SEPARATORS.contains(*c))
    }

    /// The text with its places; a gap at the end takes idle marks with it.
    pub(super) fn finish(mut self) -> Vec<(char, usize)> {
        if self.seam {
            while self.chars.last().is_some_and(|(c, _)| c.is_whitespace() || SEPARATORS.contains(*c)) {
                self.chars.pop();
            }
        }
        self.chars
    }

    /// The text without idle marks on either side.
    pub(super) fn trimmed(self) -> String {
        let text: String = self.chars.into_iter().map(|(c, _)| c).collect();
        text.trim_matches(|c: char| c.is_whitespace() || SEPARATORS.contains(c) || c == '：' || c == ':').to_owned()
    }
}
