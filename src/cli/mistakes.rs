//! A command line that is not understood: one sentence, and where to read more.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, Error};

use crate::lang::{Language, Message};

/// What is wrong with it, in a command that was typed up to `typed`.
fn sentence(error: &Error, typed: &str) -> Message {
    let of = |kind| error.get(kind).map(words).unwrap_or_default().join(" ");
    let with_help = |message: Message| message.with("command", typed);
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let wrong = of(ContextKind::InvalidSubcommand);
            // The likeliest comes last.
            match error.get(ContextKind::SuggestedSubcommand).and_then(|meant| words(meant).pop()) {
                None => with_help(Message::new("cli-mistake-command").with("typed", wrong)),
                Some(meant) => Message::new("cli-mistake-command-meant")
                    .with("typed", wrong)
                    .with("meant", meant),
            }
        }
        ErrorKind::UnknownArgument => with_help(
            Message::new("cli-mistake-unknown").with("typed", of(ContextKind::InvalidArg)),
        ),
        ErrorKind::MissingRequiredArgument => {
            with_help(Message::new("cli-mistake-missing").with("name", of(ContextKind::InvalidArg)))
        }
        ErrorKind::ArgumentConflict => with_help(
            Message::new("cli-mistake-conflict")
                .with("one", of(ContextKind::InvalidArg))
                .with("other", of(ContextKind::PriorArg)),
        ),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let value = of(ContextKind::InvalidValue);
            let values = error.get(ContextKind::ValidValue).map(words).unwrap_or_default();
            let key = match (value.is_empty(), values.is_empty()) {
                (true, _) => "cli-mistake-no-value",
                (false, true) => "cli-mistake-value",
                (false, false) => "cli-mistake-value-of",
            };
            let message = Message::new(key).with("name", of(ContextKind::InvalidArg));
            with_help(message.with("value", value).with("values", values.join(", ")))
        }
        _ => with_help(Message::new("cli-mistake")),
    }
}

fn words(value: &ContextValue) -> Vec<String> {
    match value {
        ContextValue::String(word) => vec![word.clone()],
        ContextValue::Strings(words) => words.clone(),
        other => vec![other.to_string()],
    }
}

/// The command that was typed, as far as there is one: `linli members import`.
fn typed(command: &Command, words: impl Iterator<Item = String>) -> String {
    let mut found = command;
    let mut names = vec![command.get_name().to_owned()];
    for word in words {
        if let Some(below) = found.find_subcommand(&word) {
            found = below;
            names.push(word);
        }
    }
    names.join(" ")
}

/// Prints what was asked for (help, the version), or what is wrong; the exit status.
pub(super) fn answer(error: &Error, command: &Command, language: Language) -> u8 {
    if !error.use_stderr() || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        // Whoever asked may not be reading any more.
        let _ = error.print();
    } else {
        let words = std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned());
        eprintln!("linli: {}", sentence(error, &typed(command, words)).say(language));
    }
    u8::try_from(error.exit_code()).unwrap_or(2)
}
