//! `/letters/packets/{id}`: the packets of one run on paper, and the lists of members beside them
//! as files.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use serde_json::json;

use super::store;
use crate::app::App;
use crate::audit::{self, Action, Record};
use crate::checkins::{self, Leaf, Paper};
use crate::committees::{self, Committee};
use crate::db::Connection;
use crate::lang::Language;
use crate::letters::print_pages::{address, origin};
use crate::letters::sheet::Sheet;
use crate::letters::{LetterSettings, issue, links, seen, store as letters};
use crate::members;
use crate::web::{Error, Page, Permission, Result, Routes, Viewer, html};

pub(super) fn routes(routes: Routes) -> Routes {
    routes.get("/letters/packets/{id}", Permission::WriteLetters, show).get(
        "/letters/packets/{id}/lists",
        Permission::ExportMembers,
        lists,
    )
}

#[derive(Template)]
#[template(path = "packets/print.html")]
struct PrintPage {
    page: Page,
    id: i64,
    at: String,
    packets: Vec<Packet>,
    sender: LetterSettings,
}

/// What goes to one committee.
struct Packet {
    committee: Committee,
    letter: Option<Sheet>,
    papers: Vec<Paper>,
}

impl Packet {
    fn leaves(&self) -> Vec<Leaf<'_>> {
        checkins::leaves(&self.papers)
    }

    /// The language of what is inside.
    fn language(&self) -> Language {
        let paper = self.papers.first().map(Paper::language);
        self.letter.as_ref().map(|letter| letter.language).or(paper).unwrap_or(Language::Chinese)
    }

    fn lang(&self) -> &'static str {
        self.language().tag()
    }

    fn t(&self, key: &'static str) -> &'static str {
        self.language().text(key)
    }

    fn slips_words(&self) -> String {
        let slips: usize = self.papers.iter().map(|paper| paper.slips.len()).sum();
        self.language().text_with("packets-slips", &[("count", slips.into())])
    }

    fn addressee(&self) -> String {
        self.language().text_with("packets-label-person", &[("name", self.person().into())])
    }

    /// Whether a slip is printed for each member.
    fn has_slips(&self) -> bool {
        self.papers.iter().any(Paper::has_slips)
    }

    /// Whether a list comes back.
    fn has_list(&self) -> bool {
        self.papers.iter().any(Paper::has_list)
    }

    /// Where it lies, as far as that is known.
    fn place(&self) -> String {
        [self.committee.district.1.as_str(), self.committee.street.1.as_str()].concat()
    }

    /// Whom to ask for there.
    fn person(&self) -> &str {
        let details = &self.committee.details;
        if details.contact_person.is_empty() { &details.head } else { &details.contact_person }
    }
}

/// A letter with a link of its own: each printing makes one, and the earlier ones go on opening.
async fn with_link(
    connection: &mut Connection,
    app: &App,
    headers: &HeaderMap,
    branches: Option<&str>,
    id: i64,
    days: i64,
) -> Result<Option<Sheet>> {
    let Some(letter) = letters::letter(connection, id, branches).await? else { return Ok(None) };
    let Some(sheet) = issue::sheet(connection, &letter).await? else { return Ok(None) };
    if !letter.state.is_live() {
        return Ok(Some(sheet));
    }
    let path = links::make(connection, id, days).await?;
    Ok(Some(sheet.with_link(address(app, headers, &path))))
}

async fn show(
    State(app): State<App>,
    page: Page,
    viewer: Viewer,
    headers: HeaderMap,
    Path(id): Path<i64>,
) -> Result {
    let mut write = app.db.write().await?;
    let (at, checkins) = store::packet(&mut write, id).await?.ok_or(Error::NotFound)?;
    let settings = letters::settings(&mut write).await?.ok_or(Error::NotFound)?;
    let branches = seen(&viewer.scope);
    let mut papers = match checkins {
        Some(batch) => {
            let origin = origin(&app, &headers);
            checkins::papers(&mut write, batch, branches.as_deref(), &origin).await?
        }
        None => Vec::new(),
    };
    let mut packets = Vec::new();
    for (committee, letter) in store::parts(&mut write, id).await? {
        let committee = committees::store::committee(&mut write, committee).await?;
        let committee = committee.ok_or(Error::NotFound)?;
        let letter = match letter {
            Some(letter) => {
                let branches = branches.as_deref();
                let days = settings.link_days;
                with_link(&mut write, &app, &headers, branches, letter, days).await?
            }
            None => None,
        };
        let (own, others) =
            papers.into_iter().partition(|paper| paper.sheet.committee_id == committee.id);
        papers = others;
        let packet = Packet { committee, letter, papers: own };
        if packet.letter.is_some() || !packet.papers.is_empty() {
            packets.push(packet);
        }
    }
    if packets.is_empty() {
        return Err(Error::NotFound);
    }
    let detail = json!({ "letters": packets.iter().filter(|one| one.letter.is_some()).count() });
    let actor = (&viewer).into();
    audit::record(&mut write, actor, Action::LettersPrinted, Record::None, detail).await?;
    write.commit().await?;
    html(&PrintPage { at: page.time(&at), page, id, packets, sender: settings })
}

/// The lists of members of these committees: one as CSV, more as a ZIP of them.
async fn lists(State(app): State<App>, page: Page, viewer: Viewer, Path(id): Path<i64>) -> Result {
    let mut connection = app.db.read().await?;
    let mut lines = Vec::new();
    for (committee, _) in store::parts(&mut connection, id).await? {
        lines.extend(committees::store::line(&mut connection, committee).await?);
    }
    drop(connection);
    if lines.is_empty() {
        return Err(Error::NotFound);
    }
    members::committee_lists(&app, &page, &viewer, lines).await
}
