//! What can go wrong in a handler, and the page that says so.

use askama::Template;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::{Context, Page, html};

/// A request that gets no page of its own. What a person can mend in a form is not here: that is
/// said beside the field.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such page or record, or not for this viewer.
    #[error("not found")]
    NotFound,
    /// The viewer's own record was removed from the registry.
    #[error("gone")]
    Gone,
    /// The viewer's role may not do it.
    #[error("forbidden")]
    Forbidden,
    /// The request makes no sense: a form that no page of ours sends.
    #[error("bad request: {0}")]
    BadRequest(&'static str),
    /// The record changed between the page and the click.
    #[error("conflict")]
    Conflict,
    /// The upload is over the limit.
    #[error("too large")]
    TooLarge,
    /// The database failed.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// A template failed.
    #[error("template: {0}")]
    Template(#[from] askama::Error),
    /// A file failed.
    #[error("file: {0}")]
    File(#[from] std::io::Error),
    /// Anything else that is our fault.
    #[error("{0}")]
    Internal(Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// Wraps an error that is our fault.
    pub fn internal(error: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Internal(Box::new(error))
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Gone => StatusCode::GONE,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::Conflict => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Database(sqlx::Error::PoolTimedOut) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Database(_) | Self::Template(_) | Self::File(_) | Self::Internal(_) => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
        }
    }
}

/// Marks a response that has no body yet; [`error_pages`] writes it.
#[derive(Debug, Clone, Copy)]
struct Bare;

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let status = self.status();
        if status.is_server_error() {
            tracing::error!(error = %self, "a request failed");
        }
        let mut response = status.into_response();
        response.extensions_mut().insert(Bare);
        response
    }
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    page: Page,
    title: &'static str,
    text: &'static str,
    reference: String,
}

/// Marks an answer that is for a program: [`error_pages`] leaves it as it is.
#[derive(Debug, Clone, Copy)]
struct AsItIs;

/// A failure whose words are for a program and get no page.
pub fn as_it_is(mut response: Response) -> Response {
    response.extensions_mut().insert(AsItIs);
    response
}

/// Middleware: gives every failure a page in the reader's language. Answers that already have a
/// page of ours (a form with its messages) or a part of one pass as they are.
pub async fn error_pages(request: Request, next: Next) -> Response {
    let context = request.extensions().get::<Context>().cloned();
    let response = next.run(request).await;
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let ours = response.headers().get(CONTENT_TYPE).is_some_and(|kind| {
        kind.as_bytes().starts_with(b"text/html") || kind.as_bytes().starts_with(b"application/")
    });
    let Some(context) = context else { return response };
    if response.extensions().get::<AsItIs>().is_some() {
        return response;
    }
    if ours && response.extensions().get::<Bare>().is_none() {
        return response;
    }
    page_for(status, context).unwrap_or(response)
}

fn page_for(status: StatusCode, context: Context) -> Option<Response> {
    let (title, text) = match status.as_u16() {
        403 => ("error-title-403", "error-text-403"),
        404 => ("error-title-404", "error-text-404"),
        405 => ("error-title-405", "error-text-405"),
        409 => ("error-title-409", "error-text-409"),
        410 => ("error-title-410", "error-text-410"),
        413 => ("error-title-413", "error-text-413"),
        408 | 429 | 503 => ("error-title-503", "error-text-503"),
        400..=499 => ("error-title-400", "error-text-400"),
        _ => ("error-title-500", "error-text-500"),
    };
    let language = context.language;
    let reference = if status.is_server_error() {
        let reference = context.reference.clone();
        language.text_with("error-reference", &[("reference", reference.into())])
    } else {
        String::new()
    };
    let (title, text) = (language.text(title), language.text(text));
    let page = ErrorPage { page: Page::new(context), title, text, reference };
    let mut response = html(&page).ok()?;
    *response.status_mut() = status;
    Some(response)
}
