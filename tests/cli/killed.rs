//! Power cuts, as near as one comes to them without cutting the power.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rand::RngExt as _;
use reqwest::Client;
use reqwest::redirect::Policy;

use crate::terminal::Terminal;

const ROUNDS: usize = 20;
const PASSWORD: &str = "correct horse battery";

/// A member whom the server said it had saved.
struct Saved {
    number: String,
    path: String,
}

/// A clerk who registers one member after the other until the server is gone.
async fn register(
    client: Client,
    url: String,
    counter: Arc<AtomicUsize>,
    saved: Arc<Mutex<Vec<Saved>>>,
) {
    loop {
        let count = counter.fetch_add(1, Ordering::Relaxed);
        let number = format!("T{count:07}");
        let address = format!("四平路{count}弄1号");
        let form = [("number", number.as_str()), ("name", "朱颖"), ("address", &address)];
        let Ok(answer) = client.post(format!("{url}/members/new")).form(&form).send().await else {
            return;
        };
        assert_eq!(answer.status(), 303);
        let path = answer.headers()["location"].to_str().unwrap().to_owned();
        saved.lock().unwrap().push(Saved { number, path });
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_killed_at_any_moment_keeps_what_it_acknowledged() {
    let terminal = Terminal::open().with_database();
    let link = terminal.done(&["user", "add", "wangfang", "--name", "王芳"]);
    let token = link.trim().rsplit('=').next().unwrap();
    let client = Client::builder().cookie_store(true).redirect(Policy::none()).build().unwrap();
    let counter = Arc::new(AtomicUsize::new(1));
    let mut all = Vec::new();
    for round in 0..ROUNDS {
        let server = terminal.serve(1);
        let url = server.url();
        if round == 0 {
            let form = [("token", token), ("password", PASSWORD), ("again", PASSWORD)];
            let answer = client.post(format!("{url}/welcome")).form(&form).send().await.unwrap();
            assert_eq!(answer.status(), 303);
        }
        let saved = Arc::new(Mutex::new(Vec::new()));
        let clerks: Vec<_> = (0..3)
            .map(|_| {
                let (counter, saved) = (Arc::clone(&counter), Arc::clone(&saved));
                tokio::spawn(register(client.clone(), url.clone(), counter, saved))
            })
            .collect();
        while saved.lock().unwrap().is_empty() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        let moment = rand::rng().random_range(0..150);
        tokio::time::sleep(Duration::from_millis(moment)).await;
        server.kill();
        for clerk in clerks {
            clerk.await.unwrap();
        }
        let server = terminal.serve(1);
        let saved = std::mem::take(&mut *saved.lock().unwrap());
        for member in &saved {
            let answer = client.get(format!("{}{}", server.url(), member.path)).send().await;
            let page = answer.unwrap().text().await.unwrap();
            assert!(page.contains(&member.number), "{} is lost in round {round}", member.number);
        }
        server.kill();
        all.extend(saved);
    }
    let file = terminal.done(&["members", "export"]);
    for member in &all {
        assert!(file.contains(&member.number), "{} is lost", member.number);
    }
    assert!(all.len() >= ROUNDS);
    assert_eq!(terminal.done(&["check"]), "All is well.\n");
}
