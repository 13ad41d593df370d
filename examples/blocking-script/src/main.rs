//! Lists the archives that are older than a number of days, and deletes them with `--delete`.
//!
//! `blocking-script 30` lists, `blocking-script 30 --delete` deletes. No `async` anywhere.

use std::{
    env,
    error::Error,
    time::{Duration, SystemTime},
};

use vonage_video::{Reason, blocking::Client, operations::ListArchives};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (days, delete) = match &arguments[..] {
        [days] => (days.parse::<u64>()?, false),
        [days, flag] if flag == "--delete" => (days.parse::<u64>()?, true),
        _ => return Err("usage: blocking-script DAYS [--delete]".into()),
    };
    let video = Client::from_env()?;
    let age = Duration::from_secs(days * 24 * 3600);
    let before = SystemTime::now().checked_sub(age).ok_or("too many days")?;

    // Every page; collected first, because deleting moves what the next page would have.
    let archives: Result<Vec<_>, _> = video.pages(ListArchives::new()).collect();
    let (mut found, mut bytes) = (0, 0);
    for archive in archives? {
        let created = archive.created_at.and_then(|at| at.to_system_time());
        if created.is_none_or(|created| created > before) {
            continue;
        }
        println!(
            "{} {:>14} bytes, {}",
            archive.id, archive.size, archive.status
        );
        found += 1;
        bytes += archive.size;
        if delete {
            match video.send(archive.delete()).run() {
                Err(error) if error.reason() == Some(Reason::WrongState) => {
                    println!("  it cannot be deleted in this state");
                }
                deleted => deleted?,
            }
        }
    }
    let what = if delete { "deleted" } else { "found" };
    println!("{found} archives {what}, {bytes} bytes");
    Ok(())
}
