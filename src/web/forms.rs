//! Forms: fields with their messages, and the choices that a field offers.
//!
//! A handler builds the fields from what was typed and the [`Problems`] found, and a template draws
//! each with one word (`{{ fields.name.line() }}`); so what was typed is never lost.

use std::borrow::Cow;

use askama::Template;
use askama::filters::HtmlSafe;

use super::Page;
use crate::lang::Message;

/// One field of a form, in the reader's language.
#[derive(Debug, Clone, Default)]
pub struct Field {
    /// Of the element; also what its message is tied to.
    pub id: String,
    /// Under which it is sent.
    pub name: String,
    /// What to write there.
    pub label: String,
    /// What stands there.
    pub value: String,
    /// A word of help; empty for none.
    pub hint: String,
    /// What is wrong with it; empty for nothing.
    pub error: String,
    /// Whether it must be filled in.
    pub required: bool,
    /// Whether the page opens with the cursor in it.
    pub focused: bool,
    /// The most characters; 0 for no limit.
    pub max_length: u32,
    /// `text`, `tel`, `password`, `date`, `number` or `search`.
    pub input_type: &'static str,
    /// The `autocomplete` attribute.
    pub autocomplete: &'static str,
    /// What a select, radio buttons or tick boxes offer.
    pub options: Vec<Choice>,
}

/// One of the choices of a field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// Whether it is chosen.
    pub chosen: bool,
    /// How many records it would show; empty where nothing is counted.
    pub count: String,
}

impl Field {
    /// A line of text under this name, labelled with the text of this key.
    pub fn new(page: &Page, name: &str, label: &'static str) -> Self {
        Self {
            id: name.to_owned(),
            name: name.to_owned(),
            label: page.t(label).to_owned(),
            input_type: "text",
            autocomplete: "off",
            ..Self::default()
        }
    }

    /// With what was typed.
    #[must_use]
    pub fn value(mut self, value: &str) -> Self {
        value.clone_into(&mut self.value);
        self
    }

    /// With a word of help, already in the reader's language.
    #[must_use]
    pub fn hint(mut self, hint: &str) -> Self {
        hint.clone_into(&mut self.hint);
        self
    }

    /// Must be filled in.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// With the cursor in it when the page opens.
    #[must_use]
    pub fn focused(mut self) -> Self {
        self.focused = true;
        self
    }

    /// At most so many characters.
    #[must_use]
    pub fn limit(mut self, characters: u32) -> Self {
        self.max_length = characters;
        self
    }

    /// Of this input type, filled in by the browser as `autocomplete` says.
    #[must_use]
    pub fn kind(mut self, input_type: &'static str, autocomplete: &'static str) -> Self {
        self.input_type = input_type;
        self.autocomplete = autocomplete;
        self
    }

    /// Offering these choices.
    #[must_use]
    pub fn options(mut self, options: Vec<Choice>) -> Self {
        self.options = options;
        self
    }

    /// With the message that belongs to it, if there is one.
    #[must_use]
    pub fn check(mut self, page: &Page, problems: &Problems) -> Self {
        self.error = problems.of(&self.name).map_or_else(String::new, |message| page.say(message));
        self
    }
}

/// How a field is drawn.
#[derive(Debug)]
enum Kind<'a> {
    Line,
    Area,
    Select,
    /// `radio` or `checkbox`.
    Choices(&'static str),
    Tick,
    /// Where suggestions come from, and under which name what was chosen is sent with which value;
    /// `None` for several words, of which none is chosen.
    Suggest(Cow<'a, str>, Option<(&'a str, &'a str)>),
}

/// A field as a page draws it.
#[derive(Debug, Template)]
#[template(path = "pieces/field.html")]
pub struct Drawn<'a> {
    f: &'a Field,
    kind: Kind<'a>,
}

impl HtmlSafe for Drawn<'_> {}

impl Field {
    /// A line of text.
    pub fn line(&self) -> Drawn<'_> {
        Drawn { f: self, kind: Kind::Line }
    }

    /// Several lines of text.
    pub fn area(&self) -> Drawn<'_> {
        Drawn { f: self, kind: Kind::Area }
    }

    /// One of a list that opens.
    pub fn select(&self) -> Drawn<'_> {
        Drawn { f: self, kind: Kind::Select }
    }

    /// One of several, all in sight.
    pub fn radios(&self) -> Drawn<'_> {
        Drawn { f: self, kind: Kind::Choices("radio") }
    }

    /// Any of several.
    pub fn boxes(&self) -> Drawn<'_> {
        Drawn { f: self, kind: Kind::Choices("checkbox") }
    }

    /// One box to tick; it sends `yes`.
    pub fn tick(&self) -> Drawn<'_> {
        Drawn { f: self, kind: Kind::Tick }
    }

    /// A line that offers options while one types. `url` answers `GET ?q=` with
    /// `<li role="option" data-label="…" data-value="…">…</li>` for each; the value of the chosen
    /// one is sent as `name`.
    pub fn suggest<'a>(
        &'a self,
        url: impl Into<Cow<'a, str>>,
        name: &'a str,
        value: &'a str,
    ) -> Drawn<'a> {
        Drawn { f: self, kind: Kind::Suggest(url.into(), Some((name, value))) }
    }

    /// The same for several words parted by 、 or commas.
    pub fn suggest_several<'a>(&'a self, url: impl Into<Cow<'a, str>>) -> Drawn<'a> {
        Drawn { f: self, kind: Kind::Suggest(url.into(), None) }
    }
}

/// What is wrong with a form: a message for each field.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Problems(Vec<(&'static str, Message)>);

/// One line of the summary above a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field to go to.
    pub field_id: String,
    /// What is wrong with it.
    pub message: String,
}

impl Problems {
    /// Nothing is wrong.
    pub fn none() -> Self {
        Self::default()
    }

    /// Notes what is wrong with a field; the first message of a field stays.
    pub fn add(&mut self, field: &'static str, message: Message) {
        if self.of(field).is_none() {
            self.0.push((field, message));
        }
    }

    /// Takes the value, or notes what is wrong with it and gives nothing.
    pub fn check<T>(&mut self, field: &'static str, value: Result<T, Message>) -> Option<T> {
        match value {
            Ok(value) => Some(value),
            Err(message) => {
                self.add(field, message);
                None
            }
        }
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The message of a field.
    pub fn of(&self, field: &str) -> Option<&Message> {
        self.0.iter().find(|(name, _)| *name == field).map(|(_, message)| message)
    }

    /// Field and message, in the order found.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Message)> {
        self.0.iter().map(|(field, message)| (*field, message))
    }

    /// The summary above the form.
    pub fn summary(&self, page: &Page) -> Vec<FieldError> {
        self.iter()
            .map(|(field, message)| FieldError {
                field_id: field.to_owned(),
                message: page.say(message),
            })
            .collect()
    }
}
