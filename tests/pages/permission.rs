//! Every route with every role.

use linli::web::{Permission, Role};
use reqwest::Method;

use crate::office::{Office, location};

#[tokio::test]
async fn every_route_opens_to_the_roles_that_may_and_to_no_other() {
    let office = Office::open().await;
    let mut people = Vec::new();
    for role in Role::ALL {
        people.push((role, office.signed_in(role).await));
    }
    let visitor = office.visitor();
    let routes = office.app.routes();
    assert!(routes.table().len() > 40);
    for route in routes.table() {
        let path = route.path.replace("{id}", "999999").replace("{*name}", "none.css");
        // Ending the session comes last, or nothing could be asked after it.
        if path == "/logout" || (path == "/account" && route.method == Method::POST) {
            continue;
        }
        let method = Method::from_bytes(route.method.as_str().as_bytes()).unwrap();
        let answer = visitor.request(method.clone(), &path).send().await.unwrap();
        let sent_to_sign_in = location(&answer).starts_with("/login?");
        assert_eq!(sent_to_sign_in, route.permission != Permission::Public, "{path}");
        for (role, browser) in &people {
            let answer = browser.request(method.clone(), &path).send().await.unwrap();
            let refused = answer.status() == 403;
            assert_eq!(!refused, role.may(route.permission), "{role:?} {method} {path}");
        }
    }
}
