//! Redis servers from Debian, started for a test and killed with it.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
};

use crate::{
    debian::{self, free_port, until},
    place::temporary_of_process,
};

/// A `redis-server` on loopback that writes every change to the disk before it acknowledges it.
pub struct RedisServer {
    process: Option<Child>,
    port: u16,
    bus: Option<u16>,
    tls: bool,
    folder: PathBuf,
}

/// Whether there is a `redis-server`: as [`debian::installed`].
pub fn installed() -> bool {
    debian::installed("redis-server", "--version", "redis-server")
}

/// A certificate for this machine that nobody trusts but those who are given it, and its key.
#[derive(Clone)]
struct Certificate {
    pem: String,
    key: String,
}

impl Certificate {
    fn new() -> Self {
        let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
        let made = rcgen::generate_simple_self_signed(names).unwrap();
        Self {
            pem: made.cert.pem(),
            key: made.signing_key.serialize_pem(),
        }
    }
}

impl RedisServer {
    /// Starts one server.
    pub fn start() -> Self {
        Self::prepared(false, None)
    }

    /// Starts one server that speaks TLS only, with a certificate that nobody trusts but those who
    /// are given [`roots`](Self::roots).
    pub fn start_with_tls() -> Self {
        Self::prepared(false, Some(&Certificate::new()))
    }

    fn prepared(cluster: bool, certificate: Option<&Certificate>) -> Self {
        let mut server = Self {
            process: None,
            port: free_port(),
            bus: cluster.then(free_port),
            tls: certificate.is_some(),
            folder: temporary_of_process("redis"),
        };
        if let Some(certificate) = certificate {
            fs::write(server.roots(), &certificate.pem).unwrap();
            fs::write(server.folder.join("key.pem"), &certificate.key).unwrap();
        }
        server.restart();
        server
    }

    /// Starts it again, with what it had written, and returns when it serves.
    pub fn restart(&mut self) {
        self.kill();
        let mut command = Command::new("redis-server");
        command.args(["--bind", "127.0.0.1", "--save", "", "--appendonly", "yes"]);
        command.args(["--appendfsync", "always", "--repl-diskless-sync-delay", "0"]);
        if self.tls {
            command.args(["--port", "0", "--tls-auth-clients", "no", "--tls-port"]);
            command.arg(self.port.to_string());
            command.arg("--tls-cert-file").arg(self.roots());
            command.arg("--tls-ca-cert-file").arg(self.roots());
            command
                .arg("--tls-key-file")
                .arg(self.folder.join("key.pem"));
            if self.bus.is_some() {
                command.args(["--tls-cluster", "yes", "--tls-replication", "yes"]);
            }
        } else {
            command.arg("--port").arg(self.port.to_string());
        }
        command.arg("--dir").arg(&self.folder);
        if let Some(bus) = self.bus {
            command.args(["--cluster-enabled", "yes", "--cluster-node-timeout", "1000"]);
            command.arg("--cluster-port").arg(bus.to_string());
        }
        let mut process = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let ready = lines.by_ref().map_while(Result::ok);
        let mut said = Vec::new();
        let ready = ready.inspect(|line| said.push(line.clone()));
        let serves = { ready }.any(|line| line.contains("Ready to accept connections"));
        assert!(serves, "redis-server did not start:\n{}", said.join("\n"));
        thread::spawn(move || lines.for_each(drop));
        self.process = Some(process);
    }

