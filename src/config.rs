//! Settings: flags over the environment (`LINLI_…`) over `linli.toml` over what is built in.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use figment::error::Kind;
use figment::providers::{Env, Format as _, Serialized, Toml};
use figment::{Figment, Metadata, Profile};
use serde::{Deserialize, Serialize};

use crate::app::ServerSettings;
use crate::db::{Address, OpenError};

/// The settings file that is read when it lies in the working directory.
const FILE: &str = "linli.toml";
/// What the names of variables of the environment begin with.
const PREFIX: &str = "LINLI_";
/// The settings whose value is never shown.
const SECRETS: [&str; 1] = ["metrics_token"];

/// What is in force. Every field can be set by its name in `linli.toml`, or in capitals after
/// `LINLI_` in the environment.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Where the database lives: `sqlite:PATH`.
    pub database_url: String,
    /// Where the server listens.
    pub listen: SocketAddr,
    /// Whether browsers reach it by HTTPS, through a proxy that speaks TLS.
    pub behind_tls: bool,
    /// How long a session may rest, in minutes.
    pub session_idle_minutes: u32,
    /// How long a session lasts at most, in hours.
    pub session_max_hours: u32,
    /// The largest file that may be uploaded, in MiB.
    pub upload_limit_mib: u32,
    /// Under which address people reach it, such as `https://linli.example.org`: for links that
    /// are given to someone. Empty: what the server listens on. With `https` it counts as
    /// `behind_tls`.
    pub public_url: String,
    /// What a program must show to read `/metrics` (`Authorization: Bearer …`). Empty: only
    /// programs on the same machine may read it.
    pub metrics_token: String,
    /// What is written to the log: `error`, `warn`, `info`, `debug`, or a filter by module.
    pub log: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            database_url: "sqlite:data/linli.db".to_owned(),
            listen: SocketAddr::from(([127, 0, 0, 1], 3000)),
            behind_tls: false,
            session_idle_minutes: 480,
            session_max_hours: 72,
            upload_limit_mib: 64,
            public_url: String::new(),
            metrics_token: String::new(),
            log: "info".to_owned(),
        }
    }
}

/// What the command line sets.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Flags {
    /// `--database`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database_url: Option<String>,
    /// `--listen`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listen: Option<SocketAddr>,
}

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file that was named is not there.
    #[error("there is no settings file {}", .0.display())]
    Missing(PathBuf),
    /// No setting has this name.
    #[error("{place} has an unknown setting {name}")]
    Unknown {
        /// The name.
        name: String,
        /// Where it stands.
        place: String,
    },
    /// A value is of the wrong kind.
    #[error("{name} in {place}: {detail}")]
    Value {
        /// The setting.
        name: String,
        /// Where it stands.
        place: String,
        /// What is wrong.
        detail: String,
    },
    /// A file cannot be read, or is no TOML.
    #[error("{place}: {detail}")]
    File {
        /// The file.
        place: String,
        /// What is wrong.
        detail: String,
    },
}

/// A setting in force, and where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Its name.
    pub name: String,
    /// Its value, without any secret.
    pub value: String,
    /// Where it came from.
    pub source: Source,
}

/// Where a setting came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The command line.
    Flag,
    /// This variable of the environment.
    Environment(String),
    /// This file.
    File(String),
    /// It was not set.
    BuiltIn,
}

fn figment(file: Option<&Path>, flags: &Flags) -> Result<Figment, SettingsError> {
    let mut figment = Figment::from(Serialized::defaults(Settings::default()));
    match file {
        Some(file) if !file.exists() => return Err(SettingsError::Missing(file.to_owned())),
        Some(file) => figment = figment.merge(Toml::file_exact(file)),
        None if Path::new(FILE).exists() => figment = figment.merge(Toml::file_exact(FILE)),
        None => {}
    }
    Ok(figment
        .merge(Env::prefixed(PREFIX).ignore(&["config"]))
        .merge(Serialized::from(flags, Profile::Default)))
}

/// The settings in force.
///
/// # Errors
/// When the file is missing, a value is of the wrong kind, or a name is unknown.
pub fn load(file: Option<&Path>, flags: &Flags) -> Result<Settings, SettingsError> {
    let settings: Settings = figment(file, flags)?.extract().map_err(|error| mistake(&error))?;
    let url = &settings.public_url;
    if !(url.is_empty() || is_origin(url)) {
        let found = figment(file, flags)?;
        return Err(SettingsError::Value {
            name: "public_url".to_owned(),
            place: found.find_metadata("public_url").map_or_else(String::new, place),
            detail: url.clone(),
        });
    }
    Ok(settings)
}

