//! Every code and name by which committees are known, for reading files.

use std::collections::HashMap;

use super::store;
use crate::db::{Connection, Result};
use crate::lang::Message;
use crate::text::normalize;

/// Committees by code and by name, former ones included.
#[derive(Debug)]
pub struct KnownCommittees {
    codes: HashMap<String, i64>,
    /// With sub-district and district.
    names: HashMap<String, Vec<(i64, String, String)>>,
    districts: HashMap<i64, String>,
}

impl KnownCommittees {
    /// All that the directory knows.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn load(connection: &mut Connection) -> Result<Self> {
        let mut codes = HashMap::new();
        let mut names: HashMap<String, Vec<(i64, String, String)>> = HashMap::new();
        let mut districts = HashMap::new();
        for known in store::all(connection).await? {
            districts.insert(known.id, known.district.clone());
            if let Some(code) = known.code {
                codes.insert(code, known.id);
            }
            let place = (known.id, known.street, known.district);
            let same = names.entry(known.name).or_default();
            if !same.contains(&place) {
                same.push(place);
            }
        }
        Ok(Self { codes, names, districts })
    }

    /// The name of the district that a committee lies in.
    pub fn district(&self, id: i64) -> &str {
        self.districts.get(&id).map_or("", String::as_str)
    }

    /// The committee with this code.
    ///
    /// # Errors
    /// A message for the cell.
    pub fn by_code(&self, typed: &str) -> std::result::Result<i64, Message> {
        let typed = normalize(typed);
        let known = self.codes.get(&typed).copied();
        known.ok_or_else(|| Message::new("import-committee-code").with("code", typed))
    }

    /// The committee of this name; where several bear it, that of this sub-district and district,
    /// either of which may be empty.
    ///
    /// # Errors
    /// A message for the cell.
    pub fn by_name(
        &self,
        typed: &str,
        street: &str,
        district: &str,
    ) -> std::result::Result<i64, Message> {
        let [typed, street, district] = [typed, street, district].map(normalize);
        let fits = |place: &&(i64, String, String)| {
            (street.is_empty() || place.1 == street) && (district.is_empty() || place.2 == district)
        };
        let named = self.names.get(&typed).map(Vec::as_slice).unwrap_or_default();
        let mut fitting = named.iter().filter(fits);
        match (fitting.next(), fitting.next()) {
            (Some((id, ..)), None) => Ok(*id),
            (Some(_), Some(_)) => Err(Message::new("import-committee-several").with("name", typed)),
            (None, _) => Err(Message::new("import-committee-unknown").with("name", typed)),
        }
    }
}
