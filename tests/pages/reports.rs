//! Reports: every figure on the pages against SQL over what is on record, written by hand here.

use jiff::Span;
use linli::activities::{HalfYear, today};
use linli::reports::counting;
use linli::web::{Role, Scope};
use sqlx::AssertSqlSafe;

use crate::activities::record;
use crate::letters::{office_that_writes, today as this_day};
use crate::merge::merge;
use crate::needs;
use crate::office::{Browser, Office, hidden};

/// Writes what no page writes in one step.
async fn write(office: &Office, sql: &'static str) {
    let mut write = office.app.db.write().await.unwrap();
    sqlx::query(sql).execute(&mut *write).await.unwrap();
    write.commit().await.unwrap();
}

async fn member(
    clerk: &Browser,
    name: &str,
    committee: &str,
    branch: &str,
    skills: &str,
) -> String {
    let form = [
        ("name", name),
        ("number", name),
        ("address", "四平路1号"),
        ("committee", committee),
        ("branch", branch),
        ("skills", skills),
        ("agreed", "yes"),
        ("confirmed", "yes"),
    ];
    clerk.register(&form).await
}

/// Records an activity in which these take part; its path.
async fn activity(clerk: &Browser, day: &str, committee: &str, area: &str, who: &str) -> String {
    let title = format!("活动{day}{area}");
    let form = [
        ("day", day),
        ("committee", committee),
        ("title", title.as_str()),
        ("area", area),
        ("manner", "group"),
        ("times", "2"),
        ("hours", "1.5"),
    ];
    let place = record(clerk, &form).await;
    clerk.post(&format!("{place}/people"), &[("who", who)]).await;
    place
}

