//! The form of a team.

use serde::{Deserialize, Serialize};

use super::{LONGEST_DOES, LONGEST_NAME, MOST_PLACES, Reach, Team, TeamDetails, store};
use crate::committees::{self, CommitteeLine, parse_line};
use crate::db::{self, Connection};
use crate::lang::Message;
use crate::needs::form::choices;
use crate::needs::parse_required;
use crate::text::normalize;
use crate::web::Page;
use crate::web::forms::{Field, Problems};

/// The team serves in the area of the committee that is named.
const AREA: &str = "committee";
/// It serves in the whole sub-district that the committee lies in.
const STREET: &str = "street";

/// What was typed, as it came.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct TeamForm {
    pub name: String,
    pub committee: String,
    /// The id that a chosen suggestion left.
    pub committee_id: String,
    /// The id picked where the name fits several.
    pub committee_pick: String,
    /// `committee` or `street`.
    pub reach: String,
    /// The sub-district that a team serves already; counts where no committee is named.
    pub street: String,
    pub does: String,
    pub places: String,
    /// Who signs, on the committee's page.
    pub by: String,
    pub version: i64,
    pub form: String,
}

impl TeamForm {
    /// The empty form.
    pub(crate) fn opened() -> Self {
        Self { reach: AREA.to_owned(), ..Self::default() }
    }

    /// The form as it opens on a team.
    pub(super) fn of(team: &Team) -> Self {
        let details = team.details.clone();
        let form = Self {
            name: details.name,
            does: details.does,
            places: details.places.map_or_else(String::new, |places| places.to_string()),
            version: team.version,
            ..Self::opened()
        };
        match details.reach {
            Reach::Committee(id) => form.at(id, &team.place),
            Reach::Street(code) => Self { reach: STREET.to_owned(), street: code, ..form },
        }
    }

    /// For this committee alone.
    pub(crate) fn at(self, committee: i64, name: &str) -> Self {
        Self {
            committee: name.to_owned(),
            committee_id: committee.to_string(),
            reach: AREA.to_owned(),
            ..self
        }
    }

    /// Reads the form; with any problem, nothing comes back.
    pub(crate) async fn read(
        &self,
        connection: &mut Connection,
        problems: &mut Problems,
        candidates: &mut Vec<CommitteeLine>,
    ) -> db::Result<Option<TeamDetails>> {
        let name = problems.check("name", parse_required(&self.name, LONGEST_NAME));
        let reach = self.reach(connection, problems, candidates).await?;
        let does = problems.check("does", parse_line(&self.does, LONGEST_DOES));
        let places = problems.check("places", parse_places(&self.places));
        let read = name.zip(reach).zip(does).zip(places);
        Ok(read
            .filter(|_| problems.is_empty())
            .map(|(((name, reach), does), places)| TeamDetails { name, reach, does, places }))
    }

    async fn reach(
        &self,
        connection: &mut Connection,
        problems: &mut Problems,
        candidates: &mut Vec<CommitteeLine>,
    ) -> db::Result<Option<Reach>> {
        let whole = self.reach == STREET;
        let kept = whole && normalize(&self.committee).is_empty();
        if kept && store::street(connection, &self.street).await?.is_some() {
            return Ok(Some(Reach::Street(self.street.clone())));
        }
        let chosen = [self.committee_pick.as_str(), self.committee_id.as_str()];
        let committee = committees::meant(connection, &self.committee, chosen, candidates).await?;
        let committee = problems.check("committee", committee).flatten();
        let Some(committee) = committee else {
            if problems.of("committee").is_none() {
                problems.add("committee", Message::new("form-required"));
            }
            return Ok(None);
        };
        if !whole {
            return Ok(Some(Reach::Committee(committee)));
        }
        let found = committees::store::committee(connection, committee).await?;
        Ok(found.map(|found| Reach::Street(found.street.0)))
    }

    /// The fields, as typed, with their messages.
    pub(crate) fn fields(
        &self,
        page: &Page,
        problems: &Problems,
        candidates: &[CommitteeLine],
    ) -> Fields {
        let line = |name: &str, label: &'static str, value: &str, limit: u32| {
            Field::new(page, name, label).value(value).limit(limit).check(page, problems)
        };
        let committee = line("committee", "needs-committee", &self.committee, 60);
        let reaches = [(AREA, "teams-reach-committee"), (STREET, "teams-reach-street")];
        let reaches = choices(page, reaches.into_iter(), &self.reach);
        Fields {
            name: line("name", "teams-name", &self.name, LONGEST_NAME)
                .hint(page.t("teams-name-hint"))
                .required(),
            committee: if self.street.is_empty() {
                committee.required()
            } else {
                committee.hint(page.t("teams-street-kept"))
            },
            committee_id: self.committee_id.clone(),
            committee_pick: committees::pick(page, "committee_pick", candidates),
            reach: Field::new(page, "reach", "teams-reach").options(reaches),
            street: self.street.clone(),
            does: line("does", "teams-does", &self.does, LONGEST_DOES)
                .hint(page.t("teams-does-hint")),
            places: line("places", "teams-places", &self.places, 0)
                .kind("number", "off")
                .hint(page.t("teams-places-hint")),
            version: self.version,
        }
    }
}

/// How many members a team takes; nothing typed: as many as come.
fn parse_places(typed: &str) -> Result<Option<i64>, Message> {
    let typed = normalize(typed);
    if typed.is_empty() {
        return Ok(None);
    }
    let places = typed.parse::<i64>().ok().filter(|places| (1..=MOST_PLACES).contains(places));
    places.map(Some).ok_or_else(|| Message::new("offers-places-shape").with("limit", MOST_PLACES))
}

/// The fields of the form, drawn by `templates/teams/parts.html`.
pub(crate) struct Fields {
    pub name: Field,
    pub committee: Field,
    pub committee_id: String,
    pub committee_pick: Field,
    pub reach: Field,
    pub street: String,
    pub does: Field,
    pub places: Field,
    pub version: i64,
}
