//! Meetings 座谈会、组织生活: exchange meetings and study sessions, who came, what was told there
//! and what follows from it.

pub mod attendance;
mod edit_pages;
mod file_pages;
mod file_store;
pub mod forget_store;
mod form;
pub mod lines;
mod list_pages;
mod pages;
mod print_pages;
pub mod store;

use jiff::civil::{Date, Time};

use crate::activities::today;
use crate::lang::Message;
use crate::text::normalize;
use crate::web::{Page, Routes, Scope};

pub(crate) use form::lines as lines_of_text;

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    let routes = edit_pages::routes(pages::routes(list_pages::routes(routes)));
    let routes = print_pages::routes(file_pages::routes(routes));
    lines::routes(attendance::routes(routes))
}

/// What kind of meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// 座谈会.
    Exchange,
    /// 组织生活.
    Study,
}

impl Kind {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 2] = [Self::Exchange, Self::Study];

    /// As the database keeps it and forms send it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exchange => "exchange",
            Self::Study => "study",
        }
    }

    /// From what the database keeps or a form sent.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Its words in the catalogue.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Exchange => "meetings-kind-exchange",
            Self::Study => "meetings-kind-study",
        }
    }
}

/// Reads a time of day as people write it (`19:30`, `19点半`); empty when it is not named.
///
/// # Errors
/// A message for the field.
pub fn parse_time(typed: &str) -> Result<String, Message> {
    let typed = normalize(typed).replace('半', "30");
    if typed.is_empty() {
        return Ok(String::new());
    }
    let wrong = || Message::new("meetings-time-shape");
    let typed = typed.trim_end_matches('分');
    let (hour, minute) = typed.split_once([':', '点', '时', '.']).unwrap_or((typed, ""));
    let number = |text: &str| match text.trim() {
        "" => Ok(0),
        text => text.parse::<i8>().map_err(|_| wrong()),
    };
    if hour.trim().is_empty() {
        return Err(wrong());
    }
    let time = Time::new(number(hour)?, number(minute)?, 0, 0).map_err(|_| wrong())?;
    Ok(time.strftime("%H:%M").to_string())
}

/// What a meeting is; a value that exists is valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingDetails {
    /// The day.
    pub day: Date,
    /// When it begins (`19:30`); empty when it is not named.
    pub begins: String,
    /// Where, up to 60 characters; may be empty.
    pub place: String,
    /// What kind of meeting.
    pub kind: Kind,
    /// What it is about, up to 60 characters.
    pub title: String,
    /// In which order, up to 2000 characters; may be empty.
    pub agenda: String,
    /// Who leads it (`members.id`).
    pub chair: Option<i64>,
    /// What was said and settled, up to 20 000 characters; may be empty.
    pub minutes: String,
}

/// A member where their name is said in a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// `members.id`.
    pub id: i64,
    /// The name.
    pub name: String,
    /// The branch (`branches.id`).
    pub branch: Option<i64>,
}

impl Person {
    /// The name, for those who may see the record.
    pub fn seen<'a>(&'a self, page: &Page, scope: &Scope) -> &'a str {
        if scope.covers(self.branch) { &self.name } else { page.t("meetings-of-other-branch") }
    }
}

/// A meeting as its page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// `meetings.id`.
    pub id: i64,
    /// What it is.
    pub details: MeetingDetails,
    /// Who leads it.
    pub chair: Option<Person>,
    /// When it was entered.
    pub created_at: String,
    /// When it was last changed.
    pub updated_at: String,
    /// Counts the changes.
    pub version: i64,
    /// When it was put into the bin.
    pub removed_at: Option<String>,
}

impl Meeting {
    /// Whether its day has not come.
    pub fn is_planned(&self) -> bool {
        self.details.day > today()
    }

    /// Day and time in words.
    pub fn when(&self, page: &Page) -> String {
        let day = page.date(&self.details.day.to_string());
        format!("{day} {}", self.details.begins).trim_end().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_day_is_read_as_people_write_it() {
        for (typed, kept) in [
            ("", ""),
            ("9:05", "09:05"),
            ("１９：３０", "19:30"),
            ("19点半", "19:30"),
            ("19时", "19:00"),
            ("14点05分", "14:05"),
            ("14", "14:00"),
        ] {
            assert_eq!(parse_time(typed).unwrap(), kept, "{typed}");
        }
        for typed in ["25:00", "7:60", "evening", ":30", "-1:00"] {
            assert_eq!(parse_time(typed).unwrap_err().key(), "meetings-time-shape", "{typed}");
        }
    }
}
