//! What is refused of captions, renders, calls and audio connectors.

use vonage_video_auth::Role;
use vonage_video_core::{
    SessionId,
    models::{SipTarget, Websocket},
    operations::{
        ConnectWebsocket, Dial, GetRender, StartCaptions, StartRender, StopCaptions, StopRender,
    },
};

use super::{Provoked, UUID, foreign};
use crate::common::Api;

pub(crate) async fn services(api: &Api, it: &mut Provoked) {
    let (session, _client) = api.busy().await;
    let moderator = api.token(&session, Role::Moderator);
    let publisher = api.token(&session, Role::Publisher);
    let subscriber = api.token(&session, Role::Subscriber);
    let unknown = foreign(&session);
    let relayed = api.relayed().await;

    let captions = |session: &SessionId, token: &str| StartCaptions::new(session, token);
    it.note::<StartCaptions>(api.send(captions(&session, &publisher)).await, 403);
    it.note::<StartCaptions>(api.send(captions(&unknown, &moderator)).await, 404);
    it.note::<StartCaptions>(
        api.send(captions(&session, &moderator).language_code("klingon"))
            .await,
        400,
    );
    let id = api.send(captions(&session, &moderator)).await.unwrap().id;
    let error = it.note::<StartCaptions>(api.send(captions(&session, &moderator)).await, 409);
    assert_eq!(error.code, Some(60003));
    api.send(StopCaptions::new(&id)).await.unwrap();
    it.note::<StopCaptions>(api.send(StopCaptions::new(&id)).await, 404);
    it.raw(
        api,
        "stop_captions",
        "/v2/project/{project}/captions/%20/stop",
        "",
        400,
    )
    .await;

    let page = "https://page.example/";
    let render = |session: &SessionId, token: &str| StartRender::new(session, token, page);
    it.note::<StartRender>(api.send(render(&session, &subscriber)).await, 403);
    it.note::<StartRender>(api.send(render(&session, "no token")).await, 403);
    it.note::<StartRender>(api.send(render(&relayed, &publisher)).await, 400);
    it.note::<StartRender>(api.send(render(&unknown, &publisher)).await, 400);
    it.note::<GetRender>(api.send(GetRender::new(UUID)).await, 404);
    it.note::<StopRender>(api.send(StopRender::new(UUID)).await, 404);
    for (operation, target) in [
        ("get_render", "render/%20"),
        ("stop_render", "render/%20"),
        ("list_renders", "render?count=many"),
    ] {
        it.raw(
            api,
            operation,
            &format!("/v2/project/{{project}}/{target}"),
            "",
            400,
        )
        .await;
    }

    let call = |session: &SessionId, uri: &str| Dial::new(session, &publisher, SipTarget::new(uri));
    it.note::<Dial>(api.send(call(&session, "tel:123")).await, 400);
    it.note::<Dial>(api.send(call(&unknown, "sip:a@b.example")).await, 404);
    it.note::<Dial>(api.send(call(&relayed, "sip:a@b.example")).await, 409);
    let target = SipTarget::new("sip:a@b.example");
    it.note::<Dial>(api.send(Dial::new(&session, "no token", target)).await, 403);

    let connect = |session: &SessionId, uri: &str| {
        ConnectWebsocket::new(session, &publisher, Websocket::new(uri))
    };
    it.note::<ConnectWebsocket>(api.send(connect(&session, "wss://a.invalid")).await, 400);
    it.note::<ConnectWebsocket>(api.send(connect(&relayed, "wss://a.example")).await, 409);
    let websocket = Websocket::new("wss://a.example");
    it.note::<ConnectWebsocket>(
        api.send(ConnectWebsocket::new(&session, "x", websocket))
            .await,
        403,
    );
}
