//! The command line in the language of the terminal: its help, and what it prints.

use std::io::{ErrorKind, IsTerminal as _, Write as _};
use std::sync::LazyLock;

use clap::{Arg, ArgAction, Command};
use comfy_table::{ContentArrangement, Table, presets};

use super::failure::CliError;
use crate::lang::{Language, Message};
use crate::sheets::csv_row;

/// The narrowest terminal to which tables are fitted, in columns.
const NARROWEST: u16 = 40;

/// The terminal's language, by `LC_ALL`, `LC_MESSAGES` or `LANG`; English when none is set.
pub(super) fn language() -> Language {
    static LANGUAGE: LazyLock<Language> = LazyLock::new(|| {
        ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
            .and_then(|value| value.parse().ok())
            .unwrap_or(Language::English)
    });
    *LANGUAGE
}

/// A message in the terminal's language.
pub(super) fn say(message: &Message) -> String {
    message.say(language())
}

/// Prints a line; whoever took enough of them and went away ends the command in peace.
pub(super) fn print_line(line: &str) -> Result<(), CliError> {
    print_bytes(format!("{line}\n").as_bytes())
}

fn print_bytes(bytes: &[u8]) -> Result<(), CliError> {
    let mut out = std::io::stdout();
    out.write_all(bytes).and_then(|()| out.flush()).map_err(|error| match error.kind() {
        ErrorKind::BrokenPipe => CliError::NobodyListens,
        _ => CliError::said(Message::new("cli-no-output").with("detail", error.to_string())),
    })
}

/// Prints a message.
pub(super) fn print(message: &Message) -> Result<(), CliError> {
    print_line(&say(message))
}

/// Prints rows: as a table that fits a terminal, as CSV into a pipe.
pub(super) fn print_rows(headers: &[&str], rows: &[Vec<String>]) -> Result<(), CliError> {
    if std::io::stdout().is_terminal() {
        let mut table = Table::new();
        table.load_style(presets::UTF8_HORIZONTAL_ONLY);
        // A terminal that does not know its width gets whole lines.
        if table.width().is_some_and(|width| width >= NARROWEST) {
            table.set_content_arrangement(ContentArrangement::Dynamic);
        }
        table.set_header(headers);
        for row in rows {
            table.add_row(row);
        }
        return print_line(&table.to_string());
    }
    let mut out = Vec::new();
    csv_row(&mut out, headers.iter().copied());
    for row in rows {
        csv_row(&mut out, row.iter().map(String::as_str));
    }
    print_bytes(&out)
}

/// Where a flag stands that every command has: after its own.
pub(super) const LAST: usize = 900;

/// The command with its help from the catalogue: `cli-command-…`, `cli-argument-…` and
/// `cli-examples-…`, with the names of the command, its subcommands and arguments behind.
pub(super) fn in_words(command: Command, language: Language) -> Command {
    let help = Arg::new("help")
        .short('h')
        .long("help")
        .global(true)
        .display_order(LAST)
        .action(ArgAction::Help)
        .help(language.text("cli-help-flag"));
    let version = Arg::new("version")
        .short('V')
        .long("version")
        .display_order(LAST)
        .action(ArgAction::Version)
        .help(language.text("cli-version-flag"));
    let command = command
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .arg(version)
        .arg(help);
    described(command, "", language)
}

fn described(mut command: Command, path: &str, language: Language) -> Command {
    let text = |kind: &str, name: &str| {
        let key = format!("cli-{kind}{path}{name}").replace('_', "-");
        language.knows(&key).then(|| language.text_with(&key, &[]))
    };
    if let Some(about) = text("command", "") {
        command = command.about(about).long_about(None);
    }
    let mut after = Vec::new();
    if let Some(examples) = text("examples", "") {
        let lines: Vec<String> = examples.lines().map(|line| format!("  {line}")).collect();
        after.push(format!("{}\n{}", language.text("cli-heading-examples"), lines.join("\n")));
    }
    if path.is_empty() {
        after.push(language.text("cli-statuses").to_owned());
    }
    let mut template =
        format!("{{about-with-newline}}\n{} {{usage}}", language.text("cli-heading-usage"));
    for (there, heading, tag) in [
        (command.has_subcommands(), "cli-heading-commands", "{subcommands}"),
        (command.get_positionals().next().is_some(), "cli-heading-arguments", "{positionals}"),
        (true, "cli-heading-options", "{options}"),
    ] {
        if there {
            template.push_str(&format!("\n\n{}\n{tag}", language.text(heading)));
        }
    }
    template.push_str("{after-help}");
    command
        .help_template(template)
        .after_help(after.join("\n\n"))
        .mut_args(|argument| {
            let name = format!("-{}", argument.get_id());
            let valued = argument.get_action().takes_values();
            match text("argument", &name) {
                Some(help) => argument
                    .help(help)
                    .long_help(None)
                    .hide_default_value(valued)
                    .hide_possible_values(valued),
                None => argument,
            }
        })
        .mut_subcommands(|below| {
            let path = format!("{path}-{}", below.get_name());
            described(below, &path, language)
        })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::cli::Cli;

    /// Which keys of the catalogue the command line looks up.
    fn keys(command: &Command, path: &str, found: &mut Vec<String>) {
        found.push(format!("cli-command{path}"));
        if !command.is_subcommand_required_set() {
            found.push(format!("cli-examples{path}"));
        }
        for argument in command.get_arguments() {
            found.push(format!("cli-argument{path}-{}", argument.get_id()).replace('_', "-"));
        }
        for below in command.get_subcommands() {
            keys(below, &format!("{path}-{}", below.get_name()), found);
        }
    }

    #[test]
    fn every_command_has_its_words_and_examples_and_every_argument_its_words() {
        let mut needed = Vec::new();
        keys(&Cli::command(), "", &mut needed);
        assert!(needed.len() > 60);
        for language in [Language::Chinese, Language::English] {
            let missing: Vec<_> = needed.iter().filter(|key| !language.knows(key)).collect();
            assert_eq!(missing, Vec::<&String>::new());
        }
        let catalogue = include_str!("../../locales/en/cli.ftl");
        let stray: Vec<_> = catalogue
            .lines()
            .filter_map(|line| line.split_once(" =").map(|(key, _)| key))
            .filter(|key| {
                ["cli-command-", "cli-examples-", "cli-argument-"]
                    .iter()
                    .any(|kind| key.starts_with(kind))
            })
            .filter(|key| !needed.iter().any(|needed| needed == key))
            .collect();
        assert_eq!(stray, Vec::<&str>::new());
    }
}
