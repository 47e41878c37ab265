//! The form of a wish, a post or a service day.

use serde::{Deserialize, Serialize};

use super::{Kind, MOST_DATES, MOST_PLACES, Offer, OfferDetails, Role, Rule, WEEKS};
use crate::committees::{self, CommitteeLine, parse_line};
use crate::db::{self, Connection};
use crate::lang::Message;
use crate::needs::form::choices;
use crate::needs::{DAYS, parse_day, parse_required};
use crate::text::normalize;
use crate::web::Page;
use crate::web::forms::{Choice, Field, Problems};

/// What was typed, as it came.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct OfferForm {
    pub kind: String,
    pub committee: String,
    /// The id that a chosen suggestion left.
    pub committee_id: String,
    /// The id picked where the name fits several.
    pub committee_pick: String,
    pub title: String,
    pub role: String,
    pub places: String,
    pub hours: String,
    pub week: String,
    pub weekday: String,
    /// Dates parted by 、 or commas or spaces; they go before the weekday.
    pub dates: String,
    pub until: String,
    /// Who signs, on the committee's page.
    pub by: String,
    pub version: i64,
    pub form: String,
}

impl OfferForm {
    /// What is offered.
    pub(crate) fn kind(&self) -> Kind {
        Kind::from_name(&self.kind).unwrap_or(Kind::Wish)
    }

    /// The empty form of a kind: the first Saturday, one place.
    pub(crate) fn opened(kind: Kind) -> Self {
        Self {
            kind: kind.name().to_owned(),
            role: Role::Patrol.name().to_owned(),
            places: "1".to_owned(),
            week: "1".to_owned(),
            weekday: "6".to_owned(),
            ..Self::default()
        }
    }

    /// The form as it opens on an offer.
    pub(super) fn of(offer: &Offer) -> Self {
        let details = offer.details.clone();
        let mut form = Self {
            committee: offer.committee.clone(),
            committee_id: details.committee.to_string(),
            title: details.title,
            hours: details.hours,
            until: details.until.unwrap_or_default(),
            version: offer.version,
            ..Self::opened(details.kind)
        };
        if let Some(role) = details.role {
            role.name().clone_into(&mut form.role);
            form.places = details.places.to_string();
        }
        match details.rule {
            Some(Rule::Weekday(weekday, week)) => {
                (form.weekday, form.week) = (weekday.to_string(), week.to_string());
            }
            Some(Rule::Dates(dates)) => form.dates = dates.join("、"),
            None => {}
        }
        form
    }

    /// For this committee alone.
    pub(crate) fn at(mut self, committee: i64, name: &str) -> Self {
        self.committee_id = committee.to_string();
        name.clone_into(&mut self.committee);
        self
    }

    /// Reads the form; with any problem, nothing comes back.
    pub(crate) async fn read(
        &self,
        connection: &mut Connection,
        page: &Page,
        problems: &mut Problems,
        candidates: &mut Vec<CommitteeLine>,
    ) -> db::Result<Option<OfferDetails>> {
        let kind = self.kind();
        let chosen = [self.committee_pick.as_str(), self.committee_id.as_str()];
        let committee = committees::meant(connection, &self.committee, chosen, candidates).await?;
        let committee = problems.check("committee", committee).flatten();
        if committee.is_none() {
            problems.add("committee", Message::new("form-required"));
        }
        let role = Role::from_name(&self.role).filter(|_| kind == Kind::Post);
        // What kind of post it is says enough, and so does a service day.
        let title = match (normalize(&self.title).is_empty(), kind, role) {
            (true, Kind::Post, Some(role)) if role != Role::Other => {
                Some(page.t(role.key()).to_owned())
            }
            (true, Kind::Day, _) => Some(page.t("offers-day-title").to_owned()),
            _ => problems.check("title", parse_required(&self.title, 60)),
        };
        let places = match kind {
            Kind::Wish => Some(1),
            Kind::Day => Some(0),
            Kind::Post => {
                let typed = normalize(&self.places).parse::<i64>().ok();
                let places = typed.filter(|places| (1..=MOST_PLACES).contains(places));
                let wrong = || Message::new("offers-places-shape").with("limit", MOST_PLACES);
                problems.check("places", places.ok_or_else(wrong))
            }
        };
        let hours = problems.check("hours", parse_line(&self.hours, 30));
        let rule = if kind == Kind::Day { self.rule(problems) } else { None };
        let until = problems.check("until", parse_day(&self.until));
        let read = committee.zip(title).zip(places).zip(hours).zip(until);
        Ok(read.filter(|_| problems.is_empty()).map(
            |((((committee, title), places), hours), until)| OfferDetails {
                kind,
                committee,
                title,
                role,
                places,
                hours,
                rule,
                until,
            },
        ))
    }

