//! `linli serve`.

use std::process::ExitCode;

use clap::Args;
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

use super::{CliError, refuse_other_schema};
use crate::accounts;
use crate::app::App;
use crate::config::Settings;
use crate::db::{Db, MigrationState, Migrations};
use crate::operations;

/// Serve the pages.
#[derive(Debug, Default, Args)]
pub struct Serve {
    /// Where to listen [default: 127.0.0.1:3000]
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub listen: Option<std::net::SocketAddr>,
}

pub(super) async fn serve(settings: &Settings) -> Result<ExitCode, CliError> {
    let filter = EnvFilter::try_new(&settings.log)
        .map_err(|error| CliError::Said(format!("the setting `log` is not understood: {error}")))?;
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let db = open_for_serving(settings).await?;
    let listener = TcpListener::bind(settings.listen).await.map_err(|error| {
        CliError::Said(format!(
            "cannot listen on {}: {error}. Is Linli running already? Choose another with --listen",
            settings.listen
        ))
    })?;
    let address = listener.local_addr()?;
    println!("Linli 邻里: http://{address}/");
    if let Some(path) = first_link(&db).await? {
        println!("The first administrator sets a name and password here, once:");
        println!("  http://{address}{path}");
    }
    let app = App::new(db.clone(), settings.server());
    tokio::spawn(operations::keep_up());
    axum::serve(listener, app.service()).with_graceful_shutdown(stop_signal()).await?;
    db.close().await;
    Ok(ExitCode::SUCCESS)
}

/// A new database is brought up; any other must be as this Linli needs it.
pub(super) async fn open_for_serving(settings: &Settings) -> Result<Db, CliError> {
    let db = Db::open_or_create(&settings.database()?).await?;
    let migrations = Migrations::embedded();
    let statuses = migrations.status(&mut *db.maintenance().await?).await?;
    if statuses.iter().all(|status| status.state == MigrationState::Pending) {
        migrations.run(&db).await?;
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
