//! What pages share: the request's context, permission, errors as pages, forms, files, layout.
//! It knows no feature.

mod assets;
pub mod calendar;
pub mod columns;
mod compare;
mod context;
mod error;
pub mod forms;
mod frame;
mod notice;
mod page;
pub mod paging;
mod permission;
mod pieces;
mod preferences;
mod qr;
mod routes;
pub mod scans;
mod security;
mod store;
mod submission;
pub mod uploads;
pub mod word;

pub use assets::routes as asset_routes;
pub use compare::{Difference, Fact, differing};
pub use context::{Context, open as open_context};
pub use error::{Error, as_it_is, error_pages};
pub use notice::Notice;
pub use page::{Page, disk_file, file, html, list_file};
pub use permission::{Permission, Role, Scope, Viewer};
pub use preferences::routes as preference_routes;
pub use qr::Qr;
pub use routes::{Route, Routes};
pub use security::{headers, is_own_path};
pub use submission::{
    Draft, FormToken, already_answered, claim_draft, forget_before, forget_drafts, remember_answer,
};

use axum::http::header::LOCATION;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

/// What a handler returns.
pub type Result<T = Response> = std::result::Result<T, Error>;

/// Sends the browser on with a GET, as every successful change ends.
pub fn see_other(location: &str) -> Response {
    let location = HeaderValue::from_str(location).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response()
}
