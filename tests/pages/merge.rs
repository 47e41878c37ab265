//! Two records of one person made one, and that taken back.

use linli::members::search::check;
use linli::web::{Role, Scope};
use reqwest::Response;

use crate::office::{Browser, Office, hidden, location};

fn id(place: &str) -> &str {
    place.rsplit('/').next().unwrap()
}

type Form = Vec<(String, String)>;

/// What the page that compares two records sends as it opens.
async fn opened(clerk: &Browser, kept: &str, gone: &str) -> Form {
    let page = clerk.page(&format!("{kept}/merge?with={}", id(gone))).await;
    let mut form: Form = ["form", "with", "version", "other_version"]
        .map(|name| (name.to_owned(), hidden(&page, name)))
        .to_vec();
    for radio in page.split("<input type=\"radio\" name=\"").skip(1) {
        let (name, rest) = radio.split_once("\" value=\"").unwrap();
        let (value, rest) = rest.split_once('"').unwrap();
        if rest.starts_with(" checked") {
            form.push((name.to_owned(), value.to_owned()));
        }
    }
    form
}

async fn send(clerk: &Browser, kept: &str, form: &Form) -> Response {
    let form: Vec<(&str, &str)> =
        form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    clerk.post(&format!("{kept}/merge"), &form).await
}

/// The form with other choices.
fn choosing(mut form: Form, choices: &[(&str, &str)]) -> Form {
    for (name, value) in choices {
        let chosen = form.iter_mut().find(|(sent, _)| sent == name);
        (*value).clone_into(&mut chosen.unwrap_or_else(|| panic!("no choice of {name}")).1);
    }
    form
}

pub async fn merge(clerk: &Browser, kept: &str, gone: &str, choices: &[(&str, &str)]) {
    let form = choosing(opened(clerk, kept, gone).await, choices);
    let answer = send(clerk, kept, &form).await;
    assert_eq!((answer.status().as_u16(), location(&answer).as_str()), (303, kept));
}

/// Presses the button that takes back the latest merge into a record; the page that follows.
pub async fn undo(clerk: &Browser, kept: &str) -> String {
    let page = clerk.page(kept).await;
    let at = page.find("/merges/").unwrap_or_else(|| panic!("no merge to undo at {kept}"));
    let start = page[..at].rfind("action=\"").unwrap() + 8;
    let action = page[start..].split('"').next().unwrap();
    let token = hidden(&page[at..], "form");
    let answer = clerk.post(action, &[("form", &token)]).await;
    assert_eq!(answer.status(), 303);
    clerk.page(&location(&answer)).await
}

/// Whether the search index holds what the rows say.
async fn is_sound(office: &Office) -> bool {
    let mut snapshot = office.app.db.snapshot().await.unwrap();
    sqlx::query("PRAGMA query_only = OFF").execute(&mut *snapshot).await.unwrap();
    check::differences(&mut snapshot).await.unwrap().is_empty()
}

/// Two records of one person: the older with a number and a committee, the newer with a phone.
async fn twice_registered(clerk: &Browser) -> (String, String) {
    let older = clerk
        .register(&[
            ("name", "朱颖"),
            ("number", "T1"),
            ("address", "四平路180弄15号"),
            ("committee", "四平路居委会"),
            ("skills", "编程、英语"),
        ])
        .await;
    let newer = clerk
        .register(&[
            ("name", "朱颖"),
            ("address", "四平路180弄15号"),
            ("phone", "13900000002"),
            ("skills", "英语、书法"),
            ("agreed", "yes"),
            ("confirmed", "yes"),
        ])
        .await;
    (older, newer)
}

#[tokio::test]
async fn two_records_become_one_with_what_is_filled_in_and_both_skills() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let (kept, gone) = twice_registered(&clerk).await;
    merge(&clerk, &kept, &gone, &[]).await;
    let page = clerk.page(&kept).await;
    assert!(page.contains("Merged into 朱颖"), "{page}");
    for word in ["T1", "13900000002", "四平路居委会", "编程", "英语", "书法", "may know"]
    {
        assert!(page.contains(word), "{word} was lost");
    }
    assert!(clerk.page("/members").await.contains("1 member"));
    assert!(clerk.page("/members?q=13900000002").await.contains("朱颖"));
    let history = clerk.page(&format!("{kept}/history")).await;
    assert!(history.contains("Merged") && history.contains("13900000002"));
    assert!(is_sound(&office).await);
}

