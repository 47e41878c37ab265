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
//! [`app`]: the state, the features' routes joined, the middleware in order.
//!
//! [`demo`]: a made-up branch, for looking around and for measuring.

pub mod app;
pub mod db;
pub mod demo;
pub mod lang;
pub mod sheets;
pub mod text;
pub mod web;
