//! The pages as people use them: Chromium, driven by mouse and by keyboard.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod access;
mod activities;
mod assessment;
mod chromium;
mod hub;
mod letters;
mod meetings;
#[path = "../support/office.rs"]
#[expect(dead_code, reason = "other tests ask over HTTP")]
mod office;
mod paper;
mod paths;
mod service;
mod steps;
