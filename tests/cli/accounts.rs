//! Accounts.

use crate::terminal::Terminal;

#[test]
fn accounts_are_a_table_with_their_role_branches_and_state() {
    let terminal = Terminal::open().with_database();
    terminal.write("members.csv", "姓名,住址,所属支部\n王伟,四平路1号,第一党支部\n".as_bytes());
    terminal.done(&["members", "import", "members.csv"]);
    terminal.done(&["user", "add", "WangFang", "--name", "王芳", "--role", "administrator"]);
    terminal.done(&["user", "add", "liqiang", "--name", "李强", "--branch", "第一党支部"]);
    terminal.done(&["user", "add", "zhaomin", "--name", "赵敏"]);
    let said = terminal.done(&["user", "disable", "zhaomin"]);
    assert_eq!(said, "zhaomin can no longer sign in.\n");
    assert_eq!(
        terminal.done(&["user", "list"]),
        "Sign-in name,Name,Role,Branches,State\r\n\
         liqiang,李强,Staff,第一党支部,No password yet\r\n\
         wangfang,王芳,Administrator,all,No password yet\r\n\
         zhaomin,赵敏,Staff,all,Disabled\r\n"
    );
    let table = terminal.on_a_terminal("user list");
    assert!(table.contains("───") && table.contains("第一党支部"), "{table}");
    terminal.done(&["user", "enable", "zhaomin"]);
    assert!(!terminal.done(&["user", "list"]).contains("Disabled"));
}

#[test]
fn what_cannot_be_done_with_an_account_is_said_and_changes_nothing() {
    let terminal = Terminal::open().with_database();
    terminal.done(&["user", "add", "wangfang", "--name", "王芳", "--role", "administrator"]);
    let before = terminal.done(&["user", "list"]);
    for (line, said) in [
        (&["user", "add", "wangfang", "--name", "王芳"][..], "Someone else has this sign-in name."),
        (&["user", "add", "w", "--name", "王芳"], "2 to 40 characters without spaces."),
        (&["user", "add", "wang", "--name", " "], "Please fill this in."),
        (&["user", "add", "wang", "--name", "王芳", "--branch", "无"], "there is no branch `无`"),
        (&["user", "disable", "wangfang"], "this is the only administrator"),
        (&["user", "reset", "nobody"], "there is no account `nobody`: see `linli user list`"),
    ] {
        let answer = terminal.run(line);
        assert_eq!(answer.status, 1, "{line:?}");
        assert!(answer.err.starts_with(&format!("linli: {said}")), "{}", answer.err);
    }
    assert_eq!(terminal.done(&["user", "list"]), before);
}

#[test]
fn a_link_leads_to_where_people_reach_the_server() {
    let terminal = Terminal::open().with_database();
    let first = terminal.done(&["user", "add", "wangfang", "--name", "王芳"]);
    assert!(first.starts_with("http://127.0.0.1:3000/welcome?token="), "{first}");
    for (variables, beginning) in [
        (&[("LINLI_LISTEN", "0.0.0.0:8080")][..], "http://127.0.0.1:8080/welcome?token="),
        (&[("LINLI_LISTEN", "[::]:8080")], "http://[::1]:8080/welcome?token="),
        (&[("LINLI_BEHIND_TLS", "true")], "https://127.0.0.1:3000/welcome?token="),
        (
            &[("LINLI_PUBLIC_URL", "https://linli.example.org/")],
            "https://linli.example.org/welcome?token=",
        ),
    ] {
        let said = terminal.run_with(variables, &["user", "reset", "wangfang"]);
        assert!(said.out.starts_with(beginning), "{said:?}");
        assert_eq!(said.out.lines().count(), 1);
    }
}

#[tokio::test]
async fn a_reset_link_opens_once_and_older_ones_not_at_all() {
    let terminal = Terminal::open().with_database();
    let path = |said: String| said.trim().split_once(":3000").unwrap().1.to_owned();
    let older = path(terminal.done(&["user", "add", "wangfang", "--name", "王芳"]));
    let link = path(terminal.done(&["user", "reset", "wangfang"]));
    let server = terminal.serve(1);
    let client = reqwest::Client::builder().cookie_store(true).build().unwrap();
    let page = async |path: &str| {
        let answer = client.get(format!("{}{path}", server.url())).send().await.unwrap();
        answer.text().await.unwrap()
    };
    assert!(!page(&older).await.contains("name=\"password\""));
    assert!(page(&link).await.contains("name=\"password\""));
    let token = link.split_once('=').unwrap().1;
    let password = "correct horse battery";
    let form = [("token", token), ("password", password), ("again", password)];
    let answer = client.post(format!("{}/welcome", server.url())).form(&form).send().await.unwrap();
    assert_eq!(answer.url().path(), "/");
    assert!(!page(&link).await.contains("name=\"password\""));
}
