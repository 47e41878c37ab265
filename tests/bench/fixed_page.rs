//! Serves one file as a fixed page on a free port: what the bench measures search pages against.

use std::error::Error;

use axum::Router;
use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).ok_or("name the file to serve")?;
    let page = Bytes::from(std::fs::read(file)?);
    let answer = move || std::future::ready(([(CONTENT_TYPE, "text/html; charset=utf-8")], page));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}/", listener.local_addr()?);
    axum::serve(listener, Router::new().route("/", get(answer))).await?;
    Ok(())
}
