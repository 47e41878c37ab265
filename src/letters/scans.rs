//! A scan of a reply: known by its content, kept beside the database, given back as a file.

use std::path::{Path, PathBuf};

use axum::body::Body;
use axum::extract::{Multipart, Path as PathOf, State};
use serde_json::json;
use tokio::io::AsyncReadExt as _;
use tokio_util::io::ReaderStream;

use super::letter_pages::{own, with_scan_error};
use super::scan_store;
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::db::Db;
use crate::lang::Message;
use crate::web::uploads::Upload;
use crate::web::{Error, Notice, Page, Permission, Result, Routes, Viewer, file};

/// The largest scan, in bytes.
const LARGEST: u64 = LARGEST_MIB as u64 * 1024 * 1024;
const LARGEST_MIB: u32 = 10;

pub(super) fn routes(routes: Routes) -> Routes {
    let may = Permission::WriteLetters;
    routes.get("/letters/{id}/scan", may, take).upload("/letters/{id}/scan", may, bring)
}

/// The folder for scans.
fn folder(db: &Db) -> PathBuf {
    let beside = db.address().path().parent().unwrap_or(Path::new("."));
    beside.join("scans")
}

/// What kind of file a scan is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Pdf,
    Png,
    Jpeg,
}

impl Kind {
    /// By how the file begins, whatever its name says.
    fn of(beginning: &[u8]) -> Option<Self> {
        if beginning.starts_with(b"%PDF-") {
            Some(Self::Pdf)
        } else if beginning.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if beginning.starts_with(&[0xff, 0xd8, 0xff]) {
            Some(Self::Jpeg)
        } else {
            None
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Jpeg => "jpeg",
        }
    }
}

/// What a file of this beginning and length is.
fn kind_of(beginning: &[u8], bytes: u64) -> std::result::Result<Kind, Message> {
    if bytes > LARGEST {
        return Err(Message::new("letters-scan-large").with("limit", LARGEST_MIB));
    }
    Kind::of(beginning).ok_or_else(|| Message::new("letters-scan-kind"))
}

async fn bring(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    PathOf(id): PathOf<i64>,
    parts: Multipart,
) -> Result {
    let letter = own(&mut *app.db.read().await?, &viewer, id).await?;
    let Some(upload) = Upload::receive(&app, parts).await? else {
        let message = Message::new("letters-scan-none");
        return with_scan_error(&mut *app.db.read().await?, page, letter, &message).await;
    };
    let mut beginning = Vec::new();
    let mut brought = tokio::fs::File::open(&upload.path).await?;
    (&mut brought).take(8).read_to_end(&mut beginning).await?;
    let bytes = brought.metadata().await?.len();
    let kind = match kind_of(&beginning, bytes) {
        Ok(kind) if letter.state == super::State::Answered => kind,
        Ok(_) => {
            upload.discard().await?;
            return Err(Error::Conflict);
        }
        Err(message) => {
            upload.discard().await?;
            return with_scan_error(&mut *app.db.read().await?, page, letter, &message).await;
        }
    };
    let folder = folder(&app.db);
    tokio::fs::create_dir_all(&folder).await?;
    tokio::fs::rename(&upload.path, folder.join(&upload.token)).await?;
    let mut write = app.db.write().await?;
    let former = scan_store::of(&mut write, id).await?;
    scan_store::put(&mut write, id, &upload.token, kind.name(), bytes).await?;
    let (actor, record) = ((&viewer).into(), Record::Letter(id));
    audit::record(&mut write, actor, Action::LetterScanAdded, record, json!({})).await?;
    write.commit().await?;
    if let Some(former) = former {
        tokio::fs::remove_file(folder.join(former.token)).await?;
    }
    Ok(Notice::see_other(&format!("/letters/{id}"), "notice-letter-scan-added", ""))
}

async fn take(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    PathOf(id): PathOf<i64>,
) -> Result {
    let mut connection = app.db.read().await?;
    let letter = own(&mut connection, &viewer, id).await?;
    let scan = scan_store::of(&mut connection, id).await?.ok_or(Error::NotFound)?;
    let opened = tokio::fs::File::open(folder(&app.db).join(&scan.token)).await;
    let opened = opened.map_err(|_| Error::NotFound)?;
    let (kind, end) = match scan.kind.as_str() {
        "pdf" => ("application/pdf", "pdf"),
        "png" => ("image/png", "png"),
        _ => ("image/jpeg", "jpg"),
    };
    let name = format!("{} {}.{end}", page.t("letters-scan"), letter.reference);
    Ok(file(Body::from_stream(ReaderStream::new(opened)), &name, kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scan_is_known_by_its_content_and_has_a_limit() {
        assert_eq!(kind_of(b"%PDF-1.7", 9), Ok(Kind::Pdf));
        assert_eq!(kind_of(b"\x89PNG\r\n\x1a\n", 9), Ok(Kind::Png));
        assert_eq!(kind_of(b"\xff\xd8\xff\xe0JFIF", 9), Ok(Kind::Jpeg));
        assert_eq!(kind_of(b"<html>", 9).unwrap_err().key(), "letters-scan-kind");
        assert_eq!(kind_of(b"%PDF-1.7", LARGEST + 1).unwrap_err().key(), "letters-scan-large");
    }
}
