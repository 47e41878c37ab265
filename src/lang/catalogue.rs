//! The catalogues: Fluent files carried in the binary, one a feature.

use std::collections::HashMap;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::Entry;
use rust_embed::RustEmbed;

use super::Language;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/locales"]
struct Files;

/// All texts of one language.
pub(super) struct Catalogue {
    bundle: FluentBundle<FluentResource>,
    plain: HashMap<String, String>,
}

impl Catalogue {
    pub(super) fn of(language: Language) -> &'static Self {
        static CHINESE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::load(Language::Chinese));
        static ENGLISH: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::load(Language::English));
        match language {
            Language::Chinese => &CHINESE,
            Language::English => &ENGLISH,
        }
    }

    fn load(language: Language) -> Self {
        let folder = format!("{}/", language.tag());
        let sources: Vec<String> = Files::iter()
            .filter(|path| path.starts_with(&folder))
            .filter_map(|path| Files::get(&path))
            .map(|file| String::from_utf8_lossy(&file.data).into_owned())
            .collect();
        Self::from_sources(language, sources)
    }

    fn from_sources(language: Language, sources: Vec<String>) -> Self {
        let tag = match language {
            Language::Chinese => unic_langid::langid!("zh-CN"),
            Language::English => unic_langid::langid!("en"),
        };
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // The marks that isolate directions show as boxes in some systems' titles and in files;
        // neither language needs them.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(|value, _| match value {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "counts are whole and far below 2^53"
            )]
            FluentValue::Number(number) => Some(grouped(number.value as i64)),
            _ => None,
        }));
        let mut keys = Vec::new();
        for source in sources {
            let resource = match FluentResource::try_new(source) {
                Ok(resource) => resource,
                Err((resource, errors)) => {
                    tracing::error!(?errors, "a catalogue has a mistake");
                    resource
                }
            };
            keys.extend(resource.entries().filter_map(|entry| match entry {
                Entry::Message(message) => Some(message.id.name.to_owned()),
                _ => None,
            }));
            if let Err(errors) = bundle.add_resource(resource) {
                tracing::error!(?errors, "a catalogue has a key twice");
            }
        }
        let plain = keys
            .into_iter()
            .filter_map(|key| {
                let pattern = bundle.get_message(&key)?.value()?;
                let mut errors = Vec::new();
                let text = bundle.format_pattern(pattern, None, &mut errors).into_owned();
                errors.is_empty().then_some((key, text))
            })
            .collect();
        Self { bundle, plain }
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    pub(super) fn plain(&self, key: &str) -> Option<&str> {
        self.plain.get(key).map(String::as_str)
    }

    pub(super) fn format(&self, key: &str, arguments: &FluentArgs<'_>) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(arguments), &mut errors).into_owned();
        if !errors.is_empty() {
            tracing::error!(key, ?errors, "a text could not be filled in");
        }
        Some(text)
    }
}

pub(super) fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        text.push('-');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
