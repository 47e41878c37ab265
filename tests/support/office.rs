//! An office to try things in: a server on a free port over a database in a temporary folder.

use linli::accounts::{self, AccountDetails, Login, passwords};
use linli::app::{App, ServerSettings};
use linli::audit::Actor;
use linli::committees;
use linli::db::{Address, Db, Migrations};
use linli::lists::{self, List};
use linli::web::{Role, Scope};
use reqwest::header::{ACCEPT_LANGUAGE, HeaderMap, HeaderValue, LOCATION};
use reqwest::multipart::{self, Part};
use reqwest::redirect::Policy;
use reqwest::{Client, Response};
use tempfile::TempDir;

/// The password of everyone in the office.
pub const PASSWORD: &str = "correct horse battery";

/// A handful of committees of two districts.
const DIRECTORY: &str = "代码,名称,街道,区县,城市
310109009001,公平路居委会,四川北路街道,虹口区,上海市
310109016002,曲阳路居委会,曲阳路街道,虹口区,上海市
310110012003,四平路居委会,四平路街道,杨浦区,上海市
310110012004,鞍山居委会,四平路街道,杨浦区,上海市
310110013005,鞍山居委会,控江路街道,杨浦区,上海市
";

pub struct Office {
    pub app: App,
    pub url: String,
    _folder: TempDir,
}

impl Office {
    /// With the directory, two branches, and nobody who signs in.
    pub async fn open() -> Self {
        Self::open_with(ServerSettings::default()).await
    }

    /// The same, told to behave otherwise.
    pub async fn open_with(settings: ServerSettings) -> Self {
        let (folder, db) = new_database().await;
        let directory = folder.path().join("committees.csv");
        std::fs::write(&directory, DIRECTORY).unwrap();
        committees::import::import(&db, Actor::CommandLine, &directory).await.unwrap();
        let mut write = db.write().await.unwrap();
        for branch in ["第一党支部", "第二党支部"] {
            lists::find_or_add(&mut write, List::Branches, branch).await.unwrap();
        }
        write.commit().await.unwrap();
        Self::serve(settings, folder, db).await
    }

    /// One over this database.
    pub async fn serve(settings: ServerSettings, folder: TempDir, db: Db) -> Self {
        let app = App::new(db, settings);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let service = app.service();
        tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
        Self { app, url, _folder: folder }
    }

    /// Someone who has not signed in.
    pub fn visitor(&self) -> Browser {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static("en"));
        let client = Client::builder()
            .cookie_store(true)
            .redirect(Policy::none())
            .default_headers(headers)
            .build()
            .unwrap();
        Browser { client, url: self.url.clone() }
    }

    /// Someone of this role who has signed in; staff for all branches.
    pub async fn signed_in(&self, role: Role) -> Browser {
        self.signed_in_for(role, Scope::All).await
    }

    /// Someone of this role, for the records in this scope.
    pub async fn signed_in_for(&self, role: Role, scope: Scope) -> Browser {
        let login = format!("{}{}", role.name(), rand::random::<u32>());
        let details = AccountDetails {
            login: Login::parse(&login).unwrap(),
            display_name: "王芳".to_owned(),
            role,
            scope,
        };
        let mut write = self.app.db.write().await.unwrap();
        let id = accounts::store::insert_account(&mut write, &details).await.unwrap();
        let hash = passwords::hash(PASSWORD).unwrap();
        accounts::store::set_password(&mut write, id, &hash).await.unwrap();
        write.commit().await.unwrap();
        let browser = self.visitor();
        let answer = browser.post("/login", &[("login", &login), ("password", PASSWORD)]).await;
        assert_eq!(answer.status(), 303, "signing in");
        browser
    }

    /// The id of a branch of the office.
    pub async fn branch(&self, name: &str) -> i64 {
        let mut connection = self.app.db.read().await.unwrap();
        lists::find_spelling(&mut connection, List::Branches, name).await.unwrap().unwrap()
    }
}

/// A database without anything in it.
pub async fn new_database() -> (TempDir, Db) {
    let folder = tempfile::tempdir().unwrap();
    let address: Address =
        format!("sqlite:{}", folder.path().join("linli.db").display()).parse().unwrap();
    let db = Db::open_or_create(&address).await.unwrap();
    Migrations::embedded().run(&db).await.unwrap();
    (folder, db)
}

pub struct Browser {
    client: Client,
    url: String,
}

impl Browser {
    pub async fn get(&self, path: &str) -> Response {
        self.client.get(format!("{}{path}", self.url)).send().await.unwrap()
    }

    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Response {
        self.client.post(format!("{}{path}", self.url)).form(form).send().await.unwrap()
    }

    /// The page at a path, which must be there.
    pub async fn page(&self, path: &str) -> String {
        let answer = self.get(path).await;
        assert_eq!(answer.status(), 200, "{path}");
        answer.text().await.unwrap()
    }

    /// Registers a member, who must be saved; the path of the record.
    pub async fn register(&self, form: &[(&str, &str)]) -> String {
        let answer = self.post("/members/new", form).await;
        let status = answer.status();
        let place = location(&answer);
        assert_eq!(status, 303, "{}", answer.text().await.unwrap());
        place
    }

    /// Brings a file to the page that takes files at this path.
    pub async fn bring(&self, path: &str, name: &str, bytes: Vec<u8>) -> Response {
        let part = Part::bytes(bytes).file_name(name.to_owned());
        let form = multipart::Form::new().part("file", part);
        self.request(reqwest::Method::POST, path).multipart(form).send().await.unwrap()
    }

    pub fn request(&self, method: reqwest::Method, path: &str) -> reqwest::RequestBuilder {
        self.client.request(method, format!("{}{path}", self.url))
    }
}

/// Where an answer sends the browser.
pub fn location(answer: &Response) -> String {
    let place = answer.headers().get(LOCATION);
    place.map_or_else(String::new, |place| place.to_str().unwrap().to_owned())
}

/// The value of a hidden field of a page.
pub fn hidden(page: &str, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    let at = page.find(&start).unwrap_or_else(|| panic!("no field {name}")) + start.len();
    page[at..].split('"').next().unwrap().replace("&#38;", "&")
}
