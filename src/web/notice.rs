//! A word about what was just done, on the page that follows: carried in a cookie, as a key of
//! the catalogue and at most one name, so that nobody can put words in our mouth.

use axum::http::HeaderValue;
use axum::http::header::{CONTENT_TYPE, SET_COOKIE};
use axum::response::Response;
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use serde::{Deserialize, Serialize};

use super::see_other;
use crate::lang::{Language, Value};

const COOKIE: &str = "linli-notice";
/// Only these keys of the catalogue may be shown as notices.
const PREFIX: &str = "notice-";

/// What the last change has to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// `ok` or `warning`.
    pub kind: &'static str,
    /// In the reader's language.
    pub text: String,
}

#[derive(Serialize, Deserialize)]
struct Carried {
    key: String,
    name: String,
}

impl Notice {
    /// Sends the browser on, and says there that it was done: `notice-{key}` of the catalogue,
    /// with `name` for `{ $name }`. Keys that end in `-warning` are shown as warnings.
    pub fn see_other(location: &str, key: &'static str, name: &str) -> Response {
        let mut response = see_other(location);
        let carried = Carried { key: key.to_owned(), name: name.chars().take(60).collect() };
        if let Ok(value) = serde_html_form::to_string(&carried)
            && let Ok(value) = HeaderValue::from_str(&cookie(value).to_string())
        {
            response.headers_mut().append(SET_COOKIE, value);
        }
        response
    }
}

fn cookie(value: String) -> Cookie<'static> {
    Cookie::build((COOKIE, value)).path("/").http_only(true).same_site(SameSite::Lax).build()
}

pub(super) fn read(jar: &CookieJar, language: Language) -> Option<Notice> {
    let carried: Carried = serde_html_form::from_str(jar.get(COOKIE)?.value()).ok()?;
    if !carried.key.starts_with(PREFIX) || !language.knows(&carried.key) {
        return None;
    }
    let kind = if carried.key.ends_with("-warning") { "warning" } else { "ok" };
    let text = language.text_with(&carried.key, &[("name", Value::from(carried.name))]);
    Some(Notice { kind, text })
}

/// Takes the cookie back with the first whole page that showed it.
pub(super) fn clear_once_shown(mut response: Response) -> Response {
    let is_page = response
        .headers()
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if is_page {
        let mut gone = cookie(String::new());
        gone.make_removal();
        if let Ok(value) = HeaderValue::from_str(&gone.to_string()) {
            response.headers_mut().append(SET_COOKIE, value);
        }
    }
    response
}
