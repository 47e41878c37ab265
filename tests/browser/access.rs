//! Every page for everyone: nothing for axe-core to find, nothing wider than a phone, nothing
//! refused by the pages' own policy.

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::chromium::{Chromium, Setup, first_administrator};
use crate::office::PASSWORD;
use crate::steps::PHONE;

const AXE: &str = include_str!("axe.min.js");

/// What axe-core finds on the page by these of its rules: rule and place.
async fn findings(browser: &Chromium, rules: &Value) -> Vec<String> {
    let run = "const done = arguments[arguments.length - 1];
        axe.run(document, { preload: false, reporter: 'no-passes', ...arguments[0] }).then((results) => done(
            results.violations.flatMap((v) => v.nodes.map((n) => v.id + ' at ' + n.target))));";
    let found = browser.driver.execute_async(run, vec![rules.clone()]).await.unwrap();
    found.convert::<Vec<String>>().unwrap()
}

async fn measure(browser: &Chromium, script: &str) -> Value {
    browser.driver.execute(script, vec![]).await.unwrap().json().clone()
}

/// Members, a removed one, an import: so that every page has something to show.
async fn fill(browser: &Chromium) -> Vec<String> {
    for (name, skills) in [("朱颖", "编程、英语"), ("王伟", ""), ("阿卜杜热依木·麦麦提", "书法")]
    {
        browser.goto("/members/new").await;
        browser.fill("name", name).await;
        browser.fill("address", "四平路街道四平路180弄15号402室").await;
        browser.fill("committee", "四平路居委会").await;
        browser.fill("skills", skills).await;
        browser.send().await;
        browser.sees("四平路居委会").await;
    }
    let member = browser.path().await;
    for (road, numbers) in [("四平路", "180-220弄"), ("和平路", "1-99号单")] {
        browser.goto("/addresses/new").await;
        browser.fill("road", road).await;
        browser.fill("numbers", numbers).await;
        browser.fill("committee", "四平路居委会").await;
        browser.send().await;
        browser.leaves("/addresses/new").await;
    }
    for (name, address) in [("单小明", "四平路200弄"), ("张敏", "四平路178弄"), ("陈杰", "别处7号")]
    {
        browser.goto("/members/new").await;
        browser.fill("name", name).await;
        browser.fill("address", address).await;
        browser.send().await;
        browser.leaves("/members/new").await;
    }
    let mut paths: Vec<String> = [
        "/",
        "/?district=310110",
        "/?street=310110012",
        "/members",
        "/members?q=zhuying",
        "/members?q=nobody",
        "/members/new",
        "/members/bin",
        "/members/export",
        "/members/import",
        "/members/facets",
        "/members/facets?street=310110012",
        "/committees",
        "/committees?district=310110",
        "/committees?street=310110012",
        "/committees/new",
        "/committees?q=anshan",
        "/committees?q=nowhere",
        "/committees/import",
        "/committees/3",
        "/committees/3?on=2026-01-31",
        "/committees/3/history",
        "/committees/3/edit",
        "/committees/3/merge",
        "/addresses",
        "/addresses?q=nowhere",
        "/addresses/new",
        "/addresses/1",
        "/addresses/bin",
        "/addresses/try",
        "/addresses/try?address=四平路180弄15号",
        "/addresses/import",
        "/addresses/queue",
        "/skills",
        "/skills/1",
        "/branches",
        "/branches/1",
        "/letters",
        "/letters/settings",
        "/accounts",
        "/accounts/new",
        "/accounts/1",
        "/account",
        "/audit",
        "/forms/registration",
        "/commendations",
        "/commendations/new",
        "/commendations/published",
        "/members/1/certificates",
        "/v",
        "/v/22222-22222-22222-22222",
        "/no-such-page",
        "/login",
        "/welcome?token=x",
    ]
    .map(str::to_owned)
    .to_vec();
    paths
        .push(bring(browser, "/addresses/import", "路名,弄,居委会\n四平路,9-1,没有居委会\n").await);
    let header = "代码,名称,街道,区县,电话";
    let wrong = format!("{header}\n1,四平居委会,四平路街道,杨浦区,\n");
    paths.push(bring(browser, "/committees/import", &wrong).await);
    let text = format!(
        "{header}\n310110012003,四平居委会,四平街道,杨浦区,6501\n310110012009,新居委会,四平街道,杨浦区,\n"
    );
    paths.push(bring(browser, "/committees/import", &text).await);
    let text = "姓名,住址,居委会代码\n赵磊,四平路1号,310110012003\n,和平路2号,1\n";
    paths.push(bring(browser, "/members/import", text).await);
    browser.goto("/committees/3/edit").await;
    browser.fill("name", "四平居委会").await;
    browser.fill("party_name", "四平居民区党支部").await;
    browser.send().await;
    browser.leaves("/committees/3/edit").await;
    paths.extend(["", "/edit", "/history", "/print"].map(|end| format!("{member}{end}")));
    paths.extend(fill_merged_and_removed(browser).await);
    paths.extend(fill_letters(browser).await);
    paths.extend(fill_activities(browser).await);
    paths.push(format!("{member}/activities"));
    let reports = ["", "/places", "/places?place=310110012", "/skills", "/service", "/year/2026"];
    paths.extend(reports.map(|end| format!("/reports{end}")));
    paths.extend(["", "/1/2026-1", "/1/2026-1/edit"].map(|end| format!("/goals{end}")));
    let text = "姓名,日期,居委会代码,活动,领域,方式\n王伟,2026-03-05,310110012003,讲座,文化,集体\n";
    paths.push(bring(browser, "/activities/import", text).await);
    paths.extend(
        ["/activities/import", "/activities/cards", "/committees/3/cards"].map(str::to_owned),
    );
    paths.push(format!("{member}/cards"));
    paths.extend(fill_needs(browser).await);
    paths.extend(fill_meetings(browser).await);
    paths.extend(fill_registrations(browser).await);
    paths.extend(fill_surveys(browser, &member).await);
    paths
}

