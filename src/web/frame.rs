//! What stands around every page: files it needs, the bar at the top, the rooms, the notice.
//!
//! A template that extends another is compiled with all of it, so these are templates of their own
//! that [`Page`] hands to `base.html`: compiled once, not once a page.

use askama::Template;
use askama::filters::HtmlSafe;

use super::pieces::Icon;
use super::{Notice, Page};

/// The files of every page, and what browsers must know first.
#[derive(Debug, Template)]
#[template(path = "frame/head.html")]
pub struct Head<'a> {
    page: &'a Page,
}

/// The bar with the search box and the menu, and the rooms below it.
#[derive(Debug, Template)]
#[template(path = "frame/top.html")]
pub struct Top<'a> {
    page: &'a Page,
    rooms: Vec<Room>,
}

/// What the last change has to say; nothing without one.
#[derive(Debug, Template)]
#[template(
    ext = "html",
    source = r#"{% if let Some(notice) = notice %}<p class="notice notice-{{ notice.kind }}" role="status">{{ icon }}<span>{{ notice.text }}</span></p>{% endif %}"#
)]
pub struct Said<'a> {
    notice: Option<&'a Notice>,
    icon: Icon<'a>,
}

impl HtmlSafe for Head<'_> {}
impl HtmlSafe for Top<'_> {}
impl HtmlSafe for Said<'_> {}

/// A room of Linli: a part of it that the bar leads to.
#[derive(Debug, Clone, Copy)]
struct Room {
    path: &'static str,
    key: &'static str,
    icon: &'static str,
    is_here: bool,
}

/// Path, name, drawing and needed permission of each room, and the paths that belong to it as well.
const ROOMS: [(&str, &str, &str, &str, &[&str]); 13] = [
    ("/me", "people-own", "member", "own-record", &[]),
    ("/members", "layout-members", "member", "read-members", &[]),
    ("/activities", "layout-activities", "activity", "record-activities", &[]),
    ("/meetings", "layout-meetings", "meeting", "hold-meetings", &["/experiences"]),
    ("/needs", "layout-needs", "need", "serve-needs", &["/pairings"]),
    ("/surveys", "layout-assessment", "ok", "record-surveys", &["/reviews", "/commendations"]),
    ("/reports", "reports", "report", "read-reports", &["/goals"]),
    ("/committees", "layout-committees", "committee", "read-directory", &["/addresses"]),
    ("/skills", "layout-skills", "skill", "read-directory", &[]),
    ("/branches", "layout-branches", "branch", "read-directory", &[]),
    ("/letters", "layout-letters", "letter", "write-letters", &[]),
    ("/accounts", "layout-accounts", "accounts", "manage-accounts", &[]),
    ("/audit", "layout-audit", "audit", "read-audit", &[]),
];

/// The rooms that the viewer may enter. The desk is everyone's but a member's, who has a page of
/// their own.
fn rooms(page: &Page) -> Vec<Room> {
    let desk = Room { path: "/", key: "layout-desk", icon: "home", is_here: page.is_at("/") };
    let desk = (!page.may("own-record")).then_some(desk);
    let others = ROOMS.into_iter().filter(|(_, _, _, permission, _)| page.may(permission)).map(
        |(path, key, icon, _, also)| {
            let is_here = page.is_at(path) || also.iter().any(|path| page.is_at(path));
            Room { path, key, icon, is_here }
        },
    );
    desk.into_iter().chain(others).collect()
}

impl Page {
    /// The files of every page.
    pub fn head(&self) -> Head<'_> {
        Head { page: self }
    }

    /// The bar at the top, and the rooms.
    pub fn top(&self) -> Top<'_> {
        Top { page: self, rooms: if self.signed_in() { rooms(self) } else { Vec::new() } }
    }

    /// What the last change has to say.
    pub fn said(&self) -> Said<'_> {
        let notice = self.notice();
        Said { notice, icon: self.icon(notice.map_or("ok", |notice| notice.kind)) }
    }
}
