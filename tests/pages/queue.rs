//! Members whose committee nobody has settled, and settling them.

use linli::web::{Role, Scope};

use crate::office::{Browser, Office, hidden, location};
use crate::rules::rule;

/// The part of the queue about one member.
fn row<'p>(page: &'p str, name: &str) -> &'p str {
    let rows = page.split("<tr id=\"member-").skip(1);
    let mut rows = rows.filter(|row| row.contains(&format!(">{name}</a>")));
    rows.next().unwrap_or_else(|| panic!("{name} does not wait: {page}"))
}

/// The values that the buttons and ticks of a part send.
fn sent<'p>(part: &'p str, name: &str) -> Vec<&'p str> {
    part.split(&format!("name=\"{name}\" value=\""))
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

async fn register(clerk: &Browser, name: &str, address: &str) -> String {
    clerk.register(&[("name", name), ("address", address)]).await
}

#[tokio::test]
async fn one_click_confirms_one_and_the_record_its_history_and_the_search_agree() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    rule(&clerk, "四平路", "180-220弄", "四平路居委会", "").await;
    let place = register(&clerk, "朱颖", "四平路180弄15号").await;
    register(&clerk, "王伟", "别处1号").await;
    assert!(clerk.page("/").await.contains("<a href=\"/addresses/queue\">2 members"));
    let queue = clerk.page("/addresses/queue").await;
    assert!(queue.contains("2 members"));
    let about = row(&queue, "朱颖");
    assert!(about.contains("Address rule: 四平路180-220弄 → 四平路居委会"), "{about}");
    assert!(row(&queue, "王伟").contains("No rule fits"));
    let one = sent(about, "one")[0];
    let answer = clerk.post("/addresses/queue", &[("one", one)]).await;
    assert_eq!(answer.status(), 303);
    let queue = clerk.page(&location(&answer)).await;
    assert!(queue.contains("Confirmed the committee of “朱颖”") && queue.contains("One member"));
    assert!(clerk.page(&place).await.contains("四平路居委会</a> <span class=\"muted\">四平路街道"));
    let history = clerk.page(&format!("{place}/history")).await;
    assert!(history.contains("Committee confirmed") && history.contains("Committee to be settled"));
    assert!(clerk.page("/members?q=四平路居委会").await.contains("朱颖"));
    assert!(clerk.page("/audit?action=member-changed").await.contains("Changed a member"));
}

#[tokio::test]
async fn what_one_rule_decides_is_ticked_beforehand_and_confirmed_together() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    rule(&clerk, "四平路", "180-220弄", "四平路居委会", "").await;
    rule(&clerk, "和平路", "1-99号单", "公平路居委会", "").await;
    // A newer rule wins over this one, but a person looks first.
    rule(&clerk, "新华路", "1-99号", "公平路居委会", "2020-01-01").await;
    let newer = [
        ("road", "新华路"),
        ("numbers", "1-9号"),
        ("committee", "曲阳路居委会"),
        ("valid_from", "2021-01-01"),
        ("confirmed", "yes"),
    ];
    clerk.post("/addresses/new", &newer).await;
    // These contradict each other.
    rule(&clerk, "人民路", "1-99号", "公平路居委会", "").await;
    let other = [
        ("road", "人民路"),
        ("numbers", "1-9号"),
        ("committee", "曲阳路居委会"),
        ("confirmed", "yes"),
    ];
    clerk.post("/addresses/new", &other).await;
    for (name, address) in [
        ("朱颖", "四平路180弄15号"),
        ("王伟", "和平路15号"),
        ("李强", "新华路5号"),
        ("张敏", "人民路5号"),
        ("陈杰", "别处1号"),
    ] {
        register(&clerk, name, address).await;
    }
    let queue = clerk.page("/addresses/queue").await;
    let state = |name| {
        let row = row(&queue, name);
        (sent(row, "tick").len(), row.contains(" checked"), sent(row, "one").len())
    };
    // Each row has a button more: no committee is set up there.
    assert_eq!(state("朱颖"), (1, true, 2));
    assert_eq!(state("王伟"), (1, true, 2));
    assert_eq!(state("李强"), (1, false, 2));
    assert_eq!(state("张敏"), (0, false, 3));
    assert_eq!(state("陈杰"), (0, false, 1));
    let ticked: Vec<(&str, &str)> = ["朱颖", "王伟", "李强"]
        .into_iter()
        .map(|name| ("tick", sent(row(&queue, name), "tick")[0]))
        .collect();
    let token = hidden(&queue, "form");
    let form = [ticked.as_slice(), &[("form", token.as_str())]].concat();
    for _ in 0..2 {
        let answer = clerk.post("/addresses/queue", &form).await;
        assert_eq!(location(&answer), "/addresses/queue");
    }
    let left = clerk.page("/addresses/queue").await;
    assert!(left.contains("2 members"), "{left}");
    for (name, committee) in
        [("zhuying", "四平路居委会"), ("wangwei", "公平路居委会"), ("liqiang", "曲阳路居委会")]
    {
        assert!(clerk.page(&format!("/members?q={name}")).await.contains(committee), "{name}");
    }
    let log = clerk.page("/audit?action=member-changed").await;
    assert_eq!(log.matches("<td data-label=\"What\">Changed a member").count(), 3);
}