/// A survey of this half-year, with a form that says why not, and its paper.
async fn fill_surveys(browser: &Chromium, member: &str) -> Vec<String> {
    browser.goto("/surveys/new").await;
    browser.send().await;
    browser.arrives("/surveys/1").await;
    let form = format!("/surveys/1{member}");
    browser.goto(&form).await;
    browser.click("[name=reason][value=at-work]").await;
    browser.fill("words", "这半年周末都在机房值班。").await;
    browser.click("[name=act][value=submit]").await;
    browser.driver.query(By::Css("[name=step][value=mark]")).first().await.unwrap();
    browser.goto("/surveys/1/papers").await;
    browser.send().await;
    browser.driver.query(By::Css(".survey-paper")).first().await.unwrap();
    let papers = browser.path().await;
    let mut paths = vec![form, papers];
    paths.extend(
        [
            "/surveys",
            "/surveys/new",
            "/surveys/1",
            "/surveys/1/edit",
            "/surveys/1/forms",
            "/surveys/1/forms?state=late",
            "/surveys/1/papers",
            "/surveys/1/missing",
            "/surveys/1/reminders",
            "/surveys/1/report",
            "/surveys/code",
            "/surveys/1/members/1",
            "/surveys/1/members/1/part",
        ]
        .map(str::to_owned),
    );
    paths
}

/// A registration link, and a form that came by it.
async fn fill_registrations(browser: &Chromium) -> Vec<String> {
    browser.goto("/branches").await;
    browser.fill("name", "第三党支部").await;
    browser.click(".ask button").await;
    browser.sees("第三党支部").await;
    browser.goto("/members/registrations").await;
    browser.click("#links .ask button").await;
    let link = browser.driver.query(By::Css(".invitation .letter-url"));
    let link = link.first().await.unwrap().text().await.unwrap();
    let join = format!("/join/{}", link.split("/join/").nth(1).unwrap());
    browser.goto(&join).await;
    browser.fill("name", "赵敏").await;
    browser.fill("address", "四平路190弄").await;
    browser.send().await;
    let thanks = format!("{join}/thanks");
    browser.arrives(&thanks).await;
    let mut paths = vec![join, thanks];
    paths.extend(
        ["/members/registrations", "/members/new?registration=1", "/join/none"].map(str::to_owned),
    );
    paths
}

