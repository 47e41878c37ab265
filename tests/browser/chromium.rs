//! A Chromium of one's own, and the office signed in to.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use linli::accounts::links;
use serde_json::json;
use tempfile::{Builder, TempPath};
use thirtyfour::prelude::*;

use crate::office::{Office, PASSWORD};

/// A driver process that ends with its test, and its browser with it.
struct Driver(Child);

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts a driver; on a machine at its limits one may end before it has a port.
fn start() -> Option<(Driver, u16)> {
    (0..5).find_map(|_| {
        let mut process = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let out = BufReader::new(process.stdout.take().unwrap());
        let process = Driver(process);
        let port = out.lines().map_while(Result::ok).find_map(|line| {
            let (_, rest) = line.split_once("successfully on port ")?;
            rest.trim_end_matches('.').parse::<u16>().ok()
        });
        port.map(|port| (process, port))
    })
}

pub struct Chromium {
    // Dropped first, so that a test that failed does not wait for a browser to say goodbye.
    _process: Driver,
    pub driver: WebDriver,
    url: String,
}

/// How a browser is set up.
#[derive(Clone, Copy)]
pub struct Setup {
    pub language: &'static str,
    pub width: u32,
    pub script: bool,
}

impl Default for Setup {
    fn default() -> Self {
        Self { language: "zh-CN", width: 1280, script: true }
    }
}

impl Chromium {
    pub async fn open(office: &Office, setup: Setup) -> Self {
        let (process, port) = start().unwrap();
        let mut capabilities = DesiredCapabilities::chrome();
        for argument in [
            "--headless=new",
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--disable-gpu",
            "--force-prefers-reduced-motion",
            &format!("--lang={}", setup.language),
            &format!("--window-size={},900", setup.width),
        ] {
            capabilities.add_arg(argument).unwrap();
        }
        let script = if setup.script { 1 } else { 2 };
        capabilities
            .add_experimental_option(
                "prefs",
                json!({
                    "intl.accept_languages": setup.language,
                    "profile.managed_default_content_settings.javascript": script,
                }),
            )
            .unwrap();
        let driver =
            WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities).await.unwrap();
        Self { driver, url: office.url.clone(), _process: process }
    }

    pub async fn goto(&self, path: &str) {
        self.driver.goto(format!("{}{path}", self.url)).await.unwrap();
    }

    /// Where the browser is, without the host.
    pub async fn path(&self) -> String {
        let url = self.driver.current_url().await.unwrap().to_string();
        url.strip_prefix(&self.url).unwrap().to_owned()
    }

    pub async fn field(&self, name: &str) -> WebElement {
        self.driver.query(By::Css(format!("main [name='{name}']"))).first().await.unwrap()
    }

    pub async fn fill(&self, name: &str, text: &str) {
        let field = self.field(name).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Chooses an option or a day by its value.
    pub async fn set(&self, name: &str, value: &str) {
        let script = "document.querySelector(arguments[0]).value = arguments[1]";
        let field = format!("main [name='{name}']");
        self.driver.execute(script, vec![json!(field), json!(value)]).await.unwrap();
    }

    /// Puts a file with this ending and text into the page's field for files; it is there until
    /// what is given back goes.
    pub async fn attach(&self, ending: &str, text: &str) -> TempPath {
        let file = Builder::new().suffix(ending).tempfile().unwrap().into_temp_path();
        std::fs::write(&file, text).unwrap();
        self.field("file").await.send_keys(file.display().to_string()).await.unwrap();
        file
    }

    /// Sends the page's main form.
    pub async fn send(&self) {
        let button = self.driver.query(By::Css("main button.button-primary"));
        self.click_on(&button.first().await.unwrap()).await;
    }

    /// Clicks an element. Suggestions that came up meanwhile may lie over it: they close when one
    /// looks elsewhere.
    async fn click_on(&self, element: &WebElement) {
        if element.click().await.is_err() {
            let elsewhere = "document.activeElement.blur()";
            self.driver.execute(elsewhere, vec![]).await.unwrap();
            element.click().await.unwrap();
        }
    }

    /// Clicks the first element of the page's main part that fits.
    pub async fn click(&self, selector: &str) {
        let element = self.driver.query(By::Css(format!("main {selector}")));
        self.click_on(&element.first().await.unwrap()).await;
    }

    pub async fn text(&self) -> String {
        let script = "return document.querySelector('main')?.innerText ?? ''";
        let said = self.driver.execute(script, vec![]).await.unwrap();
        said.json().as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the page says it.
    pub async fn sees(&self, text: &str) {
        for _ in 0..60 {
            if self.text().await.contains(text) {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("no {text:?} in {}", self.text().await);
    }

    /// Waits until the browser is there.
    pub async fn arrives(&self, place: &str) {
        for _ in 0..60 {
            if self.path().await == place {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("not at {place} but at {}", self.path().await);
    }

    /// Waits until the browser is elsewhere.
    pub async fn leaves(&self, place: &str) {
        for _ in 0..60 {
            if !self.path().await.starts_with(place) {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("still at {}: {}", self.path().await, self.text().await);
    }

    pub async fn press(&self, keys: impl Into<TypingData>) {
        let active = self.driver.active_element().await.unwrap();
        active.send_keys(keys.into()).await.unwrap();
    }

    pub async fn quit(self) {
        self.driver.quit().await.unwrap();
    }
}

/// An office, and a browser in which its first administrator has just set a password.
pub async fn first_administrator(setup: Setup) -> (Office, Chromium) {
    let office = Office::open().await;
    let browser = administrator_of(&office, setup).await;
    (office, browser)
}

/// A browser in which an office's first administrator has just set a password.
pub async fn administrator_of(office: &Office, setup: Setup) -> Chromium {
    let mut write = office.app.db.write().await.unwrap();
    let link = links::make(&mut write, None).await.unwrap();
    write.commit().await.unwrap();
    let browser = Chromium::open(office, setup).await;
    browser.goto(&link).await;
    browser.fill("display_name", "王芳").await;
    browser.fill("login", "wangfang").await;
    browser.fill("password", PASSWORD).await;
    browser.fill("again", PASSWORD).await;
    browser.send().await;
    browser.leaves("/welcome").await;
    browser
}
