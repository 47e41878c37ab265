//! Papers that someone brings as a scan: known by their content, kept beside the database under
//! random names, outside of what the web can reach, and given back as files.

mod papers;

use std::path::{Path, PathBuf};

use axum::extract::Multipart;
use axum::response::Response;
use tokio::io::AsyncReadExt as _;

use super::uploads::Upload;
use super::{Error, Result, disk_file, store};
use crate::app::App;
use crate::db::{Db, WorkError};
use crate::lang::Message;

pub use papers::{Paper, Scanned, of, put};

/// The largest scan, in bytes.
const LARGEST: u64 = LARGEST_MIB as u64 * 1024 * 1024;
const LARGEST_MIB: u32 = 10;

/// The folder for scans.
fn folder(db: &Db) -> PathBuf {
    let beside = db.address().path().parent().unwrap_or(Path::new("."));
    beside.join("scans")
}

/// A scan that lies in its folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scan {
    /// Under which name it lies there: 128 random bits in hexadecimal.
    pub token: String,
    /// `pdf`, `png` or `jpeg`.
    pub kind: &'static str,
    /// How long it is, in bytes.
    pub bytes: u64,
    /// Its name, as whoever brought it knows it.
    pub name: String,
}

/// What a form brought.
#[derive(Debug)]
pub enum Brought {
    /// A scan, which is kept now.
    Kept(Scan),
    /// Nothing, or what is no scan; why.
    Refused(Message),
}

/// What kind of file it is, by how it begins, whatever its name says.
fn kind_of(beginning: &[u8], bytes: u64) -> std::result::Result<&'static str, Message> {
    if bytes > LARGEST {
        return Err(Message::new("letters-scan-large").with("limit", LARGEST_MIB));
    }
    if beginning.starts_with(b"%PDF-") {
        Ok("pdf")
    } else if beginning.starts_with(b"\x89PNG\r\n\x1a\n") {
        Ok("png")
    } else if beginning.starts_with(&[0xff, 0xd8, 0xff]) {
        Ok("jpeg")
    } else {
        Err(Message::new("letters-scan-kind"))
    }
}

/// Receives the field `file` of a form into the folder for scans.
///
/// # Errors
/// When it is larger than any upload may be or the disk fails.
pub async fn receive(app: &App, parts: Multipart) -> Result<Brought> {
    let Some(upload) = Upload::receive(app, parts).await? else {
        return Ok(Brought::Refused(Message::new("letters-scan-none")));
    };
    let mut beginning = Vec::new();
    let mut brought = tokio::fs::File::open(&upload.path).await?;
    (&mut brought).take(8).read_to_end(&mut beginning).await?;
    let bytes = brought.metadata().await?.len();
    let kind = match kind_of(&beginning, bytes) {
        Ok(kind) => kind,
        Err(message) => {
            upload.discard().await?;
            return Ok(Brought::Refused(message));
        }
    };
    let folder = folder(&app.db);
    tokio::fs::create_dir_all(&folder).await?;
    tokio::fs::rename(&upload.path, folder.join(&upload.token)).await?;
    Ok(Brought::Kept(Scan { token: upload.token, kind, bytes, name: upload.name }))
}

/// A scan as a file to keep, under this name without its ending.
///
/// # Errors
/// [`Error::NotFound`] when it is not in its folder.
pub async fn give(db: &Db, token: &str, kind: &str, name: &str) -> Result<Response> {
    let opened = tokio::fs::File::open(folder(db).join(token)).await;
    let opened = opened.map_err(|_| Error::NotFound)?;
    let (kind, end) = match kind {
        "pdf" => ("application/pdf", "pdf"),
        "png" => ("image/png", "png"),
        _ => ("image/jpeg", "jpg"),
    };
    Ok(disk_file(opened, &format!("{name}.{end}"), kind))
}

/// Removes a scan from its folder; one that is not there is none the worse.
///
/// # Errors
/// When the disk fails.
pub async fn discard(db: &Db, token: &str) -> std::io::Result<()> {
    match tokio::fs::remove_file(folder(db).join(token)).await {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

/// Removes the scans whose record was erased; how many.
///
/// # Errors
/// When the database or the disk fails.
pub async fn discard_left(db: &Db) -> std::result::Result<usize, WorkError> {
    let left = store::left_scans(&mut *db.read().await?).await?;
    for token in &left {
        discard(db, token).await?;
        let mut write = db.write().await?;
        store::forget_left_scan(&mut write, token).await?;
        write.commit().await?;
    }
    Ok(left.len())
}

/// What a scan is and how long, for people: PDF, 120 KiB.
pub fn words(kind: &str, bytes: i64) -> String {
    format!("{}, {} KiB", kind.to_uppercase(), (bytes + 1023) / 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scan_is_known_by_its_content_and_has_a_limit() {
        assert_eq!(kind_of(b"%PDF-1.7", 9), Ok("pdf"));
        assert_eq!(kind_of(b"\x89PNG\r\n\x1a\n", 9), Ok("png"));
        assert_eq!(kind_of(b"\xff\xd8\xff\xe0JFIF", 9), Ok("jpeg"));
        assert_eq!(kind_of(b"<html>", 9).unwrap_err().key(), "letters-scan-kind");
        assert_eq!(kind_of(b"%PDF-1.7", LARGEST + 1).unwrap_err().key(), "letters-scan-large");
    }
}
