//! A registry on loopback: serves what the lockfile names and takes what is published.

mod index;
mod serve;
mod shelf;

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    thread,
};

use self::shelf::{Refusal, Shelf};
use crate::failure::Failure;

/// The name that cargo knows it by.
pub(super) const NAME: &str = "rehearsal";

/// The registry, which lives as long as the process; what it was sent outlives it on disk.
pub(super) struct Registry {
    home: PathBuf,
    address: SocketAddr,
    shelf: Arc<Mutex<Shelf>>,
}

impl Registry {
    /// Starts to listen. A release that resumes has the port that it had, if it is free: otherwise
    /// cargo takes this for another registry, and builds everything again.
    pub(super) fn prepare(home: &Path) -> Result<Self, Failure> {
        let kept = home.join("port");
        let port = fs::read_to_string(&kept)
            .ok()
            .and_then(|port| port.trim().parse().ok());
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port.unwrap_or(0)))
            .or_else(|_| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))?;
        let address = listener.local_addr()?;
        fs::write(kept, address.port().to_string())?;

        let shelf = Arc::new(Mutex::new(Shelf {
            published: home.join("published"),
            refusals: vec![Refusal::TooMany, Refusal::Break],
            ..Shelf::default()
        }));
        let served = Arc::clone(&shelf);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shelf = Arc::clone(&served);
                thread::spawn(move || serve::serve(stream, address, &shelf));
            }
        });
        Ok(Self {
            home: home.to_path_buf(),
            address,
            shelf,
        })
    }

    /// A home for cargo in which this registry stands in place of crates.io. The first call fills
    /// the registry with what the clone's lockfile names and with earlier publications.
    pub(super) fn cargo_home(&self, clone: &Path) -> Result<PathBuf, Failure> {
        let home = self.home.join("cargo-home");
        let mut shelf = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        if shelf.index.is_empty() {
            index::stock(&mut shelf, clone)?;
            fs::create_dir_all(&home)?;
            let address = self.address;
            let config = format!(
                "[source.crates-io]\nreplace-with = \"{NAME}\"\n\
                 [registries.{NAME}]\nindex = \"sparse+http://{address}/index/\"\n\
                 token = \"on-loopback\"\n"
            );
            fs::write(home.join("config.toml"), config)?;
        }
        Ok(home)
    }

    /// The file that was published under a name.
    pub(super) fn published(&self, name: &str, version: &str) -> PathBuf {
        self.home
            .join("published")
            .join(format!("{name}-{version}.crate"))
    }
}
