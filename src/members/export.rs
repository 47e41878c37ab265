//! Lists of members as files: streamed from one snapshot in constant memory, stopped when nobody
//! takes them any more, and written into the audit log with the number of rows that left.

use axum::body::{Body, Bytes};
use futures_util::stream;
use serde_json::json;
use tokio::sync::mpsc;

use super::search::{self, Line, Lines, Order, Text};
use crate::app::App;
use crate::audit::{self, Action, Actor, Record};
use crate::db;
use crate::lang::Language;
use crate::operations::Work;
use crate::provisions::{self, Given};
use crate::sheets::{Column as _, MemberColumn, XlsxFile, csv_row, csv_start};
use crate::text::MatchExpression;
use crate::web::Error;

/// How many rows are read at once.
const CHUNK: u16 = 1000;

/// What a file shows.
#[derive(Debug, Clone)]
pub struct Export {
    /// Which members.
    pub expression: MatchExpression,
    /// Which columns, in which order.
    pub columns: Vec<MemberColumn>,
    /// Whose list it is when it goes to a committee: then phones only of those who agreed to it.
    pub given: Option<Given>,
    /// The header's language.
    pub language: Language,
}

/// The columns of the office's own files.
pub const OFFICE: [MemberColumn; 8] = [
    MemberColumn::Number,
    MemberColumn::Name,
    MemberColumn::Branch,
    MemberColumn::Phone,
    MemberColumn::Address,
    MemberColumn::CommitteeCode,
    MemberColumn::Committee,
    MemberColumn::Skills,
];

/// What a committee needs of those who live in its area.
pub const FOR_COMMITTEE: [MemberColumn; 4] =
    [MemberColumn::Name, MemberColumn::Address, MemberColumn::Skills, MemberColumn::Phone];

impl Export {
    /// The headers, in the file's language.
    pub fn headers(&self) -> Vec<&'static str> {
        let chinese = self.language == Language::Chinese;
        self.columns.iter().map(|column| column.header(chinese)).collect()
    }

    fn cells<'a>(&self, line: &'a Line<'_>, words: &'a Words) -> Vec<&'a str> {
        self.columns.iter().map(|column| self.cell(*column, line, words)).collect()
    }

    fn cell<'a>(&self, column: MemberColumn, line: &'a Line<'_>, words: &'a Words) -> &'a str {
        let home = |text: &'a Option<Text<'_>>| if line.settled == 1 { or_empty(text) } else { "" };
        let host = |text: &'a Option<Text<'_>>| if line.settled == 0 { or_empty(text) } else { "" };
        match column {
            MemberColumn::Number => or_empty(&line.number),
            MemberColumn::Name => line.name.as_str(),
            MemberColumn::Branch => or_empty(&line.branch),
            MemberColumn::Phone if self.given.is_some() && line.agreed_phone == 0 => "",
            MemberColumn::Phone => line.phone.as_str(),
            MemberColumn::Address => line.address.as_str(),
            MemberColumn::CommitteeCode => home(&line.committee_code),
            MemberColumn::Committee => home(&line.committee),
            MemberColumn::Skills => &words.skills,
            MemberColumn::Street => or_empty(&line.street),
            MemberColumn::District => "",
            MemberColumn::HostCode => host(&line.committee_code),
            MemberColumn::Host => host(&line.committee),
            MemberColumn::Agreed => words.yes_no(line.agreed),
            MemberColumn::AgreedPhone => words.yes_no(line.agreed_phone),
        }
    }

    /// Every row, in the order of the phone book, from one snapshot. The next rows are read while
    /// the caller writes these; reading stops when the caller drops them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn rows(&self, db: &db::Db) -> db::Result<Rows> {
        let mut snapshot = db.snapshot().await?;
        let expression = self.expression.clone();
        let (sender, receiver) = mpsc::channel(2);
        tokio::spawn(async move {
            let mut after = None;
            loop {
                let order = Order::Name;
                let read =
                    search::lines(&mut snapshot, &expression, order, after, CHUNK.into()).await;
                after = read.as_ref().ok().and_then(Lines::last_key);
                let more = read.as_ref().is_ok_and(|lines| lines.len() == usize::from(CHUNK));
                let nothing = read.as_ref().is_ok_and(Lines::is_empty);
                if nothing || sender.send(read).await.is_err() || !more {
                    return;
                }
            }
        });
        Ok(Rows(receiver))
    }

    /// The header as CSV, with the mark that tells Excel the encoding.
    pub fn csv_start(&self) -> Vec<u8> {
        csv_start(self.headers())
    }

    /// Rows as CSV.
    ///
    /// # Errors
    /// When what the database holds are no lines.
    pub fn csv(&self, lines: &Lines) -> db::Result<Vec<u8>> {
        let mut out = Vec::with_capacity(lines.len() * 160);
        let mut words = Words::new(self.language);
        for line in &lines.read()? {
            words.set_skills(line);
            csv_row(&mut out, self.columns.iter().map(|column| self.cell(*column, line, &words)));
        }
        Ok(out)
    }

    /// Rows as words, for a terminal.
    ///
    /// # Errors
    /// When what the database holds are no lines.
    pub fn table(&self, lines: &Lines) -> db::Result<Vec<Vec<String>>> {
        let mut words = Words::new(self.language);
        let row = |line: &Line<'_>| {
            words.set_skills(line);
            self.cells(line, &words).into_iter().map(str::to_owned).collect()
        };
        Ok(lines.read()?.iter().map(row).collect())
    }

    /// An XLSX file of the rows.
    ///
    /// # Errors
    /// When the database or the disk fails.
    pub async fn xlsx(
        &self,
        db: &db::Db,
        title: &str,
    ) -> Result<(tempfile::TempPath, usize), Error> {
        let _running = Work::Export.begin();
        let headers = self.headers().into_iter().zip(&self.columns);
        let headers = headers.map(|(header, column)| (header.to_owned(), width(*column))).collect();
        let mut file = XlsxFile::new(title, headers).map_err(Error::internal)?;
        let mut words = Words::new(self.language);
        let mut rows = self.rows(db).await?;
        let mut count = 0;
        while let Some(lines) = rows.next().await? {
            for line in &lines.read()? {
                words.set_skills(line);
                file.row(self.cells(line, &words)).map_err(Error::internal)?;
            }
            count += lines.len();
        }
        let path = tempfile::NamedTempFile::new()?.into_temp_path();
        let saved = tokio::task::spawn_blocking(move || file.save(&path).map(|()| path)).await;
        Ok((saved.map_err(Error::internal)?.map_err(Error::internal)?, count))
    }
}

