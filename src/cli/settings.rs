//! `linli config`.

use std::path::Path;
use std::process::ExitCode;

use clap::Args;

use super::failure::CliError;
use super::words::{language, print_line};
use crate::config::{self, Flags, Source};

#[derive(Debug, Args)]
pub(super) struct Config {}

impl Config {
    pub(super) fn show(&self, file: Option<&Path>, flags: &Flags) -> Result<ExitCode, CliError> {
        for setting in config::sources(file, flags)? {
            let source = match &setting.source {
                Source::Flag => language().text("cli-from-flag").to_owned(),
                Source::Environment(name) => name.clone(),
                Source::File(path) => path.clone(),
                Source::BuiltIn => language().text("cli-built-in").to_owned(),
            };
            print_line(&format!("{:<22} {:<28} {source}", setting.name, setting.value))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
