//! A person's data erased for good: on request, and when it lay in the bin for 30 days.

use jiff::{SignedDuration, Timestamp};
use linli::audit::Actor;
use linli::members::{Home, HomeAddress, MemberDetails, Name, Phone, Standing, registry};
use linli::upkeep;
use linli::web::Role;
use tokio_util::sync::CancellationToken;

use crate::import::bring;
use crate::office::{Browser, Office, hidden, location};

const NAME: &str = "龘靐齾";
/// What the registry is told of one person, all of it found nowhere else.
const TOLD: [&str; 5] = [NAME, "K-48151623", "13948151623", "靐龘路4815弄23号", "爨宝镇7号"];

/// The upkeep as the server does it so many days from now; who is signed in is not any more.
async fn upkeep_in(office: &Office, days: i64) -> upkeep::Done {
    let now = Timestamp::now() + SignedDuration::from_hours(24 * days);
    upkeep::run(&office.app, now, &CancellationToken::new()).await.unwrap()
}

/// Types the name into the page that erases a record of the bin; where that leads.
pub async fn erase(administrator: &Browser, place: &str, name: &str) -> (u16, String) {
    let erase = format!("{place}/erase");
    let page = administrator.page(&erase).await;
    let (form, version) = (hidden(&page, "form"), hidden(&page, "version"));
    let form = [("name", name), ("form", form.as_str()), ("version", version.as_str())];
    let answer = administrator.post(&erase, &form).await;
    (answer.status().as_u16(), location(&answer))
}

/// Enough others that pages of the file are split and filled again.
async fn register_others(office: &Office) {
    let mut write = office.app.db.write().await.unwrap();
    for number in 0..400 {
        let second = char::from_u32(0x4E00 + number * 7).unwrap();
        let details = MemberDetails {
            number: None,
            name: Name::parse(&format!("王{second}")).unwrap(),
            branch: None,
            phone: Phone::parse(&format!("138{number:08}")).unwrap(),
            address: HomeAddress::parse(&format!("和平路{number}弄3号")).unwrap(),
            home: Home::Unsettled,
            skills: Vec::new(),
            standing: Standing::Known,
        };
        registry::register(&mut write, Actor::CommandLine, &details).await.unwrap();
    }
    write.commit().await.unwrap();
}

