//! From text to values, by RFC 8259. Of what that leaves open, half a surrogate pair is U+FFFD.

use super::{Json, Number, Object};

/// Arrays and objects inside one another; deeper ones would overflow the stack.
const DEPTH: usize = 127;

/// Reads a text that is one JSON value.
///
/// # Errors
/// What was expected, and where; or that the text is cut off there.
pub fn read(text: &str) -> Result<Json, String> {
    let mut reader = Reader { text, at: 0 };
    let whole = reader.value(DEPTH).and_then(|value| match reader.next() {
        None => Ok(value),
        Some(_) => Err("the end"),
    });
    whole.map_err(|expected| reader.explain(expected))
}

/// What was expected instead.
type Expected = &'static str;

struct Reader<'a> {
    text: &'a str,
    /// Bytes read; always between two characters.
    at: usize,
}

impl<'a> Reader<'a> {
    fn explain(&self, expected: Expected) -> String {
        let before = self.text.get(..self.at).unwrap_or_default();
        let (line, column) = before.chars().fold((1, 1), |(line, column), character| match character {
            '\n' => (line + 1, 1),
            _ => (line, column + 1),
        });
        let ends = if self.rest().is_empty() { ", where the text ends" } else { "" };
        format!("expected {expected} at line {line} column {column}{ends}")
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The byte after white space.
    fn next(&mut self) -> Option<u8> {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
        self.peek()
    }

    fn take(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    /// `token` after white space, or an error that says `expected`.
    fn require(&mut self, token: &str, expected: Expected) -> Result<(), Expected> {
        self.next();
        if self.take(token) { Ok(()) } else { Err(expected) }
    }

    fn value(&mut self, depth: usize) -> Result<Json, Expected> {
        match self.next() {
            Some(b'{') => self.object(depth.checked_sub(1).ok_or("less nesting")?),
            Some(b'[') => self.array(depth.checked_sub(1).ok_or("less nesting")?),
            Some(b'"') => self.string().map(Json::String),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ if self.take("null") => Ok(Json::Null),
            _ if self.take("true") => Ok(Json::Bool(true)),
            _ if self.take("false") => Ok(Json::Bool(false)),
            _ => Err("a value"),
        }
    }

    fn object(&mut self, depth: usize) -> Result<Json, Expected> {
        let mut fields = Object::new();
        self.at += 1;
        if self.next() == Some(b'}') {
            self.at += 1;
            return Ok(Json::Object(fields));
        }
        loop {
            if self.next() != Some(b'"') {
                return Err("a key in double quotes");
            }
            let key = self.string()?;
            self.require(":", "`:`")?;
            fields.push(key, self.value(depth)?);
            if self.next() == Some(b'}') {
                self.at += 1;
                return Ok(Json::Object(fields));
            }
            self.require(",", "`,` or `}`")?;
        }
    }

    fn array(&mut self, depth: usize) -> Result<Json, Expected> {
        let mut values = Vec::new();
        self.at += 1;
        if self.next() == Some(b']') {
            self.at += 1;
            return Ok(Json::Array(values));
        }
        loop {
            values.push(self.value(depth)?);
            if self.next() == Some(b']') {
                self.at += 1;
                return Ok(Json::Array(values));
            }
            self.require(",", "`,` or `]`")?;
        }
    }

    fn string(&mut self) -> Result<String, Expected> {
        let mut string = String::new();
        self.at += 1;
        loop {
            let rest = self.rest();
            let plain = rest.find(|c| c < ' ' || c == '"' || c == '\\').unwrap_or(rest.len());
            string.push_str(rest.get(..plain).unwrap_or_default());
            self.at += plain;
            if self.take("\"") {
                return Ok(string);
            }
            if self.peek().is_none() {
                return Err("the end of a string");
            }
            if !self.take("\\") {
                return Err("no line break or control character within a string");
            }
            string.push(self.escaped()?);
        }
    }

    /// What stands after a backslash.
    fn escaped(&mut self) -> Result<char, Expected> {
        let escape = self.peek().ok_or("an escape")?;
        let character = match escape {
            b'"' | b'\\' | b'/' => char::from(escape),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                self.at += 1;
                return self.utf16();
            }
            _ => return Err("an escape"),
        };
        self.at += 1;
        Ok(character)
    }

    /// A character by the one or two UTF-16 units it is written as. Half of a pair is no character, but no reason to lose
    /// the words around it either: servers in JavaScript cut texts between the halves.
    fn utf16(&mut self) -> Result<char, Expected> {
        let first = self.hex()?;
        let behind = self.at;
        if (0xD800..0xDC00).contains(&first) && self.take("\\u") {
            if let Some(low) = self.hex()?.checked_sub(0xDC00).filter(|low| *low < 0x400) {
                let code = 0x1_0000 + ((first - 0xD800) << 10) + low;
                return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            self.at = behind;
        }
        Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn hex(&mut self) -> Result<u32, Expected> {
        let digits =
            self.rest().get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()).ok_or("four hex digits")?;
        self.at += 4;
        Ok(code)
    }

    fn number(&mut self) -> Result<Json, Expected> {
        let start = self.at;
        self.take("-");
        // A leading zero stands alone: `01` is no number.
        if !self.take("0") {
            self.digits()?;
        }
        if self.take(".") {
            self.digits()?;
        }
        if self.take("e") || self.take("E") {
            let _sign = self.take("+") || self.take("-");
            self.digits()?;
        }
        let written = self.text.get(start..self.at).unwrap_or_default();
        Ok(Json::Number(Number::written(written)))
    }

    fn digits(&mut self) -> Result<(), Expected> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at > start { Ok(()) } else { Err("a digit") }
    }
}