#[tokio::test]
async fn the_clerk_chooses_for_each_field_that_differs() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let (kept, gone) = twice_registered(&clerk).await;
    let form = opened(&clerk, &kept, &gone).await;
    let chosen = |name: &str| form.iter().find(|(sent, _)| sent == name).map(|(_, v)| v.as_str());
    assert_eq!(chosen("number"), Some("kept"));
    assert_eq!(chosen("phone"), Some("gone"));
    assert_eq!(chosen("skills"), Some("both"));
    assert_eq!(chosen("name"), None, "there is nothing to choose");
    merge(&clerk, &kept, &gone, &[("phone", "kept"), ("number", "gone"), ("skills", "gone")]).await;
    let page = clerk.page(&kept).await;
    let record = page.split("class=\"facts\"").nth(1).unwrap().split("</dl>").next().unwrap();
    for word in ["T1", "13900000002", "编程"] {
        assert!(!record.contains(word), "{word} was not chosen");
    }
    assert!(record.contains("书法"));
}

#[tokio::test]
async fn the_address_of_the_record_that_is_gone_leads_to_the_one_that_was_kept() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let (kept, gone) = twice_registered(&clerk).await;
    merge(&clerk, &kept, &gone, &[]).await;
    clerk.page(&kept).await;
    let answer = clerk.get(&gone).await;
    assert_eq!((answer.status().as_u16(), location(&answer)), (303, kept.clone()));
    assert!(clerk.page(&kept).await.contains("is of the same person and was merged into this one"));
    assert_eq!(location(&clerk.get(&format!("{gone}/print")).await), format!("{kept}/print"));
    assert_eq!(location(&clerk.get(&format!("{gone}/edit")).await), gone);
    for act in ["remove", "restore", "withdraw"] {
        let answer = clerk.post(&format!("{gone}/{act}"), &[]).await;
        assert_eq!(answer.status(), 409, "{act}");
    }
    let edited = [("name", "朱颖"), ("address", "和平路2号"), ("version", "1")];
    let answer = clerk.post(&format!("{gone}/edit"), &edited).await;
    assert_eq!(answer.status(), 409);
    let page = answer.text().await.unwrap();
    assert!(page.contains("和平路2号") && page.contains("removed or merged"));
}

#[tokio::test]
async fn a_merge_that_is_taken_back_leaves_both_records_as_they_were() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let (kept, gone) = twice_registered(&clerk).await;
    let facts = async |place: &str| {
        let page = clerk.page(&format!("{place}/edit")).await;
        ["name", "number", "phone", "address", "committee", "skills"]
            .map(|name| page.split(&format!("name=\"{name}\"")).nth(1).unwrap()[..90].to_owned())
    };
    let before = (facts(&kept).await, facts(&gone).await);
    merge(&clerk, &kept, &gone, &[]).await;
    let page = undo(&clerk, &kept).await;
    assert!(page.contains("Both records are as they were"), "{page}");
    assert_eq!((facts(&kept).await, facts(&gone).await), before);
    assert!(clerk.page("/members?q=zhuying").await.contains("2 members"));
    assert!(!clerk.page(&kept).await.contains("Undo the merge"));
    let history = clerk.page(&format!("{kept}/history")).await;
    assert!(history.contains("Merge taken back") && history.contains("taken back</span>"));
    assert!(is_sound(&office).await);
}

#[tokio::test]
async fn a_record_that_was_edited_since_stays_when_its_merge_is_taken_back() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let (kept, gone) = twice_registered(&clerk).await;
    merge(&clerk, &kept, &gone, &[]).await;
    let edit = format!("{kept}/edit");
    let version = hidden(&clerk.page(&edit).await, "version");
    let form =
        [("name", "朱颖"), ("number", "T1"), ("address", "学院路9号"), ("version", &version)];
    assert_eq!(clerk.post(&edit, &form).await.status(), 303);
    let page = undo(&clerk, &kept).await;
    assert!(page.contains("was changed after the merge and stays"), "{page}");
    assert!(page.contains("学院路9号"));
    assert!(clerk.page(&gone).await.contains("13900000002"));
    assert!(is_sound(&office).await);
}

