//! Goals of branches: set, copied, taken back, and what is told of how far a branch has come.

use jiff::Span;
use linli::activities::{HalfYear, today};
use linli::goals;
use linli::web::{Role, Scope};

use crate::activities::{PATROL, record};
use crate::office::{Browser, Office, hidden, location};

/// A form with these numbers for all areas together, and for culture.
fn numbers<'a>(whole: [&'a str; 3], culture: [&'a str; 3]) -> Vec<(&'a str, &'a str)> {
    let mut form = Vec::new();
    for (at, name) in ["members", "times", "hours"].into_iter().enumerate() {
        form.extend([(name, whole[at]), (name, culture[at])]);
    }
    form
}

const SOME: [&str; 3] = ["3", "10", "20"];
const NONE: [&str; 3] = ["", "", ""];

async fn set(clerk: &Browser, path: &str, form: &[(&str, &str)]) {
    let answer = clerk.post(&format!("{path}/edit"), form).await;
    assert_eq!(answer.status(), 303, "{}", answer.text().await.unwrap());
    assert_eq!(location(&answer), path);
    clerk.page(path).await; // Where it is said that it was saved.
}

/// Registers a member of a branch, and lets them take part on a day.
pub async fn take_part(clerk: &Browser, branch: i64, name: &str, days: &[String]) -> String {
    let branch = branch.to_string();
    let form = [
        ("name", name),
        ("number", name),
        ("address", "四平路1号"),
        ("committee", "310110012003"),
        ("branch", branch.as_str()),
    ];
    let member = clerk.register(&form).await;
    for day in days {
        let mut form = PATROL.to_vec();
        form.retain(|(name, _)| *name != "day");
        form.push(("day", day));
        let place = record(clerk, &form).await;
        assert_eq!(clerk.post(&format!("{place}/people"), &[("who", name)]).await.status(), 303);
    }
    member
}

#[tokio::test]
async fn a_goal_is_set_with_any_of_its_numbers_and_told_beside_what_was_done() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let branch = office.branch("第一党支部").await;
    let half = HalfYear::of(today());
    let planned = today().saturating_add(Span::new().days(300)).to_string();
    let days = [today().to_string(), planned, half.before().first_day()];
    take_part(&clerk, branch, "朱颖", &days).await;
    let path = format!("/goals/{branch}/{}", half.code());
    assert!(clerk.page(&path).await.contains("There is no goal"));
    let none = clerk.post(&format!("{path}/edit"), &numbers(NONE, NONE)).await;
    assert_eq!(none.status(), 422);
    assert!(none.text().await.unwrap().contains("Enter one number at least"));
    let wrong = clerk.post(&format!("{path}/edit"), &numbers(SOME, ["many", "", ""])).await;
    assert_eq!(wrong.status(), 422);
    let page = wrong.text().await.unwrap();
    assert!(
        page.contains("href=\"#culture-members\"") && page.contains("value=\"many\""),
        "{page}"
    );
    set(&clerk, &path, &numbers(SOME, ["", "4", ""])).await;
    for place in [path.as_str(), "/goals", "/"] {
        let page = clerk.page(place).await;
        for told in ["1 of 3", "1 of 10", "1.5 of 20", "0 confirmed; 1 at the same point"] {
            assert!(page.contains(told), "{told} at {place}: {page}");
        }
    }
    assert!(clerk.page(&path).await.contains("0 of 4"));
    let log = clerk.page("/audit").await;
    assert!(log.contains("Set goals") && log.contains("All areas 3 members, 10 times, 20 hours"));
    let mut connection = office.app.db.read().await.unwrap();
    let goal = goals::store::of_branch(&mut connection, branch, half).await.unwrap().unwrap();
    assert_eq!(goal.numbers.whole().times, Some(10));
}

#[tokio::test]
async fn of_two_who_set_the_same_goal_the_second_sees_both_versions() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let branch = office.branch("第一党支部").await;
    let path = format!("/goals/{branch}/2026-1");
    let edit = format!("{path}/edit");
    let mut late = numbers(["5", "", ""], NONE);
    late.push(("version", "0"));
    set(&clerk, &path, &numbers(SOME, NONE)).await;
    let answer = clerk.post(&edit, &late).await;
    assert_eq!(answer.status(), 409);
    let page = answer.text().await.unwrap();
    assert!(page.contains("3 members, 10 times, 20 hours") && page.contains("5 members"), "{page}");
    let version = hidden(&page, "version");
    late.retain(|(name, _)| *name != "version");
    late.push(("version", &version));
    set(&clerk, &path, &late).await;
    assert!(clerk.page(&path).await.contains("0 of 5"));
    // Taken back, its numbers are still what setting it again begins with.
    let old = [("version", "1")];
    clerk.post(&format!("{path}/remove"), &old).await;
    assert!(clerk.page(&path).await.contains("Please look again"));
    let now = [("version", "2")];
    clerk.post(&format!("{path}/remove"), &now).await;
    assert!(clerk.page(&path).await.contains("is taken back"));
    assert!(clerk.page(&path).await.contains("There is no goal"));
    assert!(clerk.page(&edit).await.contains("value=\"5\""));
}

#[tokio::test]
async fn goals_are_taken_over_for_branches_without_one_and_staff_reach_only_their_own() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let (first, second) = (office.branch("第一党支部").await, office.branch("第二党支部").await);
    for branch in [first, second] {
        set(&clerk, &format!("/goals/{branch}/2026-1"), &numbers(SOME, NONE)).await;
    }
    set(&clerk, &format!("/goals/{first}/2026-2"), &numbers(["7", "", ""], NONE)).await;
    let staff = office.signed_in_for(Role::Staff, Scope::Branches(vec![first])).await;
    assert!(!staff.page("/goals?half=2026-2").await.contains("第二党支部"));
    assert_eq!(staff.get(&format!("/goals/{second}/2026-2")).await.status(), 404);
    let mut form = numbers(SOME, NONE);
    form.push(("version", "1"));
    let other = staff.post(&format!("/goals/{second}/2026-1/edit"), &form).await;
    assert_eq!(other.status(), 404);
    let copy = [("half", "2026-2")];
    assert_eq!(staff.post("/goals/copy", &copy).await.status(), 303);
    assert!(!clerk.page("/goals?half=2026-2").await.contains("0 of 10"), "not of another branch");
    assert!(clerk.page("/goals?half=2026-2").await.contains("(1 branch)"));
    assert_eq!(clerk.post("/goals/copy", &copy).await.status(), 303);
    let page = clerk.page("/goals?half=2026-2").await;
    assert!(page.contains("0 of 10") && page.contains("0 of 7"), "{page}");
    // Two spellings of one branch: the goal of the one that stays is kept, others come along.
    let path = format!("/branches/{second}/merge");
    let into = first.to_string();
    let merge = [("into", into.as_str()), ("confirmed", "yes")];
    assert_eq!(clerk.post(&path, &merge).await.status(), 303);
    let page = clerk.page("/goals?half=2026-2").await;
    assert!(page.contains("0 of 7") && !page.contains("0 of 10"), "{page}");
    let mut connection = office.app.db.read().await.unwrap();
    let differing = linli::reports::counting::differing(&mut connection).await.unwrap();
    assert!(differing.is_empty(), "{differing:?}");
}
