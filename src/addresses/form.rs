//! The form of a rule: what was typed, read into what a rule says, and drawn again with its
//! messages.

use serde::{Deserialize, Serialize};

use super::{LONGEST_ROAD, Road, Rule, RuleDetails, Stretch, ValidFrom, store};
use crate::committees::{self, CommitteeLine};
use crate::db::{Connection, Result};
use crate::lang::{Message, Value};
use crate::web::Page;
use crate::web::forms::{Field, Problems};

/// What was typed, as it came.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct RuleForm {
    pub road: String,
    pub numbers: String,
    pub committee: String,
    pub committee_id: String,
    pub committee_pick: String,
    pub valid_from: String,
    pub version: i64,
    pub form: String,
    /// `yes`: saved although it overlaps another rule.
    pub confirmed: String,
}

impl RuleForm {
    /// The form as it opens on a rule.
    pub(super) fn of(rule: &Rule) -> Self {
        Self {
            road: rule.road.as_str().to_owned(),
            numbers: rule.stretch.text(),
            committee: rule.committee.name.clone(),
            committee_id: rule.committee.id.to_string(),
            valid_from: rule.valid_from.as_str().to_owned(),
            version: rule.version,
            ..Self::default()
        }
    }

    /// Reads the form. With any problem, nothing comes back.
    pub(super) async fn read(
        &self,
        connection: &mut Connection,
        problems: &mut Problems,
        candidates: &mut Vec<CommitteeLine>,
    ) -> Result<Option<RuleDetails>> {
        let road = problems.check("road", Road::parse(&self.road));
        let stretch = problems.check("numbers", Stretch::parse(&self.numbers));
        let chosen = [self.committee_pick.as_str(), self.committee_id.as_str()];
        let committee = committees::meant(connection, &self.committee, chosen, candidates).await?;
        let committee = problems.check("committee", committee);
        if committee == Some(None) {
            problems.add("committee", Message::new("form-required"));
        }
        let valid_from = problems.check("valid_from", ValidFrom::parse(&self.valid_from));
        Ok(match (road, stretch, committee.flatten(), valid_from) {
            (Some(road), Some(stretch), Some(committee), Some(valid_from)) => {
                Some(RuleDetails { road, stretch, committee, valid_from })
            }
            _ => None,
        })
    }

    /// What the other rules of the road have against it: that one is there already, which cannot
    /// be saved, or that one for another committee overlaps, which can once it was seen; whether
    /// that is all.
    pub(super) async fn against_others(
        &self,
        connection: &mut Connection,
        page: &Page,
        details: &RuleDetails,
        besides: i64,
        problems: &mut Problems,
    ) -> Result<bool> {
        let mut others = store::rules_of(connection, &[details.road.as_str()]).await?;
        others.retain(|other| other.id != besides);
        let committee = committees::store::line(connection, details.committee).await?;
        let same = |other: &&Rule| {
            other.stretch == details.stretch
                && other.valid_from == details.valid_from
                && committee.as_ref().is_some_and(|line| line.district == other.committee.district)
        };
        if let Some(other) = others.iter().find(same) {
            problems.add("numbers", about("addresses-rule-there", page, other));
            return Ok(false);
        }
        let differs = |other: &&Rule| other.differs_on(details);
        if self.confirmed != "yes"
            && let Some(other) = others.iter().find(differs)
        {
            let contradicts = other.rank() == details.rank();
            let key =
                if contradicts { "addresses-rule-contradicts" } else { "addresses-rule-overlaps" };
            problems.add("numbers", about(key, page, other));
            return Ok(true);
        }
        Ok(false)
    }

    /// The fields, as typed, with their messages.
    pub(super) fn fields(
        &self,
        page: &Page,
        problems: &Problems,
        candidates: &[CommitteeLine],
    ) -> FormFields {
        let line = |name: &str, label: &'static str, value: &str, limit: u32| {
            Field::new(page, name, label).value(value).limit(limit).check(page, problems)
        };
        FormFields {
            road: line("road", "addresses-road", &self.road, LONGEST_ROAD)
                .required()
                .hint(page.t("addresses-road-hint")),
            numbers: line("numbers", "addresses-numbers", &self.numbers, 40)
                .required()
                .hint(page.t("addresses-numbers-hint")),
            committee: line("committee", "members-committee", &self.committee, 60)
                .required()
                .hint(page.t("addresses-committee-hint")),
            committee_id: self.committee_id.clone(),
            committee_pick: committees::pick(page, "committee_pick", candidates),
            valid_from: line("valid_from", "addresses-valid-from", &self.valid_from, 0)
                .kind("date", "off")
                .hint(page.t("addresses-valid-from-hint")),
            version: self.version,
        }
    }
}

/// A message that names a rule.
fn about(key: &'static str, page: &Page, rule: &Rule) -> Message {
    Message::new(key).with("rule", in_words(page, rule))
}

/// A rule in one line: `四平路180-220弄 双号 → 四平路居委会`, and from when on.
pub(super) fn in_words(page: &Page, rule: &Rule) -> String {
    let parity = parity_words(page, &rule.stretch);
    let place = rule.place();
    let mut words = vec![place.as_str()];
    words.extend(Some(parity).filter(|parity| !parity.is_empty()));
    words.extend(["→", rule.committee.name.as_str()]);
    let words = words.join(" ");
    if rule.valid_from.as_str().is_empty() {
        return words;
    }
    let since = page.date(rule.valid_from.as_str());
    let arguments = [("rule", Value::from(words)), ("date", Value::from(since))];
    page.language().text_with("addresses-rule-since", &arguments)
}

/// Odd or even in the reader's words; empty for every number.
pub(super) fn parity_words(page: &Page, stretch: &Stretch) -> &'static str {
    match stretch.parity() {
        super::Parity::All => "",
        super::Parity::Odd => page.t("addresses-odd"),
        super::Parity::Even => page.t("addresses-even"),
    }
}

/// The fields of the form.
#[derive(Debug)]
pub(super) struct FormFields {
    pub road: Field,
    pub numbers: Field,
    pub committee: Field,
    pub committee_id: String,
    pub committee_pick: Field,
    pub valid_from: Field,
    pub version: i64,
}