#[tokio::test]
async fn a_number_that_another_member_has_meanwhile_is_told_and_nothing_changes() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let kept =
        clerk.register(&[("name", "朱颖"), ("number", "T1"), ("address", "四平路1号")]).await;
    let gone =
        clerk.register(&[("name", "朱颖"), ("number", "T2"), ("address", "和平路2号")]).await;
    merge(&clerk, &kept, &gone, &[("number", "gone")]).await;
    let third =
        clerk.register(&[("name", "王伟"), ("number", "T1"), ("address", "新华路3号")]).await;
    let page = undo(&clerk, &kept).await;
    assert!(page.contains("Another record has the number T1"), "{page}");
    assert!(page.contains("T2") && page.contains("Undo the merge"), "half of it was undone");
    assert_eq!(location(&clerk.get(&gone).await), kept);
    let edit = format!("{third}/edit");
    let version = hidden(&clerk.page(&edit).await, "version");
    let form = [("name", "王伟"), ("address", "新华路3号"), ("version", version.as_str())];
    assert_eq!(clerk.post(&edit, &form).await.status(), 303);
    assert!(undo(&clerk, &kept).await.contains("Both records are as they were"));
    assert!(clerk.page(&kept).await.contains("T1") && clerk.page(&gone).await.contains("T2"));
}

#[tokio::test]
async fn a_record_that_keeps_the_others_number_is_told_before_the_merge_is_taken_back() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let kept = clerk.register(&[("name", "朱颖"), ("address", "四平路1号")]).await;
    let gone =
        clerk.register(&[("name", "朱颖"), ("number", "T2"), ("address", "和平路2号")]).await;
    merge(&clerk, &kept, &gone, &[]).await;
    let edit = format!("{kept}/edit");
    let version = hidden(&clerk.page(&edit).await, "version");
    let form =
        [("name", "朱颖"), ("number", "T2"), ("address", "学院路9号"), ("version", &version)];
    assert_eq!(clerk.post(&edit, &form).await.status(), 303);
    assert!(undo(&clerk, &kept).await.contains("Another record has the number T2"));
    // In the bin it has no claim to the number.
    clerk.post(&format!("{kept}/remove"), &[]).await;
    assert!(undo(&clerk, &kept).await.contains("stays as it is"));
    assert!(clerk.page(&gone).await.contains("T2"));
}

#[tokio::test]
async fn of_two_clerks_who_merge_at_the_same_time_the_second_is_told() {
    let office = Office::open().await;
    let (one, other) = (office.signed_in(Role::Staff).await, office.signed_in(Role::Staff).await);
    let (kept, gone) = twice_registered(&one).await;
    let form = opened(&other, &gone, &kept).await;
    merge(&one, &kept, &gone, &[]).await;
    let answer = send(&other, &gone, &form).await;
    assert_eq!(answer.status(), 409);
    assert!(answer.text().await.unwrap().contains("Nothing was merged"));
    assert!(one.page(&kept).await.contains("Undo the merge"));
}

#[tokio::test]
async fn who_compared_an_older_version_sees_the_newest_and_keeps_the_choices() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let (kept, gone) = twice_registered(&clerk).await;
    let form = choosing(opened(&clerk, &kept, &gone).await, &[("phone", "kept")]);
    let edit = format!("{gone}/edit");
    let version = hidden(&clerk.page(&edit).await, "version");
    let edited = [("name", "朱颖"), ("address", "学院路9号"), ("version", version.as_str())];
    assert_eq!(clerk.post(&edit, &edited).await.status(), 303);
    let answer = send(&clerk, &kept, &form).await;
    assert_eq!(answer.status(), 409);
    let page = answer.text().await.unwrap();
    assert!(page.contains("学院路9号") && page.contains("compare again"));
    assert!(clerk.page("/members").await.contains("2 members"), "it was merged all the same");
}

