//! `/healthz`, `/readyz`, `/metrics`.

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, FORWARDED, HOST, VIA};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use sha2::{Digest as _, Sha256};

use super::{health, measures};
use crate::app::App;
use crate::web::{Error, Permission, Result, Routes, as_it_is};

/// The text format of Prometheus.
const FORMAT: &str = "text/plain; version=0.0.4; charset=utf-8";

/// The routes of this feature. None of them knows accounts: machines ask here, and `/metrics` has
/// a secret of its own.
pub fn routes(routes: Routes) -> Routes {
    routes.get("/healthz", Permission::Public, alive).get("/readyz", Permission::Public, ready).get(
        "/metrics",
        Permission::Public,
        metrics,
    )
}

/// The process answers.
async fn alive() -> &'static str {
    "ok\n"
}

/// The process can do its work; else 503 with a word why.
async fn ready(State(app): State<App>) -> Response {
    match health::ready(&app.db).await {
        Ok(()) => "ready\n".into_response(),
        Err(reason) => {
            tracing::warn!(error = ?reason, "not ready");
            let word = (StatusCode::SERVICE_UNAVAILABLE, format!("{reason}\n")).into_response();
            as_it_is(word)
        }
    }
}

async fn metrics(State(app): State<App>, request: Request) -> Result {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0);
    if !may_read(&app, peer, request.headers()) {
        return Err(Error::Forbidden);
    }
    let headers = [(CONTENT_TYPE, FORMAT), (CACHE_CONTROL, "no-store")];
    Ok((headers, measures::text(&app.db).await?).into_response())
}

/// Whoever shows the secret, where one is set. Where none is, only a program on the same machine
/// that asks directly: not through a proxy, whose requests come from this machine too.
fn may_read(app: &App, peer: Option<SocketAddr>, headers: &HeaderMap) -> bool {
    let secret = &app.settings.metrics_token;
    if !secret.is_empty() {
        let shown = headers.get(AUTHORIZATION).map(|value| value.as_bytes()).unwrap_or_default();
        let shown = shown.strip_prefix(b"Bearer ").unwrap_or_default();
        // Hashes are compared, so that the time tells nothing about the secret.
        return Sha256::digest(shown) == Sha256::digest(secret.as_bytes());
    }
    let proxied = [
        FORWARDED,
        VIA,
        HeaderName::from_static("x-forwarded-for"),
        HeaderName::from_static("x-forwarded-host"),
        HeaderName::from_static("x-real-ip"),
    ];
    peer.is_some_and(|peer| peer.ip().to_canonical().is_loopback())
        && !app.settings.behind_tls
        && !proxied.iter().any(|name| headers.contains_key(name))
        && headers.get(HOST).and_then(|host| host.to_str().ok()).is_some_and(names_this_machine)
}

fn names_this_machine(host: &str) -> bool {
    let Ok(authority) = host.parse::<Authority>() else { return false };
    let host = authority.host().trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || host.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback())
}