    fn rule(&self, problems: &mut Problems) -> Option<Rule> {
        let mut dates = Vec::new();
        for part in self.dates.split(['、', '，', ',', ' ', ';', '；']) {
            dates.extend(problems.check("dates", parse_day(part)).flatten());
        }
        dates.sort();
        dates.dedup();
        if dates.len() > MOST_DATES {
            problems.add("dates", Message::new("offers-dates-many").with("limit", MOST_DATES));
        }
        if !dates.is_empty() {
            return Some(Rule::Dates(dates));
        }
        let weekday = self.weekday.parse::<i8>().ok().filter(|day| (1..=7).contains(day));
        let week = self.week.parse::<i8>().ok().filter(|week| (0..=5).contains(week));
        let rule = weekday.zip(week).ok_or_else(|| Message::new("form-choose"));
        problems.check("weekday", rule).map(|(weekday, week)| Rule::Weekday(weekday, week))
    }

    /// The fields, as typed, with their messages.
    pub(crate) fn fields(
        &self,
        page: &Page,
        problems: &Problems,
        candidates: &[CommitteeLine],
    ) -> Fields {
        let kind = self.kind();
        let line = |name: &str, label: &'static str, value: &str, limit: u32| {
            Field::new(page, name, label).value(value).limit(limit).check(page, problems)
        };
        let numbered = |keys: &[&'static str], first: usize, chosen: &str| -> Vec<Choice> {
            let of = keys.iter().enumerate().map(|(at, key)| {
                let value = (at + first).to_string();
                Choice {
                    chosen: value == chosen,
                    value,
                    label: page.t(key).to_owned(),
                    count: String::new(),
                }
            });
            of.collect()
        };
        let title = line("title", "offers-title", &self.title, 60);
        let roles = Role::ALL.iter().map(|role| (role.name(), role.key()));
        let hint = match kind {
            Kind::Wish => "offers-wish-hint",
            Kind::Post => "offers-post-hint",
            Kind::Day => "offers-day-hint",
        };
        Fields {
            kind,
            committee: line("committee", "needs-committee", &self.committee, 60).required(),
            committee_id: self.committee_id.clone(),
            committee_pick: committees::pick(page, "committee_pick", candidates),
            title: if kind == Kind::Wish { title.required() } else { title }.hint(page.t(hint)),
            role: line("role", "offers-role", "", 0).options(choices(page, roles, &self.role)),
            places: line("places", "offers-places", &self.places, 0).kind("number", "off"),
            hours: line("hours", "offers-hours", &self.hours, 30).hint(page.t("offers-hours-hint")),
            week: line("week", "offers-week", "", 0).options(numbered(&WEEKS, 0, &self.week)),
            weekday: line("weekday", "offers-weekday", "", 0).options(numbered(
                &DAYS,
                1,
                &self.weekday,
            )),
            dates: line("dates", "offers-dates", &self.dates, 0).hint(page.t("offers-dates-hint")),
            until: line("until", "needs-until", &self.until, 0)
                .kind("date", "off")
                .hint(page.t("needs-until-hint")),
            version: self.version,
        }
    }
}

/// The fields of the form, drawn by `templates/offers/parts.html`.
pub(crate) struct Fields {
    pub kind: Kind,
    pub committee: Field,
    pub committee_id: String,
    pub committee_pick: Field,
    pub title: Field,
    pub role: Field,
    pub places: Field,
    pub hours: Field,
    pub week: Field,
    pub weekday: Field,
    pub dates: Field,
    pub until: Field,
    pub version: i64,
}

impl Fields {
    pub(crate) fn is(&self, kind: &str) -> bool {
        self.kind.name() == kind
    }
}
