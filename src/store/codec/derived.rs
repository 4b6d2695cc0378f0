//! Derived values: anything that can be made again, so that an unreadable one is simply no value.

use bincode::Options;
use serde::{Deserialize, Serialize};

/// Most bytes of one value.
const MOST: u64 = 1 << 24;

/// A value with its version in front; `None` when it is too long.
pub fn write<T: Serialize>(version: u8, value: &T) -> Option<Vec<u8>> {
    let mut bytes = vec![version];
    options().serialize_into(&mut bytes, value).ok()?;
    Some(bytes)
}

/// The value, if it is whole and of this version.
pub fn read<'a, T: Deserialize<'a>>(version: u8, bytes: &'a [u8]) -> Option<T> {
    let (found, body) = bytes.split_first()?;
    (*found == version).then(|| options().deserialize(body).ok()).flatten()
}

fn options() -> impl Options {
    bincode::DefaultOptions::new().with_limit(MOST)
}

#[cfg(test)]
mod tests {
    use super::{read, write};

    #[test]
    fn a_value_of_another_version_or_with_bytes_left_over_is_no_value() {
        let bytes = write(1, &("客户".to_owned(), 7_u32)).unwrap();
        assert_eq!(read::<(String, u32)>(1, &bytes), Some(("客户".to_owned(), 7)));
        assert_eq!(read::<(String, u32)>(2, &bytes), None);
        let longer: Vec<u8> = bytes.into_iter().chain([0]).collect();
        assert_eq!(read::<(String, u32)>(1, &longer), None);
    }
}
