//! `/addresses/try`: how an address is taken apart and which rule fits it; and what the
//! registration form offers beside its committee.

use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;

use super::form::in_words;
use super::store::{self, Near};
use super::suggest::{self, Likely};
use super::{Rule, fitting, today, winning};
use crate::app::App;
use crate::committees::CommitteeLine;
use crate::text::Address;
use crate::web::{Page, Permission, Result, Routes, Viewer, html};

pub(super) fn routes(routes: Routes) -> Routes {
    routes.get("/addresses/try", Permission::ReadDirectory, show).get(
        "/addresses/suggest",
        Permission::ReadMembers,
        offers,
    )
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct TryQuery {
    address: String,
    /// The committee that stands in the form already.
    committee_id: String,
}

/// A committee to choose, and why.
pub(super) struct Offer {
    pub committee: CommitteeLine,
    pub why: String,
    pub chosen: bool,
}

impl Offer {
    pub(super) fn by_rule(page: &Page, rule: &Rule) -> Self {
        let why = page.t1("addresses-by-rule", "rule", in_words(page, rule));
        Self { committee: rule.committee.clone(), why, chosen: false }
    }

    pub(super) fn likely(page: &Page, likely: Likely) -> Self {
        let key = match likely.near {
            Near::SameLane => "addresses-same-lane",
            Near::Lanes | Near::Houses => "addresses-near",
        };
        let why = page.t1(key, "count", likely.members);
        Self { committee: likely.committee, why, chosen: false }
    }
}

#[derive(Template)]
#[template(path = "addresses/suggestions.html")]
struct Offers {
    page: Page,
    offers: Vec<Offer>,
}

/// What the registration form offers for an address.
async fn offers(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<TryQuery>,
) -> Result {
    let address = [Address::parse(&query.address)];
    let mut connection = app.db.read().await?;
    let mut said = suggest::suggest(&mut connection, &viewer.scope, &address).await?;
    let said = said.pop().unwrap_or_default();
    let by_rule = said.rules.winning.iter().map(|rule| Offer::by_rule(&page, rule));
    let likely = said.likely.into_iter().map(|likely| Offer::likely(&page, likely));
    let mut offers: Vec<Offer> = by_rule.chain(likely).collect();
    for offer in &mut offers {
        offer.chosen = offer.committee.id.to_string() == query.committee_id;
    }
    html(&Offers { page, offers })
}

#[derive(Template)]
#[template(path = "addresses/try.html")]
struct TryPage {
    page: Page,
    typed: String,
    /// What lies above the road, road, lane and house, in words.
    parts: Vec<(&'static str, String)>,
    rules: Vec<Tried>,
    offers: Vec<Offer>,
    /// How many rules the road has that do not fit.
    others: String,
    road: String,
}

/// A rule of the road that holds the address's number.
struct Tried {
    id: i64,
    words: String,
    committee: CommitteeLine,
    verdict: &'static str,
    wins: bool,
}

async fn show(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<TryQuery>,
) -> Result {
    let address = Address::parse(&query.address);
    let mut connection = app.db.snapshot().await?;
    let rules = store::rules_of(&mut connection, &[address.road.as_str()]).await?;
    let mut likely = suggest::likely(&mut connection, &viewer.scope, &[&address]).await?;
    let tried = tried(&page, &rules, &address);
    let others = rules.len() - tried.len();
    html(&TryPage {
        parts: parts(&page, &address),
        rules: tried,
        offers: likely
            .pop()
            .unwrap_or_default()
            .into_iter()
            .map(|likely| Offer::likely(&page, likely))
            .collect(),
        others: if others > 0 {
            page.t1("addresses-try-others", "count", others)
        } else {
            String::new()
        },
        road: serde_html_form::to_string([("q", &address.road)]).unwrap_or_default(),
        typed: query.address,
        page,
    })
}

fn parts(page: &Page, address: &Address) -> Vec<(&'static str, String)> {
    let number = |number: Option<u32>| number.map_or_else(String::new, |n| n.to_string());
    vec![
        (page.t("addresses-area"), address.area.clone()),
        (page.t("addresses-road"), address.road.clone()),
        (page.t("addresses-lane"), number(address.lane)),
        (page.t("addresses-house"), number(address.house)),
    ]
}

/// The rules that hold the number, with what became of each, those that win first.
fn tried(page: &Page, rules: &[Rule], address: &Address) -> Vec<Tried> {
    let today = today();
    let fitting = fitting(rules, address, &today);
    let winning = winning(&fitting);
    let among = |some: &[&Rule], rule: &Rule| some.iter().any(|other| other.id == rule.id);
    let others = rules.iter().filter(|rule| rule.stretch.fits(address) && !among(&fitting, rule));
    fitting
        .iter()
        .copied()
        .chain(others)
        .map(|rule| {
            let wins = among(&winning, rule);
            let verdict = if !rule.valid_from.has_begun(&today) {
                "addresses-verdict-later"
            } else if !among(&fitting, rule) {
                "addresses-verdict-elsewhere"
            } else if !wins {
                "addresses-verdict-superseded"
            } else if winning.len() > 1 {
                "addresses-verdict-contradicts"
            } else {
                "addresses-verdict-wins"
            };
            Tried {
                id: rule.id,
                words: in_words(page, rule),
                committee: rule.committee.clone(),
                verdict: page.t(verdict),
                wins,
            }
        })
        .collect()
}
