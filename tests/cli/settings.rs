//! Settings, and whether the server is well.

use crate::terminal::{Said, Terminal};

fn line(said: &str, name: &str) -> String {
    said.lines().find(|line| line.starts_with(name)).unwrap().to_owned()
}

#[test]
fn flags_go_over_the_environment_over_the_file_and_secrets_stay_hidden() {
    let terminal = Terminal::open();
    terminal.write(
        "linli.toml",
        b"upload_limit_mib = 5\nlog = \"warn\"\nmetrics_token = \"the secret\"\nlisten = \"127.0.0.1:1\"\n",
    );
    let said = terminal.run_with(
        &[("LINLI_LISTEN", "127.0.0.1:2"), ("LINLI_DATABASE_URL", "sqlite:env.db")],
        &["config", "--database", "sqlite:flag.db"],
    );
    let out = said.out;
    assert!(line(&out, "database_url").contains("sqlite:flag.db"));
    assert!(line(&out, "database_url").ends_with("flag"));
    assert!(line(&out, "listen").contains("127.0.0.1:2"));
    assert!(line(&out, "listen").ends_with("LINLI_LISTEN"));
    assert!(line(&out, "upload_limit_mib").contains('5'));
    assert!(line(&out, "upload_limit_mib").ends_with("linli.toml"));
    assert!(line(&out, "behind_tls").ends_with("built in"));
    assert!(line(&out, "metrics_token").contains("***") && !out.contains("the secret"));
}

#[test]
fn a_setting_that_is_not_understood_is_named_with_its_place() {
    let terminal = Terminal::open();
    let refused = |said: Said, word: &str| {
        assert_eq!(said.status, 1);
        assert_eq!(said.err.lines().count(), 1, "{}", said.err);
        assert!(said.err.contains(word), "{}", said.err);
    };
    refused(terminal.run(&["config", "--config", "none.toml"]), "no settings file none.toml");
    let with = |name, value| terminal.run_with(&[(name, value)], &["config"]);
    refused(with("LINLI_LISTEN", "everywhere"), "setting `listen`");
    refused(with("LINLI_PUBLIC_URL", "linli.example.org"), "setting `public_url`");
    refused(with("LINLI_SESSION_IDLE_MINUTES", "long"), "setting `session_idle_minutes`");
    terminal.write("linli.toml", b"lisen = \"127.0.0.1:1\"\n");
    refused(terminal.run(&["config"]), "`lisen`");
    terminal.write("linli.toml", b"listen = \n");
    refused(terminal.run(&["config"]), "linli.toml");
}

#[test]
fn health_asks_the_server_that_runs_here() {
    let terminal = Terminal::open().with_database();
    let server = terminal.serve(1);
    let listen = server.url().replace("http://", "");
    let ask = || terminal.run_with(&[("LINLI_LISTEN", &listen)], &["health"]);
    let well = ask();
    assert_eq!((well.status, well.out.as_str()), (0, "ready\n"));
    server.kill();
    let gone = ask();
    assert_eq!(gone.status, 1);
    assert!(gone.err.starts_with(&format!("linli: the server at {listen} cannot serve: ")));
}

#[test]
fn a_port_that_is_taken_is_said_with_what_to_do() {
    let terminal = Terminal::open().with_database();
    let server = terminal.serve(1);
    let listen = server.url().replace("http://", "");
    let said = terminal.run(&["serve", "--listen", &listen]);
    assert_eq!(said.status, 1);
    assert!(said.err.contains("running already? Choose another with --listen"), "{}", said.err);
}
