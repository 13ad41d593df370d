//! Four receivers in processes of their own, with an nginx before them and without; every delivery
//! twice, in the wrong order, and handed on twice at once; receivers and servers die in between.
//! `cargo xtask fleet` does it for longer.

use vonage_video_tests::{
    fleet::{Death, Plan, Report, Servers, nginx, run},
    redis_server::{self, RedisCluster, RedisServer},
};

/// One round for each death.
fn plan(deaths: &[Death], nginx: bool) -> Plan {
    Plan {
        program: env!("CARGO_BIN_EXE_webhook_receiver").into(),
        nginx,
        deliveries: 0,
        sessions: 3,
        clients: 6,
        deaths: deaths.to_vec(),
    }
}

fn holds(report: &Report) {
    println!("{report}");
    assert_eq!(report.lost, [""; 0], "{report}");
    assert_eq!(report.unexplained, [""; 0], "{report}");
    assert_eq!(report.presence_differs, [""; 0], "{report}");
    assert!(report.deliveries >= report.events * 4, "{report}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn over_one_server_each_event_is_acted_on_once_though_receivers_and_the_server_die() {
    if !redis_server::installed() {
        return;
    }
    let server = Servers::Single(RedisServer::start());
    let deaths = [Death::Nobody, Death::Receiver, Death::Servers];
    let report = run(&plan(&deaths, false), server, "single").await;
    holds(&report);
    assert_eq!(report.deaths, 2);
    // What was acknowledged was on the disk: no presence is behind.
    assert_eq!(report.reconciled, 0, "{report}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn behind_nginx_over_a_cluster_each_event_is_acted_on_once_though_a_master_dies() {
    if !redis_server::installed() || !nginx::installed() {
        return;
    }
    let cluster = Servers::Cluster(RedisCluster::start());
    let deaths = [Death::Receiver, Death::Master];
    let report = run(&plan(&deaths, true), cluster, "cluster").await;
    holds(&report);
    assert_eq!(report.deaths, 2);
}
