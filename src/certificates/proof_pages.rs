//! `/v/{code}`: whoever is shown a certificate sees that it is genuine and what it says, and nothing
//! more. A code that was switched off looks like one that never was.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::Sheet;
use super::store::{self, Certificate};
use crate::app::App;
use crate::audit::Action;
use crate::text::ProofCode;
use crate::web::forms::Field;
use crate::web::{Page, Permission, Result, Routes, html, see_other};

pub(super) fn routes(routes: Routes) -> Routes {
    // Whoever holds the paper may: the member gave it to them.
    let may = Permission::Public;
    routes.get("/v", may, ask).get("/v/{code}", may, show)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct CodeQuery {
    code: String,
}

#[derive(Template)]
#[template(path = "certificates/ask.html")]
struct AskPage {
    page: Page,
    code: Field,
    /// Whether a code was tried that opens nothing.
    wrong: bool,
}

#[derive(Template)]
#[template(path = "certificates/proof.html")]
struct ProofPage {
    page: Page,
    sheet: Sheet,
    code: String,
}

fn ask_page(page: Page, typed: &str, wrong: bool) -> AskPage {
    let code = Field::new(&page, "code", "certificates-code")
        .value(typed)
        .hint(page.t("certificates-code-hint"))
        .focused();
    AskPage { page, code, wrong }
}

async fn ask(page: Page, Query(query): Query<CodeQuery>) -> Result {
    match ProofCode::parse(&query.code) {
        Some(code) => Ok(see_other(&format!("/v/{}", code.written()))),
        None => html(&ask_page(page, &query.code, !query.code.is_empty())),
    }
}

/// The certificate that a code opens. One that does not is counted, and beyond some waits; one that
/// was switched off too, so that it does not tell itself from one that never was.
async fn opened(app: &App, typed: &str) -> Result<Option<(ProofCode, Certificate)>> {
    if let Some(code) = ProofCode::parse(typed) {
        let found = store::by_code(&mut *app.db.read().await?, &code).await?;
        if let Some(certificate) = found.filter(Certificate::opens) {
            return Ok(Some((code, certificate)));
        }
    }
    metrics::counter!("linli_certificate_codes_wrong_total").increment(1);
    app.code_guesses.wrong(app, Action::CodesGuessed).await?;
    Ok(None)
}

async fn show(State(app): State<App>, page: Page, Path(typed): Path<String>) -> Result<Response> {
    let Some((code, certificate)) = opened(&app, &typed).await? else {
        return Ok((StatusCode::NOT_FOUND, html(&ask_page(page, "", true))?).into_response());
    };
    let sheet = Sheet::of(page.language(), &certificate.content()?);
    html(&ProofPage { page, sheet, code: code.written() })
}
