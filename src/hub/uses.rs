//! How often something is changed by a committee's link: who found a letter in the street cannot
//! fill the office's lists with it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use askama::Template;
use axum::http::StatusCode;
use axum::response::IntoResponse;

use crate::web::{Page, Result, html};

/// How much is changed in a while at most: more than a hand fills in.
const MOST: u32 = 60;
/// How long such a while is.
const WHILE: Duration = Duration::from_secs(3600);
/// Of how many committees at most it is remembered before what has ended is forgotten.
const REMEMBERED: usize = 10_000;

/// How often each committee's page was used lately, by `committees.id`.
#[derive(Debug, Default)]
pub struct Uses(Mutex<HashMap<i64, (Instant, u32)>>);

impl Uses {
    /// Notes a use; whether it is one too many.
    pub(super) fn too_many(&self, committee: i64) -> bool {
        let mut lately = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if lately.len() > REMEMBERED {
            lately.retain(|_, (began, _)| began.elapsed() < WHILE);
        }
        let (began, count) = lately.entry(committee).or_insert((Instant::now(), 0));
        if began.elapsed() >= WHILE {
            (*began, *count) = (Instant::now(), 0);
        }
        *count += 1;
        *count > MOST
    }
}

#[derive(Template)]
#[template(path = "hub/busy.html")]
struct BusyPage {
    page: Page,
}

/// What is said of one use too many.
pub(super) fn busy(page: Page) -> Result {
    Ok((StatusCode::TOO_MANY_REQUESTS, html(&BusyPage { page })?).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_committee_may_change_much_but_not_without_end_and_no_other_pays_for_it() {
        let uses = Uses::default();
        assert!((0..MOST).all(|_| !uses.too_many(3)));
        assert!(uses.too_many(3));
        assert!(!uses.too_many(4));
    }
}
