//! What operators ask: whether it is alive, whether it can serve, what it measures.

use linli::app::ServerSettings;
use linli::web::Role;
use reqwest::Method;
use reqwest::header::{AUTHORIZATION, HOST};

use crate::office::Office;

/// The value of a line of the measures.
fn measured(text: &str, name: &str) -> f64 {
    let line = text.lines().find(|line| line.starts_with(&format!("{name} ")));
    let line = line.unwrap_or_else(|| panic!("no {name} in\n{text}"));
    line.rsplit(' ').next().unwrap().parse().unwrap()
}

#[tokio::test]
async fn requests_are_counted_by_pattern_and_no_person_is_in_the_measures() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let path = clerk.register(&[("name", "朱颖"), ("address", "四平路180弄")]).await;
    let path = path.split('?').next().unwrap();
    clerk.page(path).await;
    clerk.page("/members?q=朱颖").await;
    assert_eq!(clerk.get("/members/987650321").await.status(), 404);
    assert_eq!(clerk.get("/nowhere/朱颖").await.status(), 404);
    let invented = Method::from_bytes(b"BREW").unwrap();
    assert_eq!(clerk.request(invented, "/members").send().await.unwrap().status(), 405);
    let text = clerk.page("/metrics").await;
    let requests =
        |labels: &str| measured(&text, &format!("linli_http_requests_total{{{labels}}}"));
    assert!(requests("method=\"GET\",route=\"/members/{id}\",status=\"200\"") >= 1.0);
    assert!(requests("method=\"GET\",route=\"/members/{id}\",status=\"404\"") >= 1.0);
    assert!(requests("method=\"GET\",route=\"/members\",status=\"200\"") >= 1.0);
    assert!(requests("method=\"GET\",route=\"none\",status=\"404\"") >= 1.0);
    assert!(requests("method=\"other\",route=\"/members\",status=\"405\"") >= 1.0);
    let duration = "linli_http_request_duration_seconds_count{method=\"GET\",route=\"/members\"}";
    assert!(measured(&text, duration) >= 1.0);
    assert!(measured(&text, "linli_members") >= 1.0);
    // The one that asks.
    assert!(measured(&text, "linli_http_requests_in_flight") >= 1.0);
    assert!(measured(&text, "linli_database_write_wait_seconds_count") >= 1.0);
    assert!(measured(&text, "linli_database_connections_max{pool=\"writer\"}") >= 1.0);
    assert!(measured(&text, "linli_database_bytes{file=\"wal\"}") > 4096.0);
    assert!(measured(&text, "linli_exports_running") == 0.0);
    assert!(measured(&text, "linli_imports_running") == 0.0);
    let version = format!("linli_build_info{{version=\"{}\"}}", env!("CARGO_PKG_VERSION"));
    assert!(measured(&text, &version) == 1.0);
    for told in ["朱颖", "%E6", "四平路", path, "987650321", "BREW", "nowhere"] {
        assert!(!text.contains(told), "{told} in\n{text}");
    }
}

#[tokio::test]
async fn measures_are_read_on_the_same_machine_only_and_not_through_a_proxy() {
    let office = Office::open().await;
    let visitor = office.visitor();
    assert_eq!(visitor.get("/metrics").await.status(), 200);
    for (header, value) in [
        ("x-forwarded-for", "203.0.113.9"),
        ("forwarded", "for=203.0.113.9"),
        ("host", "linli.example.org"),
    ] {
        let asked = visitor.request(Method::GET, "/metrics").header(header, value);
        assert_eq!(asked.send().await.unwrap().status(), 403, "{header}");
    }
    let settings = ServerSettings { behind_tls: true, ..ServerSettings::default() };
    let behind = Office::open_with(settings).await;
    assert_eq!(behind.visitor().get("/metrics").await.status(), 403);
}

#[tokio::test]
async fn with_a_secret_the_measures_are_for_whoever_shows_it_from_anywhere() {
    let metrics_token = "the secret of the operators".to_owned();
    let settings = ServerSettings { metrics_token, ..ServerSettings::default() };
    let office = Office::open_with(settings).await;
    let visitor = office.visitor();
    assert_eq!(visitor.get("/metrics").await.status(), 403);
    for (shown, status) in [
        ("Bearer the secret of the operators", 200),
        ("Bearer another secret", 403),
        ("Bearer ", 403),
        ("the secret of the operators", 403),
    ] {
        let asked = visitor.request(Method::GET, "/metrics").header(AUTHORIZATION, shown);
        let asked = asked.header(HOST, "linli.example.org").header("x-real-ip", "203.0.113.9");
        assert_eq!(asked.send().await.unwrap().status(), status, "{shown}");
    }
}

#[tokio::test]
async fn a_server_is_ready_while_its_database_answers_and_has_its_schema() {
    let office = Office::open().await;
    let visitor = office.visitor();
    assert_eq!(visitor.page("/readyz").await, "ready\n");
    let execute = async |sql: &'static str| {
        let mut write = office.app.db.write().await.unwrap();
        sqlx::query(sql).execute(&mut *write).await.unwrap();
        write.commit().await.unwrap();
    };
    let unready = async || {
        let answer = visitor.get("/readyz").await;
        assert_eq!(answer.status(), 503);
        answer.text().await.unwrap()
    };
    execute(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (9999, 'from later', TRUE, x'00', 0)",
    )
    .await;
    assert_eq!(unready().await, "schema: not the one of this Linli\n");
    execute("DELETE FROM _sqlx_migrations WHERE version >= 5").await;
    assert_eq!(unready().await, "schema: migrations are pending\n");
    office.app.db.close().await;
    assert_eq!(unready().await, "database: failed\n");
    assert_eq!(visitor.page("/healthz").await, "ok\n");
}

#[tokio::test]
async fn a_link_for_an_account_leads_to_the_public_address() {
    let public_url = "https://linli.example.org".to_owned();
    let settings = ServerSettings { public_url, ..ServerSettings::default() };
    let office = Office::open_with(settings).await;
    let administrator = office.signed_in(Role::Administrator).await;
    let form = [
        ("login", "liqiang"),
        ("display_name", "李强"),
        ("role", "staff"),
        ("all_branches", "yes"),
    ];
    let page = administrator.post("/accounts/new", &form).await.text().await.unwrap();
    assert!(page.contains("https://linli.example.org/welcome?token="), "{page}");
}
