//! A fleet of receivers behind an nginx, with servers and receivers that die, and what became of
//! the events.

mod balancer;
mod effects;
mod http;
pub mod nginx;
mod presence;
mod receiver;
mod report;

pub use report::Report;

use std::{
    collections::{BTreeMap, BTreeSet},
    net::SocketAddr,
    path::PathBuf,
    time::{Duration, SystemTime},
};

use vonage_video::{
    Client, SessionId, Timestamp, operations::CreateSession, webhook::WebhookEvent,
};
use vonage_video_emulator::{Emulator, Publish, SimulatedClient, WebhookTarget};
use vonage_video_redis::RedisStore;

use self::{balancer::Balancer, effects::Effects, nginx::Nginx, receiver::Receiver};
use crate::{
    debian::until,
    redis_server::{RedisCluster, RedisServer},
};

const RECEIVERS: usize = 4;
/// A claim of a receiver that died waits so long. Short, so that the test is.
const LEASE: Duration = Duration::from_millis(1_500);
/// By how many seconds of virtual time deliveries are late, in every second round.
const LATE: u32 = 600;
/// What replication may lag behind, and more.
const LAG: u128 = 1_000;

/// What is done, round after round.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The receiver's program.
    pub program: PathBuf,
    /// Whether an nginx is before the receivers; there must be one.
    pub nginx: bool,
    /// Rounds go on until this many deliveries were handed over, and each death had one. Each round
    /// has an emulator and sessions of its own.
    pub deliveries: usize,
    /// Sessions a round.
    pub sessions: usize,
    /// Clients a session.
    pub clients: usize,
    /// What dies in each round.
    pub deaths: Vec<Death>,
}

/// What dies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Death {
    /// Nothing.
    Nobody,
    /// A receiver, by SIGKILL in the middle of its work; another takes its place.
    Receiver,
    /// Every server, by SIGKILL; all are started again.
    Servers,
    /// A master, by SIGKILL; its replica takes over, and it comes back as a replica. Only in a
    /// cluster.
    Master,
}

/// What the receivers share.
pub enum Servers {
    /// One server.
    Single(RedisServer),
    /// Three masters, each with a replica.
    Cluster(RedisCluster),
}

impl Servers {
    fn urls(&self) -> Vec<String> {
        match self {
            Self::Single(server) => vec![server.url()],
            Self::Cluster(cluster) => cluster.urls(),
        }
    }

    fn store(&self) -> RedisStore {
        let urls = self.urls();
        match self {
            Self::Single(_) => RedisStore::single(&urls[0]).unwrap(),
            Self::Cluster(_) => RedisStore::cluster(urls.iter().map(String::as_str)).unwrap(),
        }
    }
}

struct Fleet<'a> {
    plan: &'a Plan,
    servers: Servers,
    balancer: Balancer,
    nginx: Option<Nginx>,
    receivers: Vec<Receiver>,
    effects: Effects,
    killed: BTreeSet<u32>,
    /// From and until when the store was away.
    outages: Vec<(u128, u128)>,
    events: BTreeMap<String, WebhookEvent>,
    report: Report,
    /// A time after all that happens in virtual time, until which usage is counted.
    horizon: Timestamp,
}

/// Runs a plan. It needs a runtime with two threads.
pub async fn run(plan: &Plan, servers: Servers, name: &str) -> Report {
    let began = now();
    let mut fleet = Fleet {
        plan,
        servers,
        balancer: Balancer::start().await,
        nginx: None,
        receivers: Vec::new(),
        effects: Effects::new(name),
        killed: BTreeSet::new(),
        outages: Vec::new(),
        events: BTreeMap::new(),
        report: Report {
            nginx: plan.nginx,
            ..Report::default()
        },
        horizon: (clock() + Duration::from_secs(2 * 24 * 60 * 60)).into(),
    };
    for _ in 0..RECEIVERS {
        fleet.add_receiver();
    }
    if plan.nginx {
        let nginx = tokio::task::block_in_place(|| Nginx::start(&fleet.addresses()));
        fleet.balancer.set([nginx.address(), nginx.address()]);
        fleet.nginx = Some(nginx);
    }
    let mut round = 0;
    while round < plan.deaths.len() || fleet.balancer.handed_over() < plan.deliveries {
        let death = plan.deaths[round % plan.deaths.len()];
        fleet.round(round, death).await;
        round += 1;
    }
    fleet.judge();
    fleet.report.deliveries = fleet.balancer.handed_over();
    let took = u64::try_from(now() - began).unwrap();
    fleet.report.took = Duration::from_millis(took);
    fleet.report
}

