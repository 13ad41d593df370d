//! Broadcasts a session to viewers over HLS and to an RTMP server, and changes the layout.
//!
//! `broadcast SESSION rtmps://live.example.com/app`, with the stream key in `RTMP_KEY`. While it is
//! live, type `layout pip` or `focus STREAM`; an empty line ends it.

use std::{env, error::Error, time::Duration};

use tokio::io::{AsyncBufReadExt, BufReader, stdin};
use vonage_video::{
    Client, Layout, Resolution,
    models::{BroadcastOutputs, Hls, LayoutType, RtmpTarget, StreamClassList},
    operations::{SetStreamClassLists, StartBroadcast},
};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [session, server] = &arguments[..] else {
        return Err("usage: broadcast SESSION RTMP_SERVER".into());
    };
    let video = Client::from_env()?;
    let key = env::var("RTMP_KEY")?;

    let outputs = BroadcastOutputs::new()
        .hls(Hls::new().low_latency(true))
        .rtmp([RtmpTarget::new(server, key).id("stage")]);
    let layout = Layout::new(LayoutType::BestFit).screenshare_type(LayoutType::Pip);
    let start = StartBroadcast::new(session, outputs)
        .layout(layout)
        .resolution(Resolution::Hd)
        .max_duration(2 * 3600);
    let broadcast = video.send(start).await?;

    // Live means that viewers can watch it. A target that fails is in `rtmp` below.
    let live = video.wait(&broadcast).within(Duration::from_secs(120));
    let live = live.await?;
    let urls = live.urls.clone().unwrap_or_default();
    println!("live at {}", urls.hls.unwrap_or_default());
    for target in urls.rtmp {
        println!("RTMP target {:?} is {:?}", target.id, target.status);
    }

    let mut lines = BufReader::new(stdin()).lines();
    while let Some(line) = lines.next_line().await? {
        match line.split_once(' ') {
            Some(("layout", name)) => {
                let layout = Layout::new(LayoutType::from(name));
                video.send(live.set_layout(layout)).await?;
                println!("the layout is {name}");
            }
            // Layouts such as `pip` show the streams of the class `focus` large.
            Some(("focus", stream)) => {
                let classes = [StreamClassList::new(stream, ["focus"])];
                video
                    .send(SetStreamClassLists::new(session, classes))
                    .await?;
                println!("{stream} is in focus");
            }
            _ if line.is_empty() => break,
            _ => println!("type `layout NAME`, `focus STREAM` or an empty line"),
        }
    }
    let stopped = video.send(live.stop()).await?;
    println!("the broadcast is {}", stopped.status);
    Ok(())
}
