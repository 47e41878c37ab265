//! `linli serve`.

use std::process::ExitCode;

use clap::Args;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tracing_subscriber::EnvFilter;

use super::failure::CliError;
use super::health::reachable;
use super::words::print;
use super::{migrations, refuse_other_schema};
use crate::accounts;
use crate::app::App;
use crate::config::Settings;
use crate::db::{Db, MigrationState, Migrations};
use crate::lang::Message;
use crate::{operations, upkeep};

#[derive(Debug, Default, Args)]
pub(super) struct Serve {
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub(super) listen: Option<std::net::SocketAddr>,
}

pub(super) async fn serve(settings: &Settings) -> Result<ExitCode, CliError> {
    let filter = EnvFilter::try_new(&settings.log).map_err(|error| {
        CliError::said(Message::new("cli-log-wrong").with("detail", error.to_string()))
    })?;
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let db = open_for_serving(settings).await?;
    let listener = TcpListener::bind(settings.listen).await.map_err(|error| {
        let message = Message::new("cli-cannot-listen").with("detail", error.to_string());
        CliError::said(message.with("address", settings.listen.to_string()))
    })?;
    let address = reachable(listener.local_addr().unwrap_or(settings.listen));
    let origin = settings.server().origin(&address.to_string());
    // It serves also when nobody reads this.
    let _ = print(&Message::new("cli-serving").with("url", format!("{origin}/")));
    if let Some(path) = first_link(&db).await? {
        let _ = print(&Message::new("cli-first-link").with("url", format!("{origin}{path}")));
    }
    let app = App::new(db.clone(), settings.server());
    tokio::spawn(operations::keep_up());
    let stop = CancellationToken::new();
    let upkeep = tokio::spawn(upkeep::daily(app.clone(), stop.clone()));
    let stopping = async move {
        stop_signal().await;
        stop.cancel();
    };
    axum::serve(listener, app.service()).with_graceful_shutdown(stopping).await.map_err(
        |error| {
            CliError::said(Message::new("cli-serving-failed").with("detail", error.to_string()))
        },
    )?;
    if let Err(error) = upkeep.await {
        tracing::error!(%error, "the upkeep ended badly");
    }
    db.close().await;
    Ok(ExitCode::SUCCESS)
}

/// A new database is brought up; any other must be as this Linli needs it.
pub(super) async fn open_for_serving(settings: &Settings) -> Result<Db, CliError> {
    let db = Db::open_or_create(&settings.database()?).await?;
    if migrations(&db).await?.iter().all(|status| status.state == MigrationState::Pending) {
        Migrations::embedded().run(&db).await?;
    }
    refuse_other_schema(&db).await?;
    Ok(db)
}

/// A link for the first administrator, as long as there is no account.
async fn first_link(db: &Db) -> Result<Option<String>, CliError> {
    let mut write = db.write().await?;
    if accounts::store::any_account(&mut write).await? {
        return Ok(None);
    }
    let path = accounts::links::make(&mut write, None).await?;
    write.commit().await?;
    Ok(Some(path))
}

async fn stop_signal() {
    let interrupted = async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::error!(%error, "cannot listen for the interrupt signal");
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminated) => tokio::select! {
                () = interrupted => {}
                _ = terminated.recv() => {}
            },
            Err(_) => interrupted.await,
        }
    }
    #[cfg(not(unix))]
    interrupted.await;
}