#[tokio::test]
async fn a_record_that_was_changed_meanwhile_is_skipped_and_named() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    rule(&clerk, "四平路", "1-99号", "四平路居委会", "").await;
    let place = register(&clerk, "朱颖", "四平路1号").await;
    register(&clerk, "王伟", "四平路2号").await;
    let gone = register(&clerk, "李强", "四平路3号").await;
    let queue = clerk.page("/addresses/queue").await;
    let ticks: Vec<(&str, &str)> =
        sent(&queue, "tick").into_iter().map(|tick| ("tick", tick)).collect();
    assert_eq!(ticks.len(), 3);
    let edit = [("name", "朱颖"), ("address", "和平路2号"), ("version", "1")];
    assert_eq!(clerk.post(&format!("{place}/edit"), &edit).await.status(), 303);
    clerk.post(&format!("{gone}/remove"), &[]).await;
    let answer = clerk.post("/addresses/queue", &ticks).await;
    let said = clerk.page(&location(&answer)).await;
    assert!(said.contains("stay as they are: 李强, 朱颖"), "{said}");
    assert!(said.contains("One member") && row(&said, "朱颖").contains("和平路2号"));
    assert!(clerk.page("/members?q=wangwei").await.contains("四平路居委会"));
    let answer = clerk.post("/addresses/queue", &[("one", ticks[0].1)]).await;
    let said = clerk.page(&location(&answer)).await;
    assert!(said.contains("not confirmed"), "{said}");
    let answer = clerk.post("/addresses/queue", &[]).await;
    assert!(clerk.page(&location(&answer)).await.contains("Nobody was ticked"));
}

#[tokio::test]
async fn a_member_where_no_committee_is_set_up_leaves_the_queue_unattached() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let place = register(&clerk, "朱颖", "新城路1号").await;
    let queue = clerk.page("/addresses/queue").await;
    let one = *sent(row(&queue, "朱颖"), "one").last().unwrap();
    clerk.post("/addresses/queue", &[("one", one)]).await;
    assert!(clerk.page("/addresses/queue").await.contains("Nobody is waiting"));
    assert!(clerk.page(&place).await.contains("No committee there yet"));
    assert!(clerk.page("/members?unattached=yes").await.contains("朱颖"));
}

#[tokio::test]
async fn going_on_after_one_the_other_ticks_stay_as_they_were() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    rule(&clerk, "四平路", "1-99号", "四平路居委会", "").await;
    for (name, address) in [("阿明", "四平路1号"), ("白云", "四平路2号"), ("陈杰", "四平路3号")]
    {
        register(&clerk, name, address).await;
    }
    let queue = clerk.page("/addresses/queue").await;
    let all = |name: &'static str| sent(&queue, name).into_iter().map(move |value| (name, value));
    let one = sent(row(&queue, "阿明"), "one")[0];
    // The tick of the second was taken away before the first was confirmed.
    let kept = sent(row(&queue, "陈杰"), "tick")[0];
    let mut form: Vec<(&str, &str)> = all("shown").chain(all("offered")).collect();
    form.extend([("tick", kept), ("one", one)]);
    let answer = clerk.post("/addresses/queue", &form).await;
    let place = location(&answer);
    assert!(place.ends_with(&format!("#member-{}", sent(row(&queue, "白云"), "shown")[0])));
    let on = clerk.page(&place).await;
    assert!(!row(&on, "白云").contains(" checked"));
    assert!(row(&on, "陈杰").contains(" checked"));
}

#[tokio::test]
async fn the_queue_is_paged_and_shows_only_members_of_ones_own_branches() {
    let office = Office::open().await;
    let (first, second) = (office.branch("第一党支部").await, office.branch("第二党支部").await);
    let anyone = office.signed_in(Role::Administrator).await;
    let branch = first.to_string();
    for number in 1..=60 {
        let (name, address) = (format!("张伟{number}"), format!("四平路{number}号"));
        let form = [("name", name.as_str()), ("address", &address), ("branch", &branch)];
        anyone.register(&form).await;
    }
    let own = office.signed_in_for(Role::Staff, Scope::Branches(vec![first])).await;
    let page = own.page("/addresses/queue").await;
    assert!(page.contains("60 members"));
    assert_eq!(page.matches("<tr id=\"member-").count(), 50);
    let next = page.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let rest = own.page(next).await;
    assert_eq!(rest.matches("<tr id=\"member-").count(), 10);
    let other = office.signed_in_for(Role::Staff, Scope::Branches(vec![second])).await;
    assert!(other.page("/addresses/queue").await.contains("Nobody is waiting"));
    // What the other sends by hand changes nothing.
    let one = sent(&page, "one")[0];
    other.post("/addresses/queue", &[("one", one)]).await;
    assert!(own.page("/addresses/queue").await.contains("60 members"));
    // Behind the last page is the first.
    assert_eq!(
        location(&own.get("/addresses/queue?after=9223372036854775807").await),
        "/addresses/queue"
    );
}

#[tokio::test]
async fn imported_members_without_a_committee_wait_in_the_queue() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    rule(&clerk, "四平路", "1-99号", "四平路居委会", "").await;
    let text = "姓名,住址,居委会\n朱颖,四平路1号,\n王伟,四平路2号,四平路居委会\n";
    let answer = clerk.bring("/members/import", "members.csv", text.into()).await;
    clerk.post(&location(&answer), &[]).await;
    let queue = clerk.page("/addresses/queue").await;
    assert!(queue.contains("One member") && row(&queue, "朱颖").contains(" checked"));
}

#[tokio::test]
async fn a_suggestion_whose_committee_was_merged_meanwhile_means_the_one_that_it_is_now() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    rule(&clerk, "四平路", "1-99号", "四平路居委会", "").await;
    register(&clerk, "朱颖", "四平路1号").await;
    let queue = clerk.page("/addresses/queue").await;
    let one = sent(row(&queue, "朱颖"), "one")[0];
    clerk.post("/committees/3/merge", &[("into", "曲阳路居委会"), ("confirmed", "yes")]).await;
    clerk.post("/addresses/queue", &[("one", one)]).await;
    assert!(clerk.page("/members?q=zhuying").await.contains("曲阳路居委会"));
}