/// A letter that was issued, with the committee's page, and a draft.
async fn fill_letters(browser: &Chromium) -> Vec<String> {
    browser.goto("/letters/settings").await;
    for (field, text) in
        [("office", "长途通信党支部"), ("prefix", "沪电党联"), ("phone", "65010001")]
    {
        browser.fill(field, text).await;
    }
    browser.send().await;
    browser.leaves("/letters/settings").await;
    browser.goto("/members/new").await;
    browser.fill("name", "孙丽").await;
    browser.fill("address", "四平路3号").await;
    browser.fill("phone", "13800000009").await;
    browser.fill("committee", "四平居委会").await;
    browser.click("[name=agreed]").await;
    browser.click("[name=agreed_phone]").await;
    browser.send().await;
    browser.leaves("/members/new").await;
    let member = browser.path().await;
    for place in ["/letters/new", "/letters/new?again=yes"] {
        browser.goto(place).await;
        browser.send().await;
        browser.leaves("/letters/new").await;
    }
    browser.goto("/letters/1").await;
    browser.send().await;
    browser.sees("沪电党联〔").await;
    browser.click("button:has([href$='#link'])").await;
    let link = browser.driver.query(By::Css(".link input")).first().await.unwrap();
    let link = link.prop("value").await.unwrap().unwrap();
    let link = format!("/c/{}", link.split("/c/").nth(1).unwrap());
    let mut paths: Vec<String> = [
        "/letters",
        "/letters?state=withdrawn",
        "/letters/new",
        "/letters/new?again=yes&district=310110",
        "/letters/1",
        "/letters/2",
        "/letters/template",
        "/letters/template?language=en",
        "/letters/print?id=1&id=2",
        "/letters/print?id=1&what=reminder",
        "/c/0123456789abcdef0123456789abcdef",
    ]
    .map(str::to_owned)
    .to_vec();
    paths.extend(
        [
            "/needs",
            "/needs/new",
            "/data",
            "/parts",
            "/forms",
            "/offers",
            "/offers/new?kind=wish",
            "/offers/new?kind=post",
            "/offers/new?kind=day",
            "/teams",
            "/teams/new",
        ]
        .map(|part| format!("{link}{part}")),
    );
    paths.extend(fill_packets(browser).await);
    paths.extend(fill_ledger(browser).await);
    paths.push(format!("{link}/checkins"));
    paths.extend(fill_committees_page(browser, &link, &member).await);
    paths.extend([link, member]);
    paths
}

/// A ledger with a letter, a promise and a contact that was struck.
async fn fill_ledger(browser: &Chromium) -> Vec<String> {
    for words in ["问安排", "记错了"] {
        browser.goto("/letters/contacts/new?committee=3").await;
        browser.fill("words", words).await;
        browser.fill("promised", "下周答复").await;
        browser.send().await;
        browser.leaves("/letters/contacts/new").await;
    }
    browser.goto("/letters/contacts/2").await;
    browser
        .driver
        .query(By::Css("main details summary"))
        .first()
        .await
        .unwrap()
        .click()
        .await
        .unwrap();
    browser.fill("why", "记错了").await;
    let strike =
        browser.driver.query(By::Css("main details .button-danger")).first().await.unwrap();
    strike.click().await.unwrap();
    browser.driver.query(By::Css("form[action$='/restore']")).first().await.unwrap();
    [
        "/letters/ledger",
        "/letters/ledger?open=yes",
        "/letters/ledger?committee=3",
        "/letters/contacts/new",
        "/letters/contacts/1",
        "/letters/contacts/2",
        "/letters/provisions",
        "/letters/provisions?committee=3",
    ]
    .map(str::to_owned)
    .to_vec()
}

