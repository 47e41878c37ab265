//! Pieces of markup that many pages share, each a template of its own: compiled once, and written
//! in a page as one expression. Fields are in [`super::forms`].

use std::borrow::Cow;
use std::fmt;

use askama::Template;
use askama::filters::HtmlSafe;

use super::forms::FieldError;
use super::paging::Pager;
use super::{Difference, Page};

/// A drawing of `static/icons.svg`; the words beside it say what it means.
#[derive(Debug, Clone, Copy)]
pub struct Icon<'a> {
    sheet: &'static str,
    name: &'a str,
}

impl fmt::Display for Icon<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { sheet, name } = self;
        write!(f, r##"<svg class="icon" aria-hidden="true"><use href="{sheet}#{name}"/></svg>"##)
    }
}

/// The summary above a form that came back.
#[derive(Debug, Template)]
#[template(path = "pieces/errors.html")]
pub struct Errors<'a> {
    page: &'a Page,
    list: &'a [FieldError],
}

/// Where there is nothing (yet), and what one can do about it.
#[derive(Debug, Template)]
#[template(path = "pieces/empty.html")]
pub struct Empty<'a> {
    icon: Icon<'a>,
    text: &'a str,
    action_url: &'a str,
    action_text: &'a str,
}

/// What differs between two versions, under the names of both.
#[derive(Debug, Template)]
#[template(path = "pieces/differences.html")]
pub struct Differences<'a> {
    page: &'a Page,
    rows: &'a [Difference],
    old: &'a str,
    new: &'a str,
}

/// Inside a form that lost a race: what was saved meanwhile beside what was typed, and the choice.
#[derive(Debug, Template)]
#[template(path = "pieces/conflict.html")]
pub struct Conflict<'a> {
    page: &'a Page,
    rows: &'a [Difference],
    theirs_url: Cow<'a, str>,
}

/// The pages of a list.
#[derive(Debug, Template)]
#[template(path = "pieces/pager.html")]
pub struct Pages<'a> {
    page: &'a Page,
    p: &'a Pager,
}

impl HtmlSafe for Icon<'_> {}
impl HtmlSafe for Errors<'_> {}
impl HtmlSafe for Empty<'_> {}
impl HtmlSafe for Differences<'_> {}
impl HtmlSafe for Conflict<'_> {}
impl HtmlSafe for Pages<'_> {}

impl Page {
    /// The drawing of this name. Names are Linli's own, never what was typed.
    pub fn icon<'a>(&self, name: &'a str) -> Icon<'a> {
        Icon { sheet: self.asset("icons.svg"), name }
    }

    /// The summary above a form; nothing when nothing is wrong.
    pub fn errors<'a>(&'a self, list: &'a [FieldError]) -> Errors<'a> {
        Errors { page: self, list }
    }

    /// That there is nothing, with a link to what one can do; without one when the URL is empty.
    pub fn empty<'a>(
        &'a self,
        icon: &'a str,
        text: &'a str,
        action_url: &'a str,
        action_text: &'a str,
    ) -> Empty<'a> {
        Empty { icon: self.icon(icon), text, action_url, action_text }
    }

    /// What differs between two versions; nothing when nothing does.
    pub fn differences<'a>(
        &'a self,
        rows: &'a [Difference],
        old: &'a str,
        new: &'a str,
    ) -> Differences<'a> {
        Differences { page: self, rows, old, new }
    }

    /// What another saved meanwhile; `theirs_url` is where to go to leave it so.
    pub fn conflict<'a>(
        &'a self,
        rows: &'a [Difference],
        theirs_url: impl Into<Cow<'a, str>>,
    ) -> Conflict<'a> {
        Conflict { page: self, rows, theirs_url: theirs_url.into() }
    }

    /// The pages of a list.
    pub fn pager<'a>(&'a self, p: &'a Pager) -> Pages<'a> {
        Pages { page: self, p }
    }
}