#[tokio::test]
async fn a_merge_needs_the_right_to_change_both() {
    let office = Office::open().await;
    let anyone = office.signed_in(Role::Administrator).await;
    let (first, second) = (office.branch("第一党支部").await, office.branch("第二党支部").await);
    let of = async |branch: i64, address: &str| {
        let branch = branch.to_string();
        let form = [("name", "朱颖"), ("address", address), ("branch", branch.as_str())];
        anyone.register(&form).await
    };
    let (kept, gone) = (of(first, "四平路1号").await, of(second, "和平路2号").await);
    let clerk = office.signed_in_for(Role::Staff, Scope::Branches(vec![first])).await;
    let with = format!("{kept}/merge?with={}", id(&gone));
    assert_eq!(clerk.get(&with).await.status(), 404);
    let form = opened(&anyone, &kept, &gone).await;
    assert_eq!(send(&clerk, &kept, &form).await.status(), 404);
    assert!(!clerk.page("/members/suggest?q=朱颖&besides=0").await.contains("和平路2号"));
    merge(&anyone, &kept, &gone, &[("branch", "kept")]).await;
    let answer = clerk.post(&format!("{kept}/merges/1/undo"), &[]).await;
    assert_eq!(answer.status(), 404);
    assert!(!clerk.page("/members/bin").await.contains("和平路2号"));
}

#[tokio::test]
async fn a_record_that_others_were_merged_into_can_be_merged_and_all_of_it_taken_back() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let (first, second) = twice_registered(&clerk).await;
    let third = clerk.register(&[("name", "朱影"), ("address", "新华路3号")]).await;
    merge(&clerk, &first, &second, &[]).await;
    merge(&clerk, &third, &first, &[]).await;
    for gone in [&first, &second] {
        assert_eq!(location(&clerk.get(gone).await), third);
    }
    let early = clerk.post(&format!("{first}/merges/1/undo"), &[]).await;
    assert_eq!(location(&early), third);
    assert!(clerk.page(&third).await.contains("Undo that later merge first"));
    assert!(undo(&clerk, &third).await.contains("Both records are as they were"));
    assert_eq!(location(&clerk.get(&second).await), first);
    assert!(undo(&clerk, &first).await.contains("Both records are as they were"));
    assert!(clerk.page("/members").await.contains("3 members"));
    assert!(clerk.page(&third).await.contains("朱影"));
    assert!(is_sound(&office).await);
}

#[tokio::test]
async fn what_a_skill_was_merged_into_since_comes_back_with_the_record() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Administrator).await;
    let (kept, gone) = twice_registered(&clerk).await;
    merge(&clerk, &kept, &gone, &[("skills", "gone")]).await;
    let skills = clerk.page("/skills").await;
    let skill = |name: &str| {
        let at = skills.find(&format!(">{name}<")).unwrap();
        let start = skills[..at].rfind("skill=").unwrap() + 6;
        skills[start..].split('"').next().unwrap().to_owned()
    };
    let into = skill("书法");
    clerk
        .post(&format!("/skills/{}/merge", skill("编程")), &[("into", &into), ("confirmed", "yes")])
        .await;
    undo(&clerk, &kept).await;
    let page = clerk.page(&kept).await;
    assert!(page.contains("书法") && !page.contains("编程"), "{page}");
    assert!(is_sound(&office).await);
}

#[tokio::test]
async fn the_other_record_is_found_by_name_pinyin_or_number() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let (kept, gone) = twice_registered(&clerk).await;
    let namesake = clerk.register(&[("name", "朱颖"), ("address", "新华路3号")]).await;
    let other =
        clerk.register(&[("name", "王伟"), ("number", "T9"), ("address", "朱颖路5号")]).await;
    let page = clerk.page(&format!("{kept}/merge")).await;
    assert!(page.contains(&format!("{kept}/merge?with={}", id(&gone))), "alike ones come first");
    assert!(!page.contains(&format!("with={}", id(&namesake))), "a name alone is not alike");
    let ask = async |query: &str| clerk.get(&format!("{kept}/merge?{query}")).await;
    for typed in ["other=T9", "other=wangwei", "other=王伟"] {
        assert_eq!(location(&ask(typed).await), format!("{kept}/merge?with={}", id(&other)));
    }
    let answer = ask("other=朱颖").await;
    assert_eq!(answer.status(), 422);
    let page = answer.text().await.unwrap();
    assert!(page.contains("Several records fit") && page.contains("新华路3号"));
    assert!(!page.contains("朱颖路5号"), "whose name it is goes before whose address it is");
    let picked = ask(&format!("other=朱颖&other_pick={}", id(&namesake))).await;
    assert_eq!(location(&picked), format!("{kept}/merge?with={}", id(&namesake)));
    let taken = ask(&format!("other=朱颖&other_id={}", id(&namesake))).await;
    assert_eq!(location(&taken), format!("{kept}/merge?with={}", id(&namesake)));
    for nobody in ["other=没有这个人".to_owned(), format!("with={}", id(&kept)), "other=T1".into()]
    {
        assert_eq!(ask(&nobody).await.status(), 422, "{nobody}");
    }
    let offered = clerk.page(&format!("/members/suggest?q=zy&besides={}", id(&kept))).await;
    assert_eq!(offered.matches("role=\"option\"").count(), 2, "{offered}");
}

