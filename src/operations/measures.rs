//! What is measured, in the text format of Prometheus.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use metrics::{counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

use crate::db::{self, Db};
use crate::members;

/// The upper bounds by which durations are counted, in seconds.
const BOUNDS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];

/// How often what was measured is sorted into its bounds when nobody asks for it.
const SORTED_EVERY: Duration = Duration::from_secs(10);

/// The process's measures; the first look at it begins them.
static MEASURES: LazyLock<PrometheusHandle> = LazyLock::new(|| {
    let builder = PrometheusBuilder::new();
    let recorder =
        builder.set_buckets(&BOUNDS).unwrap_or_else(|_| PrometheusBuilder::new()).build_recorder();
    let handle = recorder.handle();
    if metrics::set_global_recorder(recorder).is_err() {
        tracing::warn!("another recorder is at work: /metrics stays empty");
    }
    describe();
    gauge!("linli_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
    gauge!("linli_start_time_seconds").set(jiff::Timestamp::now().as_duration().as_secs_f64());
    for work in [Work::Export, Work::Import] {
        gauge!(work.name()).set(0.0);
    }
    handle
});

fn describe() {
    describe_gauge!("linli_build_info", "Always 1; the version is a label.");
    describe_gauge!("linli_start_time_seconds", "When the process began, in Unix time.");
    describe_counter!("linli_http_requests_total", "Requests by method, route and status.");
    describe_histogram!(
        "linli_http_request_duration_seconds",
        "From a request's arrival to the beginning of its answer."
    );
    describe_gauge!("linli_http_requests_in_flight", "Requests that have no answer yet.");
    describe_histogram!(
        "linli_database_write_wait_seconds",
        "How long changes waited for the one writing connection."
    );
    describe_gauge!("linli_database_connections", "Open connections by pool and state.");
    describe_gauge!("linli_database_connections_max", "The most connections of a pool.");
    describe_gauge!("linli_database_bytes", "The size of the database's files.");
    describe_gauge!("linli_exports_running", "Files of members that are being written.");
    describe_gauge!("linli_imports_running", "Files of members that are being read.");
    describe_gauge!("linli_members", "Members, without removed ones.");
}

/// Begins measuring, once a process.
pub fn measuring() {
    LazyLock::force(&MEASURES);
}

/// Sorts what was measured into its bounds, as long as the process lives, so that memory stays
/// bounded where nobody asks for it.
pub async fn keep_up() {
    let mut clock = tokio::time::interval(SORTED_EVERY);
    loop {
        clock.tick().await;
        MEASURES.run_upkeep();
    }
}

/// Everything measured, as text, with what is counted now.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn text(db: &Db) -> db::Result<String> {
    let members = members::store::count(&mut *db.read().await?).await?;
    gauge!("linli_members").set(float(members));
    for pool in db.pools() {
        let set = |state: &'static str, count: usize| {
            let count = f64::from(u32::try_from(count).unwrap_or(u32::MAX));
            gauge!("linli_database_connections", "pool" => pool.name, "state" => state).set(count);
        };
        set("idle", pool.idle);
        set("busy", pool.open.saturating_sub(pool.idle));
        gauge!("linli_database_connections_max", "pool" => pool.name).set(f64::from(pool.most));
    }
    for (file, bytes) in db.sizes() {
        gauge!("linli_database_bytes", "file" => file)
            .set(float(i64::try_from(bytes).unwrap_or(i64::MAX)));
    }
    Ok(MEASURES.render())
}

#[expect(clippy::cast_precision_loss, reason = "counts and sizes are far below 2^53")]
fn float(number: i64) -> f64 {
    number as f64
}

/// Long work that is counted while it runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// A file of members is being written.
    Export,
    /// A file of members is being read.
    Import,
}

impl Work {
    const fn name(self) -> &'static str {
        match self {
            Self::Export => "linli_exports_running",
            Self::Import => "linli_imports_running",
        }
    }

    /// Counts it until the answer is dropped.
    pub fn begin(self) -> Running {
        gauge!(self.name()).increment(1.0);
        Running(self.name())
    }
}

/// Something that is counted while it lives.
#[derive(Debug)]
pub struct Running(&'static str);

impl Drop for Running {
    fn drop(&mut self) {
        gauge!(self.0).decrement(1.0);
    }
}

/// A request on its way; whoever goes away before the answer is counted too.
struct OnItsWay {
    method: &'static str,
    route: String,
    status: &'static str,
    began: Instant,
    _in_flight: Running,
}

impl Drop for OnItsWay {
    fn drop(&mut self) {
        let route = std::mem::take(&mut self.route);
        histogram!(
            "linli_http_request_duration_seconds",
            "method" => self.method, "route" => route.clone()
        )
        .record(self.began.elapsed());
        counter!(
            "linli_http_requests_total",
            "method" => self.method, "route" => route, "status" => self.status
        )
        .increment(1);
    }
}

/// Middleware: counts each request under its route's pattern.
pub async fn measure(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str);
    gauge!("linli_http_requests_in_flight").increment(1.0);
    let mut way = OnItsWay {
        method: method(request.method()),
        route: route.to_owned(),
        status: "gone",
        began: Instant::now(),
        _in_flight: Running("linli_http_requests_in_flight"),
    };
    let response = next.run(request).await;
    way.status = status(response.status().as_u16());
    response
}

/// A method under its name; made-up ones share one, so that nobody can fill the memory with them.
fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::HEAD => "HEAD",
        _ => "other",
    }
}

/// The statuses that pages have.
const STATUSES: [(u16, &str); 13] = [
    (200, "200"),
    (303, "303"),
    (304, "304"),
    (400, "400"),
    (403, "403"),
    (404, "404"),
    (405, "405"),
    (409, "409"),
    (413, "413"),
    (415, "415"),
    (422, "422"),
    (500, "500"),
    (503, "503"),
];

/// A status as a label; rare ones by their hundred.
fn status(code: u16) -> &'static str {
    match STATUSES.iter().find(|(known, _)| *known == code) {
        Some((_, label)) => label,
        None => match code / 100 {
            2 => "2xx",
            3 => "3xx",
            4 => "4xx",
            _ => "5xx",
        },
    }
}
