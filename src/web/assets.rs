//! Styles, script and icons, served from the binary under names that hold their hash, so that a
//! browser keeps them for good and never sees a stale one.

use std::collections::HashMap;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

use super::{Error, Permission, Routes};

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/static"]
struct Files;

struct Assets {
    urls: HashMap<String, String>,
    names: HashMap<String, String>,
}

static ASSETS: LazyLock<Assets> = LazyLock::new(|| {
    let mut assets = Assets { urls: HashMap::new(), names: HashMap::new() };
    for name in Files::iter() {
        let Some(file) = Files::get(&name) else { continue };
        let hash = hex::encode(&file.metadata.sha256_hash()[..6]);
        let (stem, extension) = name.rsplit_once('.').unwrap_or((&name, ""));
        let hashed = format!("{stem}.{hash}.{extension}");
        assets.urls.insert(name.to_string(), format!("/static/{hashed}"));
        assets.names.insert(hashed, name.to_string());
    }
    assets
});

/// Where a static file is served; an unknown name leads to the top.
pub(super) fn url(name: &str) -> &'static str {
    let url = ASSETS.urls.get(name);
    debug_assert!(url.is_some(), "no static file is called {name}");
    url.map_or("/", String::as_str)
}

/// The route that serves them.
pub fn routes(routes: Routes) -> Routes {
    routes.get("/static/{*name}", Permission::Public, serve)
}

async fn serve(Path(hashed): Path<String>) -> Result<Response, Error> {
    let name = ASSETS.names.get(&hashed).ok_or(Error::NotFound)?;
    let file = Files::get(name).ok_or(Error::NotFound)?;
    let kind = match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    };
    let headers = [(CONTENT_TYPE, kind), (CACHE_CONTROL, "public, max-age=31536000, immutable")];
    Ok((headers, file.data).into_response())
}