    /// Kills it with SIGKILL.
    pub fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().unwrap();
            process.wait().unwrap();
        }
    }

    /// Its URL.
    pub fn url(&self) -> String {
        match self.tls {
            true => format!("rediss://127.0.0.1:{}", self.port),
            false => format!("redis://127.0.0.1:{}", self.port),
        }
    }

    /// Where the certificate of a server with TLS is.
    pub fn roots(&self) -> PathBuf {
        self.folder.join("certificate.pem")
    }

    /// What `redis-cli` prints for a command.
    pub fn ask(&self, command: &[&str]) -> String {
        let port = self.port.to_string();
        let output = self.cli().args(["-p", &port]).args(command).output();
        String::from_utf8_lossy(&output.unwrap().stdout)
            .trim()
            .to_owned()
    }

    fn cli(&self) -> Command {
        let mut cli = Command::new("redis-cli");
        if self.tls {
            cli.args(["--tls", "--cacert"]).arg(self.roots());
        }
        cli
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        self.kill();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Three masters, each with a replica.
pub struct RedisCluster {
    /// The servers; which of them are masters changes.
    pub servers: Vec<RedisServer>,
}

impl RedisCluster {
    /// Starts six servers, and returns when all slots are served and all replicas follow.
    pub fn start() -> Self {
        Self::prepared(None)
    }

    /// Starts six servers that speak TLS only, among themselves too, with one certificate that
    /// nobody trusts but those who are given [`roots`](Self::roots).
    pub fn start_with_tls() -> Self {
        Self::prepared(Some(&Certificate::new()))
    }

    fn prepared(certificate: Option<&Certificate>) -> Self {
        let servers: Vec<_> = (0..6)
            .map(|_| RedisServer::prepared(true, certificate))
            .collect();
        let cluster = Self { servers };
        cluster.form();
        cluster
    }

    /// Lets every server say that all are at a port at which nobody listens, or where they are.
    pub fn announce(&self, nowhere: bool) {
        let port = if nowhere { "1" } else { "0" };
        for server in &self.servers {
            server.ask(&["config", "set", "cluster-announce-port", port]);
        }
        until("all servers have heard where the others are", || {
            self.servers.iter().all(|server| {
                let nodes = server.ask(&["cluster", "nodes"]);
                nodes.lines().all(|node| node.contains(":1@") == nowhere)
            })
        });
    }

    /// Makes a cluster of the servers, and returns when all slots are served and all replicas
    /// follow.
    pub fn form(&self) {
        let mut create = self.servers[0].cli();
        create.args(["--cluster", "create"]);
        create.args(
            self.servers
                .iter()
                .map(|server| format!("127.0.0.1:{}", server.port)),
        );
        create.args(["--cluster-replicas", "1", "--cluster-yes"]);
        let created = create.output().unwrap();
        let said = String::from_utf8_lossy(&created.stdout).into_owned();
        assert!(created.status.success(), "{said}");
        self.until_whole();
    }

    /// The URLs of all servers.
    pub fn urls(&self) -> Vec<String> {
        self.servers.iter().map(RedisServer::url).collect()
    }

    /// Where the certificate of servers with TLS is.
    pub fn roots(&self) -> PathBuf {
        self.servers[0].roots()
    }

    /// Waits until every server that runs finds the cluster whole, with three replicas that follow.
    pub fn until_whole(&self) {
        until("the cluster is whole", || {
            let running = self
                .servers
                .iter()
                .filter(|server| server.process.is_some());
            let whole = running.clone().all(|server| {
                server
                    .ask(&["cluster", "info"])
                    .contains("cluster_state:ok")
            });
            let follow = running.filter(|server| {
                server
                    .ask(&["info", "replication"])
                    .contains("master_link_status:up")
            });
            whole && follow.count() == 3
        });
    }

    /// The place of the master that has a key's slot.
    pub fn master_of(&self, key: &str) -> usize {
        let running = self
            .servers
            .iter()
            .position(|server| server.process.is_some());
        let slot: u16 = self.servers[running.unwrap()]
            .ask(&["cluster", "keyslot", key])
            .parse()
            .unwrap();
        let masters = self.masters();
        let holds = |place: &usize| {
            let server = &self.servers[*place];
            let myself = server.ask(&["cluster", "nodes"]);
            let line = myself.lines().find(|line| line.contains("myself")).unwrap();
            line.split(' ').skip(8).any(|range| {
                let (from, to) = range.split_once('-').unwrap_or((range, range));
                (from.parse().unwrap_or(u16::MAX)..=to.parse().unwrap_or(0)).contains(&slot)
            })
        };
        masters.into_iter().find(holds).unwrap()
    }

    /// The places of the masters that run.
    pub fn masters(&self) -> Vec<usize> {
        let is_master = |server: &RedisServer| {
            server.process.is_some() && server.ask(&["role"]).starts_with("master")
        };
        let places = self.servers.iter().enumerate();
        places
            .filter(|(_, server)| is_master(server))
            .map(|(place, _)| place)
            .collect()
    }

    /// The place of the replica of a master.
    pub fn replica_of(&self, master: usize) -> usize {
        let port = self.servers[master].port.to_string();
        let follows = |server: &RedisServer| {
            let role = server.ask(&["role"]);
            role.starts_with("slave") && role.lines().any(|line| line == port)
        };
        self.servers.iter().position(follows).unwrap()
    }
}