impl Fleet<'_> {
    fn add_receiver(&mut self) {
        let urls = self.servers.urls();
        let receiver = Receiver::start(&self.plan.program, self.effects.path(), LEASE, &urls);
        self.receivers.push(receiver);
        let addresses = self.addresses();
        match &mut self.nginx {
            Some(nginx) => tokio::task::block_in_place(|| nginx.set(&addresses)),
            None => self.balancer.set(addresses),
        }
    }

    fn addresses(&self) -> Vec<SocketAddr> {
        self.receivers.iter().map(Receiver::address).collect()
    }

    async fn round(&mut self, round: usize, death: Death) {
        let target = WebhookTarget::new(self.balancer.url());
        let mut target = target.secret(receiver::SECRET).twice().out_of_order();
        if round % 2 == 1 {
            target = target.late(LATE);
        }
        let emulator = Emulator::builder()
            .seed(round as u64)
            .stand_still()
            .webhook(target)
            .start()
            .await
            .unwrap();
        let project = emulator.vonage().unwrap().credentials().unwrap().clone();
        let video = Client::builder(project)
            .base_url(emulator.url())
            .build()
            .unwrap();
        let mut sessions = Vec::new();
        for number in 0..self.plan.sessions {
            let session = video.send(CreateSession::new()).await.unwrap().id;
            let clients = self.live(&emulator, &video, &session);
            // Half of the sessions end, of the others half of the clients leave.
            let staying = if number % 2 == 0 {
                0
            } else {
                self.plan.clients / 2
            };
            sessions.push((session, clients, staying));
        }
        for (_, clients, staying) in &sessions {
            for client in clients.iter().skip(*staying) {
                client.leave().unwrap();
            }
        }
        self.deliver(&emulator, death).await;
        for delivery in emulator.deliveries() {
            let event: WebhookEvent = serde_json::from_slice(&delivery.body).unwrap();
            self.events.insert(event.key().to_string(), event);
        }
        let ids: Vec<_> = sessions
            .iter()
            .map(|(session, ..)| session.clone())
            .collect();
        self.compare(&video, &ids).await;
        // Dropped, those who stay would leave.
        drop(sessions);
        emulator.stop().await;
    }

    fn live(
        &self,
        emulator: &Emulator,
        video: &Client,
        session: &SessionId,
    ) -> Vec<SimulatedClient> {
        let clients = (0..self.plan.clients).map(|_| {
            let token = video.token(session).sign().unwrap();
            let client = emulator.join(session, token.as_str()).unwrap();
            client.publish(Publish::default()).unwrap();
            client
        });
        clients.collect()
    }

    /// Lets everything arrive while something dies.
    async fn deliver(&mut self, emulator: &Emulator, death: Death) {
        let before = self.balancer.handed_over();
        let all = self.plan.sessions * (self.plan.clients * 4 + 1);
        let third = before + all;
        let (posted, ()) = tokio::join!(
            tokio::time::timeout(Duration::from_secs(120), async {
                emulator.advance(Duration::from_secs(LATE.into())).await;
                emulator.settle().await;
            }),
            async {
                self.balancer.until(third).await;
                self.kill(death).await;
            }
        );
        posted.expect("the emulator posts what is due");
        // What was answered 503, or not at all, comes again after a growing while of virtual time.
        for _ in 0..40 {
            if emulator
                .deliveries()
                .iter()
                .all(|delivery| delivery.arrived())
            {
                return;
            }
            // Real time too: the lease of the dead ends by it.
            tokio::time::sleep(LEASE / 4).await;
            emulator.advance(Duration::from_secs(300)).await;
            emulator.settle().await;
        }
        panic!(
            "some deliveries never arrived: {}",
            self.balancer.handed_over()
        );
    }

    async fn kill(&mut self, death: Death) {
        if death == Death::Nobody {
            return;
        }
        self.report.deaths += 1;
        let began = now();
        match (death, &mut self.servers) {
            (Death::Receiver, _) => {
                // What is before it finds out by itself.
                let receiver = self.receivers.remove(0);
                self.killed.insert(receiver.kill());
                self.add_receiver();
                return;
            }
            (_, Servers::Single(server)) => tokio::task::block_in_place(|| server.restart()),
            (Death::Servers, Servers::Cluster(cluster)) => tokio::task::block_in_place(|| {
                cluster.servers.iter_mut().for_each(RedisServer::kill);
                cluster.servers.iter_mut().for_each(RedisServer::restart);
                cluster.until_whole();
            }),
            (_, Servers::Cluster(cluster)) => tokio::task::block_in_place(|| {
                let master = cluster.masters()[0];
                let replica = cluster.replica_of(master);
                cluster.servers[master].kill();
                until("the replica has taken over", || {
                    cluster.masters().contains(&replica)
                });
                cluster.servers[master].restart();
                cluster.until_whole();
            }),
        }
        self.outages.push((began, now()));
    }

    fn judge(&mut self) {
        let mut acted: BTreeMap<String, Vec<effects::Effect>> = BTreeMap::new();
        for effect in self.effects.read() {
            acted.entry(effect.key.clone()).or_default().push(effect);
        }
        self.report.events = self.events.len();
        for key in self.events.keys() {
            let Some(effects) = acted.get(key) else {
                self.report.lost.push(key.clone());
                continue;
            };
            for (earlier, _) in effects.iter().zip(effects.iter().skip(1)) {
                let away = |(from, until): &(u128, u128)| {
                    (from.saturating_sub(LAG)..=*until).contains(&earlier.at)
                };
                if self.killed.contains(&earlier.process) {
                    self.report.again_after_a_death += 1;
                } else if self.outages.iter().any(away) {
                    self.report.again_after_an_outage += 1;
                } else {
                    self.report.unexplained.push(format!("{effects:?}"));
                }
            }
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "other processes live by this clock"
)]
fn clock() -> SystemTime {
    SystemTime::now()
}

fn now() -> u128 {
    let since = clock().duration_since(SystemTime::UNIX_EPOCH);
    since.unwrap().as_millis()
}
