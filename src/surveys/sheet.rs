//! A form as it is shown and printed: who, what they took part in, or why not.

use super::{Line, SurveyForm};
use crate::activities::{Area, HalfYear, Manner, hours};
use crate::db::{Connection, Result};
use crate::members::{self, Member};
use crate::text::PaperCode;
use crate::web::{Page, Qr};

/// A form, ready to be drawn.
pub(crate) struct Sheet {
    pub form_id: i64,
    pub half: String,
    pub code: String,
    pub qr: Option<Qr>,
    pub name: String,
    pub number: String,
    pub branch: String,
    pub committee: String,
    pub lines: Vec<SheetLine>,
    pub times: i64,
    pub hours: String,
    /// Why they took no part; empty where something counts or nothing was said.
    pub reason: &'static str,
    pub words: String,
    /// Signature, stamp and who confirmed it, in words; empty before.
    pub confirmed: String,
    pub version: i64,
}

/// A line in words.
pub(crate) struct SheetLine {
    pub day: String,
    pub title: String,
    /// Area and manner.
    pub what: String,
    pub committee: String,
    pub times: i64,
    pub hours: String,
    pub left_out: bool,
}

impl SheetLine {
    fn of(page: &Page, line: Line) -> Self {
        let area = Area::from_name(&line.area).map_or("", |area| page.t(area.key()));
        let manner = Manner::from_name(&line.manner).map_or("", |manner| page.t(manner.key()));
        Self {
            day: page.date(&line.day),
            what: format!("{area} · {manner}"),
            hours: hours(line.minutes),
            times: line.times,
            title: line.title,
            committee: line.committee,
            left_out: line.left_out,
        }
    }
}

impl Sheet {
    /// Of a form that was handed in: as it was then; of one that was not, as the member's record is
    /// now. `origin` is the beginning of the address that the QR code leads to; empty: none is drawn.
    pub(crate) async fn of(
        connection: &mut Connection,
        page: &Page,
        half: HalfYear,
        (form, lines): (&SurveyForm, Vec<Line>),
        origin: &str,
    ) -> Result<Self> {
        let code = PaperCode::parse(&form.code).map_or_else(String::new, |code| code.written());
        let counts = || lines.iter().filter(|line| !line.left_out);
        let (times, minutes) =
            (counts().map(|line| line.times).sum(), counts().map(|line| line.minutes).sum::<i64>());
        let took_part = counts().next().is_some();
        let mut sheet = Self {
            form_id: form.id,
            half: half.words(page.language()),
            qr: (!origin.is_empty())
                .then(|| Qr::of(&format!("{origin}/surveys/code?code={code}")))
                .flatten(),
            code,
            name: form.name.clone(),
            number: form.number.clone(),
            branch: form.branch.clone(),
            committee: form.committee.clone(),
            times,
            hours: hours(minutes),
            reason: form.reason.filter(|_| !took_part).map_or("", |reason| page.t(reason.key())),
            words: form.words.clone(),
            confirmed: confirmed(page, form),
            version: form.version,
            lines: lines.into_iter().map(|line| SheetLine::of(page, line)).collect(),
        };
        if form.state.is_open() {
            let member = members::store::member(connection, form.member_id).await?;
            if let Some(member) = member {
                sheet.fill_in(connection, &member).await?;
            }
        }
        Ok(sheet)
    }

    async fn fill_in(&mut self, connection: &mut Connection, member: &Member) -> Result<()> {
        let details = &member.details;
        self.name = details.name.as_str().to_owned();
        self.number = details.number.as_ref().map_or_else(String::new, |n| n.as_str().to_owned());
        self.branch = match details.branch {
            Some(id) => members::store::branch_name(connection, id).await?.unwrap_or_default(),
            None => String::new(),
        };
        let home = details.home.committee().or(details.home.host());
        self.committee = match home {
            Some(id) => crate::committees::store::line(connection, id)
                .await?
                .map_or_else(String::new, |line| line.name),
            None => String::new(),
        };
        Ok(())
    }

    /// Whether anything on it counts.
    pub(crate) fn took_part(&self) -> bool {
        self.lines.iter().any(|line| !line.left_out)
    }
}

/// By whom and when a form was confirmed, in words; of a marked one, the marks.
fn confirmed(page: &Page, form: &SurveyForm) -> String {
    let (Some(signed), Some(stamped)) = (&form.signed_on, &form.stamped_on) else {
        return String::new();
    };
    let by = if form.confirmed_there.is_empty() {
        page.t("hub-confirmed-paper")
    } else {
        &form.confirmed_there
    };
    let arguments = [
        ("signed", page.date(signed).into()),
        ("stamped", page.date(stamped).into()),
        ("by", crate::lang::Value::from(by.to_owned())),
    ];
    page.language().text_with("cards-line-confirmed", &arguments)
}
