//! Help, and what is said of a line that is not understood.

use std::process::Stdio;

use crate::terminal::Terminal;

const CHINESE: &[(&str, &str)] = &[("LANG", "zh_CN.UTF-8")];

#[test]
fn help_is_a_page_in_the_readers_language() {
    let terminal = Terminal::open();
    insta::assert_snapshot!(terminal.done(&["help"]));
    insta::assert_snapshot!(terminal.run_with(CHINESE, &["help"]).out);
    insta::assert_snapshot!(terminal.run_with(CHINESE, &["help", "members", "export"]).out);
    assert_eq!(terminal.done(&["--help"]), terminal.done(&["help"]));
}

#[test]
fn every_command_shows_an_example_of_itself() {
    let terminal = Terminal::open();
    for command in [
        "serve",
        "migrate",
        "migrate status",
        "user add",
        "user list",
        "user disable",
        "user enable",
        "user reset",
        "committees import",
        "members import",
        "members export",
        "members find",
        "activities import",
        "backup",
        "restore",
        "check",
        "demo",
        "config",
        "health",
        "help",
    ] {
        let line: Vec<&str> = command.split(' ').chain(["--help"]).collect();
        let (_, examples) = terminal.done(&line).split_once("Examples:\n").map(own).unwrap();
        assert!(examples.lines().any(|line| line.starts_with(&format!("  linli {command}"))));
    }
}

fn own((before, after): (&str, &str)) -> (String, String) {
    (before.to_owned(), after.to_owned())
}

#[test]
fn a_line_that_is_not_understood_gets_one_sentence_and_status_2() {
    let terminal = Terminal::open();
    for (line, said) in [
        (&["serv"][..], "there is no command `serv`: did you mean `serve`?"),
        (&["members", "foo"], "there is no command `foo`: `linli members --help` lists them"),
        (&["user", "list", "--all"], "`--all` is not known here: see `linli user list --help`"),
        (&["backup"], "<FILE> is missing: see `linli backup --help`"),
        (
            &["members", "export", "--format", "pdf"],
            "`pdf` is no value for --format <FORMAT>: write one of csv, xlsx",
        ),
        (
            &["members", "find", "x", "--limit", "many"],
            "`many` is no value for --limit <NUMBER>: see `linli members find --help`",
        ),
        (
            &["members", "find", "x", "--limit"],
            "--limit <NUMBER> needs a value: see `linli members find --help`",
        ),
        (
            &["members", "export", "--each", "a", "--committee", "b"],
            "--each <DIR> and --committee <CODE> do not go together: see `linli members export --help`",
        ),
    ] {
        let answer = terminal.run(line);
        assert_eq!(answer.status, 2, "{line:?}");
        assert_eq!(answer.err, format!("linli: {said}\n"));
        assert_eq!(answer.out, "");
    }
    let answer = terminal.run_with(CHINESE, &["serv"]);
    assert_eq!(answer.err, "linli: 没有命令“serv”，是不是“serve”？\n");
    let answer = terminal.run(&["members"]);
    assert_eq!(answer.status, 2);
    assert!(answer.err.contains("Usage: linli members"), "{}", answer.err);
}

#[test]
fn the_language_is_the_terminals() {
    let terminal = Terminal::open();
    for (variables, expected) in [
        (&[("LANG", "zh_CN.UTF-8")][..], "没有数据库"),
        (&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "en_US.UTF-8")], "there is no database"),
        (&[("LANG", "en_US.UTF-8"), ("LC_MESSAGES", "zh_CN")], "没有数据库"),
        (&[("LANG", "C")], "there is no database"),
    ] {
        let said = terminal.run_with(variables, &["user", "list"]);
        assert!(said.err.contains(expected), "{variables:?}: {}", said.err);
        assert_eq!(said.status, 1);
    }
}

#[test]
fn whoever_took_enough_of_the_output_ends_the_command_in_peace() {
    let terminal = Terminal::open();
    terminal.done(&["demo", "--members", "3000"]);
    for line in [&["members", "export"][..], &["config"], &["help"]] {
        let mut child =
            terminal.command(line).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // The reading end closes before anything was read.
        drop(child.stdout.take());
        let ended = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8(ended.stderr).unwrap(), "", "{line:?}");
        assert!(ended.status.success(), "{line:?}");
    }
}