/// Packets with check-in slips, of which one came back.
async fn fill_packets(browser: &Chromium) -> Vec<String> {
    browser.goto("/letters/packets").await;
    browser.send().await;
    browser.driver.query(By::Css(".paper.cover")).first().await.unwrap();
    let packets = browser.path().await;
    browser.goto("/letters/checkins/1").await;
    browser.fill("by", "刘洋").await;
    browser.send().await;
    let receipt = browser.driver.query(By::Css("a[href^='/letters/receipts/']"));
    let receipt = receipt.first().await.unwrap().attr("href").await.unwrap().unwrap();
    let mut paths = vec![packets, receipt];
    paths.extend(
        [
            "/letters/packets",
            "/letters/packets?again=yes",
            "/letters/provisions",
            "/letters/checkins",
            "/letters/checkins/1",
            "/letters/checkins/batches/1",
        ]
        .map(str::to_owned),
    );
    paths
}

/// A meeting with who was there, what was told, what to do, a line taken out and an experience; and
/// a member who lives where no committee is set up, though a rule says so by now.
async fn fill_meetings(browser: &Chromium) -> Vec<String> {
    browser.goto("/meetings/new").await;
    browser.fill("subject", "经验交流").await;
    browser.fill("chair", "单小明").await;
    browser.fill("agenda", "一、通报").await;
    browser.send().await;
    browser.leaves("/meetings/new").await;
    let place = browser.path().await;
    for typed in ["王伟", "单小明", "陈静"] {
        browser.goto(&place).await;
        browser.fill("who", typed).await;
        browser.click("[data-entry] button").await;
        tokio::time::sleep(std::time::Duration::from_millis(400)).await;
    }
    for (path, who, words) in [
        ("told", "单小明", "先打电话问清毛病"),
        ("told", "王伟", "说错了"),
        ("tasks", "单小明", "联系居委会"),
    ] {
        browser.goto(&place).await;
        let form = format!("form[action$='/{path}']");
        browser.driver.query(By::Css(format!("{form} [name=who]"))).first().await.unwrap();
        let script = format!(
            "const form = document.querySelector(\"{form}\");
             form.elements.who.value = '{who}'; form.elements.words.value = '{words}';
             if (form.elements.due) form.elements.due.value = '2026-01-31';"
        );
        measure(browser, &script).await;
        browser.click(&format!("{form} .actions button")).await;
        browser.sees(words).await;
    }
    let line = browser.driver.query(By::Css(".lines a[href^='/meetings/lines/']"));
    let line = line.first().await.unwrap().attr("href").await.unwrap().unwrap();
    browser.click(".lines li:nth-child(2) form[action$='/remove'] button").await;
    browser.driver.query(By::Css("form[action$='/restore']")).first().await.unwrap();
    browser.goto(&place).await;
    browser.click(".lines a[href^='/experiences/new']").await;
    browser.leaves("/meetings").await;
    let written = browser.path().await;
    browser.fill("title", "修电脑先问毛病").await;
    browser.click("input[name=area]").await;
    browser.send().await;
    browser.leaves("/experiences/new").await;
    let experience = browser.path().await;
    browser.goto("/members/new").await;
    browser.fill("name", "赵敏").await;
    browser.fill("address", "四平路190弄").await;
    browser.click("[name=unattached]").await;
    browser.send().await;
    browser.leaves("/members/new").await;
    let unattached = browser.path().await;
    let mut paths =
        ["", "/edit", "/sheet", "/invitation"].map(|end| format!("{place}{end}")).to_vec();
    paths.push(format!("/meetings/new?copy={}", place.rsplit('/').next().unwrap()));
    paths.extend([line, written, format!("{experience}/edit"), experience, unattached]);
    paths.extend(
        [
            "/meetings",
            "/meetings?kind=study",
            "/meetings?who=陈静",
            "/meetings/new",
            "/meetings/bin",
            "/meetings/tasks",
            "/experiences",
            "/experiences?q=nothing",
            "/experiences/new",
            "/experiences/bin",
            "/members?q=毛病",
            "/addresses/unattached",
            "/addresses/unattached?which=no-host",
        ]
        .map(str::to_owned),
    );
    paths
}

