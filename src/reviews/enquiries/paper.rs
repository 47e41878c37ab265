//! What a request is settled as when it is given out.

use serde::{Deserialize, Serialize};

use super::request_store::Request;
use crate::committees::Committee;
use crate::db::Result;
use crate::letters::LetterSettings;

/// What stands on a request beside its members.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Who asks.
    pub office: String,
    /// Whom to ask there.
    pub contact: String,
    /// Under which phone.
    pub phone: String,
    /// The committee's name.
    pub committee: String,
    /// The community Party organisation's name; empty where nobody filled it in.
    pub party: String,
    /// The sub-district's name.
    pub street: String,
}

impl Content {
    /// As it is today.
    pub(super) fn of(settings: &LetterSettings, committee: &Committee) -> Self {
        Self {
            office: settings.office.clone(),
            contact: settings.contact.clone(),
            phone: settings.phone.clone(),
            committee: committee.details.name.clone(),
            party: committee.details.party_name.clone(),
            street: committee.street.1.clone(),
        }
    }

    /// As it was when the request was given out; empty while it was not.
    pub(super) fn given(request: &Request) -> Result<Self> {
        let Some(content) = &request.content else { return Ok(Self::default()) };
        serde_json::from_str(content).map_err(|error| sqlx::Error::Decode(error.into()))
    }
}
