//! What is known of a request before any page is asked: language, theme, path, notice; and once
//! the session was looked up, the viewer.

use axum::extract::Request;
use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::middleware::Next;
use axum::response::Response;
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};

use super::notice::{self, Notice};
use super::permission::Viewer;
use crate::lang::Language;

const LANGUAGE: &str = "linli-language";
const THEME: &str = "linli-theme";

/// A request's surroundings.
#[derive(Debug, Clone)]
pub struct Context {
    /// The reader's language: chosen, or else what the browser asks for.
    pub language: Language,
    /// `light`, `dark`, or empty for the system's.
    pub theme: &'static str,
    /// Who is asking, when signed in.
    pub viewer: Option<Viewer>,
    /// The path asked for.
    pub path: String,
    /// The query string, without `?`.
    pub query: String,
    /// What to quote when something went wrong.
    pub reference: String,
    /// What the last change has to say.
    pub notice: Option<Notice>,
    /// Whether htmx asks for a part of a page.
    pub partial: bool,
}

impl Context {
    fn of(request: &Request) -> Self {
        let headers = request.headers();
        let jar = CookieJar::from_headers(headers);
        let language = jar
            .get(LANGUAGE)
            .and_then(|cookie| cookie.value().parse().ok())
            .unwrap_or_else(|| Language::negotiate(header(headers, ACCEPT_LANGUAGE.as_str())));
        Self {
            language,
            theme: jar.get(THEME).map_or("", |cookie| known_theme(cookie.value())),
            viewer: None,
            path: request.uri().path().to_owned(),
            query: request.uri().query().unwrap_or_default().to_owned(),
            reference: header(headers, "x-request-id").to_owned(),
            notice: notice::read(&jar, language),
            partial: headers.contains_key("hx-request"),
        }
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn known_theme(theme: &str) -> &'static str {
    match theme {
        "light" => "light",
        "dark" => "dark",
        _ => "",
    }
}

/// Middleware: puts the [`Context`] beside the request, and clears a notice that was shown.
pub async fn open(mut request: Request, next: Next) -> Response {
    let context = Context::of(&request);
    let told = context.notice.is_some();
    request.extensions_mut().insert(context);
    let response = next.run(request).await;
    if told { notice::clear_once_shown(response) } else { response }
}

/// The cookie by which a browser remembers its language, for a year.
pub fn language_cookie(language: Language) -> Cookie<'static> {
    lasting(LANGUAGE, language.tag())
}

/// The cookie by which a browser remembers its theme; anything unknown is the system's.
pub fn theme_cookie(theme: &str) -> Cookie<'static> {
    lasting(THEME, known_theme(theme))
}

fn lasting(name: &'static str, value: &'static str) -> Cookie<'static> {
    Cookie::build((name, value))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .permanent()
        .build()
}
