//! The pages, asked for over HTTP from a real server on a real database file.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod accounts;
mod activities;
mod activity_import;
mod audit;
mod cards;
mod catalogues;
mod checkins;
mod commendations;
mod committees;
mod desk;
mod erase;
mod experiences;
mod export;
mod goals;
mod hostile;
mod hub;
mod import;
mod ledger;
mod letters;
mod list;
mod lists;
mod meetings;
mod merge;
mod needs;
mod offers;
#[path = "../support/office.rs"]
mod office;
mod operations;
mod packets;
mod pairings;
mod people;
mod permission;
mod queue;
mod register;
mod registrations;
mod reports;
mod reviews;
mod rule_import;
mod rules;
mod search;
mod sessions;
mod surveys;
mod teams;
mod unattached;
mod whole;
