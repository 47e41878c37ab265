//! To whom a member was passed on: by letters, check-in slips, requests for feedback, survey forms and
//! lists, in one order.

use super::store;
use crate::db::{Connection, Result};
use crate::web::Page;
use crate::{checkins, letters, reviews, surveys};

/// Something that passed a member on to a committee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passed {
    /// When, in words.
    pub day: String,
    /// To which committee; `committees.id`.
    pub committee_id: i64,
    /// What it was called then.
    pub committee: String,
    /// Which fields went, in words; none once they were erased.
    pub fields: Vec<&'static str>,
    /// By what: a letter's number, a slip, a file.
    pub by: String,
    /// The page of what passed them on; empty: there is none.
    pub url: String,
    /// When it was taken back; empty: it was not.
    pub withdrawn: String,
}

/// All that passed a member on, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn of_member(connection: &mut Connection, page: &Page, id: i64) -> Result<Vec<Passed>> {
    let fields = |went: [bool; 4]| {
        ["members-name", "members-address", "members-skills", "members-phone"]
            .into_iter()
            .zip(went)
            .filter(|(_, went)| *went)
            .map(|(key, _)| page.t(key))
            .collect()
    };
    let mut passed = Vec::new();
    for letter in letters::store::passed_on(connection, id).await? {
        let row = Passed {
            day: page.date(&letter.issued_on),
            committee_id: letter.committee_id,
            committee: letter.committee,
            fields: fields([letter.name, letter.address, letter.skills, letter.phone]),
            by: letter.reference,
            url: format!("/letters/{}", letter.letter_id),
            withdrawn: letter.withdrawn_on.map_or_else(String::new, |day| page.date(&day)),
        };
        passed.push((letter.issued_on, row));
    }
    for slip in checkins::store::passed_on(connection, id).await? {
        let row = Passed {
            day: page.time(&slip.printed_at),
            committee_id: slip.committee_id,
            committee: slip.committee,
            fields: fields([true, slip.address, slip.skills, slip.phone]),
            by: page.t("checkins-slip").to_owned(),
            url: format!("/letters/checkins/{}", slip.sheet_id),
            withdrawn: String::new(),
        };
        passed.push((slip.printed_at, row));
    }
    for request in reviews::store::passed_on(connection, id).await? {
        let row = Passed {
            day: page.time(&request.given_at),
            committee_id: request.committee_id,
            committee: request.committee,
            fields: fields([true, false, false, false]),
            by: page.t("enquiries-letter").to_owned(),
            url: format!("/reviews/requests/{}", request.request_id),
            withdrawn: String::new(),
        };
        passed.push((request.given_at, row));
    }
    for paper in surveys::store::papers::passed_on(connection, id).await? {
        let row = Passed {
            day: page.time(&paper.at),
            committee_id: paper.committee_id,
            committee: paper.committee,
            fields: fields([true, false, false, false]),
            by: page.t("surveys-form").to_owned(),
            url: format!("/surveys/{}", paper.survey_id),
            withdrawn: String::new(),
        };
        passed.push((paper.at, row));
    }
    for list in store::passed_on(connection, id).await? {
        let row = Passed {
            day: page.time(&list.at),
            committee_id: list.committee_id,
            committee: list.committee,
            fields: fields([true, list.address, list.skills, list.phone]),
            by: page.t(list.way.key()).to_owned(),
            url: String::new(),
            withdrawn: String::new(),
        };
        passed.push((list.at, row));
    }
    // Days and times: the first ten signs of both are the day.
    passed.sort_by(|(one, _), (other, _)| other.get(..10).cmp(&one.get(..10)));
    Ok(passed.into_iter().map(|(_, row)| row).collect())
}