/// What a committee does on its page: a correction, a part that it doubts, and a post with a claim.
async fn fill_committees_page(browser: &Chromium, link: &str, member: &str) -> Vec<String> {
    browser.goto(&format!("{link}/data")).await;
    browser.fill("phone", "65010000").await;
    browser.fill("by", "刘洋").await;
    browser.send().await;
    browser.driver.query(By::Css(".then")).first().await.unwrap();
    browser.goto(&format!("{link}/offers/new?kind=post")).await;
    browser.send().await;
    browser.driver.query(By::Css(".known .card")).first().await.unwrap();
    browser.goto("/needs/offers/1").await;
    browser.fill("who", "孙丽").await;
    browser.send().await;
    browser.driver.query(By::Css("button[value=accept]")).first().await.unwrap();
    browser.goto(&format!("{link}/teams/new")).await;
    browser.fill("name", "助学服务队").await;
    browser.send().await;
    browser.driver.query(By::Css(".known .card")).first().await.unwrap();
    browser.goto("/needs/teams/1").await;
    browser.fill("who", "孙丽").await;
    browser.send().await;
    browser.driver.query(By::Css("#people button[value=lead]")).first().await.unwrap();
    browser.goto("/activities/new").await;
    browser.fill("committee", "四平居委会").await;
    browser.fill("title", "大扫除").await;
    browser.click("input[name=area]").await;
    browser.send().await;
    browser.leaves("/activities/new").await;
    let id = member.rsplit('/').next().unwrap();
    let activity = browser.path().await;
    let enter = format!(
        "const done = arguments[arguments.length - 1];
         fetch('{activity}/people', {{method: 'POST', body: new URLSearchParams('member={id}')}})
           .then(() => done(true))"
    );
    browser.driver.execute_async(enter, vec![]).await.unwrap();
    browser.goto(&format!("{link}/parts")).await;
    browser.click("a[href$='/wrong']").await;
    browser.leaves(&format!("{link}/parts?")).await;
    let wrong = browser.path().await;
    let mut paths = fill_reviews(browser, link).await;
    paths.extend(
        [
            wrong.as_str(),
            "/committees/proposals",
            "/committees/proposals/1",
            "/activities/doubts",
            "/needs/wishes",
            "/needs/posts",
            "/needs/days",
            "/needs/offers/1",
            "/needs/offers/1/edit",
            "/needs/offers/new?kind=day",
            "/needs/teams",
            "/needs/teams/1",
            "/needs/teams/1/edit",
            "/needs/teams/new",
            "/members/invitations",
            "/activities/own",
        ]
        .map(str::to_owned),
    );
    paths
}

/// Sends a form without a page.
async fn post(browser: &Chromium, place: &str, form: &str) {
    let script = format!(
        "const done = arguments[arguments.length - 1];
         fetch('{place}', {{method: 'POST', body: new URLSearchParams('{form}')}})
           .then(() => done(true))"
    );
    browser.driver.execute_async(script, vec![]).await.unwrap();
}

/// An enquiry whose request the committee has, and a review that was held.
async fn fill_reviews(browser: &Chromium, link: &str) -> Vec<String> {
    let today = linli::activities::today();
    let half = linli::activities::HalfYear::of(today).code();
    post(browser, "/reviews/enquiries/new", &format!("half={half}&until={today}")).await;
    let sent = format!("act=send&all=yes&way=hand&day={today}");
    post(browser, "/reviews/enquiries/1", &sent).await;
    post(browser, "/reviews", &format!("half={half}&branch=1")).await;
    post(browser, "/reviews/1/hold", &format!("held_on={today}&version=1")).await;
    let mut paths = [
        "/reviews",
        "/reviews/1",
        "/reviews/1/print",
        "/reviews/enquiries",
        "/reviews/enquiries/new",
        "/reviews/enquiries/1",
        "/reviews/enquiries/1/print",
        "/reviews/requests/1",
        "/reviews/requests/1/answer",
    ]
    .map(str::to_owned)
    .to_vec();
    paths[0] = format!("/reviews?half={half}");
    paths.push(format!("{link}/feedback"));
    paths
}

