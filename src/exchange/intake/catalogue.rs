//! The product list, by which the products of orders and deals are known, renamed or doubted.

use crate::query::field::fold;
use std::collections::{HashMap, HashSet};

/// What a word for a product turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A product's name, or a word nobody can say anything of.
    Known,
    /// Another name of this product.
    Alias(String),
    /// No product, but nearly this one; said once for each word.
    Near(String),
}

/// The products.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    names: HashSet<String>,
    aliases: HashMap<String, String>,
    /// Names as they are compared.
    folded: HashMap<String, String>,
    doubted: HashSet<String>,
}

impl Catalogue {
    /// Adds a product.
    pub fn add(&mut self, name: &str, aliases: &[String]) {
        self.names.insert(name.to_owned());
        self.folded.insert(fold(name), name.to_owned());
        for alias in aliases {
            self.aliases.insert(fold(alias), name.to_owned());
        }
    }

    /// What a word means.
    pub fn find(&mut self, word: &str) -> Found {
        if word.is_empty() || self.names.is_empty() || self.names.contains(word) {
            return Found::Known;
        }
        let key = fold(word);
        if let Some(name) = self.aliases.get(&key) {
            return Found::Alias(name.clone());
        }
        if self.doubted.contains(word) {
            return Found::Known;
        }
        let near = self.folded.get(&key).cloned().or_else(|| self.nearly(&key));
        match near {
            Some(name) => {
                self.doubted.insert(word.to_owned());
                Found::Near(name)
            }
            None => {
                // Whatever is no product stays unasked: it is met again and again.
                self.doubted.insert(word.to_owned());
                Found::Known
            }
        }
    }

    fn nearly(&self, key: &str) -> Option<String> {
        let mut near = self.folded.iter().filter(|(name, _)| one_apart(name, key));
        let found = near.next()?;
        near.next().is_none().then(|| found.1.clone())
    }
}

/// Whether two words of five signs or more differ by one letter, lost, added or changed; a digit makes another product.
pub(super) fn one_apart(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short.len() < 5 || long.len() - short.len() > 1 {
        return false;
    }
    let same = short.iter().zip(&long).take_while(|(a, b)| a == b).count();
    let rest = |word: &[char], from: usize| word.get(from..).unwrap_or_default().to_vec();
    let tail = if short.len() == long.len() { rest(&short, same + 1) } else { rest(&short, same) };
    let odd = short.get(same).into_iter().chain(long.get(same));
    tail == rest(&long, same + 1) && !odd.into_iter().any(|c| c.is_numeric())
}

#[cfg(test)]
mod tests {
    use super::{Catalogue, Found};

    #[test]
    fn a_word_is_a_product_an_alias_or_nearly_one() {
        let mut catalogue = Catalogue::default();
        catalogue.add("GTX Pro", &["专业版".to_owned()]);
        catalogue.add("MG-100 pump", &[]);
        assert_eq!(catalogue.find("GTX Pro"), Found::Known);
        assert_eq!(catalogue.find("专业版"), Found::Alias("GTX Pro".into()));
        assert_eq!(catalogue.find("GTXPro"), Found::Near("GTX Pro".into()));
        assert_eq!(catalogue.find("GTXPro"), Found::Known, "said once");
        assert_eq!(catalogue.find("MG-100 pumps"), Found::Near("MG-100 pump".into()));
        assert_eq!(catalogue.find("MG-200 pump"), Found::Known);
    }
}
