//! The product list, by which the products of orders and deals are known, renamed or doubted.

use crate::domain::record::Kind;
use crate::domain::value::Value;
use crate::exchange::intake::model::{Incoming, Options, number_of, text_of};
use crate::exchange::intake::result::Intake;
use crate::query::field::{Topic, find, fold};
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
    /// Every product's other names as they are written.
    also: HashMap<String, Vec<String>>,
}

impl Catalogue {
    /// Adds a product.
    pub fn add(&mut self, name: &str, aliases: &[String]) {
        self.names.insert(name.to_owned());
        self.also.entry(name.to_owned()).or_default().extend(aliases.iter().cloned());
        self.folded.insert(fold(name), name.to_owned());
        for alias in aliases {
            self.aliases.insert(fold(alias), name.to_owned());
        }
    }

    /// Learns that the product `name` is also called `word`; gives all its other names, nothing where there is no such product
    /// or it was known.
    pub fn learn(&mut self, word: &str, name: &str) -> Option<Vec<String>> {
        let key = fold(word);
        if key.is_empty() || word == name || self.aliases.get(&key).is_some_and(|known| known == name) {
            return None;
        }
        let aliases = self.also.get_mut(name)?;
        aliases.push(word.to_owned());
        self.aliases.insert(key, name.to_owned());
        Some(aliases.clone())
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

/// The products of the book and of the files themselves.
pub(super) fn known_products(intake: &Intake, options: &Options) -> Catalogue {
    let mut catalogue = Catalogue::default();
    for (name, aliases) in &options.products {
        catalogue.add(name, aliases);
    }
    let also = number_of(Kind::Product, "aliases");
    for product in intake.incoming.of(Kind::Product) {
        let aliases = product.fields.iter().find_map(|(number, value)| match value {
            Value::Texts(texts) if Some(*number) == also => Some(texts.clone()),
            _ => None,
        });
        catalogue.add(&text_of(Kind::Product, "name", &product.fields), &aliases.unwrap_or_default());
    }
    catalogue
}

/// What the user said a product's word is to be read as is kept with the product, for every later file.
pub(super) fn learn_names(intake: &mut Intake, catalogue: &mut Catalogue, options: &Options) {
    let (Some(name), Some(aliases)) = (number_of(Kind::Product, "name"), number_of(Kind::Product, "aliases")) else {
        return;
    };
    let of_products = |field: &str| {
        let field = fold(field);
        let called = |topic: Topic, name: &str| find(topic, &field).is_some_and(|field| field.name == name);
        called(Topic::OrderLine, "product") || called(Topic::Of(Kind::Deal), "products")
    };
    for (_, word, product) in options.values.iter().filter(|(field, _, _)| of_products(field)) {
        let Some(all) = catalogue.learn(word, product) else { continue };
        let fields = vec![(name, Value::Text(product.clone())), (aliases, Value::Texts(all))];
        intake.incoming.push(Incoming {
            kind: Kind::Product,
            file: 0,
            line: 0,
            under: None,
            fields,
            links: Vec::new(),
        });
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
        assert_eq!(catalogue.learn("GTXPro", "GTX Pro"), Some(vec!["专业版".to_owned(), "GTXPro".to_owned()]));
        assert_eq!(catalogue.find("GTXPro"), Found::Alias("GTX Pro".into()));
        assert_eq!((catalogue.learn("GTXPro", "GTX Pro"), catalogue.learn("x", "nothing")), (None, None));
    }
}
