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

    fn command(&self, line: &[&str]) -> Command {
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
        let output = self.command(line).output().unwrap();
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
        use std::io::BufRead as _;
        let mut child = self
            .command(&["serve", "--listen", "127.0.0.1:0"])
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

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
