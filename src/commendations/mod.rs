//! Commendations 表彰: what members were commended for.

pub mod store;
