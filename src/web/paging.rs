//! Paging by key: a page is named by the last key of the page before it, so that turning pages
//! costs the same at the end of a million rows as at the start.

/// Links to the neighbours of a page; an empty address means that there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pager {
    /// The first page, when this is not it.
    pub first_url: String,
    /// The page before.
    pub previous_url: String,
    /// The page after.
    pub next_url: String,
    /// Which rows of how many, in words.
    pub shown: String,
}
