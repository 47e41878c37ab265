//! A folder to run the program in.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

pub struct Terminal {
    pub folder: TempDir,
}

/// What a command said.
#[derive(Debug)]
pub struct Said {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Terminal {
    pub fn open() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn command(&self, line: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_linli"));
        command
            .args(line)
            .current_dir(self.folder.path())
            .env_clear()
            .env("LANG", "en_US.UTF-8")
            .stdin(Stdio::null());
        command
    }

    pub fn run(&self, line: &[&str]) -> Said {
        Self::said(&mut self.command(line))
    }

    /// The same with these variables in its environment.
    pub fn run_with(&self, variables: &[(&str, &str)], line: &[&str]) -> Said {
        Self::said(self.command(line).envs(variables.iter().copied()))
    }

    /// Runs a command line on a real terminal, on which both outputs arrive.
    pub fn on_a_terminal(&self, line: &str) -> String {
        let line = format!("stty cols 120; {} {line}", env!("CARGO_BIN_EXE_linli"));
        let said = Self::said(
            Command::new("script")
                .args(["--quiet", "--return", "--command", &line, "/dev/null"])
                .current_dir(self.folder.path())
                .env("LANG", "en_US.UTF-8")
                .env("TERM", "xterm")
                .stdin(Stdio::null()),
        );
        assert_eq!(said.status, 0, "{line}: {said:?}");
        said.out
    }

    fn said(command: &mut Command) -> Said {
        let output = command.output().unwrap();
        Said {
            status: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs a command that must succeed; what it printed.
    pub fn done(&self, line: &[&str]) -> String {
        let said = self.run(line);
        assert_eq!(said.status, 0, "{line:?}: {said:?}");
        said.out
    }

    /// A new database with the schema.
    pub fn with_database(self) -> Self {
        self.done(&["migrate"]);
        self
    }

    pub fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.path(name), bytes).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// Starts a server on a free port and waits for so many lines of what it prints.
    pub fn serve(&self, lines: usize) -> Server {
        self.serve_on("127.0.0.1:0", lines)
    }

    /// The same, listening there.
    pub fn serve_on(&self, listen: &str, lines: usize) -> Server {
        use std::io::BufRead as _;
        let mut child = self
            .command(&["serve", "--listen", listen])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let out = std::io::BufReader::new(child.stdout.take().unwrap());
        let lines = out.lines().take(lines).map(Result::unwrap).collect();
        Server { child, lines }
    }
}

/// A server that ends with its test.
pub struct Server {
    child: Child,
    pub lines: Vec<String>,
}

impl Server {
    /// Where it answers: `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        let (_, url) = self.lines[0].split_once("http://").unwrap();
        format!("http://{}", url.trim_end_matches('/'))
    }

    /// Kills it with SIGKILL: it has no time for anything.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks the server to stop, as an operating system does; its exit status.
    pub fn stop(mut self) -> i32 {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(asked.unwrap().success());
        self.child.wait().unwrap().code().unwrap_or(-1)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