#[tokio::test]
async fn a_record_shows_those_that_look_like_it_and_the_form_leads_to_them() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let (kept, gone) = twice_registered(&clerk).await;
    let link = format!("{kept}/merge?with={}", id(&gone));
    assert!(clerk.page(&kept).await.contains(&link));
    let third = clerk.register(&[("name", "朱颖"), ("address", "别处3号")]).await;
    let version = hidden(&clerk.page(&format!("{third}/edit")).await, "version");
    let form = [("name", "朱颖"), ("address", "四平路180弄15号"), ("version", version.as_str())];
    let answer = clerk.post(&format!("{third}/edit"), &form).await;
    let link = format!("{third}/merge?with={}", id(&gone));
    assert!(answer.text().await.unwrap().contains(&link));
    let again = [("name", "朱颖"), ("address", "四平路180弄15号")];
    let answer = clerk.post("/members/new", &again).await;
    assert!(answer.text().await.unwrap().contains(&format!("{kept}/edit")));
}

#[tokio::test]
async fn what_was_chosen_comes_back_after_the_session_had_ended() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let (kept, gone) = twice_registered(&clerk).await;
    let form = choosing(opened(&clerk, &kept, &gone).await, &[("phone", "kept")]);
    let visitor = office.visitor();
    let sign_in = location(&send(&visitor, &kept, &form).await);
    let query: Vec<(String, String)> =
        serde_html_form::from_str(sign_in.split_once('?').unwrap().1).unwrap();
    let login = {
        let mut connection = office.app.db.read().await.unwrap();
        linli::accounts::store::accounts(&mut connection).await.unwrap()[0].login.clone()
    };
    let mut typed = vec![("login", login.as_str()), ("password", crate::office::PASSWORD)];
    typed.extend(query.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let place = location(&visitor.post("/login", &typed).await);
    let page = visitor.page(&place).await;
    assert!(page.contains("name=\"phone\" value=\"kept\" checked"), "{page}");
    assert!(!page.contains("compare again"));
    assert_eq!(location(&send(&visitor, &kept, &form).await), kept);
}

#[tokio::test]
async fn a_merge_that_is_sent_twice_is_one_merge() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let (kept, gone) = twice_registered(&clerk).await;
    let form = opened(&clerk, &kept, &gone).await;
    for _ in 0..2 {
        let answer = send(&clerk, &kept, &form).await;
        assert_eq!((answer.status().as_u16(), location(&answer)), (303, kept.clone()));
    }
    let log =
        office.signed_in(Role::Administrator).await.page("/audit?action=members-merged").await;
    assert_eq!(log.matches("<td data-label=\"What\">Merged two members").count(), 1, "{log}");
}

#[tokio::test]
async fn standing_to_be_known_is_withdrawn_with_one_click() {
    let office = Office::open().await;
    let clerk = office.signed_in(Role::Staff).await;
    let form = [
        ("name", "朱颖"),
        ("address", "四平路1号"),
        ("committee", "四平路居委会"),
        ("phone", "13900000002"),
        ("agreed", "yes"),
        ("agreed_phone", "yes"),
    ];
    let place = clerk.register(&form).await;
    assert!(clerk.page("/committees/3/members.csv").await.contains("13900000002"));
    let answer = clerk.post(&format!("{place}/withdraw"), &[]).await;
    assert_eq!(location(&answer), place);
    let page = clerk.page(&place).await;
    assert!(page.contains("no list for a committee has 朱颖") && page.contains("Not agreed"));
    assert!(!clerk.page("/committees/3/members.csv").await.contains("朱颖"));
    assert!(clerk.page(&format!("{place}/history")).await.contains("Standing withdrawn"));
}
