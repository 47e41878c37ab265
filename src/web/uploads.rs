//! Files that someone brought, kept beside the database between their upload and the decision to
//! take them in.

use std::path::{Path, PathBuf};

use axum::extract::Multipart;
use tokio::io::AsyncWriteExt as _;

use super::{Error, FormToken, Page, Result, Viewer, already_answered, remember_answer, store};
use crate::app::App;
use crate::db::{Connection, Db};
use crate::sheets::CellProblem;

/// The folder for such files.
pub fn folder(db: &Db) -> PathBuf {
    let beside = db.address().path().parent().unwrap_or(Path::new("."));
    beside.join("uploads")
}

/// Forgets which files were brought before a point in time and not taken in.
///
/// # Errors
/// When the database fails.
pub async fn forget_before(connection: &mut Connection, before: &str) -> crate::db::Result<()> {
    store::forget_uploads(connection, before).await
}

/// A file that was brought.
#[derive(Debug)]
pub struct Upload {
    /// Names it in addresses: 128 random bits in hexadecimal.
    pub token: String,
    /// Its name, as whoever brought it knows it.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
}

/// A row of the list of what is wrong in a file.
#[derive(Debug)]
pub struct ProblemRow {
    /// The cell, as spreadsheets name it.
    pub place: String,
    /// What is wrong there.
    pub message: String,
}

impl ProblemRow {
    /// At most `most` of them in the reader's words, in the order of the file.
    pub fn list(page: &Page, problems: &[CellProblem], most: usize) -> Vec<Self> {
        let mut problems: Vec<&CellProblem> = problems.iter().collect();
        problems.sort_by_key(|problem| (problem.row, problem.column));
        problems.truncate(most);
        let row = |problem: &CellProblem| Self {
            place: problem.place(),
            message: page.say(&problem.message),
        };
        problems.into_iter().map(row).collect()
    }
}

/// What became of a file that was brought.
#[derive(Debug)]
pub enum Found {
    /// It waits for the decision.
    Waiting(Upload),
    /// It was taken in, which led to this address.
    TakenIn(String),
}

impl Upload {
    /// Receives the field `file` of a form; `None` when no file was chosen. It is kept once
    /// [`Upload::keep`] was called; who refuses it calls [`Upload::discard`].
    ///
    /// # Errors
    /// When it is too large or the disk fails.
    pub async fn receive(app: &App, mut parts: Multipart) -> Result<Option<Self>> {
        let folder = folder(&app.db);
        tokio::fs::create_dir_all(&folder).await?;
        let mut received = None;
        while let Some(mut part) = parts.next_field().await.map_err(|_| Error::TooLarge)? {
            let name: String = part.file_name().unwrap_or_default().chars().take(120).collect();
            if part.name() != Some("file") || name.is_empty() || received.is_some() {
                continue;
            }
            let token = FormToken::fresh();
            let upload = Self { path: folder.join(&token), token, name };
            let mut kept = tokio::fs::File::create(&upload.path).await?;
            loop {
                match part.chunk().await {
                    Ok(Some(chunk)) => kept.write_all(&chunk).await?,
                    Ok(None) => break,
                    Err(_) => {
                        upload.discard().await?;
                        return Err(Error::TooLarge);
                    }
                }
            }
            kept.flush().await?;
            received = Some(upload);
        }
        Ok(received)
    }

    /// Keeps it for whoever brought it, for a day.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep(&self, app: &App, viewer: &Viewer) -> Result<()> {
        let mut write = app.db.write().await?;
        store::insert_upload(&mut write, &self.token, viewer.account_id, &self.name).await?;
        write.commit().await?;
        Ok(())
    }

    /// The file that this viewer brought under this token, or where it led when it was taken in: a
    /// form may be sent twice.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none, or someone else brought it.
    pub async fn find(app: &App, viewer: &Viewer, token: &str) -> Result<Found> {
        if token.len() != 32 || !token.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(Error::NotFound);
        }
        let mut connection = app.db.read().await?;
        let name = store::upload_name(&mut connection, token, viewer.account_id).await?;
        let path = folder(&app.db).join(token);
        if let Some(name) = name.filter(|_| path.exists()) {
            return Ok(Found::Waiting(Self { token: token.to_owned(), name, path }));
        }
        let led_to = already_answered(&mut connection, token).await?;
        led_to.map(Found::TakenIn).ok_or(Error::NotFound)
    }

    /// Forgets it, once it was taken in; but not where that led.
    ///
    /// # Errors
    /// When the database or the disk fails.
    pub async fn forget(self, app: &App, led_to: &str) -> Result<()> {
        let mut write = app.db.write().await?;
        if already_answered(&mut write, &self.token).await?.is_some() {
            return Ok(());
        }
        remember_answer(&mut write, &self.token, led_to).await?;
        store::forget_upload(&mut write, &self.token).await?;
        write.commit().await?;
        self.discard().await
    }

    /// Removes the file.
    ///
    /// # Errors
    /// When the disk fails.
    pub async fn discard(self) -> Result<()> {
        Ok(tokio::fs::remove_file(&self.path).await?)
    }
}
