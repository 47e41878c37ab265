//! What nobody should send, sent to every route.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use linli::app::ServerSettings;
use linli::web::Role;
use percent_encoding::{NON_ALPHANUMERIC, percent_encode, utf8_percent_encode};
use reqwest::Method;
use reqwest::header::CONTENT_TYPE;

use crate::office::{Browser, Office};

/// Texts that break what is put together carelessly, as they stand in an address or a form.
fn texts() -> Vec<String> {
    // As long as an address can be: 65,534 bytes.
    let (long, wide) = ("a b*".repeat(2500), "四平路".repeat(2000));
    let mut texts: Vec<String> = [
        "'",
        "\"",
        "'; DROP TABLE members; --",
        "\" OR \"\"=\"",
        "a AND OR NOT (b NEAR/2 c) -d ^e f*",
        "%",
        "*",
        "____%%**??",
        "👩‍👩‍👧‍👦🏳️‍🌈",
        "a\0b",
        "\u{FDD0}\u{FFFF}\u{10FFFF}\u{202E}\u{FEFF}",
        "<script>alert(1)</script>{{7*7}}${x}",
        "../../../../etc/passwd",
        "\r\nSet-Cookie: x=y\r\n\r\n",
        "-1",
        "9223372036854775808",
        "1e309",
        "NaN",
        "",
        "   ",
        &long,
        &wide,
    ]
    .iter()
    .map(|text| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string())
    .collect();
    // Bytes that are no UTF-8: a lone surrogate, an overlong slash, a cut-off character.
    for bytes in [&b"\xED\xA0\x80"[..], b"\xC0\xAF", b"\xE5\x9B", b"\xFF\xFE"] {
        texts.push(percent_encode(bytes, NON_ALPHANUMERIC).to_string());
    }
    texts.push("%".to_owned());
    texts.push("%zz%u4e2d".to_owned());
    texts
}

/// Names of records that are none, beside one that is.
const IDS: [&str; 10] = [
    "1",
    "0",
    "-1",
    "9223372036854775807",
    "99999999999999999999",
    "abc",
    "%00",
    "%FF%FE",
    "1%27%20OR%201%3D1",
    "%2E%2E%2F",
];

/// The names of all fields on a page.
fn fields(page: &str, found: &mut BTreeSet<String>) {
    for part in page.split(" name=\"").skip(1) {
        found.insert(part.split('"').next().unwrap().to_owned());
    }
}

/// Fields that hold a number or a choice: what they refuse hides the fields behind them.
const CHOICES: [(&str, &str); 9] = [
    ("version", "1"),
    ("branch", "1"),
    ("committee_id", "1"),
    ("host_id", "1"),
    ("into_id", "2"),
    ("role", "staff"),
    ("agreed", "yes"),
    ("confirmed", "yes"),
    ("format", "csv"),
];

/// Every field with this text, as in an address or a form; with `choices` as they should be.
fn filled(names: &BTreeSet<String>, text: &str, choices: bool) -> String {
    let mut form = String::new();
    for name in names {
        let chosen = CHOICES.iter().find(|(choice, _)| choices && choice == name);
        // A long text fills one field only, or it is refused for its size.
        let long = text.len() > 1000 && name != "q";
        let text = chosen.map_or(if long { "x" } else { text }, |(_, value)| *value);
        let _ = write!(form, "{name}={text}&");
    }
    form
}

async fn unharmed(browser: &Browser, method: &Method, path: &str, kind: &str, body: Vec<u8>) {
    // An answer to what is too large comes before all of it was read, and may break off.
    let too_large = body.len() > 1024 * 1024;
    let mut request = browser.request(method.clone(), path).body(body);
    if !kind.is_empty() {
        request = request.header(CONTENT_TYPE, kind);
    }
    let shown: String = path.chars().take(300).collect();
    let answer = request.send().await.unwrap_or_else(|error| {
        panic!("{method} {shown} as {kind:?} lost the connection: {}", error.without_url())
    });
    let status = answer.status();
    let text = answer.bytes().await;
    assert!(!status.is_server_error(), "{method} {shown} as {kind:?}: {status}");
    assert!(text.is_ok() || too_large, "{method} {shown}: the answer broke off");
}

const FORM: &str = "application/x-www-form-urlencoded";

/// An office in which every kind of record has the number 1, and who may do everything in it.
async fn office() -> (Office, Browser) {
    let settings = ServerSettings { upload_limit: 1024 * 1024, ..ServerSettings::default() };
    let office = Office::open_with(settings).await;
    let browser = office.signed_in(Role::Administrator).await;
    let form = [
        ("name", "朱颖"),
        ("address", "四平路1号"),
        ("branch", "1"),
        ("skills", "书法、编程"),
        ("committee", "四平路居委会"),
        ("agreed", "yes"),
    ];
    browser.register(&form).await;
    (office, browser)
}

/// The secret of a link to a letter: a wrong one would be answered slowly, and show nothing.
async fn link(browser: &Browser) -> String {
    let settings = [
        ("office", "长途通信党支部"),
        ("prefix", "沪电党联"),
        ("contact", "王芳"),
        ("phone", "65010001"),
        ("link_days", "180"),
    ];
    assert_eq!(browser.post("/letters/settings", &settings).await.status(), 303);
    let made = browser.post("/letters/new", &[("which", "all")]).await;
    assert_eq!(made.status(), 303, "{}", made.text().await.unwrap());
    browser.post("/letters?batch=1", &[("act", "issue"), ("all", "yes")]).await;
    let page = browser.page("/letters/print?id=1").await;
    page.split("/c/").nth(1).unwrap()[..32].to_owned()
}

