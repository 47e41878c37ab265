//! The command line, run as people run it: the real program in a temporary folder.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod accounts;
mod activities;
mod database;
mod files;
mod help;
mod killed;
mod members;
mod round_trip;
mod settings;
mod terminal;
