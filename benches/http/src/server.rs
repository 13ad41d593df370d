//! The server: it answers at once, and always the same.

use std::{convert::Infallible, net::Ipv4Addr};

use bytes::Bytes;
use http_body_util::Full;
use hyper::{
    Request, Response, body::Incoming, header::CONTENT_TYPE, server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

use crate::archives;

/// Prints its port and serves until it is killed.
pub async fn serve() {
    let (one, list) = (Bytes::from(archives::one()), Bytes::from(archives::list()));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .await
        .expect("a port is free");
    println!("{}", listener.local_addr().expect("it is bound").port());
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            continue;
        };
        let _ = stream.set_nodelay(true);
        let (one, list) = (one.clone(), list.clone());
        let service = service_fn(move |request: Request<Incoming>| {
            let body = if request.uri().path().ends_with("/archive") {
                &list
            } else {
                &one
            };
            let mut response = Response::new(Full::new(body.clone()));
            response.headers_mut().insert(
                CONTENT_TYPE,
                hyper::header::HeaderValue::from_static("application/json"),
            );
            async move { Ok::<_, Infallible>(response) }
        });
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    }
}
