//! The words and signs of a Rust file: comments, texts, and what only tests are built with left out.

/// The tokens of a file: names, `::`, and single signs. A text, a character, or a number of the source is left out.
pub fn tokens(source: &str) -> Vec<String> {
    let signs: Vec<char> = source.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&sign) = signs.get(at) {
        let next = signs.get(at + 1).copied();
        at = match (sign, next) {
            ('/', Some('/')) => past(&signs, at, '\n'),
            ('/', Some('*')) => past_comment(&signs, at),
            ('r', Some('"' | '#')) if raw_hashes(&signs, at + 1).is_some() => past_raw(&signs, at + 1),
            ('b', Some('r')) if raw_hashes(&signs, at + 2).is_some() => past_raw(&signs, at + 2),
            ('"', _) => past_text(&signs, at),
            ('\'', _) => past_quote(&signs, at),
            (':', Some(':')) => {
                found.push("::".to_owned());
                at + 2
            }
            _ if sign.is_alphanumeric() || sign == '_' => {
                let word: String = signs.iter().skip(at).take_while(|c| c.is_alphanumeric() || **c == '_').collect();
                at += word.chars().count();
                found.push(word);
                at
            }
            _ => {
                if !sign.is_whitespace() {
                    found.push(sign.to_string());
                }
                at + 1
            }
        };
    }
    found
}

fn past(signs: &[char], from: usize, end: char) -> usize {
    signs.iter().skip(from).position(|sign| *sign == end).map_or(signs.len(), |length| from + length + 1)
}

fn past_comment(signs: &[char], from: usize) -> usize {
    let (mut at, mut depth) = (from + 2, 1);
    while depth > 0 && at < signs.len() {
        match (signs.get(at), signs.get(at + 1)) {
            (Some('/'), Some('*')) => (at, depth) = (at + 2, depth + 1),
            (Some('*'), Some('/')) => (at, depth) = (at + 2, depth - 1),
            _ => at += 1,
        }
    }
    at
}

/// The number of `#` before the quote of a raw text, if there is one.
fn raw_hashes(signs: &[char], from: usize) -> Option<usize> {
    let hashes = signs.iter().skip(from).take_while(|sign| **sign == '#').count();
    (signs.get(from + hashes) == Some(&'"')).then_some(hashes)
}

fn past_raw(signs: &[char], from: usize) -> usize {
    let hashes = raw_hashes(signs, from).unwrap();
    let mut at = from + hashes + 1;
    while at < signs.len() {
        at = past(signs, at, '"');
        if signs.iter().skip(at).take_while(|sign| **sign == '#').count() >= hashes {
            break;
        }
    }
    at + hashes
}

fn past_text(signs: &[char], from: usize) -> usize {
    let mut at = from + 1;
    while let Some(sign) = signs.get(at) {
        match sign {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    at
}

/// Behind a character or a lifetime.
fn past_quote(signs: &[char], from: usize) -> usize {
    match (signs.get(from + 1), signs.get(from + 2)) {
        (Some('\\'), _) => past(signs, from + 3, '\''),
        (_, Some('\'')) => from + 3,
        _ => from + 1 + signs.iter().skip(from + 1).take_while(|c| c.is_alphanumeric() || **c == '_').count(),
    }
}

/// The tokens without the items that are built for tests only.
pub fn without_tests(tokens: &[String]) -> Vec<String> {
    let mut kept = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let begins = |words: &[&str]| tokens.iter().skip(at).zip(words).filter(|(a, b)| a == b).count() == words.len();
        if begins(&["#", "[", "cfg", "(", "test", ")", "]"]) {
            at = past_item(tokens, at);
        } else {
            kept.extend(tokens.get(at).cloned());
            at += 1;
        }
    }
    kept
}

/// Behind the item that begins here, its attributes first.
fn past_item(tokens: &[String], from: usize) -> usize {
    let mut at = from;
    while tokens.get(at).is_some_and(|token| token == "#") {
        at = past_group(tokens, at + 1);
    }
    while let Some(token) = tokens.get(at) {
        match token.as_str() {
            ";" => return at + 1,
            "{" => {
                at = past_group(tokens, at);
                return if tokens.get(at).is_some_and(|token| token == ";") { at + 1 } else { at };
            }
            "(" | "[" => at = past_group(tokens, at),
            _ => at += 1,
        }
    }
    at
}

/// Behind the bracket that closes the one that opens here.
pub fn past_group(tokens: &[String], from: usize) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(from) {
        match token.as_str() {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    tokens.len()
}
