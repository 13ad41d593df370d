//! Client tokens inside requests: those of another session are refused before they are sent.

use std::time::UNIX_EPOCH;

use vonage_video_auth::{SessionInfo, TokenFormat};
use vonage_video_core::{
    Sent,
    models::{SipTarget, Websocket},
    operations::{ConnectWebsocket, Dial, StartCaptions, StartRender},
};

use crate::server::{API_KEY, SESSION, Server, opentok, respond};

#[tokio::test]
async fn a_client_token_of_another_session_is_refused_before_it_is_sent() {
    let server =
        Server::start(|_, _| respond(200, r#"{"id":"x","callId":"x","captionsId":"x"}"#)).await;
    let client = server.client();
    let token = |session: &str, format| {
        let token = opentok().into_token(session);
        token.format(format).sign().unwrap()
    };
    let other = SessionInfo::new(API_KEY, UNIX_EPOCH, "0.5").encode();
    let sip = || SipTarget::new("sip:a@example.com");
    for format in [TokenFormat::Jwt, TokenFormat::T1] {
        let wrong = token(&other, format);
        let errors = [
            client
                .send(Dial::new(SESSION, &wrong, sip()))
                .await
                .map(drop),
            client
                .send(StartCaptions::new(SESSION, &wrong))
                .await
                .map(drop),
            client
                .send(StartRender::new(SESSION, &wrong, "https://example.com"))
                .await
                .map(drop),
            client
                .send(ConnectWebsocket::new(
                    SESSION,
                    &wrong,
                    Websocket::new("wss://example.com"),
                ))
                .await
                .map(drop),
        ];
        for outcome in errors {
            let error = outcome.unwrap_err();
            assert!(
                error.to_string().contains("session of the request"),
                "{error}"
            );
            assert_eq!(error.sent(), Sent::No);
            assert!(!format!("{error:?}").contains(&wrong));
        }
    }
    assert!(server.seen().is_empty());
    for format in [TokenFormat::Jwt, TokenFormat::T1] {
        let right = token(SESSION, format);
        client.send(Dial::new(SESSION, right, sip())).await.unwrap();
    }
    // What is not a token is the service's to judge.
    client.send(Dial::new(SESSION, "x", sip())).await.unwrap();
    assert_eq!(server.seen().len(), 3);
}
