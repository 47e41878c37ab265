//! The half-yearly review 民主评议, and the enquiry before it: committees are asked what they say of
//! the work done 社区反响.

pub mod store;
