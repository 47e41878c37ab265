//! Linli (邻里): the registry with which the office of a Party branch keeps who of its members
//! lives in which residents' committee's area, and what each can do for their neighbours.
//!
//! In reading order:
//!
//! [`text`]: the normal form of names and addresses, pinyin, and the tokens that search stands on.
//!
//! [`sheets`]: tables that come from and go to Excel and WPS: CSV in any usual encoding, and XLSX.
//!
//! [`db`]: connections, write transactions and migrations.
//!
//! [`lang`]: the reader's language and every text that people see.
//!
//! [`web`]: what pages share: permission, forms and their messages, errors as pages.
//!
//! [`members`]: registering, finding, changing and exporting members.
//!
//! [`committees`]: the directory of residents' committees.
//!
//! [`addresses`]: which lanes and numbers belong to which committee, and the queue of addresses
//! that a clerk still has to settle.
//!
//! [`activities`]: what members did in a committee's area, and each one's part in it.
//!
//! [`meetings`]: exchange meetings and study sessions, who was there and what was told;
//! [`experiences`]: what of it is worth telling on.
//!
//! [`reports`]: what all of it adds up to; [`goals`]: what branches set out to do in a half-year.
//!
//! [`lists`]: skills and branches.
//!
//! [`letters`]: liaison letters to committees, and their replies; [`hub`]: a committee's own page;
//! [`checkins`]: the slips that members hand to their committee, and the receipts; [`provisions`]:
//! whose data was passed on, to whom and what for; [`contacts`]: visits, calls and who asked for
//! work, with the letters in the liaison ledger.
//!
//! [`needs`]: what committees and residents ask for, and who could help; [`pairings`]: who does,
//! and their visits; [`offers`]: wishes, posts and service days;
//! [`teams`]: members who serve together.
//!
//! [`surveys`]: the half-yearly survey, from the call to what committees confirmed;
//! [`reviews`]: what committees say of the work done, and the half-yearly review;
//! [`commendations`]: calls, who is nominated and what the branch decides; [`certificates`]: a
//! member's own record of service on paper.
//!
//! [`people`]: members who sign in, and their own page; [`registrations`]: those who fill in the
//! registration form themselves.
//!
//! [`desk`]: the first page.
//!
//! [`accounts`], [`audit`]: who signs in, and who did what.
//!
//! [`operations`]: what the people who run the server ask.
//!
//! [`upkeep`]: what the running server does by itself every day; [`renewal`]: the search indexes
//! written anew after an upgrade.
//!
//! [`app`]: the state, the features' routes joined, the middleware in order.
//!
//! [`demo`]: a made-up branch, for looking around and for measuring.

pub mod accounts;
pub mod activities;
pub mod addresses;
pub mod app;
pub mod audit;
pub mod certificates;
pub mod checkins;
pub mod cli;
pub mod commendations;
pub mod committees;
pub mod config;
pub mod contacts;
pub mod db;
pub mod demo;
pub mod desk;
pub mod experiences;
pub mod goals;
pub mod hub;
pub mod lang;
pub mod letters;
pub mod lists;
pub mod meetings;
pub mod members;
pub mod needs;
pub mod offers;
pub mod operations;
pub mod pairings;
pub mod people;
pub mod provisions;
pub mod registrations;
pub mod renewal;
pub mod reports;
pub mod reviews;
pub mod sheets;
pub mod surveys;
pub mod teams;
pub mod upkeep;
pub mod web;

pub use linli_text as text;