/// A text without its marks.
fn words(html: &str) -> String {
    let parts = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    parts.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The cells of a row of a figure, in words.
fn cells(page: &str, figure: &str, row: &str) -> Vec<String> {
    let start = format!("<h2 id=\"{figure}\">");
    let section = page.split(&start).nth(1).unwrap_or_else(|| panic!("no {figure}: {page}"));
    let body = section.split("<tbody>").nth(1).unwrap_or("").split("</tbody>").next().unwrap();
    let found = body.split("<tr>").find(|line| words(line.split("</th>").next().unwrap()) == row);
    let Some(found) = found else { return Vec::new() };
    found.split("<td").skip(1).map(|cell| words(cell.split_once('>').unwrap().1)).collect()
}

/// Members, times and hours with what is confirmed, of live parts of live members in a half-year
/// until today, as a page tells them.
async fn by_hand(office: &Office, half: HalfYear, only: &str) -> Vec<String> {
    let until = half.last_day().min(today().to_string());
    let sql = format!(
        "SELECT count(DISTINCT p.member_id), coalesce(sum(p.times), 0),
                coalesce(sum(p.minutes), 0),
                count(DISTINCT CASE WHEN p.signed_on IS NOT NULL AND p.stamped_on IS NOT NULL
                                    THEN p.member_id END),
                coalesce(sum(CASE WHEN p.signed_on IS NOT NULL THEN p.times END), 0),
                coalesce(sum(CASE WHEN p.signed_on IS NOT NULL THEN p.minutes END), 0)
         FROM participations AS p, members AS m, activities AS a
         WHERE m.id = p.member_id AND a.id = p.activity_id AND m.removed_at IS NULL
           AND a.removed_at IS NULL AND p.taken_out_at = ''
           AND a.day >= '{}' AND a.day <= '{until}' AND {only}",
        half.first_day()
    );
    let mut connection = office.app.db.read().await.unwrap();
    let sums: (i64, i64, i64, i64, i64, i64) =
        sqlx::query_as(AssertSqlSafe(sql)).fetch_one(&mut *connection).await.unwrap();
    let hours = |minutes: i64| format!("{}", minutes as f64 / 60.0);
    vec![
        format!("{} {} confirmed", sums.0, sums.3),
        format!("{} {} confirmed", sums.1, sums.4),
        format!("{} {} confirmed", hours(sums.2), hours(sums.5)),
    ]
}

/// The same of two half-years, in the order of the cells.
async fn side_by_side(office: &Office, halves: [HalfYear; 2], only: &str) -> Vec<String> {
    let [one, other] =
        [by_hand(office, halves[0], only).await, by_hand(office, halves[1], only).await];
    one.into_iter().zip(other).flat_map(|(one, other)| [one, other]).collect()
}

/// An office in which all happened that changes a figure.
async fn busy_office() -> (Office, Browser, HalfYear) {
    let (office, clerk) = office_that_writes().await;
    let half = HalfYear::of(today());
    let now = half.first_day();
    let (before, later) =
        (half.before().first_day(), today().saturating_add(Span::new().months(8)).to_string());
    let (first, second) = (office.branch("第一党支部").await, office.branch("第二党支部").await);
    let (first, second) = (first.to_string(), second.to_string());
    member(&clerk, "朱颖", "310110012003", &first, "书法、英语").await;
    let moves = member(&clerk, "王伟", "310109016002", &second, "书法").await;
    member(&clerk, "李强", "310110012004", &first, "").await;
    let goes = member(&clerk, "孙丽", "310110012003", &first, "英语").await;
    let kept = member(&clerk, "吴敏", "310110012003", "", "").await;
    let gone = member(&clerk, "周敏", "310110013005", &second, "书法").await;
    for (day, committee, area, who) in [
        (&now, "310110012003", "culture", "朱颖、王伟、李强、孙丽"),
        (&now, "310110012004", "culture", "朱颖、吴敏"),
        (&now, "310109016002", "mediation", "王伟、周敏、吴敏"),
        (&before, "310110013005", "good-deeds", "朱颖、周敏"),
        (&before, "310110012003", "culture", "李强"),
        (&later, "310110012003", "culture", "朱颖"),
    ] {
        activity(&clerk, day, committee, area, who).await;
    }
    let removed = activity(&clerk, &now, "310109009001", "culture", "朱颖、李强").await;
    assert_eq!(clerk.post(&format!("{removed}/remove"), &[]).await.status(), 303);
    write(
        &office,
        "UPDATE participations
         SET signed_on = day, stamped_on = day, confirmed_at = day
         WHERE id % 2 = 1",
    )
    .await;
    write(&office, "UPDATE participations SET live = 0, taken_out_at = '2026' WHERE id = 3").await;
    write(&office, "UPDATE activities SET committee_id = NULL WHERE id = 5").await;
    merge(&clerk, &kept, &gone, &[("skills", "gone")]).await;
    assert_eq!(clerk.post(&format!("{goes}/remove"), &[]).await.status(), 303);
    let edit = clerk.page(&format!("{moves}/edit")).await;
    let version = hidden(&edit, "version");
    let form = [
        ("name", "王伟"),
        ("number", "王伟"),
        ("address", "四平路1号"),
        ("committee", "310109016002"),
        ("branch", first.as_str()),
        ("skills", "英语"),
        ("agreed", "yes"),
        ("confirmed", "yes"),
        ("version", version.as_str()),
    ];
    let saved = clerk.post(&format!("{moves}/edit"), &form).await;
    assert_eq!(saved.status(), 303, "{}", saved.text().await.unwrap());
    (office, clerk, half)
}

#[tokio::test]
async fn every_figure_of_taking_part_is_what_the_records_add_up_to() {
    let (office, clerk, half) = busy_office().await;
    let halves = [half, half.before()];
    let page = clerk.page("/reports").await;
    for at in halves {
        let name = at.words(linli::lang::Language::English);
        assert_eq!(cells(&page, "time", &name), by_hand(&office, at, "1 = 1").await, "{name}");
    }
    for (figure, path, row, only) in [
        ("areas", "/reports", "Culture", "a.area = 'culture'"),
        ("areas", "/reports", "Mediation", "a.area = 'mediation'"),
        ("branches", "/reports", "第一党支部", "m.branch_id = 1"),
        ("branches", "/reports", "第二党支部", "m.branch_id = 2"),
        ("branches", "/reports", "No branch", "m.branch_id IS NULL"),
        (
            "places",
            "/reports/places",
            "杨浦区",
            "a.committee_id IN (SELECT id FROM committees WHERE street_code LIKE '310110%')",
        ),
        (
            "places",
            "/reports/places",
            "虹口区",
            "a.committee_id IN (SELECT id FROM committees WHERE street_code LIKE '310109%')",
        ),
        (
            "places",
            "/reports/places?place=310110",
            "四平路街道",
            "a.committee_id IN (SELECT id FROM committees WHERE street_code = '310110012')",
        ),
        ("places", "/reports/places?place=310110012", "四平路居委会", "a.committee_id = 3"),
        ("places", "/reports/places?place=310110012", "鞍山居委会", "a.committee_id = 4"),
        (
            "skills",
            "/reports/skills",
            "书法",
            "EXISTS (SELECT 1 FROM member_skills AS x JOIN skills AS k ON k.id = x.skill_id
                     WHERE x.member_id = m.id AND k.name = '书法')",
        ),
        (
            "skills",
            "/reports/skills",
            "英语",
            "EXISTS (SELECT 1 FROM member_skills AS x JOIN skills AS k ON k.id = x.skill_id
                     WHERE x.member_id = m.id AND k.name = '英语')",
        ),
    ] {
        let shown = cells(&clerk.page(path).await, figure, row);
        let mut told = side_by_side(&office, halves, only).await;
        if told.iter().all(|cell| cell.starts_with("0 ")) && shown.is_empty() {
            told.clear();
        }
        assert_eq!(shown, told, "{path} {row}");
    }
    let city = clerk.page("/reports/places").await;
    assert!(city.contains("2 times more were where nobody has settled"), "{city}");
    let mut connection = office.app.db.read().await.unwrap();
    let differing = counting::differing(&mut connection).await.unwrap();
    assert!(differing.is_empty(), "{differing:?}");
    let differing = linli::members::spread::differing(&mut connection).await.unwrap();
    assert!(differing.is_empty(), "{differing:?}");
}

