//! The table of routes: each names the permission that it needs, and none can be added without.

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};

use super::permission::Permission;
use super::{Context, Error, see_other, submission};
use crate::app::App;

/// One route, for the test that walks them all with every role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// `GET` or `POST`.
    pub method: Method,
    /// With its parameters in braces.
    pub path: &'static str,
    /// What it needs.
    pub permission: Permission,
}

/// Routes that check permission before any handler runs.
#[derive(Debug)]
pub struct Routes {
    app: App,
    router: Router<App>,
    table: Vec<Route>,
}

impl Routes {
    /// No routes yet.
    pub fn new(app: App) -> Self {
        Self { app, router: Router::new(), table: Vec::new() }
    }

    /// Answers GET.
    #[must_use]
    pub fn get<H, T>(self, path: &'static str, permission: Permission, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(Method::GET, path, permission, get(handler))
    }

    /// Answers POST; forms post to the path that shows them.
    #[must_use]
    pub fn post<H, T>(self, path: &'static str, permission: Permission, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(Method::POST, path, permission, post(handler))
    }

    /// Answers POST with a body up to the limit for files.
    #[must_use]
    pub fn upload<H, T>(self, path: &'static str, permission: Permission, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        let limit = DefaultBodyLimit::max(self.app.upload_limit());
        self.add(Method::POST, path, permission, post(handler).layer(limit))
    }

    fn add(
        mut self,
        method: Method,
        path: &'static str,
        permission: Permission,
        route: MethodRouter<App>,
    ) -> Self {
        let guard = from_fn_with_state((self.app.clone(), permission), check);
        self.router = self.router.route(path, route.route_layer(guard));
        self.table.push(Route { method, path, permission });
        self
    }

    /// All routes with what they need.
    pub fn table(&self) -> &[Route] {
        &self.table
    }

    /// The router.
    pub fn into_router(self) -> Router {
        self.router.with_state(self.app)
    }
}

/// The one place where permission is decided. Who is not signed in is sent to do so, and what
/// they had typed waits for them.
async fn check(
    State((app, permission)): State<(App, Permission)>,
    request: Request,
    next: Next,
) -> Response {
    if permission == Permission::Public {
        return next.run(request).await;
    }
    let Some(context) = request.extensions().get::<Context>().cloned() else {
        return Error::Forbidden.into_response();
    };
    match &context.viewer {
        Some(viewer) if viewer.may(permission) => next.run(request).await,
        Some(_) => Error::Forbidden.into_response(),
        None => match submission::save_draft(&app.db, request).await {
            Ok(query) => see_other(&format!("/login?{query}")),
            Err(error) => error.into_response(),
        },
    }
}
