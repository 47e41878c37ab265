//! Migrating, backing up, restoring and checking.

use linli::db::{Address, Db};
use sqlx::Connection as _;
use sqlx::sqlite::SqliteConnection;

use crate::terminal::Terminal;

async fn execute(terminal: &Terminal, sql: &'static str) {
    let path = terminal.path("data/linli.db");
    let mut connection =
        SqliteConnection::connect(&format!("sqlite:{}", path.display())).await.unwrap();
    sqlx::query(sql).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

#[test]
fn a_new_database_is_served_at_once_with_a_link_for_the_first_administrator() {
    let terminal = Terminal::open();
    let server = terminal.serve(3);
    assert!(terminal.path("data/linli.db").exists());
    assert!(server.lines[2].contains("/welcome?token="), "{:?}", server.lines);
}

#[test]
fn migrate_lists_what_ran_and_has_nothing_more_to_do() {
    let terminal = Terminal::open();
    let ran = terminal.done(&["migrate"]);
    assert!(ran.starts_with("ran 0001 branches and accounts\n"), "{ran}");
    assert_eq!(terminal.done(&["migrate"]), "Nothing is pending.\n");
    let status = terminal.done(&["migrate", "status"]);
    assert!(status.lines().all(|line| line.contains("ran 20")), "{status}");
}

#[tokio::test]
async fn a_database_with_pending_migrations_is_not_served_and_is_backed_up_first() {
    let terminal = Terminal::open().with_database();
    execute(&terminal, "DELETE FROM _sqlx_migrations WHERE version = 5").await;
    let refused = terminal.run(&["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(refused.status, 1);
    assert!(refused.err.contains("run `linli migrate`"), "{}", refused.err);
    assert!(terminal.done(&["migrate", "--dry-run"]).starts_with("would run 0005"));
    // Its tables are there already, so it fails, and nothing of it stays.
    let failed = terminal.run(&["migrate"]);
    assert_eq!(failed.status, 1);
    assert!(failed.err.contains("as it was before"), "{}", failed.err);
    assert!(terminal.done(&["migrate", "--dry-run"]).starts_with("would run 0005"));
    let backups = std::fs::read_dir(terminal.path("data"))
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().contains(".before-"))
        .count();
    assert_eq!(backups, 1);
}

#[tokio::test]
async fn a_database_of_a_newer_linli_is_refused_and_a_changed_migration_is_told() {
    let terminal = Terminal::open().with_database();
    execute(&terminal, "UPDATE _sqlx_migrations SET checksum = x'00' WHERE version = 2").await;
    let status = terminal.run(&["migrate", "status"]);
    assert_eq!(status.status, 1);
    assert!(status.out.contains("CHANGED SINCE"), "{}", status.out);
    execute(
        &terminal,
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (9999, 'from later', TRUE, x'00', 0)",
    )
    .await;
    for command in [["migrate"].as_slice(), &["user", "list"], &["serve"]] {
        let said = terminal.run(command);
        assert_eq!(said.status, 1, "{command:?}");
    }
    assert!(terminal.run(&["migrate"]).err.contains("newer Linli"));
}

#[test]
fn a_backup_is_made_while_the_server_runs_and_restored_when_it_does_not() {
    let terminal = Terminal::open().with_database();
    terminal.done(&["user", "add", "wangfang", "--name", "王芳"]);
    let server = terminal.serve(1);
    terminal.done(&["backup", "copy.db"]);
    let again = terminal.run(&["backup", "copy.db"]);
    assert!(again.status == 1 && again.err.contains("there already"), "{again:?}");
    let refused = terminal.run(&["restore", "copy.db"]);
    assert!(refused.status == 1 && refused.err.contains("stop the server"), "{refused:?}");
    drop(server);
    terminal.done(&["user", "add", "liqiang", "--name", "李强"]);
    assert!(terminal.done(&["restore", "copy.db"]).contains("kept in"));
    let accounts = terminal.done(&["user", "list"]);
    assert!(accounts.contains("wangfang") && !accounts.contains("liqiang"), "{accounts}");
    terminal.write("letter.txt", b"not a database at all, only some words");
    let refused = terminal.run(&["restore", "letter.txt"]);
    assert!(refused.status == 1 && refused.err.contains("no backup of Linli"), "{refused:?}");
    assert!(terminal.done(&["user", "list"]).contains("wangfang"));
}

#[tokio::test]
async fn a_server_empties_the_bin_by_itself_and_stops_when_it_is_asked_to() {
    let terminal = Terminal::open();
    terminal.done(&["demo", "--members", "60"]);
    let address: Address =
        format!("sqlite:{}", terminal.path("data/linli.db").display()).parse().unwrap();
    let db = Db::open(&address).await.unwrap();
    let mut write = db.write().await.unwrap();
    for sql in [
        "DELETE FROM member_search
         WHERE rowid IN (SELECT sort_key FROM members WHERE id IN (7, 8))",
        "DELETE FROM member_lines
         WHERE sort_key IN (SELECT sort_key FROM members WHERE id IN (7, 8))",
        "UPDATE members SET removed_at = '2020-01-31T08:00:00.000Z' WHERE id IN (7, 8)",
    ] {
        sqlx::query(sql).execute(&mut *write).await.unwrap();
    }
    write.commit().await.unwrap();
    let server = terminal.serve(3);
    let mut left = 60_i64;
    for _ in 0..200 {
        left =
            sqlx::query_scalar("SELECT count(*) + (SELECT count(*) FROM erased_text) FROM members")
                .fetch_one(&mut *db.read().await.unwrap())
                .await
                .unwrap();
        if left == 58 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    db.close().await;
    assert_eq!(left, 58);
    assert_eq!(server.stop(), 0);
    assert_eq!(terminal.done(&["check"]), "All is well.\n");
}

#[tokio::test]
async fn check_proves_the_search_index_and_the_lists_against_the_rows() {
    let terminal = Terminal::open();
    terminal.done(&["demo", "--members", "60"]);
    assert_eq!(terminal.done(&["check"]), "All is well.\n");
    let address: Address =
        format!("sqlite:{}", terminal.path("data/linli.db").display()).parse().unwrap();
    let db = Db::open(&address).await.unwrap();
    let mut write = db.write().await.unwrap();
    for sql in [
        "UPDATE members SET address = '别处1号' WHERE id = 7",
        "DELETE FROM member_search WHERE rowid = (SELECT sort_key FROM members WHERE id = 8)",
        "INSERT INTO member_search (rowid, tokens) VALUES (77, 'x')",
        "UPDATE member_lines SET line = replace(line, '路', '街')
         WHERE sort_key = (SELECT sort_key FROM members WHERE id = 9)",
        "INSERT INTO member_lines (sort_key, line) VALUES (78, '[]')",
        "UPDATE committees SET name = '别处居委会' WHERE id = 5",
        "UPDATE needs SET title = '别的需求' WHERE id = 2",
        "INSERT INTO need_search (rowid, tokens) VALUES (7777, 'x')",
        "INSERT INTO experience_search (rowid, tokens) VALUES (7777, 'x')",
        "UPDATE member_counts SET members = members + 1
         WHERE committee_id = (SELECT min(committee_id) FROM member_counts)",
        "UPDATE part_sums SET times = times + 1 WHERE kind = 'district'",
        "UPDATE half_sums SET members = members + 1 WHERE kind = 'area' AND key = 'culture'",
    ] {
        sqlx::query(sql).execute(&mut *write).await.unwrap();
    }
    write.commit().await.unwrap();
    db.close().await;
    let said = terminal.run(&["check"]);
    assert_eq!(said.status, 1);
    // The changed address is neither in the index nor in the line.
    let members = said.out.lines().filter(|line| line.contains("member ")).count();
    assert_eq!(members, 6, "{}", said.out);
    for told in [
        "the directory’s index differs from committee 5\n",
        "the index of needs differs from need 2\n",
        "the index of needs differs from need 7777\n",
        "the index of experiences differs from experience 7777\n",
        "the number of members at committee ",
        "the sums of district 3101",
        "the sums of area culture in ",
    ] {
        assert!(said.out.contains(told), "{told}: {}", said.out);
    }
}

#[tokio::test]
async fn an_index_of_an_older_linli_is_written_anew_when_it_is_migrated_also_after_a_stop() {
    let terminal = Terminal::open();
    terminal.done(&["demo", "--members", "1200"]);
    let address: Address =
        format!("sqlite:{}", terminal.path("data/linli.db").display()).parse().unwrap();
    for (older, said) in [
        (&["DELETE FROM _sqlx_migrations WHERE version = 16"][..], "ran 0016 search pairs"),
        (&["INSERT INTO index_renewals (after) VALUES (-1)"], "Nothing is pending."),
    ] {
        let db = Db::open(&address).await.unwrap();
        let mut write = db.write().await.unwrap();
        let tokens = "DELETE FROM member_search WHERE rowid IN (SELECT sort_key FROM members)";
        let directory = "DELETE FROM committee_search WHERE rowid IN (SELECT id FROM committees)";
        let needs = "DELETE FROM need_search WHERE rowid IN (SELECT id FROM needs)";
        for sql in [tokens, directory, needs].iter().chain(older) {
            sqlx::query(*sql).execute(&mut *write).await.unwrap();
        }
        write.commit().await.unwrap();
        db.close().await;
        assert!(terminal.done(&["migrate"]).contains(said));
        assert_eq!(terminal.done(&["check"]), "All is well.\n");
        let db = Db::open(&address).await.unwrap();
        let mut read = db.read().await.unwrap();
        for (found, at_least) in [
            ("committee_search WHERE committee_search MATCH '\"四平路街\"'", 10),
            ("need_search WHERE need_search MATCH '\"区\"'", 1),
        ] {
            let count = sqlx::AssertSqlSafe(format!("SELECT count(*) FROM {found}"));
            let count: i64 = sqlx::query_scalar(count).fetch_one(&mut *read).await.unwrap();
            assert!(count >= at_least, "{count} of {found}");
        }
        // All of it in one part, which is the fastest to search.
        let parts = "SELECT count(DISTINCT segid) FROM member_search_idx";
        let parts: i64 = sqlx::query_scalar(parts).fetch_one(&mut *read).await.unwrap();
        assert_eq!(parts, 1);
        drop(read);
        db.close().await;
    }
}

#[test]
fn what_is_not_understood_is_said_in_one_sentence() {
    let terminal = Terminal::open();
    let missing = terminal.run(&["user", "list"]);
    assert_eq!(missing.status, 1);
    assert_eq!(
        missing.err,
        "linli: there is no database at data/linli.db: run `linli serve` or `linli migrate` to \
         make one\n"
    );
    assert_eq!(terminal.run(&["serv"]).status, 2);
    let address = terminal.run(&["user", "list", "--database", "postgres://x"]);
    assert!(address.err.contains("sqlite:PATH"), "{}", address.err);
    terminal.write("linli.toml", b"lisen = \"127.0.0.1:1\"\n");
    let unknown = terminal.run(&["config"]);
    assert!(unknown.status == 1 && unknown.err.contains("lisen"), "{unknown:?}");
}

#[test]
fn config_says_what_is_in_force_and_where_it_came_from() {
    let terminal = Terminal::open();
    terminal.write("linli.toml", b"upload_limit_mib = 5\nlog = \"warn\"\n");
    let said = terminal.done(&["config", "--database", "sqlite:other.db"]);
    let line = |name: &str| said.lines().find(|line| line.starts_with(name)).unwrap().to_owned();
    assert!(
        line("database_url").contains("sqlite:other.db") && line("database_url").contains("flag")
    );
    assert!(
        line("upload_limit_mib").contains('5') && line("upload_limit_mib").contains("linli.toml")
    );
    assert!(line("listen").contains("built in"));
}

/// The bytes of a database, its log included.
fn bytes(terminal: &Terminal) -> Vec<u8> {
    let log = std::fs::read(terminal.path("data/linli.db-wal")).unwrap_or_default();
    [std::fs::read(terminal.path("data/linli.db")).unwrap(), log].concat()
}

#[tokio::test]
async fn a_database_of_a_newer_linli_is_not_touched_by_any_command() {
    let terminal = Terminal::open().with_database();
    execute(
        &terminal,
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (9999, 'from later', TRUE, x'00', 0)",
    )
    .await;
    terminal.write("members.csv", "姓名,住址\n王伟,四平路1号\n".as_bytes());
    let before = bytes(&terminal);
    for command in [
        &["serve"][..],
        &["migrate"],
        &["migrate", "--dry-run"],
        &["user", "add", "wangfang", "--name", "王芳"],
        &["members", "import", "members.csv"],
        &["members", "export"],
        &["demo"],
        &["check"],
        &["backup", "copy.db"],
    ] {
        let said = terminal.run(command);
        assert_eq!(said.status, 1, "{command:?}");
        assert!(said.err.contains("newer Linli, and was not touched"), "{}", said.err);
        assert!(bytes(&terminal) == before, "{command:?} touched it");
    }
    assert!(terminal.run(&["migrate", "status"]).out.contains("in a newer Linli"));
    let files = std::fs::read_dir(terminal.path("data")).unwrap().count();
    assert!(files <= 3, "no backup was made");
}

#[tokio::test]
async fn a_migration_that_fails_leaves_every_row_as_it_was() {
    let terminal = Terminal::open().with_database();
    terminal.done(&["user", "add", "wangfang", "--name", "王芳"]);
    // The last ones are to run again; the first of them can, the next finds its change made.
    execute(&terminal, "DELETE FROM _sqlx_migrations WHERE version > 4").await;
    execute(&terminal, "DROP TABLE audit; DROP TABLE form_submissions; DROP TABLE drafts").await;
    let schema = || {
        let terminal = &terminal;
        async move {
            let path = terminal.path("data/linli.db");
            let mut connection =
                SqliteConnection::connect(&format!("sqlite:{}", path.display())).await.unwrap();
            let all: Vec<String> = sqlx::query_scalar(
                "SELECT name || coalesce(sql, '') FROM sqlite_schema ORDER BY name",
            )
            .fetch_all(&mut connection)
            .await
            .unwrap();
            all
        }
    };
    let before = schema().await;
    let failed = terminal.run(&["migrate"]);
    assert_eq!(failed.status, 1);
    assert!(failed.err.contains("a migration failed, and the database is as it was before"));
    assert!(failed.out.starts_with("Backup: data/linli.db.before-"), "{}", failed.out);
    assert_eq!(schema().await, before);
    let backup = failed.out.trim().strip_prefix("Backup: ").unwrap().to_owned();
    assert!(terminal.path(&backup).exists());
}

#[test]
fn status_tells_each_migration() {
    let terminal = Terminal::open();
    terminal.write("data.db", b"");
    let said = terminal.run(&["migrate", "status", "--database", "sqlite:data.db"]);
    assert_eq!(said.status, 0);
    let first: Vec<&str> = said.out.lines().take(2).collect();
    insta::assert_snapshot!(first.join("\n"), @r"
    0001  branches and accounts      pending
    0002  committees                 pending
    ");
}

#[test]
fn a_file_that_is_no_database_is_refused_and_stays_as_it_is() {
    let terminal = Terminal::open();
    let letter = "Dear office, this is a letter and no database. ".repeat(40);
    terminal.write("letter.db", letter.as_bytes());
    for command in [&["serve"][..], &["migrate"], &["user", "list"], &["check"]] {
        let line = [command, &["--database", "sqlite:letter.db"]].concat();
        let said = terminal.run(&line);
        assert_eq!(said.status, 1, "{command:?}");
        assert!(said.err.contains("letter.db is no database, or it is damaged"), "{}", said.err);
        assert_eq!(said.err.lines().count(), 1, "{}", said.err);
        assert_eq!(terminal.read("letter.db"), letter);
    }
}

#[tokio::test]
async fn a_damaged_reference_is_found_by_check() {
    let terminal = Terminal::open();
    terminal.done(&["demo", "--members", "20"]);
    execute(&terminal, "PRAGMA foreign_keys = OFF; DELETE FROM branches").await;
    let said = terminal.run(&["check"]);
    assert_eq!(said.status, 1);
    assert!(said.out.contains("refers to a missing row of branches"), "{}", said.out);
    assert!(said.err.contains("things are wrong: stop the server"), "{}", said.err);
}

#[cfg(unix)]
#[test]
fn nobody_else_on_the_machine_reads_a_new_database_or_its_backup() {
    use std::os::unix::fs::PermissionsExt as _;

    let terminal = Terminal::open().with_database();
    let server = terminal.serve(1);
    terminal.done(&["backup", "copy.db"]);
    for file in ["data/linli.db", "data/linli.db-wal", "copy.db"] {
        let mode = std::fs::metadata(terminal.path(file)).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{file}: {mode:o}");
    }
    server.kill();
}
