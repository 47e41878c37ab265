//! The application: its state, the features' routes joined, the middleware in order.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::connect_info::IntoMakeServiceWithConnectInfo;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use tokio::sync::Notify;
use tower::ServiceBuilder;
use tower_http::ServiceBuilderExt as _;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::request_id::MakeRequestUuid;
use tower_http::timeout::TimeoutLayer;

use crate::accounts::RecentViewers;
use crate::db::Db;
use crate::hub::Uses;
use crate::letters::Guesses;
use crate::members::search::Postings;
use crate::web::{self, Routes};
use crate::{
    accounts, activities, addresses, audit, certificates, checkins, commendations, committees,
    contacts, desk, experiences, goals, hub, letters, lists, meetings, members, needs, offers,
    operations, pairings, people, provisions, registrations, reports, reviews, surveys, teams,
};

/// The longest form, in bytes; uploads have their own limit.
const LONGEST_FORM: usize = 1024 * 1024;
/// How long a page may take before its reader is told that the system is busy. What streams is
/// not counted: the time ends when the answer begins.
const LONGEST_ANSWER: Duration = Duration::from_secs(60);

/// What every handler can reach; cheap to clone.
#[derive(Debug, Clone)]
pub struct App {
    /// The database.
    pub db: Db,
    /// How the server was told to behave.
    pub settings: Arc<ServerSettings>,
    /// Who was recognised a moment ago.
    pub recent_viewers: Arc<RecentViewers>,
    /// The longer lists of the search index.
    pub postings: Arc<Postings>,
    /// How many wrong links to letters were tried lately.
    pub link_guesses: Arc<Guesses>,
    /// How many wrong codes of certificates were tried lately.
    pub code_guesses: Arc<Guesses>,
    /// How often committees' own pages were used lately.
    pub link_uses: Arc<Uses>,
    upkeep: Arc<Notify>,
}

/// How the server was told to behave.
#[derive(Debug, Clone)]
pub struct ServerSettings {
    /// Whether browsers reach it by HTTPS: cookies are Secure then.
    pub behind_tls: bool,
    /// How long a session may rest.
    pub session_idle: Duration,
    /// How long a session lasts at most.
    pub session_max: Duration,
    /// The largest file that may be uploaded, in bytes.
    pub upload_limit: usize,
    /// Under which address people reach it (`https://linli.example.org`); empty: by the host that
    /// their browser names.
    pub public_url: String,
    /// What a program must show to read `/metrics`; empty: only programs on the same machine may.
    pub metrics_token: String,
}

impl Default for ServerSettings {
    fn default() -> Self {
        Self {
            behind_tls: false,
            session_idle: Duration::from_secs(8 * 3600),
            session_max: Duration::from_secs(72 * 3600),
            upload_limit: 64 * 1024 * 1024,
            public_url: String::new(),
            metrics_token: String::new(),
        }
    }
}

impl ServerSettings {
    /// The beginning of a link that is given to someone: the public address, else this host.
    pub fn origin(&self, host: &str) -> String {
        if !self.public_url.is_empty() {
            return self.public_url.clone();
        }
        format!("{}://{host}", if self.behind_tls { "https" } else { "http" })
    }
}

impl App {
    /// Over this database.
    pub fn new(db: Db, settings: ServerSettings) -> Self {
        operations::measuring();
        let settings = Arc::new(settings);
        Self {
            db,
            settings,
            recent_viewers: Arc::default(),
            postings: Arc::default(),
            link_guesses: Arc::default(),
            code_guesses: Arc::default(),
            link_uses: Arc::default(),
            upkeep: Arc::default(),
        }
    }

    /// Asks the server for its upkeep now, and not only when it is due.
    pub fn wake_upkeep(&self) {
        self.upkeep.notify_one();
    }

    /// Waits until someone asks for it.
    pub async fn upkeep_called(&self) {
        self.upkeep.notified().await;
    }

    /// The largest file that may be uploaded, in bytes.
    pub fn upload_limit(&self) -> usize {
        self.settings.upload_limit
    }

    /// Every route, each with the permission that it needs.
    pub fn routes(&self) -> Routes {
        let routes = Routes::new(self.clone());
        let routes = web::preference_routes(web::asset_routes(routes));
        let routes = accounts::routes(desk::routes(routes));
        let routes = addresses::routes(committees::routes(members::routes(routes)));
        let routes = hub::routes(provisions::routes(checkins::routes(contacts::routes(
            letters::routes(routes),
        ))));
        let routes = experiences::routes(meetings::routes(activities::routes(routes)));
        let routes = teams::routes(offers::routes(pairings::routes(needs::routes(routes))));
        let routes = certificates::routes(commendations::routes(routes));
        let routes = registrations::routes(people::routes(routes));
        let routes = surveys::routes(reviews::routes(routes));
        let routes = reports::routes(goals::routes(routes));
        operations::routes(audit::routes(lists::routes(routes)))
    }

    /// The whole service. A request passes the layers from the first to the last.
    pub fn router(&self) -> Router {
        let layers = ServiceBuilder::new()
            .layer(from_fn(operations::measure))
            .set_x_request_id(MakeRequestUuid)
            .layer(from_fn_with_state(self.clone(), security_headers))
            .layer(from_fn(web::open_context))
            .layer(from_fn_with_state(self.clone(), accounts::recognise))
            .layer(from_fn(web::error_pages))
            .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LONGEST_ANSWER))
            .layer(CatchPanicLayer::new())
            .layer(CsrfLayer::new())
            .layer(DefaultBodyLimit::max(LONGEST_FORM));
        self.routes().into_router().fallback(no_such_page).layer(layers)
    }

    /// The whole service, for a listener: each request knows who connected.
    pub fn service(&self) -> IntoMakeServiceWithConnectInfo<Router, SocketAddr> {
        self.router().into_make_service_with_connect_info()
    }
}

async fn no_such_page() -> web::Error {
    web::Error::NotFound
}

async fn security_headers(State(app): State<App>, request: Request, next: Next) -> Response {
    web::headers(app.settings.behind_tls, request, next).await
}
