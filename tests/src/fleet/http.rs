//! HTTP/1.1 by hand, as far as a fleet needs it.

use std::{
    io::{self, Read, Write},
    net::{SocketAddr, TcpStream as Blocking},
    time::Duration,
};

use tokio::{io::AsyncReadExt, net::TcpStream};

/// Longer than any of them takes to respond.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The response to a GET, as text.
pub(super) fn get(from: SocketAddr, path: &str) -> io::Result<String> {
    let mut stream = Blocking::connect_timeout(&from, TIMEOUT)?;
    stream.set_read_timeout(Some(TIMEOUT))?;
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"
    )?;
    let mut response = String::new();
    stream.read_to_string(&mut response)?;
    Ok(response)
}

/// One HTTP/1.1 message with a `content-length`, or without a body.
pub(super) async fn read_message(stream: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut message = Vec::new();
    loop {
        if let Some(end) = message.windows(4).position(|at| at == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&message[..end]).to_ascii_lowercase();
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length:"))
                .map_or(0, |length| length.trim().parse().unwrap_or(0));
            if message.len() >= end + 4 + length {
                return Ok(message);
            }
        }
        if stream.read_buf(&mut message).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
}