/// The rows of an export, a chunk at a time.
#[derive(Debug)]
pub struct Rows(mpsc::Receiver<db::Result<Lines>>);

impl Rows {
    /// The next chunk; never an empty one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next(&mut self) -> db::Result<Option<Lines>> {
        self.0.recv().await.transpose()
    }
}

fn or_empty<'a>(text: &'a Option<Text<'_>>) -> &'a str {
    text.as_ref().map_or("", Text::as_str)
}

/// How wide a column is in a spreadsheet, in characters.
fn width(column: MemberColumn) -> f64 {
    match column {
        MemberColumn::Address => 46.0,
        MemberColumn::Skills | MemberColumn::Branch => 26.0,
        MemberColumn::Committee | MemberColumn::Host => 22.0,
        MemberColumn::Name => 14.0,
        _ => 16.0,
    }
}

/// Words of a row that are put together.
struct Words {
    skills: String,
    yes: &'static str,
    no: &'static str,
}

impl Words {
    fn new(language: Language) -> Self {
        Self {
            skills: String::new(),
            yes: language.text("members-yes"),
            no: language.text("members-no"),
        }
    }

    fn set_skills(&mut self, line: &Line<'_>) {
        self.skills.clear();
        for skill in &line.skills {
            if !self.skills.is_empty() {
                self.skills.push('、');
            }
            self.skills.push_str(skill.as_str());
        }
    }

    fn yes_no(&self, is: i64) -> &'static str {
        if is == 1 { self.yes } else { self.no }
    }
}

/// Streams the rows as CSV and notes in the audit log, when the last one left or the client went
/// away, how many did.
pub fn stream_csv(
    app: &App,
    actor: Actor,
    record: Record,
    export: Export,
    detail: serde_json::Value,
) -> Body {
    let (sender, receiver) = mpsc::channel::<std::io::Result<Bytes>>(4);
    let app = app.clone();
    tokio::spawn(async move {
        let _running = Work::Export.begin();
        let mut left = 0;
        if let Err(error) = send_rows(&app, &export, &sender, &mut left).await {
            tracing::error!(%error, "an export broke off");
            // The connection is cut, so that nobody takes a part for the whole.
            let _ = sender.send(Err(std::io::Error::other("the export broke off"))).await;
        }
        if let Err(error) = note(&app.db, actor, record, left, detail, export.given).await {
            tracing::error!(%error, "an export could not be noted in the audit log");
        }
    });
    Body::from_stream(stream::unfold(receiver, async |mut receiver| {
        receiver.recv().await.map(|chunk| (chunk, receiver))
    }))
}

/// Sends every row until the last, or until nobody takes them any more.
async fn send_rows(
    app: &App,
    export: &Export,
    sender: &mpsc::Sender<std::io::Result<Bytes>>,
    left: &mut usize,
) -> db::Result<()> {
    if sender.send(Ok(Bytes::from(export.csv_start()))).await.is_err() {
        return Ok(());
    }
    let mut rows = export.rows(&app.db).await?;
    while let Some(lines) = rows.next().await? {
        if sender.send(Ok(Bytes::from(export.csv(&lines)?))).await.is_err() {
            return Ok(());
        }
        *left += lines.len();
    }
    Ok(())
}

/// Writes an export into the audit log, and what it passed on to a committee.
///
/// # Errors
/// When the database fails.
pub async fn note(
    db: &db::Db,
    actor: Actor,
    record: Record,
    rows: usize,
    mut detail: serde_json::Value,
    given: Option<Given>,
) -> db::Result<()> {
    detail["rows"] = json!(rows);
    let mut write = db.write().await?;
    if let Some(given) = given.filter(|_| rows > 0) {
        provisions::store::note(&mut write, actor, &given).await?;
    }
    audit::record(&mut write, actor, Action::MembersExported, record, detail).await?;
    write.commit().await
}
