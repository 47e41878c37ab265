//! `linli check` and `linli restore`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{CliError, open};
use crate::config::Settings;
use crate::db::{self, Connection};
use crate::members::search::check::{Difference, differences};

/// Prove that the database is whole: pages, references, and the search index against the rows.
#[derive(Debug, Args)]
pub struct Check {}

impl Check {
    pub(super) async fn run(self, settings: &Settings) -> Result<ExitCode, CliError> {
        let db = open(settings).await?;
        let mut snapshot = db.snapshot().await?;
        // The index's vocabulary is read through a temporary table.
        sqlx::query("PRAGMA query_only = OFF").execute(&mut *snapshot).await?;
        let mut findings = engine_findings(&mut snapshot).await?;
        for difference in differences(&mut snapshot).await? {
            findings.push(match difference {
                Difference::Missing { sort_key } => {
                    format!("the search index lacks the member at {sort_key}")
                }
                Difference::Stray { sort_key } => {
                    format!("the search index holds {sort_key}, where no member is")
                }
                Difference::Other { sort_key } => {
                    format!("the search index differs from the member at {sort_key}")
                }
                Difference::Line { sort_key } => {
                    format!("what lists show differs from the member at {sort_key}")
                }
            });
        }
        for finding in &findings {
            println!("{finding}");
        }
        if findings.is_empty() {
            println!("All is well.");
            return Ok(ExitCode::SUCCESS);
        }
        Ok(ExitCode::FAILURE)
    }
}

async fn engine_findings(connection: &mut Connection) -> Result<Vec<String>, CliError> {
    let pages: Vec<String> =
        sqlx::query_scalar("PRAGMA integrity_check").fetch_all(&mut *connection).await?;
    let mut findings: Vec<String> = pages.into_iter().filter(|line| line != "ok").collect();
    let references: Vec<(String, Option<i64>, String, i64)> =
        sqlx::query_as("PRAGMA foreign_key_check").fetch_all(connection).await?;
    findings.extend(references.into_iter().map(|(table, row, parent, _)| {
        format!("{table} row {} refers to a missing row of {parent}", row.unwrap_or_default())
    }));
    Ok(findings)
}

/// Put a backup in the place of the database; what was there is kept beside it.
#[derive(Debug, Args)]
pub struct Restore {
    /// The backup
    file: PathBuf,
}

impl Restore {
    pub(super) async fn run(self, settings: &Settings) -> Result<ExitCode, CliError> {
        let kept = db::restore(&settings.database()?, &self.file).await;
        match kept.map_err(|error| CliError::Said(error.to_string()))? {
            Some(kept) => println!("Restored. What was there is kept in {}", kept.display()),
            None => println!("Restored."),
        }
        Ok(ExitCode::SUCCESS)
    }
}