/// Which of these words stand anywhere in the database, its log, or the files beside it.
fn found_in_files(office: &Office, words: &[&'static str]) -> Vec<&'static str> {
    let folder = office.app.db.address().path().parent().unwrap();
    let mut bytes = Vec::new();
    for folder in [folder.to_owned(), folder.join("uploads")] {
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_file() {
                bytes.extend(std::fs::read(path).unwrap());
            }
        }
    }
    let holds = |word: &str| bytes.windows(word.len()).any(|window| window == word.as_bytes());
    words.iter().copied().filter(|word| holds(word)).collect()
}

/// One person with a past: imported, edited, merged with a second record, exported by name, typed
/// into a form that was never saved, in a row that an import left out; now in the bin.
async fn a_person_with_a_past(office: &Office) -> (Browser, String, String) {
    let clerk = office.signed_in(Role::Administrator).await;
    let [name, number, phone, address, other] = TOLD;
    let place = clerk
        .register(&[("name", name), ("number", number), ("address", address), ("skills", "书法")])
        .await;
    register_others(office).await;
    let text = format!("姓名,工号,住址,手机\n{name},{number},{other},{phone}\n{name},,,\n");
    let upload = location(&bring(&clerk, &format!("{name}.csv"), text.into()).await);
    let batch = location(&clerk.post(&upload, &[("partly", "yes")]).await);
    assert!(clerk.page(&batch).await.contains("One row was not imported"));
    let second = [("name", name), ("address", address), ("phone", phone), ("confirmed", "yes")];
    let again = clerk.register(&second).await;
    let with = format!("{place}/merge?with={}", again.rsplit('/').next().unwrap());
    let page = clerk.page(&with).await;
    let fields = ["with", "version", "other_version"].map(|name| (name, hidden(&page, name)));
    let form: Vec<(&str, &str)> = fields.iter().map(|(n, value)| (*n, value.as_str())).collect();
    assert_eq!(clerk.post(&format!("{place}/merge"), &form).await.status(), 303);
    let filter = serde_html_form::to_string([("q", name)]).unwrap();
    let export = [("column", "Name"), ("format", "xlsx"), ("purpose", "看望龘靐齾")];
    let path = format!("/members/export?{filter}");
    clerk.post(&path, &export).await.bytes().await.unwrap();
    let typed = [("name", name), ("address", address)];
    assert_eq!(office.visitor().post("/members/new", &typed).await.status(), 303);
    let activity = [
        ("day", "2026-03-07"),
        ("committee", "四平路居委会"),
        ("title", "看望龘靐齾"),
        ("what", "龘靐齾修电脑"),
        ("area", "good-deeds"),
        ("manner", "alone"),
    ];
    let activity = crate::activities::record(&clerk, &activity).await;
    clerk.post(&format!("{activity}/people"), &[("who", number)]).await;
    clerk.post(&format!("{place}/cards"), &[("quarter", "2026-1")]).await;
    let meeting = [
        ("subject", "听龘靐齾谈经验"),
        ("kind", "exchange"),
        ("day", "2026-03-07"),
        ("agenda", "龘靐齾发言"),
        ("chair", number),
    ];
    let meeting = location(&clerk.post("/meetings/new", &meeting).await);
    clerk.post(&format!("{meeting}/people"), &[("who", number)]).await;
    let told = [("who", number), ("words", "龘靐齾说：先约时间")];
    assert_eq!(clerk.post(&format!("{meeting}/told"), &told).await.status(), 303);
    let experience = [("title", "龘靐齾的办法"), ("words", "龘靐齾先约时间"), ("who", number)];
    assert_eq!(clerk.post("/experiences/new", &experience).await.status(), 303);
    clerk.post(&format!("{place}/remove"), &[]).await;
    (clerk, place, again)
}

#[tokio::test]
async fn what_is_erased_is_nowhere_in_the_files_any_more() {
    let office = Office::open().await;
    let (clerk, place, again) = a_person_with_a_past(&office).await;
    upkeep_in(&office, 0).await;
    assert_eq!(found_in_files(&office, &TOLD), TOLD, "there is something to erase");
    let page = clerk.page(&format!("{place}/erase")).await;
    for told in TOLD.iter().filter(|told| **told != TOLD[3]) {
        assert!(page.contains(told), "the page does not say that {told} goes");
    }
    assert!(page.contains("One record merged into it") && page.contains("What one import"));
    assert_eq!(erase(&clerk, &place, NAME).await, (303, "/members/bin".to_owned()));
    for gone in [&place, &again] {
        assert_eq!(clerk.get(gone).await.status(), 404);
    }
    let done = upkeep_in(&office, 0).await;
    assert!(done.scrubbed);
    assert_eq!(found_in_files(&office, &TOLD), Vec::<&str>::new());
    // Nor the pairs of characters that the search index knew them by.
    let mut snapshot = office.app.db.snapshot().await.unwrap();
    sqlx::query("PRAGMA query_only = OFF").execute(&mut *snapshot).await.unwrap();
    for index in ["member_search", "experience_search"] {
        let terms = format!(
            "CREATE VIRTUAL TABLE temp.{index}_known USING fts5vocab('main', '{index}', 'row')"
        );
        sqlx::query(sqlx::AssertSqlSafe(terms)).execute(&mut *snapshot).await.unwrap();
        let pairs = format!("SELECT count(*) FROM {index}_known WHERE instr(term, '靐') > 0");
        let pairs: i64 =
            sqlx::query_scalar(sqlx::AssertSqlSafe(pairs)).fetch_one(&mut *snapshot).await.unwrap();
        assert_eq!(pairs, 0, "{index}");
    }
    let differences = linli::members::search::check::differences(&mut snapshot).await.unwrap();
    assert_eq!(differences, []);
}

#[tokio::test]
async fn the_log_keeps_that_a_record_was_erased_by_whom_and_nothing_of_the_person() {
    let office = Office::open().await;
    let (clerk, place, _) = a_person_with_a_past(&office).await;
    assert!(clerk.page("/audit").await.contains(NAME), "the export was by name");
    erase(&clerk, &place, NAME).await;
    let log = clerk.page("/audit?record=member").await;
    let id = place.rsplit('/').next().unwrap();
    let lines = |text: &str| -> Vec<String> {
        let rows = text.split("<tr>").filter(|row| row.contains(&format!("Member {id} (erased)<")));
        rows.map(str::to_owned).collect()
    };
    let of_record = lines(&log);
    assert_eq!(of_record.len(), 1, "{of_record:?}");
    assert!(of_record[0].contains("Erased a member") && of_record[0].contains("王芳"));
    let all = clerk.page("/audit").await;
    assert!(!all.contains(NAME) && all.contains("Purpose: …") && all.contains("search for “…”"));
}

#[tokio::test]
async fn erasing_asks_for_the_name_and_for_an_administrator_and_the_bin() {
    let office = Office::open().await;
    let (staff, administrator) =
        (office.signed_in(Role::Staff).await, office.signed_in(Role::Administrator).await);
    let place = staff.register(&[("name", "朱颖"), ("address", "四平路1号")]).await;
    let erase_path = format!("{place}/erase");
    assert_eq!(location(&administrator.get(&erase_path).await), place);
    let bare = [("name", "朱颖"), ("version", "1")];
    assert_eq!(location(&administrator.post(&erase_path, &bare).await), place);
    assert!(administrator.page(&place).await.contains("Remove 朱颖 first"));
    staff.post(&format!("{place}/remove"), &[]).await;
    assert_eq!(staff.get(&erase_path).await.status(), 403);
    assert!(!staff.page(&place).await.contains(&erase_path));
    assert!(administrator.page(&place).await.contains(&erase_path));
    assert!(administrator.page("/members/bin").await.contains(&erase_path));
    assert_eq!(erase(&administrator, &place, "朱影").await.0, 422);
    // Brought back between the page and the click.
    let page = administrator.page(&erase_path).await;
    let version = hidden(&page, "version");
    for act in ["restore", "remove"] {
        staff.post(&format!("{place}/{act}"), &[]).await;
    }
    let late = [("name", "朱颖"), ("version", version.as_str())];
    assert_eq!(administrator.post(&erase_path, &late).await.status(), 409);
    assert_eq!(erase(&administrator, &place, " 朱　颖").await.0, 303);
    assert_eq!(administrator.get(&place).await.status(), 404);
    assert!(administrator.page("/members/bin").await.contains("The bin is empty"));
}

#[tokio::test]
async fn erasing_that_is_sent_twice_says_twice_that_it_is_done() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let place = clerk.register(&[("name", "朱颖"), ("address", "四平路1号")]).await;
    clerk.post(&format!("{place}/remove"), &[]).await;
    let path = format!("{place}/erase");
    let page = clerk.page(&path).await;
    let (form, version) = (hidden(&page, "form"), hidden(&page, "version"));
    let form = [("name", "朱颖"), ("form", form.as_str()), ("version", version.as_str())];
    for _ in 0..2 {
        assert_eq!(location(&clerk.post(&path, &form).await), "/members/bin");
    }
}