/// `http://host` or `https://host:port`, without a path.
fn is_origin(url: &str) -> bool {
    let Ok(uri) = url.parse::<axum::http::Uri>() else { return false };
    matches!(uri.scheme_str(), Some("http" | "https"))
        && uri.authority().is_some_and(|authority| !authority.as_str().contains('@'))
        && uri.path_and_query().is_none_or(|path| path.as_str() == "/")
}

fn mistake(error: &figment::Error) -> SettingsError {
    let place = error.metadata.as_ref().map_or_else(String::new, place);
    let name = error.path.join(".");
    // The parser draws the place under its sentence.
    let said = |kind: &Kind| {
        let said = kind.to_string();
        let lines: Vec<&str> = said
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.contains('|'))
            .collect();
        lines.join(", ")
    };
    match &error.kind {
        Kind::UnknownField(name, _) => SettingsError::Unknown { name: name.clone(), place },
        kind if name.is_empty() => SettingsError::File { place, detail: said(kind) },
        kind => SettingsError::Value { name, place, detail: said(kind) },
    }
}

/// Where something was set: the file, or the environment.
fn place(metadata: &Metadata) -> String {
    match &metadata.source {
        Some(figment::Source::File(path)) => path.display().to_string(),
        _ => metadata.name.to_string(),
    }
}

/// Each setting with its source.
///
/// # Errors
/// As [`load`].
pub fn sources(file: Option<&Path>, flags: &Flags) -> Result<Vec<Setting>, SettingsError> {
    let figment = figment(file, flags)?;
    let settings = load(file, flags)?;
    let values = serde_json::to_value(&settings).unwrap_or_default();
    let Some(values) = values.as_object() else { return Ok(Vec::new()) };
    Ok(values
        .iter()
        .map(|(name, value)| {
            let metadata = figment.find_metadata(name);
            let source = match metadata.map(|metadata| metadata.name.as_ref()) {
                Some(said) if said.contains("environment") => {
                    Source::Environment(format!("{PREFIX}{}", name.to_ascii_uppercase()))
                }
                Some(said) if said.contains("TOML") => {
                    Source::File(metadata.map_or_else(String::new, place))
                }
                Some(said) if said.contains("Flags") => Source::Flag,
                _ => Source::BuiltIn,
            };
            let value = value.as_str().map_or_else(|| value.to_string(), hide_password);
            let secret = SECRETS.contains(&name.as_str()) && !value.is_empty();
            let value = if secret { "***".to_owned() } else { value };
            Setting { name: name.clone(), value, source }
        })
        .collect())
}

/// An address without the password in it.
fn hide_password(value: &str) -> String {
    match value.split_once("://").and_then(|(scheme, rest)| Some((scheme, rest.split_once('@')?))) {
        Some((scheme, (user, host))) => {
            let user = user.split(':').next().unwrap_or_default();
            format!("{scheme}://{user}:***@{host}")
        }
        None => value.to_owned(),
    }
}

impl Settings {
    /// Where the database lives.
    ///
    /// # Errors
    /// When the address is none.
    pub fn database(&self) -> Result<Address, OpenError> {
        self.database_url.parse()
    }

    /// What the server is told.
    pub fn server(&self) -> ServerSettings {
        ServerSettings {
            behind_tls: self.behind_tls || self.public_url.starts_with("https://"),
            session_idle: Duration::from_secs(u64::from(self.session_idle_minutes) * 60),
            session_max: Duration::from_secs(u64::from(self.session_max_hours) * 3600),
            upload_limit: usize::try_from(self.upload_limit_mib).unwrap_or(64) * 1024 * 1024,
            public_url: self.public_url.trim_end_matches('/').to_owned(),
            metrics_token: self.metrics_token.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_password_of_an_address_is_shown() {
        assert_eq!(hide_password("x://me:secret@host/db"), "x://me:***@host/db");
        assert_eq!(hide_password("sqlite:data/linli.db"), "sqlite:data/linli.db");
    }

    #[test]
    fn a_public_address_is_a_scheme_and_a_host() {
        for url in ["https://linli.example.org", "http://10.0.0.5:3000", "https://linli.cn/"] {
            assert!(is_origin(url), "{url}");
        }
        for url in ["linli.example.org", "ftp://linli.cn", "https://linli.cn/app", "https://", "/"]
        {
            assert!(!is_origin(url), "{url}");
        }
    }
}
