//! Which credentials win, and that no secret is written down.

use std::{fs, path::PathBuf, process::Output};

use crate::kit::{program, text};

const SECRET: &str = "abcdefabcdefabcdefabcdefabcdefabcdefabcd";

/// A home of its own, removed at the end.
struct Home(PathBuf);

impl Home {
    fn new(name: &str) -> Self {
        let home = std::env::temp_dir().join(format!("vonage-video-{name}-{}", std::process::id()));
        fs::create_dir_all(&home).unwrap();
        fs::write(home.join("secret"), format!("{SECRET}\n")).unwrap();
        Self(home)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }

    fn run(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
        program(arguments)
            .env("VONAGE_VIDEO_CONFIG", self.path("config.toml"))
            .envs(variables.iter().copied())
            .current_dir(&self.0)
            .output()
            .unwrap()
    }

    fn add(&self, name: &str, key: &str) {
        let secret = self.path("secret");
        let add = [
            "profiles",
            "add",
            name,
            "--api-key",
            key,
            "--secret-file",
            &secret,
        ];
        let added = self.run(&add, &[]);
        assert!(added.status.success(), "{}", text(&added.stderr));
    }

    /// The project and its origin that a command would use.
    fn used(&self, flags: &[&str], variables: &[(&str, &str)]) -> String {
        let show = ["profiles", "show", "--fields", "project,from"];
        let output = self.run(&[&show[..], flags].concat(), variables);
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout)
            .replace("project\t", "")
            .replace("\nfrom\t", ": ")
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn the_first_place_wins_and_no_two_are_mixed() {
    let home = Home::new("precedence");
    home.add("first", "111111");
    home.add("second", "222222");
    home.add("third", "333333");
    let environment = [
        ("OPENTOK_API_KEY", "444444"),
        ("OPENTOK_API_SECRET", SECRET),
    ];
    let variable = [&environment[..], &[("VONAGE_VIDEO_PROFILE", "second")]].concat();

    assert_eq!(
        home.used(&[], &[]),
        "111111: profile first, from the default"
    );
    fs::write(home.path(".vonage-video.toml"), "profile = \"third\"\n").unwrap();
    assert!(
        home.used(&[], &[])
            .starts_with("333333: profile third, from ")
    );
    assert_eq!(
        home.used(&[], &environment),
        "444444: environment variables"
    );
    assert_eq!(
        home.used(&[], &variable),
        "222222: profile second, from VONAGE_VIDEO_PROFILE"
    );
    let flag = ["--profile", "first"];
    assert_eq!(
        home.used(&flag, &variable),
        "111111: profile first, from --profile"
    );
    let secret = home.path("secret");
    let flags = ["--api-key", "555555", "--api-secret-file", secret.as_str()];
    assert_eq!(home.used(&flags, &variable), "555555: flags");

    // An address from the environment belongs to credentials from there alone.
    let address = [("VONAGE_VIDEO_BASE_URL", "http://127.0.0.1:1")];
    let show = ["profiles", "show", "--fields", "baseUrl"];
    let output = home.run(&[&show[..], &flags].concat(), &address);
    assert_eq!(text(&output.stdout), "baseUrl\tthe service");
}

#[test]
fn a_project_may_name_a_profile_and_nothing_that_runs() {
    let home = Home::new("project");
    let file = home.path(".vonage-video.toml");
    fs::write(file, "profile = \"a\"\nsecret_command = \"touch owned\"\n").unwrap();
    let output = home.run(&["profiles", "show"], &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stderr).contains("profile = \"NAME\"` only"),
        "{}",
        text(&output.stderr)
    );
    assert!(!home.0.join("owned").exists());
}

#[cfg(unix)]
#[test]
fn the_file_holds_no_secret_and_only_its_owner_may_write_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = Home::new("file");
    home.add("first", "111111");
    let print = format!("cat '{}'", home.path("secret"));
    let add = [
        "profiles",
        "add",
        "second",
        "--api-key",
        "222222",
        "--secret-command",
        &print,
    ];
    let path = [("PATH", "/usr/bin:/bin")];
    assert!(home.run(&add, &path).status.success());
    let file = home.path("config.toml");
    assert!(!fs::read_to_string(&file).unwrap().contains(SECRET));
    let mode = fs::metadata(&file).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o600);

    fs::set_permissions(&file, fs::Permissions::from_mode(0o666)).unwrap();
    let output = home.run(&["profiles", "list"], &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stderr).contains("chmod 600"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn credentials_that_cannot_be_used_are_not_kept() {
    let home = Home::new("unusable");
    let add = [
        "profiles",
        "add",
        "bad",
        "--api-key",
        "1",
        "--secret-file",
        "/nowhere/at/all",
    ];
    assert!(!home.run(&add, &[]).status.success());
    assert_eq!(
        text(&home.run(&["profiles", "list", "--ids"], &[]).stdout),
        ""
    );
}
