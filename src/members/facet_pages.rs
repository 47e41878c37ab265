//! How a list of members would narrow: asked for beside the list, as it counts for each choice.

use askama::Template;
use axum::extract::State;
use axum_extra::extract::Query;

use super::list_pages::ListQuery;
use super::search::{self, Count, CountUpTo};
use crate::app::App;
use crate::committees;
use crate::db::{self, Connection};
use crate::lists::{self, List};
use crate::web::forms::Choice;
use crate::web::{Page, Permission, Result, Routes, Viewer, html};

pub(super) fn routes(routes: Routes) -> Routes {
    routes.get("/members/facets", Permission::ReadMembers, facets)
}

#[derive(Template)]
#[template(path = "members/facets_list.html")]
struct Facets {
    page: Page,
    groups: Vec<Facet>,
}

/// The same as a page, where no script puts it into the list.
#[derive(Template)]
#[template(path = "members/facets_page.html")]
struct FacetsPage {
    page: Page,
    groups: Vec<Facet>,
    back: String,
}

/// A property with what may be chosen of it.
struct Facet {
    title: &'static str,
    /// Whether it is shown unfolded.
    open: bool,
    choices: Vec<Choice>,
}

/// What may be chosen, not counted yet.
struct Candidate {
    label: String,
    /// The list with it; when it is chosen, the list without it.
    leads_to: ListQuery,
    /// What is counted.
    narrowed: ListQuery,
    chosen: bool,
}

impl Candidate {
    /// One of which a list can have one: choosing another takes its place.
    fn one_of(
        label: String,
        query: &ListQuery,
        chosen: bool,
        set: impl Fn(&mut ListQuery, bool),
    ) -> Self {
        let mut narrowed = query.clone();
        set(&mut narrowed, true);
        let mut leads_to = query.clone();
        set(&mut leads_to, !chosen);
        Self { label, leads_to, narrowed, chosen }
    }
}

async fn facets(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    Query(query): Query<ListQuery>,
) -> Result {
    let query = query.first_page();
    let mut connection = app.db.snapshot().await?;
    let mut groups = Vec::new();
    for (key, candidates) in [
        ("members-facet-district", districts(&mut connection, &query).await?),
        ("members-facet-street", streets(&mut connection, &query).await?),
        ("layout-committees", committees_of(&mut connection, &query).await?),
        ("members-facet-home", homes(&page, &query)),
        ("members-facet-branch", branches(&mut connection, &viewer, &query).await?),
        ("members-facet-skill", skills(&mut connection, &query).await?),
    ] {
        let mut choices = Vec::new();
        for Candidate { label, leads_to, narrowed, chosen } in candidates {
            let expression = narrowed.expression(&viewer.scope);
            let count = search::count_matching(&mut connection, &expression, CountUpTo::Thousand);
            let count = count.await?;
            if count.number() > 0 || chosen {
                let (value, count) = (leads_to.url(), short_count(&page, count));
                choices.push(Choice { value, label, chosen, count });
            }
        }
        if !choices.is_empty() {
            let open = groups.is_empty() || choices.iter().any(|choice| choice.chosen);
            groups.push(Facet { title: page.t(key), open, choices });
        }
    }
    if page.partial() {
        return html(&Facets { groups, page });
    }
    html(&FacetsPage { back: query.url(), groups, page })
}

/// The district that the list is in, also when only a sub-district of it was asked for.
fn district(query: &ListQuery) -> &str {
    if query.district.is_empty() {
        query.street.get(..6).unwrap_or_default()
    } else {
        &query.district
    }
}

async fn districts(connection: &mut Connection, query: &ListQuery) -> db::Result<Vec<Candidate>> {
    let here = district(query);
    let candidate = |area: committees::area_store::Area| {
        Candidate::one_of(area.name.clone(), query, area.code == here, |list, on| {
            list.district = if on { area.code.clone() } else { String::new() };
            list.street.clear();
            list.committee = None;
        })
    };
    Ok(committees::area_store::districts(connection).await?.into_iter().map(candidate).collect())
}

async fn streets(connection: &mut Connection, query: &ListQuery) -> db::Result<Vec<Candidate>> {
    let here = district(query);
    let candidate = |area: committees::area_store::Area| {
        Candidate::one_of(area.name.clone(), query, area.code == query.street, |list, on| {
            // Without it the list is still in the district.
            here.clone_into(&mut list.district);
            list.street = if on { area.code.clone() } else { String::new() };
            list.committee = None;
        })
    };
    let streets = committees::area_store::streets(connection, here).await?;
    Ok(streets.into_iter().map(candidate).collect())
}

async fn committees_of(
    connection: &mut Connection,
    query: &ListQuery,
) -> db::Result<Vec<Candidate>> {
    let candidate = |line: committees::CommitteeLine| {
        Candidate::one_of(line.name, query, query.committee == Some(line.id), |list, on| {
            list.committee = on.then_some(line.id);
        })
    };
    let lines = committees::store::committees_of(connection, &query.street).await?;
    Ok(lines.into_iter().map(candidate).collect())
}

fn homes(page: &Page, query: &ListQuery) -> Vec<Candidate> {
    let yes = |on| if on { "yes".to_owned() } else { String::new() };
    let without = page.t("members-without-committee").to_owned();
    let unsettled = page.t("members-unsettled").to_owned();
    vec![
        Candidate::one_of(without, query, !query.unattached.is_empty(), |list, on| {
            list.unattached = yes(on);
        }),
        Candidate::one_of(unsettled, query, !query.unsettled.is_empty(), |list, on| {
            list.unsettled = yes(on);
        }),
    ]
}

async fn branches(
    connection: &mut Connection,
    viewer: &Viewer,
    query: &ListQuery,
) -> db::Result<Vec<Candidate>> {
    let names = lists::names(connection, List::Branches).await?.into_iter();
    let candidate = |(id, name)| {
        Candidate::one_of(name, query, query.branch == Some(id), |list, on| {
            list.branch = on.then_some(id);
        })
    };
    Ok(names.filter(|(id, _)| viewer.scope.covers(Some(*id))).map(candidate).collect())
}

/// Of skills a list can ask for several, all of which a member must have.
async fn skills(connection: &mut Connection, query: &ListQuery) -> db::Result<Vec<Candidate>> {
    let candidate = |(id, name)| {
        Candidate::one_of(name, query, query.skill.contains(&id), |list, on| {
            list.skill.retain(|other| *other != id);
            if on {
                list.skill.push(id);
            }
        })
    };
    Ok(lists::names(connection, List::Skills).await?.into_iter().map(candidate).collect())
}

fn short_count(page: &Page, count: Count) -> String {
    match count {
        Count::Exactly(number) => page.number(&number),
        Count::MoreThan(number) => format!("{}+", page.number(&number)),
    }
}
