//! The registry's protocol over HTTP: two reads, a download and a publication.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    sync::{Mutex, PoisonError},
    time::{Duration, SystemTime},
};

use serde_json::json;

use super::{
    index,
    shelf::{Refusal, Shelf},
};

/// Serves one request. `None` when the connection broke.
pub(super) fn serve(
    mut stream: TcpStream,
    address: SocketAddr,
    shelf: &Mutex<Shelf>,
) -> Option<()> {
    let (method, path, body) = request(&mut stream)?;
    let mut shelf = shelf.lock().unwrap_or_else(PoisonError::into_inner);
    let (status, body) = if method == "PUT" {
        match shelf.refusals.pop() {
            Some(Refusal::TooMany) => ("429 Too Many Requests", too_many()),
            Some(Refusal::Break) => return None,
            None => (
                "200 OK",
                index::publish(&mut shelf, &body)?.to_string().into_bytes(),
            ),
        }
    } else {
        match read(&shelf, &path, address) {
            Some(body) => ("200 OK", body),
            None => ("404 Not Found", Vec::new()),
        }
    };
    drop(shelf);
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(&body).ok()
}

/// The method, path and body of a request.
fn request(stream: &mut TcpStream) -> Option<(String, String, Vec<u8>)> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut first = String::new();
    reader.read_line(&mut first).ok()?;
    let mut length = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        let header = header.trim().to_ascii_lowercase();
        match header.split_once(':') {
            Some(("content-length", value)) => length = value.trim().parse().ok()?,
            Some(("expect", _)) => stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").ok()?,
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let mut words = first.split(' ').map(str::to_owned);
    Some((words.next()?, words.next()?, body))
}

fn read(shelf: &Shelf, path: &str, address: SocketAddr) -> Option<Vec<u8>> {
    if let Some(file) = path.strip_prefix("/files/") {
        return shelf.files.get(file).cloned();
    }
    let entry = path.strip_prefix("/index/")?;
    if entry == "config.json" {
        let url = format!("http://{address}");
        let config = json!({"dl": format!("{url}/files/{{crate}}/{{version}}"), "api": url});
        return Some(config.to_string().into_bytes());
    }
    let lines = shelf.index.get(entry.rsplit('/').next()?)?;
    Some(
        lines
            .iter()
            .map(|line| format!("{line}\n"))
            .collect::<String>()
            .into_bytes(),
    )
}

/// The words of crates.io, with a time that a rehearsal can wait for.
fn too_many() -> Vec<u8> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the time at which a client may try again"
    )]
    let again = SystemTime::now() + Duration::from_secs(2);
    let detail = format!(
        "You have published too many new crates in a short period of time. Please try again \
         after {} and see the documentation of the rate limits.",
        httpdate::fmt_http_date(again)
    );
    json!({"errors": [{"detail": detail}]})
        .to_string()
        .into_bytes()
}
