//! Brings a telephone conference into a session over SIP, and dials its code with DTMF tones.
//!
//! `sip SESSION sip:conference@sip.example.com 4711#`; with `SIP_USER` and `SIP_PASSWORD` if the
//! gateway asks for them. Press Enter to hang up.

use std::{env, error::Error, time::Duration};

use tokio::io::{AsyncReadExt, stdin};
use vonage_video::{
    Client, Role,
    models::{SipAuth, SipTarget},
    operations::{Dial, ListStreams, PlayDtmfConnection},
};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [session, uri, code] = &arguments[..] else {
        return Err("usage: sip SESSION SIP_URI CODE".into());
    };
    let video = Client::from_env()?;

    // The call takes part in the session as a client of its own, with this token.
    let token = video
        .token(session)
        .role(Role::Publisher)
        .data("telephone conference")
        .ttl(Duration::from_secs(6 * 3600))
        .sign()?;
    let mut target = SipTarget::new(uri)
        .from("15551115555@example.com")
        .headers([("X-Room", "42")])
        .secure(true);
    if let (Ok(user), Ok(password)) = (env::var("SIP_USER"), env::var("SIP_PASSWORD")) {
        target = target.auth(SipAuth::new(user, password));
    }
    let call = video.send(Dial::new(session, token, target)).await?;
    println!("calling; the call is connection {}", call.connection_id);

    // It is answered once it publishes.
    let stream = call.stream_id.clone();
    let answered = video.wait_until(ListStreams::new(session), move |list| {
        list.items.iter().any(|it| it.id == stream)
    });
    answered.within(Duration::from_secs(60)).await?;
    let tones = PlayDtmfConnection::new(session, &call.connection_id, code);
    video.send(tones).await?;
    println!("answered, and the code is dialled; press Enter to hang up");
    let _ = stdin().read_u8().await; // Enter, or the end of the input
    video.send(call.hang_up(session)).await?;
    println!("hung up");
    Ok(())
}
