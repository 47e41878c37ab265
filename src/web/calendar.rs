//! Calendars as phones read them (iCalendar, RFC 5545).

use std::fmt::Write as _;

/// A calendar that is being written.
#[derive(Debug)]
pub struct Calendar(String);

impl Calendar {
    /// One of this name.
    pub fn new(name: &str) -> Self {
        let mut calendar = Self(String::new());
        for line in [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Linli//Linli//ZH",
            "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH",
        ] {
            calendar.put(line);
        }
        calendar.put_text("X-WR-CALNAME", name);
        calendar
    }

    /// Begins an event that bears this name for ever; `updated_at`: when it was last changed
    /// (2026-01-31T08:00:00.000Z), for the `version`-th time.
    pub fn begin_event(&mut self, name: &str, version: i64, updated_at: &str) {
        let stamp: String = updated_at.chars().filter(char::is_ascii_alphanumeric).collect();
        let stamp = stamp.get(..15).unwrap_or("19700101T000000");
        self.put("BEGIN:VEVENT");
        self.put(&format!("UID:{name}@linli"));
        self.put(&format!("SEQUENCE:{version}"));
        self.put(&format!("DTSTAMP:{stamp}Z"));
    }

    /// Ends the event.
    pub fn end_event(&mut self) {
        self.put("END:VEVENT");
    }

    /// A line whose value is text, in which some signs mean something (3.3.11).
    pub fn put_text(&mut self, name: &str, text: &str) {
        let mut line = format!("{name}:");
        for sign in text.chars() {
            match sign {
                '\\' | ';' | ',' => line.extend(['\\', sign]),
                '\n' => line.push_str("\\n"),
                sign => line.push(sign),
            }
        }
        self.put(&line);
    }

    /// A line, folded so that no part has more than 75 bytes and no character is torn (3.1).
    pub fn put(&mut self, line: &str) {
        let mut bytes = 0;
        for sign in line.chars() {
            if bytes + sign.len_utf8() > 75 {
                self.0.push_str("\r\n ");
                bytes = 1;
            }
            self.0.push(sign);
            bytes += sign.len_utf8();
        }
        let _ = write!(self.0, "\r\n");
    }

    /// The whole calendar.
    pub fn finish(mut self) -> String {
        self.put("END:VCALENDAR");
        self.0
    }
}
