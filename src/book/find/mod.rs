//! Finding a customer by characters, pinyin, digits or a near miss.