#[tokio::test]
async fn what_is_planned_is_left_out_of_every_figure_and_said_to_be() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let branch = office.branch("第一党支部").await.to_string();
    member(&clerk, "朱颖", "310110012003", &branch, "书法").await;
    member(&clerk, "王伟", "310110012003", &branch, "书法").await;
    let half = HalfYear::of(today()).after();
    activity(&clerk, &half.first_day(), "310110012003", "culture", "朱颖、王伟").await;
    activity(&clerk, &today().to_string(), "310110012003", "culture", "朱颖").await;
    let query = format!("half={}", half.code());
    for path in
        ["/reports", "/reports/places", "/reports/skills", "/reports/places?place=310110012"]
    {
        let joined = format!("{path}{}{query}", if path.contains('?') { "&" } else { "?" });
        let page = clerk.page(&joined).await;
        assert!(page.contains("4 times more are planned"), "{joined}: {page}");
    }
    let page = clerk.page(&format!("/reports/skills?{query}")).await;
    assert_eq!(
        cells(&page, "skills", "书法"),
        [
            "0 0 confirmed",
            "1 0 confirmed",
            "0 0 confirmed",
            "2 0 confirmed",
            "0 0 confirmed",
            "1.5 0 confirmed"
        ]
    );
}

#[tokio::test]
async fn needs_and_letters_are_told_as_they_stand() {
    let (office, clerk) = office_that_writes().await;
    member(&clerk, "朱颖", "310110012003", "", "书法").await;
    member(&clerk, "王伟", "310109016002", "", "书法").await;
    for title in ["教书法", "修水管", "读报"] {
        needs::enter(&clerk, &[("title", title), ("skills", "书法")]).await;
    }
    write(&office, "UPDATE needs SET state = 'done', ended_at = created_at WHERE id = 1").await;
    write(&office, "UPDATE needs SET created_at = '2001' || substr(created_at, 5) WHERE id = 2")
        .await;
    assert_eq!(clerk.post("/letters/new", &[("which", "all")]).await.status(), 303);
    for act in ["issue", "send"] {
        let form = [("act", act), ("all", "yes"), ("day", &this_day()), ("way", "hand")];
        assert_eq!(clerk.post("/letters", &form).await.status(), 303, "{act}");
    }
    write(&office, "UPDATE letters SET state = 'answered', answered_on = sent_on WHERE id = 1")
        .await;
    let page = clerk.page("/reports/service").await;
    let half = HalfYear::of(today());
    let name = half.words(linli::lang::Language::English);
    let mut connection = office.app.db.read().await.unwrap();
    let (from, to) = (half.first_day(), half.last_day() + "~");
    let count =
        |sql: &'static str| sqlx::query_scalar::<_, i64>(sql).bind(from.clone()).bind(to.clone());
    let asked = count("SELECT count(*) FROM needs WHERE created_at BETWEEN $1 AND $2")
        .fetch_one(&mut *connection)
        .await
        .unwrap();
    let sent = count(
        "SELECT count(*) FROM letters WHERE sent_on BETWEEN $1 AND $2 AND withdrawn_on IS NULL",
    )
    .fetch_one(&mut *connection)
    .await
    .unwrap();
    assert_eq!((asked, sent), (2, 2));
    assert_eq!(cells(&page, "needs", &name), ["2", "1", "0", "1", "0"]);
    assert_eq!(cells(&page, "letters", &name), ["2", "1", "1"]);
    let list = clerk.page(&format!("/needs/list?half={}&state=done", half.code())).await;
    assert!(list.contains("教书法") && !list.contains("修水管") && !list.contains("读报"));
    let list = clerk.page(&format!("/letters?half={}&state=answered", half.code())).await;
    assert!(list.contains("四平路居委会") ^ list.contains("曲阳路居委会"), "{list}");
    // What was taken back is in neither the figure nor the list behind it.
    write(&office, "UPDATE letters SET state = 'withdrawn', withdrawn_on = sent_on WHERE id = 2")
        .await;
    let page = clerk.page("/reports/service").await;
    assert_eq!(cells(&page, "letters", &name), ["1", "1", "0"]);
    let behind = format!("/letters?half={}&amp;state=went", half.code());
    assert!(page.contains(&behind.replace("&amp;", "&#38;")) || page.contains(&behind), "{page}");
    let list = clerk.page(&behind.replace("&amp;", "&")).await;
    assert!(list.contains("四平路居委会") ^ list.contains("曲阳路居委会"), "{list}");
}