/// A need that is served and was visited, one whose day has passed, and one that was closed.
async fn fill_needs(browser: &Chromium) -> Vec<String> {
    browser.goto("/members/new").await;
    browser.fill("name", "孙丽").await;
    browser.fill("address", "四平路7号").await;
    browser.fill("committee", "四平居委会").await;
    browser.fill("skills", "编程").await;
    browser.click("#agreed").await;
    browser.send().await;
    browser.leaves("/members/new").await;
    let member = browser.path().await;
    let mut needs = Vec::new();
    for (title, until) in [("周末辅导编程", ""), ("教老人用智能手机", "2020-01-31"), ("修灯", "")]
    {
        browser.goto("/needs/new").await;
        browser.fill("committee", "四平居委会").await;
        browser.fill("title", title).await;
        browser.fill("skills", "编程").await;
        let script = format!("document.getElementById('until').value = '{until}'");
        measure(browser, &script).await;
        browser.send().await;
        browser.leaves("/needs/new").await;
        needs.push(browser.path().await);
    }
    browser.goto(&needs[2]).await;
    browser.fill("because", "已修好").await;
    browser.click(".button-danger").await;
    browser.driver.query(By::Css("form[action$=reopen]")).first().await.unwrap();
    browser.goto(&needs[0]).await;
    browser.click("button[name=member]").await;
    browser.leaves("/needs").await;
    let pairing = browser.path().await;
    browser.fill("done", "讲了循环").await;
    browser.send().await;
    browser.driver.query(By::Css(".timeline li")).first().await.unwrap();
    let mut paths: Vec<String> =
        ["/needs", "/needs/list", "/needs/list?q=nobody", "/needs/new", "/needs/weights"]
            .map(str::to_owned)
            .to_vec();
    paths
        .extend(["/pairings", "/pairings?show=overdue", "/pairings?show=ended"].map(str::to_owned));
    paths.push(format!("{}/edit", needs[1]));
    paths.extend(["", "/edit", "/end"].map(|end| format!("{pairing}{end}")));
    paths.extend(["/needs", "/availability"].map(|end| format!("{member}{end}")));
    paths.extend(needs);
    paths
}

/// A record that another was merged into and that looks like a third, and one in the bin.
async fn fill_merged_and_removed(browser: &Chromium) -> Vec<String> {
    let mut records = Vec::new();
    for (name, address, skills) in [
        ("陈静", "四平路9号", "书法"),
        ("陈静", "和平路街道和平路2弄3号", "编程"),
        ("李强", "四平路9号", ""),
        ("陈静", "四平路9号", ""),
    ] {
        browser.goto("/members/new").await;
        browser.fill("name", name).await;
        browser.fill("address", address).await;
        browser.fill("skills", skills).await;
        browser.send().await;
        if records.len() == 3 {
            browser.click("button[name=confirmed]").await;
        }
        browser.leaves("/members/new").await;
        records.push(browser.path().await);
    }
    let [kept, gone, removed, alike] = records.try_into().unwrap();
    let with = |other: &str| format!("{kept}/merge?with={}", other.rsplit('/').next().unwrap());
    browser.goto(&with(&gone)).await;
    browser.click("input[name=address][value=kept]").await;
    browser.send().await;
    browser.leaves(&format!("{kept}/merge")).await;
    browser.goto(&removed).await;
    browser.click(".actions .button-danger").await;
    browser.driver.query(By::Css(".notice-warning")).first().await.unwrap();
    let compare = with(&alike);
    let mut paths: Vec<String> =
        ["", "/history", "/merge", "/merge?other=四平路", "/merge?other=nobody"]
            .map(|end| format!("{kept}{end}"))
            .to_vec();
    paths.extend([compare, gone.clone(), format!("{gone}/history")]);
    paths.extend(["", "/erase"].map(|end| format!("{removed}{end}")));
    paths
}

