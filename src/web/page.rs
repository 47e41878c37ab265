//! What every template is given: texts, addresses of static files, the viewer and the notice.

use askama::Template;
use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tokio_util::io::ReaderStream;

use super::permission::{Permission, Viewer};
use super::{Context, Error, Notice, Result, assets};
use crate::lang::{Language, Message, Value};
use crate::sheets::WrittenList;

/// The surroundings of a page, as templates see them.
#[derive(Debug, Clone)]
pub struct Page {
    context: Context,
    form_token: String,
}

impl Page {
    /// For a request.
    pub fn new(context: Context) -> Self {
        Self { context, form_token: super::FormToken::fresh() }
    }

    /// The reader's language.
    pub fn language(&self) -> Language {
        self.context.language
    }

    /// The text with this key.
    pub fn t(&self, key: &'static str) -> &'static str {
        self.context.language.text(key)
    }

    /// The text with this key, with one number or word filled in under this name.
    pub fn t1(&self, key: &'static str, name: &'static str, value: impl Into<Value>) -> String {
        self.context.language.text_with(key, &[(name, value.into())])
    }

    /// A message in the reader's language.
    pub fn say(&self, message: &Message) -> String {
        message.say(self.context.language)
    }

    /// The language tag for `<html lang>`.
    pub fn lang(&self) -> &'static str {
        self.context.language.tag()
    }

    /// `light`, `dark` or empty.
    pub fn theme(&self) -> &'static str {
        self.context.theme
    }

    /// The address of a static file, with its hash in the name.
    pub fn asset(&self, name: &str) -> &'static str {
        assets::url(name)
    }

    /// Whether someone is signed in.
    pub fn signed_in(&self) -> bool {
        self.context.viewer.is_some()
    }

    /// The viewer's name; empty when nobody is signed in.
    pub fn viewer_name(&self) -> &str {
        self.context.viewer.as_ref().map_or("", |viewer| viewer.name.as_str())
    }

    /// Whether the viewer has the permission of this name ([`Permission::name`]).
    pub fn may(&self, name: &str) -> bool {
        let permission = Permission::ALL.into_iter().find(|permission| permission.name() == name);
        debug_assert!(permission.is_some(), "no permission is called {name}");
        match (&self.context.viewer, permission) {
            (Some(viewer), Some(permission)) => viewer.may(permission),
            _ => false,
        }
    }

    /// Whether the page lies at this path or below it.
    pub fn is_at(&self, path: &str) -> bool {
        let here = self.context.path.as_str();
        here == path
            || (path != "/" && here.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')))
    }

    /// What stands in the search box.
    pub fn search_query(&self) -> String {
        if self.context.path != "/members" {
            return String::new();
        }
        let pairs: Vec<(String, String)> =
            serde_html_form::from_str(&self.context.query).unwrap_or_default();
        pairs.into_iter().find(|(name, _)| name == "q").map_or_else(String::new, |(_, q)| q)
    }

    /// What the last change has to say.
    pub fn notice(&self) -> Option<&Notice> {
        self.context.notice.as_ref()
    }

    /// Where to come back to after language or theme were switched.
    pub fn return_path(&self) -> String {
        if self.context.query.is_empty() {
            self.context.path.clone()
        } else {
            format!("{}?{}", self.context.path, self.context.query)
        }
    }

    /// Whether htmx asks for a part of the page only.
    pub fn partial(&self) -> bool {
        self.context.partial
    }

    /// The token of this page's form: sent twice, it is saved once.
    pub fn form_token(&self) -> &str {
        &self.form_token
    }

    /// The same page with the token of the form that came in, for showing that form again.
    #[must_use]
    pub fn keeping(mut self, token: &str) -> Self {
        token.clone_into(&mut self.form_token);
        self
    }

    /// Who is asking.
    pub fn viewer(&self) -> Option<&Viewer> {
        self.context.viewer.as_ref()
    }

    /// A whole number as the reader writes it.
    pub fn number(&self, number: &i64) -> String {
        self.context.language.number(*number)
    }

    /// A point in time as the reader writes it.
    pub fn time(&self, at: &str) -> String {
        self.context.language.time(at)
    }

    /// A day as the reader writes it.
    pub fn date(&self, day: &str) -> String {
        self.context.language.date(day)
    }
}

impl<S: Sync> FromRequestParts<S> for Page {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> std::result::Result<Self, Error> {
        let context = parts.extensions.get::<Context>().cloned();
        context.map(Self::new).ok_or(Error::BadRequest("no context"))
    }
}

/// A template as a page that no cache keeps, since it shows what only its viewer may see.
///
/// # Errors
/// When the template fails.
pub fn html(template: &impl Template) -> Result {
    let mut response = template.render()?.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// A file to keep, under a name of any script (RFC 6266).
pub fn file(body: Body, name: &str, kind: &'static str) -> Response {
    let encoded = utf8_percent_encode(name, NON_ALPHANUMERIC);
    let disposition = format!("attachment; filename*=UTF-8''{encoded}");
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(disposition) = HeaderValue::from_str(&disposition) {
        headers.insert(CONTENT_DISPOSITION, disposition);
    }
    response
}

/// The same of a file on the disk, from where it is read on.
pub fn disk_file(opened: tokio::fs::File, name: &str, kind: &'static str) -> Response {
    file(Body::from_stream(ReaderStream::new(opened)), name, kind)
}

/// The same of a list that was written; its name gets the ending.
pub fn list_file(written: WrittenList, name: &str) -> Response {
    let name = format!("{name}.{}", written.format.ending());
    disk_file(tokio::fs::File::from_std(written.file), &name, written.format.media_type())
}