/// The routes with a committee's link, its own pages first; without the one that ends the session.
fn routes(office: &Office, link: &str) -> Vec<(Method, String)> {
    let mut routes: Vec<_> = office
        .app
        .routes()
        .table()
        .iter()
        .map(|route| {
            let path = route.path.replace("{token}", link);
            (Method::from_bytes(route.method.as_str().as_bytes()).unwrap(), path)
        })
        .filter(|(_, path)| path != "/logout")
        .collect();
    routes.sort_by_key(|(_, path)| !path.starts_with("/c/"));
    routes
}

#[tokio::test]
async fn no_text_in_any_field_of_any_page_breaks_it() {
    let (office, browser) = office().await;
    let routes = routes(&office, &link(&browser).await);
    let mut names: BTreeSet<String> = [
        "q", "after", "sort", "draft", "back", "token", "page", "skill", "form", "password",
        "again",
    ]
    .map(str::to_owned)
    .into_iter()
    .collect();
    for (method, path) in &routes {
        if method == Method::GET {
            let answer = browser.get(&path.replace("{id}", "1")).await;
            let page = answer.bytes().await.unwrap();
            fields(&String::from_utf8_lossy(&page), &mut names);
        }
    }
    for known in ["committee", "skills", "phone", "password", "purpose", "login", "into", "version"]
    {
        assert!(names.contains(known), "{known} is on no page: {names:?}");
    }
    let texts = texts();
    for (method, path) in &routes {
        let path = path.replace("{id}", "1").replace("{*name}", "linli.css");
        for text in &texts {
            if method == Method::GET {
                let path = format!("{path}?{}", filled(&names, text, false));
                unharmed(&browser, method, &path, "", Vec::new()).await;
                continue;
            }
            for choices in [false, true] {
                let form = filled(&names, text, choices).into_bytes();
                unharmed(&browser, method, &path, FORM, form).await;
            }
        }
    }
    // They were all sent by someone who is signed in still.
    assert_eq!(browser.get("/accounts").await.status(), 200);
}

#[tokio::test]
async fn no_name_of_a_record_breaks_a_page() {
    let (office, browser) = office().await;
    for (method, path) in routes(&office, &link(&browser).await) {
        if !path.contains('{') {
            continue;
        }
        for id in IDS {
            let path = path.replace("{id}", id).replace("{*name}", id);
            let body = b"name=x&version=1&into=2".to_vec();
            unharmed(&browser, &method, &path, FORM, body).await;
        }
    }
}

#[tokio::test]
async fn no_kind_of_body_breaks_a_page_nor_loses_the_connection() {
    let (office, browser) = office().await;
    let visitor = office.visitor();
    let many: String = (0..10_000).map(|place| format!("skill={place}&x{place}=y&")).collect();
    let huge = vec![b'a'; 2 * 1024 * 1024];
    let part = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"m.csv\"\r\n\r\n";
    let bodies: Vec<(&str, Vec<u8>)> = vec![
        (FORM, Vec::new()),
        (FORM, b"=&=&&&===".to_vec()),
        (FORM, b"name".to_vec()),
        (FORM, b"version=x&version=y&branch=&branch=z".to_vec()),
        (FORM, b"\xFF\xFE\x00\x01 no form at all".to_vec()),
        (FORM, many.into_bytes()),
        (FORM, [b"name=".as_slice(), &huge].concat()),
        ("", b"name=x".to_vec()),
        ("application/json", b"{\"name\": [".to_vec()),
        ("text/plain", b"name=x".to_vec()),
        (
            "text/xml",
            b"<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>".to_vec(),
        ),
        ("no kind", b"name=x".to_vec()),
        ("multipart/form-data", part.as_bytes().to_vec()),
        ("multipart/form-data; boundary=b", b"no part".to_vec()),
        ("multipart/form-data; boundary=b", part.as_bytes().to_vec()),
        (
            "multipart/form-data; boundary=b",
            [part.as_bytes(), b"PK\x03\x04x\r\n--b--\r\n"].concat(),
        ),
        ("multipart/form-data; boundary=b", [part.as_bytes(), &huge, b"\r\n--b--\r\n"].concat()),
    ];
    for (method, path) in routes(&office, &link(&browser).await) {
        let path = path.replace("{id}", "1").replace("{*name}", "linli.css");
        for (kind, body) in &bodies {
            unharmed(&browser, &method, &path, kind, body.clone()).await;
        }
        for (kind, body) in bodies.iter().take(7) {
            unharmed(&visitor, &method, &path, kind, body.clone()).await;
        }
    }
}

#[tokio::test]
async fn an_address_that_is_too_long_is_answered() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    let office = Office::open().await;
    let query = utf8_percent_encode(&"四".repeat(10_000), NON_ALPHANUMERIC).to_string();
    let host = office.url.strip_prefix("http://").unwrap();
    let mut stream = tokio::net::TcpStream::connect(host).await.unwrap();
    let request = format!("GET /members?q={query} HTTP/1.1\r\nHost: {host}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = vec![0; 64];
    let read = stream.read(&mut answer).await.unwrap();
    assert!(answer[..read].starts_with(b"HTTP/1.1 414 "));
}

#[tokio::test]
async fn no_cookie_breaks_a_page() {
    let office = Office::open().await;
    let visitor = office.visitor();
    for value in ["", "x", "%FF", "\"", "=;=;", &"a".repeat(5000)] {
        for name in ["linli-session", "linli-language", "linli-theme", "linli-notice"] {
            let asked = visitor.request(Method::GET, "/login");
            let answer = asked.header("cookie", format!("{name}={value}")).send().await.unwrap();
            assert_eq!(answer.status(), 200, "{name}={value}");
        }
    }
}