/// An activity with participants, one taken out, one asked about; and a removed one.
async fn fill_activities(browser: &Chromium) -> Vec<String> {
    let mut places = Vec::new();
    for title in ["夜间巡逻", "知识讲座"] {
        browser.goto("/activities/new").await;
        browser.fill("committee", "四平居委会").await;
        browser.fill("title", title).await;
        browser.click("input[name=area]").await;
        browser.fill("hours", "1.5").await;
        browser.send().await;
        browser.leaves("/activities/new").await;
        places.push(browser.path().await);
    }
    browser.click(".actions .button-danger").await;
    browser.leaves("/activities/").await;
    let place = &places[0];
    for typed in ["王伟", "单小明", "陈静"] {
        browser.goto(place).await;
        browser.fill("who", typed).await;
        browser.click("[data-entry] button").await;
        tokio::time::sleep(std::time::Duration::from_millis(400)).await;
    }
    browser.goto(place).await;
    browser.click("button[name=out]").await;
    browser.driver.query(By::Css("form[action$='/back']")).first().await.unwrap();
    let mut paths =
        ["", "/edit", "/sheet", "/sheet?blank=yes"].map(|end| format!("{place}{end}")).to_vec();
    paths.push(format!("/activities/new?copy={}", place.rsplit('/').next().unwrap()));
    paths.extend(
        [
            "/activities",
            "/activities?area=culture",
            "/activities?committee=鞍山居委会",
            "/activities/new",
            "/activities/bin",
            "/committees/3/activities",
            "/branches/1/activities",
        ]
        .map(str::to_owned),
    );
    paths.push(places[1].clone());
    paths
}

/// Uploads a file; the page that shows what it would do.
async fn bring(browser: &Chromium, place: &str, text: &str) -> String {
    browser.goto(place).await;
    let file = browser.attach(".csv", text).await;
    browser.send().await;
    for _ in 0..60 {
        if browser.path().await.starts_with(&format!("{place}/files/")) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    drop(file);
    browser.path().await
}

/// A walk through the pages, and what was found wrong with them.
struct Walk<'a> {
    browser: &'a Chromium,
    wrong: Vec<String>,
}

impl<'a> Walk<'a> {
    /// Begins it: axe-core is in every page from here on.
    async fn new(browser: &'a Chromium) -> Self {
        let every_page = json!({ "source": AXE });
        let devtools = browser.driver.cdp();
        devtools.send_raw("Page.addScriptToEvaluateOnNewDocument", every_page).await.unwrap();
        let walk = Self { browser, wrong: Vec::new() };
        walk.prefers("linli-theme", "light").await;
        browser.goto("/").await;
        walk
    }

    async fn prefers(&self, cookie: &str, value: &str) {
        measure(self.browser, &format!("document.cookie = '{cookie}={value}; path=/'")).await;
    }

    /// Looks at the page that is open: on a wide window in the light theme, and at colours and
    /// sizes on a telephone in the dark one.
    async fn look_at(&mut self, path: &str) {
        let shown = measure(self.browser, "return document.documentElement.dataset.theme").await;
        assert_eq!(shown, json!("light"), "{path}");
        let hosts = "return performance.getEntriesByType('resource').map((r) => r.name)
            .filter((name) => new URL(name).host !== location.host)";
        assert_eq!(measure(self.browser, hosts).await, json!([]), "{path}");
        self.note(path, &json!({})).await;
        self.resize(Some(PHONE)).await;
        measure(self.browser, "document.documentElement.dataset.theme = 'dark'").await;
        let looks = json!({ "runOnly": ["color-contrast", "target-size"] });
        self.note(&format!("{path} on a telephone"), &looks).await;
        self.resize(None).await;
    }

    /// Looks at the page's width alone, as another language changes it.
    async fn fits(&mut self, path: &str) {
        self.note_width(&format!("{path} in English")).await;
        self.resize(Some(PHONE)).await;
        self.note_width(&format!("{path} in English on a telephone")).await;
        self.resize(None).await;
    }

    /// Makes the window as wide as this, or as wide as it was.
    async fn resize(&self, width: Option<u32>) {
        let (step, size) = match width {
            Some(width) => (
                "Emulation.setDeviceMetricsOverride",
                json!({ "width": width, "height": 780, "deviceScaleFactor": 1, "mobile": false }),
            ),
            None => ("Emulation.clearDeviceMetricsOverride", json!({})),
        };
        self.browser.driver.cdp().send_raw(step, size).await.unwrap();
    }

    async fn note(&mut self, path: &str, rules: &Value) {
        let found = findings(self.browser, rules).await;
        self.wrong.extend(found.into_iter().map(|found| format!("{path}: {found}")));
        self.note_width(path).await;
    }

