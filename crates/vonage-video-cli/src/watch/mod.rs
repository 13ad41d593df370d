//! `watch`: who is in a session and what happens there, as it happens.

#[cfg_attr(
    not(feature = "watch"),
    allow(dead_code, reason = "without a screen there are no keys")
)]
mod act;
mod room;
#[cfg(feature = "watch")]
mod screen;
mod source;
mod until;
mod view;

use std::{
    io::{self, IsTerminal as _},
    path::PathBuf,
};

use clap::Args;
use vonage_video::Client;

use crate::{
    control::Control,
    failure::Failure,
    options::{Common, Whose},
    output::Printer,
    resources::whole_session,
    send::block_on,
    signals,
    watch::{act::perform, source::Source, until::Until, view::View},
    webhooks::Heard,
};

#[derive(Args)]
#[command(after_help = "Examples:\n  \
    vonage-video watch P7P45S -e\n  \
    vonage-video watch SESSION --until archive:available --timeout 10m")]
pub(crate) struct Watch {
    /// The session, by its id or the six characters that lists show
    session: String,
    /// End when an archive or a broadcast has this status, such as archive:available
    #[arg(long, value_name = "THING:STATUS")]
    until: Option<Until>,
    /// Learn of changes from webhooks that this port receives, 0 for any, instead of asking
    #[arg(long, value_name = "PORT")]
    webhooks: Option<u16>,
    /// The secret that they are signed with, a file
    #[arg(long, value_name = "FILE", requires = "webhooks")]
    secret_file: Option<PathBuf>,
    /// Print a line for each event, also at a terminal
    #[arg(long)]
    lines: bool,
    #[command(flatten)]
    whose: Whose,
}

pub(crate) fn run(watch: &Watch, common: &Common, printer: &Printer) -> Result<(), Failure> {
    let session = whole_session(&watch.session, &watch.whose, common)?;
    let target = watch.whose.target(false)?;
    let client = target.client()?;
    let control = match target.emulator() {
        Some(running) => Some(Control::new(&running)?),
        None => None,
    };
    let terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
    let full = terminal && !watch.lines && !printer.is_json();
    block_on(async {
        let heard = match watch.webhooks {
            Some(port) => {
                let secret = watch.secret_file.as_deref();
                Some(Heard::at(port, secret, &session, printer).await?)
            }
            None => None,
        };
        let mut source = Source::new(control, heard, session).await?;
        // Before the screen is taken: what is wrong is said on the usual one.
        let room = source.room(&client).await?;
        let mut view = View::new(full, room, source.origin(), printer)?;
        let ended = follow(watch, common, &client, &mut source, &mut view).await;
        view.leave();
        ended
    })
}

async fn follow(
    watch: &Watch,
    common: &Common,
    client: &Client,
    source: &mut Source,
    view: &mut View<'_>,
) -> Result<(), Failure> {
    let stop = signals::interrupted()?;
    let mut stop = std::pin::pin!(stop);
    let limit = async {
        match common.timeout {
            Some(limit) => tokio::time::sleep(limit).await,
            None => std::future::pending().await,
        }
    };
    let mut limit = std::pin::pin!(limit);
    loop {
        if watch
            .until
            .as_ref()
            .is_some_and(|until| until.is_reached(view.room()))
        {
            return Ok(());
        }
        tokio::select! {
            stopped = &mut stop => return stopped,
            () = &mut limit => {
                return Err(Failure::Wait("the time is over".to_owned()));
            }
            news = source.changed() => {
                let news = news?;
                match source.room(client).await {
                    Ok(room) => view.update(room, &news)?,
                    Err(failure) => source.slow_down(failure)?,
                }
            }
            wish = view.wish(common.yes) => match wish? {
                None => return Ok(()),
                Some(action) => {
                    let session = view.room().session.clone();
                    let outcome = perform(client, &session, &action).await;
                    view.say(outcome)?;
                    let room = source.room(client).await?;
                    view.update(room, &[])?;
                }
            }
        }
    }
}
