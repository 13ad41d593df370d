//! An nginx from Debian before the receivers, started for a test and killed with it.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use crate::{
    debian::{self, free_port, until},
    place::temporary_of_process,
};

/// An nginx on loopback that hands each request to one of several receivers in turn, and to the
/// next one if that fails.
pub struct Nginx {
    process: Child,
    folder: PathBuf,
    port: u16,
    generation: u32,
}

/// Whether there is an nginx: as [`debian::installed`].
pub fn installed() -> bool {
    debian::installed(program(), "-v", "nginx-light")
}

/// Debian has it where only root looks for programs.
fn program() -> &'static str {
    let debian = "/usr/sbin/nginx";
    if Path::new(debian).exists() {
        debian
    } else {
        "nginx"
    }
}

impl Nginx {
    /// Starts one, and returns when it listens.
    pub fn start(receivers: &[SocketAddr]) -> Self {
        let folder = temporary_of_process("nginx");
        let port = free_port();
        write(&folder, port, 0, receivers);
        let process = command(&folder).stdout(Stdio::null()).spawn().unwrap();
        let nginx = Self {
            process,
            folder,
            port,
            generation: 0,
        };
        nginx.until_current();
        nginx
    }

    /// The receivers from now on; returns when it has read them. What is under way goes on.
    pub fn set(&mut self, receivers: &[SocketAddr]) {
        self.generation += 1;
        write(&self.folder, self.port, self.generation, receivers);
        let told = command(&self.folder).args(["-s", "reload"]).output();
        let told = told.unwrap();
        assert!(
            told.status.success(),
            "{}",
            String::from_utf8_lossy(&told.stderr)
        );
        self.until_current();
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        ([127, 0, 0, 1], self.port).into()
    }

    fn until_current(&self) {
        let expected = format!("generation {}", self.generation);
        until("nginx has its receivers", || {
            let asked = super::http::get(self.address(), "/generation");
            asked.is_ok_and(|response| response.ends_with(&expected))
        });
    }
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new(program());
    command.arg("-p").arg(folder);
    command.arg("-c").arg(folder.join("nginx.conf"));
    command.arg("-e").arg(folder.join("error.log"));
    command
}

/// A request that a receiver did not answer, or answered 503, goes to the next one: another source
/// of copies.
fn write(folder: &Path, port: u16, generation: u32, receivers: &[SocketAddr]) {
    let servers: String = receivers
        .iter()
        .map(|receiver| format!("server {receiver} max_fails=0; "))
        .collect();
    let paths: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .iter()
        .map(|name| format!("{name}_temp_path temporary;\n    "))
        .collect();
    let text = format!(
        "daemon off;
pid nginx.pid;
worker_processes 2;
events {{ worker_connections 512; }}
http {{
    access_log off;
    {paths}upstream receivers {{ zone receivers 64k; {servers}}}
    server {{
        listen 127.0.0.1:{port};
        location = /generation {{ return 200 \"generation {generation}\"; }}
        location / {{
            proxy_pass http://receivers;
            proxy_http_version 1.1;
            proxy_set_header Connection \"\";
            proxy_connect_timeout 2s;
            proxy_read_timeout 10s;
            proxy_next_upstream error timeout http_503 non_idempotent;
            proxy_next_upstream_tries 2;
        }}
    }}
}}
"
    );
    fs::write(folder.join("nginx.conf"), text).unwrap();
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // Its workers end on a signal, not when their master is killed.
        let _ = command(&self.folder).args(["-s", "stop"]).output();
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}
