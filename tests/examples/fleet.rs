//! `cargo xtask fleet [DELIVERIES [single|cluster]]`: receivers and servers that die, for long;
//! prints what became of the events.

use std::path::PathBuf;

use vonage_video_tests::{
    fleet::{Death, Plan, Report, Servers, nginx, run},
    redis_server::{self, RedisCluster, RedisServer},
};

const SESSIONS: usize = 10;
const CLIENTS: usize = 12;

#[tokio::main]
async fn main() {
    let deliveries: usize = std::env::args().nth(1).map_or(20_000, |count| {
        count.parse().expect("a number of deliveries")
    });
    if !redis_server::installed() {
        return;
    }
    let nginx = nginx::installed();
    let plan = |deaths: &[Death]| Plan {
        program: program(),
        nginx,
        deliveries,
        sessions: SESSIONS,
        clients: CLIENTS,
        deaths: deaths.to_vec(),
    };
    let only = std::env::args().nth(2);
    let asked = |name: &str| only.as_deref().is_none_or(|only| only == name);
    let mut wrong = false;
    if asked("single") {
        let server = Servers::Single(RedisServer::start());
        let deaths = [Death::Receiver, Death::Servers, Death::Nobody];
        let report = run(&plan(&deaths), server, "long-single").await;
        println!("one server\n{report}\n");
        wrong |= !holds(&report);
    }
    if asked("cluster") {
        let cluster = Servers::Cluster(RedisCluster::start());
        let deaths = [
            Death::Receiver,
            Death::Master,
            Death::Servers,
            Death::Nobody,
        ];
        let report = run(&plan(&deaths), cluster, "long-cluster").await;
        println!("three masters, three replicas\n{report}");
        wrong |= !holds(&report);
    }
    if wrong {
        std::process::exit(1);
    }
}

/// Whether all is right; else shows what is not.
fn holds(report: &Report) -> bool {
    let holds = report.lost.is_empty()
        && report.unexplained.is_empty()
        && report.presence_differs.is_empty();
    if !holds {
        println!("{report:?}");
    }
    holds
}

/// The receiver, which `cargo xtask fleet` builds beside this.
fn program() -> PathBuf {
    let own = std::env::current_exe().expect("this program has a path");
    let folder = own.parent().and_then(|examples| examples.parent());
    folder
        .expect("examples lie in a folder of their own")
        .join("webhook_receiver")
}