#[tokio::test]
async fn who_was_merged_by_mistake_leaves_nothing_in_the_other_record() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let kept = clerk.register(&[("name", "王伟"), ("address", "四平路1号")]).await;
    let form = [("name", NAME), ("number", TOLD[1]), ("address", TOLD[3]), ("phone", TOLD[2])];
    let gone = clerk.register(&form).await;
    let page = clerk.page(&format!("{kept}/merge?with={}", gone.rsplit('/').next().unwrap())).await;
    let version = hidden(&page, "version");
    let with = hidden(&page, "with");
    let form = [
        ("with", with.as_str()),
        ("version", version.as_str()),
        ("other_version", "1"),
        ("phone", "gone"),
        ("number", "gone"),
        ("address", "gone"),
    ];
    assert_eq!(clerk.post(&format!("{kept}/merge"), &form).await.status(), 303);
    assert_eq!(clerk.post(&format!("{kept}/merges/1/undo"), &[]).await.status(), 303);
    clerk.post(&format!("{gone}/remove"), &[]).await;
    erase(&clerk, &gone, NAME).await;
    upkeep_in(&office, 0).await;
    assert_eq!(found_in_files(&office, &TOLD), Vec::<&str>::new());
    let history = clerk.page(&format!("{kept}/history")).await;
    assert!(history.contains("王伟") && history.contains("Merged"));
}

