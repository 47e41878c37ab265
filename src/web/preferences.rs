//! Language and theme, switched by anyone on any page.

use axum::response::{IntoResponse, Response};
use axum_extra::extract::{CookieJar, Form};
use serde::Deserialize;

use super::{Error, Permission, Routes, context, is_own_path, see_other};
use crate::lang::Language;

/// The routes that switch them.
pub fn routes(routes: Routes) -> Routes {
    routes.post("/language", Permission::Public, switch_language).post(
        "/theme",
        Permission::Public,
        switch_theme,
    )
}

#[derive(Deserialize)]
struct LanguageForm {
    language: String,
    back: String,
}

async fn switch_language(
    jar: CookieJar,
    Form(form): Form<LanguageForm>,
) -> Result<Response, Error> {
    let language: Language =
        form.language.parse().map_err(|()| Error::BadRequest("no such language"))?;
    Ok((jar.add(context::language_cookie(language)), back_to(&form.back)).into_response())
}

#[derive(Deserialize)]
struct ThemeForm {
    theme: String,
    back: String,
}

async fn switch_theme(jar: CookieJar, Form(form): Form<ThemeForm>) -> Response {
    (jar.add(context::theme_cookie(&form.theme)), back_to(&form.back)).into_response()
}

fn back_to(path: &str) -> Response {
    see_other(if is_own_path(path) { path } else { "/" })
}