#[tokio::test]
async fn staff_see_the_figures_of_their_branches_and_every_number_leads_to_a_list() {
    let (office, clerk, half) = busy_office().await;
    let second = office.branch("第二党支部").await;
    let staff = office.signed_in_for(Role::Staff, Scope::Branches(vec![second])).await;
    let page = staff.page("/reports").await;
    let name = half.words(linli::lang::Language::English);
    let only = format!("m.branch_id = {second}");
    assert_eq!(cells(&page, "time", &name), by_hand(&office, half, &only).await);
    assert!(!page.contains("第一党支部"));
    let year = today().year();
    for path in [
        "/reports".to_owned(),
        "/reports/places".to_owned(),
        "/reports/places?place=310110012".to_owned(),
        "/reports/skills".to_owned(),
        "/reports/service".to_owned(),
        format!("/reports/year/{year}"),
    ] {
        let page = clerk.page(&path).await;
        let mut followed = 0;
        for link in page.split("<td class=\"num\"><a href=\"").skip(1) {
            let link = link.split('"').next().unwrap().replace("&#38;", "&");
            clerk.page(&link).await;
            followed += 1;
            if followed > 12 {
                break;
            }
        }
        assert!(followed > 0, "{path}");
    }
    let file = clerk.get(&format!("/reports/year/{year}/report.docx")).await;
    assert_eq!(file.status(), 200);
    assert!(file.bytes().await.unwrap().starts_with(b"PK"));
    assert_eq!(clerk.get("/reports/places?place=999999").await.status(), 404);
}