#[tokio::test]
async fn the_bin_empties_itself_after_thirty_days() {
    let office = Office::open().await;
    let (_, place, again) = a_person_with_a_past(&office).await;
    assert_eq!(upkeep_in(&office, 29).await.erased, 0);
    let clerk = office.signed_in(Role::Administrator).await;
    assert!(clerk.page("/members/bin").await.contains(NAME));
    let done = upkeep_in(&office, 31).await;
    assert_eq!((done.erased, done.scrubbed), (2, true));
    let clerk = office.signed_in(Role::Administrator).await;
    for gone in [&place, &again] {
        assert_eq!(clerk.get(gone).await.status(), 404);
    }
    // What people wrote into the log stays: it is not known to be of this person.
    assert_eq!(found_in_files(&office, &TOLD), [NAME]);
    let log = clerk.page("/audit?action=bin-emptied").await;
    assert_eq!(log.matches("<td data-label=\"What\">Emptied the bin").count(), 1);
    assert!(
        log.contains("2 records whose time had come were erased") && log.contains("Linli itself"),
        "{log}"
    );
    assert_eq!(upkeep_in(&office, 31).await, upkeep::Done::default(), "all was done before");
}

#[tokio::test]
async fn a_merge_keeps_only_its_fact_after_thirty_days() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let kept = clerk.register(&[("name", "朱颖"), ("address", "四平路1号")]).await;
    let gone = clerk.register(&[("name", NAME), ("address", TOLD[3])]).await;
    let last = clerk.register(&[("name", "朱影"), ("address", "新华路3号")]).await;
    for (kept, gone) in [(&kept, &gone), (&last, &kept)] {
        let path = format!("{kept}/merge");
        let page = clerk.page(&format!("{path}?with={}", gone.rsplit('/').next().unwrap())).await;
        let fields = ["with", "version", "other_version"].map(|name| (name, hidden(&page, name)));
        let form: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        assert_eq!(clerk.post(&path, &form).await.status(), 303);
    }
    assert_eq!(upkeep_in(&office, 31).await.erased, 2);
    assert_eq!(found_in_files(&office, &TOLD), Vec::<&str>::new());
    let clerk = office.signed_in(Role::Staff).await;
    for former in [&kept, &gone] {
        assert_eq!(location(&clerk.get(former).await), last);
    }
    let page = clerk.page(&last).await;
    assert!(page.contains("is of the same person") && !page.contains("Undo the merge"));
    let history = clerk.page(&format!("{last}/history")).await;
    assert!(history.contains("Record 1") && !history.contains("Undo the merge"), "{history}");
    let answer = clerk.post(&format!("{last}/merges/2/undo"), &[]).await;
    assert_eq!(answer.status(), 409);
}

#[tokio::test]
async fn what_nobody_came_back_to_is_forgotten_every_day() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let place = location(&bring(&clerk, "m.csv", "姓名,住址\n朱颖,a\n".into()).await);
    let token = hidden(&clerk.page("/members/new").await, "form");
    let form = [("name", "王伟"), ("address", "四平路1号"), ("form", token.as_str())];
    let first = clerk.register(&form).await;
    assert_eq!(upkeep_in(&office, 0).await, upkeep::Done::default());
    assert_eq!(clerk.get(&place).await.status(), 200);
    assert_eq!(clerk.register(&form).await, first);
    assert_eq!(upkeep_in(&office, 4).await.files, 1);
    let left = async |sql: &'static str| -> i64 {
        let mut connection = office.app.db.read().await.unwrap();
        sqlx::query_scalar(sql).fetch_one(&mut *connection).await.unwrap()
    };
    assert_eq!(left("SELECT count(*) FROM uploads").await, 0);
    assert_eq!(left("SELECT count(*) FROM form_submissions").await, 0);
    assert_eq!(left("SELECT count(*) FROM sessions").await, 0);
}
