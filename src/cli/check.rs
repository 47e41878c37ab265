//! `linli check`.

use std::process::ExitCode;

use clap::Args;

use super::failure::CliError;
use super::words::print;
use super::{open, progress};
use crate::config::Settings;
use crate::db::Connection;
use crate::lang::Message;
use crate::members::search::check::{Difference, differences};
use crate::members::store;
use crate::reports::counting;
use crate::surveys::seals::Broken;
use crate::{committees, experiences, members, needs, surveys};

#[derive(Debug, Args)]
pub(super) struct Check {}

impl Check {
    pub(super) async fn run(self, settings: &Settings) -> Result<ExitCode, CliError> {
        let db = open(settings).await?;
        let bar = progress::waiting();
        let mut snapshot = db.snapshot().await?;
        // The index's vocabulary is read through a temporary table.
        sqlx::query("PRAGMA query_only = OFF").execute(&mut *snapshot).await?;
        let mut findings = engine_findings(&mut snapshot).await?;
        for difference in differences(&mut snapshot).await? {
            findings.push(finding(&mut snapshot, difference).await?);
        }
        for (key, ids) in [
            ("cli-index-of-committee", committees::store::index_differing(&mut snapshot).await?),
            ("cli-index-of-need", needs::search::differing(&mut snapshot).await?),
            ("cli-index-of-experience", experiences::search::differing(&mut snapshot).await?),
        ] {
            findings.extend(ids.iter().map(|id| Message::new(key).with("id", id.to_string())));
        }
        for broken in surveys::seals::check(&mut snapshot).await? {
            findings.push(match broken {
                Broken::Chain(seq) => Message::new("cli-seal-broken").with("seal", seq.to_string()),
                Broken::Form(id) => Message::new("cli-form-changed").with("form", id.to_string()),
                Broken::Log(seal) => Message::new("cli-seal-gone").with("seal", seal),
            });
        }
        for id in members::spread::differing(&mut snapshot).await? {
            findings.push(Message::new("cli-count-differs").with("id", id.to_string()));
        }
        for [kind, half, key] in counting::differing(&mut snapshot).await? {
            let message = Message::new("cli-sum-differs").with("kind", kind);
            findings.push(message.with("half", half).with("key", key));
        }
        bar.finish_and_clear();
        for finding in &findings {
            print(finding)?;
        }
        if findings.is_empty() {
            print(&Message::new("cli-all-is-well"))?;
            return Ok(ExitCode::SUCCESS);
        }
        Err(Message::new("cli-check-failed").with("count", findings.len()).into())
    }
}

async fn finding(connection: &mut Connection, difference: Difference) -> Result<Message, CliError> {
    let (key, sort_key) = match difference {
        Difference::Missing { sort_key } => ("cli-index-lacks", sort_key),
        Difference::Other { sort_key } => ("cli-index-differs", sort_key),
        Difference::Line { sort_key } => ("cli-list-differs", sort_key),
        Difference::Stray { sort_key } => {
            return Ok(Message::new("cli-index-stray").with("key", sort_key.to_string()));
        }
    };
    let id = store::id_at(connection, sort_key).await?.unwrap_or_default();
    Ok(Message::new(key).with("member", id.to_string()))
}

async fn engine_findings(connection: &mut Connection) -> Result<Vec<Message>, CliError> {
    let pages: Vec<String> =
        sqlx::query_scalar("PRAGMA integrity_check").fetch_all(&mut *connection).await?;
    let mut findings: Vec<Message> = pages
        .into_iter()
        .filter(|line| line != "ok")
        .map(|line| Message::new("cli-page-damaged").with("detail", line))
        .collect();
    let references: Vec<(String, Option<i64>, String, i64)> =
        sqlx::query_as("PRAGMA foreign_key_check").fetch_all(connection).await?;
    findings.extend(references.into_iter().map(|(table, row, parent, _)| {
        Message::new("cli-reference-broken")
            .with("table", table)
            .with("row", row.map_or_else(String::new, |row| row.to_string()))
            .with("parent", parent)
    }));
    Ok(findings)
}