    async fn note_width(&mut self, path: &str) {
        let wide = "return document.documentElement.scrollWidth - window.innerWidth";
        if measure(self.browser, wide).await.as_i64().unwrap() > 0 {
            self.wrong.push(format!("{path}: wider than the window"));
        }
    }
}

#[tokio::test]
async fn every_page_is_open_to_everyone_in_both_languages_and_themes_wide_and_on_a_telephone() {
    let (_office, browser) = first_administrator(Setup::default()).await;
    let mut walk = Walk::new(&browser).await;
    walk.look_at("the desk of a new office").await;
    let paths = fill(&browser).await;
    for path in &paths {
        browser.goto(path).await;
        walk.look_at(path).await;
    }
    for (path, field, typed) in [
        ("/committees/3/merge", "into", "公平路居委会"),
        ("/committees/3/merge", "into", "鞍山居委会"),
        ("/members/new", "phone", "abc"),
        ("/accounts/new", "login", "x"),
        ("/letters/settings", "link_days", "0"),
        ("/letters/template", "text", "没有名单"),
        ("/needs/new", "title", ""),
    ] {
        browser.goto(path).await;
        browser.fill(field, typed).await;
        browser.send().await;
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        walk.look_at(&format!("{path} after {typed}")).await;
    }
    walk.prefers("linli-language", "en").await;
    for path in &paths {
        browser.goto(path).await;
        walk.fits(path).await;
    }
    walk.prefers("linli-language", "zh-CN").await;
    look_at_a_members_pages(&mut walk).await;
    assert!(walk.wrong.is_empty(), "{:#?}", walk.wrong);
    browser.quit().await;
}

/// The invitation, and what a member sees who was paired, could claim a post and help nearby.
async fn look_at_a_members_pages(walk: &mut Walk<'_>) {
    let browser = walk.browser;
    browser.goto("/needs/new").await;
    browser.fill("committee", "四平居委会").await;
    browser.fill("title", "教老人用手机").await;
    browser.click("input[name=area]").await;
    browser.send().await;
    browser.leaves("/needs/new").await;
    browser.click(".suggested li button").await;
    browser.leaves("/needs").await;
    browser.click("a[href^='/members/']").await;
    browser.leaves("/pairings").await;
    browser.click("form[action$='/invite'] button").await;
    let link = browser.driver.query(By::Css(".invitation .letter-url"));
    let link = link.first().await.unwrap().text().await.unwrap();
    walk.look_at("an invitation").await;
    browser.driver.query(By::Css("form[action='/logout']")).first().await.unwrap();
    measure(browser, "document.querySelector('form[action=\"/logout\"]').submit()").await;
    browser.arrives("/login").await;
    browser.goto(&format!("/welcome{}", link.split("/welcome").nth(1).unwrap())).await;
    walk.look_at("a member's welcome").await;
    browser.fill("password", PASSWORD).await;
    browser.fill("again", PASSWORD).await;
    browser.send().await;
    browser.arrives("/me").await;
    let pairing = browser.driver.query(By::Css("a[href^='/me/pairings/']"));
    let pairing = pairing.first().await.unwrap().attr("href").await.unwrap().unwrap();
    browser.goto("/me/activities/new").await;
    walk.look_at("/me/activities/new").await;
    browser.fill("title", "夜间巡逻").await;
    browser.click("input[name=area]").await;
    browser.send().await;
    browser.arrives("/me").await;
    for path in ["/me", "/me/edit", "/me/times", "/me/review", &pairing, "/account"] {
        browser.goto(path).await;
        walk.look_at(path).await;
    }
    measure(browser, "document.querySelector('form[action=\"/logout\"]').submit()").await;
    browser.arrives("/login").await;
    browser.fill("login", "wangfang").await;
    browser.fill("password", PASSWORD).await;
    browser.send().await;
    browser.leaves("/login").await;
    browser.goto("/activities/own").await;
    walk.look_at("what a member entered").await;
    browser.goto("/members/invitations").await;
    browser.send().await;
    browser.driver.query(By::Css(".invitation-slips")).first().await.unwrap();
    walk.look_at("invitations on paper").await;
}
