//! The page for those who come from another SDK: each row of it is compiled here.

use std::time::Duration;

use vonage_video::{
    ArchiveId, BroadcastId, CaptionsId, Client, ConnectionId, Credentials, Error, Layout,
    MediaMode, RenderId, Role, SessionId, StreamId, TokenFormat,
    models::{BroadcastOutputs, Hls, LayoutType, SipTarget, StreamClassList, Websocket},
    operations::{
        AddArchiveStream, AddBroadcastStream, ConnectWebsocket, CreateSession, DeleteArchive, Dial,
        DisableForceMute, ForceDisconnect, GetArchive, GetBroadcast, GetRender, GetStream,
        ListArchives, ListBroadcasts, ListConnections, ListRenders, ListStreams, MuteAll,
        MuteStream, PlayDtmfConnection, PlayDtmfSession, RemoveArchiveStream,
        RemoveBroadcastStream, SetArchiveLayout, SetBroadcastLayout, SetStreamClassLists,
        SignalConnection, SignalSession, StartArchive, StartBroadcast, StartCaptions, StartRender,
        StopArchive, StopBroadcast, StopCaptions, StopRender,
    },
};

const PAGE: &str = include_str!("../../docs/migrating.md");

/// Compiles a row.
macro_rules! row {
    ($($row:tt)*) => {
        let _ = $($row)*;
    };
}

/// What a program has that migrates.
struct Given<'a> {
    key: &'a str,
    secret: &'a str,
    application: &'a str,
    private_key: &'a str,
    token: &'a str,
    credentials: Credentials,
    session: SessionId,
    stream: StreamId,
    connection: ConnectionId,
    archive: ArchiveId,
    broadcast: BroadcastId,
    captions: CaptionsId,
    render: RenderId,
    error: Error,
}

/// Compiled, and not run. Each row is one expression.
#[rustfmt::skip]
#[allow(dead_code, reason = "that it compiles is the test")]
fn rows(video: &Client, given: Given<'_>) -> Result<(), Box<dyn std::error::Error>> {
    let Given { key, secret, application, private_key, token, session, stream, .. } = given;
    let Given { connection, archive, broadcast, captions, render, error, .. } = given;
    row!(Client::new(Credentials::opentok(key, secret)?)?);
    row!(Client::new(Credentials::vonage(application, private_key)?)?);
    let credentials = given.credentials.clone(); row!(Client::builder(credentials).timeout(Duration::from_secs(10)));
    let credentials = given.credentials.clone(); row!(Client::builder(credentials).user_agent_suffix("my-product/1.0"));
    row!(video.send(CreateSession::new()));
    row!(video.token(&session).sign()?);
    row!(video.token(&session).format(TokenFormat::T1).sign()?);
    row!(video.send(StartArchive::new(&session)));
    row!(video.send(StopArchive::new(&archive)));
    row!(video.send(GetArchive::new(&archive)));
    row!(video.send(ListArchives::new().session_id(&session)));
    row!(video.pages(ListArchives::new()));
    row!(video.send(DeleteArchive::new(&archive)));
    row!(video.send(SetArchiveLayout::new(&archive, Layout::new(LayoutType::Pip))));
    row!(video.send(AddArchiveStream::new(&archive, &stream)));
    row!(video.send(RemoveArchiveStream::new(&archive, &stream)));
    row!(video.send(StartBroadcast::new(&session, BroadcastOutputs::new().hls(Hls::new()))));
    row!(video.send(GetBroadcast::new(&broadcast)));
    row!(video.send(ListBroadcasts::new()));
    row!(video.send(StopBroadcast::new(&broadcast)));
    row!(video.send(SetBroadcastLayout::new(&broadcast, Layout::new(LayoutType::BestFit))));
    row!(video.send(AddBroadcastStream::new(&broadcast, &stream)));
    row!(video.send(RemoveBroadcastStream::new(&broadcast, &stream)));
    row!(video.send(GetStream::new(&session, &stream)));
    row!(video.send(ListStreams::new(&session)));
    row!(video.send(SetStreamClassLists::new(&session, [StreamClassList::new(&stream, ["focus"])])));
    row!(video.send(ListConnections::new(&session)));
    row!(video.send(ForceDisconnect::new(&session, &connection)));
    row!(video.send(MuteStream::new(&session, &stream)));
    row!(video.send(MuteAll::new(&session)));
    row!(video.send(DisableForceMute::new(&session)));
    row!(video.send(SignalSession::new(&session, "hello").kind("chat")));
    row!(video.send(SignalConnection::new(&session, &connection, "hello").kind("chat")));
    row!(video.send(Dial::new(&session, token, SipTarget::new("sip:user@sip.example.com"))));
    row!(video.send(PlayDtmfSession::new(&session, "1713")));
    row!(video.send(PlayDtmfConnection::new(&session, &connection, "1713")));
    row!(video.send(StartCaptions::new(&session, token)));
    row!(video.send(StopCaptions::new(&captions)));
    row!(video.send(StartRender::new(&session, token, "https://example.com/stage")));
    row!(video.send(GetRender::new(&render)));
    row!(video.send(ListRenders::new()));
    row!(video.send(StopRender::new(&render)));
    row!(video.send(ConnectWebsocket::new(&session, token, Websocket::new("wss://audio.example.com"))));
    row!(video.token(&session).role(Role::Publisher).sign()?);
    row!(CreateSession::new().media_mode(MediaMode::Routed));
    row!(error.reason());
    row!(error.api_error());
    Ok(())
}

#[test]
fn every_row_of_the_page_is_compiled() {
    let here = include_str!("migrating.rs");
    let rust = |cell: &'static str| {
        let cell = cell.trim().trim_matches('`');
        let starts = ["video.", "Client::", "CreateSession::", "error."];
        let is_rust = starts.iter().any(|start| cell.starts_with(start));
        is_rust.then_some(cell)
    };
    let rows = PAGE.lines().filter(|line| line.starts_with('|'));
    let cells = rows.flat_map(|row| row.split('|'));
    let cells = cells.flat_map(|cell| cell.split("`, `")).filter_map(rust);
    let cells: Vec<_> = cells.collect();
    assert!(cells.len() > 45, "{} rows", cells.len());
    for cell in cells {
        assert!(here.contains(&format!("row!({cell});")), "{cell}");
    }
}
