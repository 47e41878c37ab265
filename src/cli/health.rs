//! `linli health`: whether the server here can serve, for whatever watches over it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::failure::CliError;
use super::words::print_line;
use crate::config::Settings;
use crate::lang::Message;

/// The most that the answer may hold, in bytes.
const LONGEST_ANSWER: u64 = 16 * 1024;

#[derive(Debug, Args)]
pub(super) struct Health {
    #[arg(long, value_name = "SECONDS", default_value_t = 5)]
    timeout: u64,
}

impl Health {
    pub(super) async fn run(self, settings: &Settings) -> Result<ExitCode, CliError> {
        let address = reachable(settings.listen);
        let failed = |detail: String| {
            let message = Message::new("cli-health-failed").with("address", address.to_string());
            CliError::said(message.with("detail", detail))
        };
        let patience = Duration::from_secs(self.timeout);
        let answer = match tokio::time::timeout(patience, ask(address)).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(error)) => return Err(failed(error.to_string())),
            Err(elapsed) => return Err(failed(elapsed.to_string())),
        };
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        if head.split(' ').nth(1) == Some("200") {
            print_line(body.trim())?;
            return Ok(ExitCode::SUCCESS);
        }
        Err(failed(body.trim().to_owned()))
    }
}

async fn ask(address: SocketAddr) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address).await?;
    let request = format!("GET /readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.take(LONGEST_ANSWER).read_to_string(&mut answer).await?;
    Ok(answer)
}

/// Where a server that listens there is reached from its own machine.
pub(super) fn reachable(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}
