//! The records that several lists have in common.

use std::sync::Arc;

use super::changes::Changes;
use super::list::{List, in_common};
use super::parts::Parts;
use super::{Postings, Result};
use crate::db::Connection;

/// The records that are in each of some lists. They are found by parts of the phone book, so the
/// lists are read as far as is asked for.
#[derive(Debug)]
pub struct Common<'a> {
    postings: &'a Postings,
    changes: Arc<Changes>,
    parts: Arc<Parts>,
    asked: Vec<Asked>,
}

/// What is asked for.
#[derive(Debug)]
pub(super) struct Asked {
    pub expression: Arc<str>,
    /// All of its list, or that it is too long for that.
    pub all: Arc<List>,
}

/// How many records were found so far of what is asked for, in the same order.
struct Walk(Vec<usize>);

impl<'a> Common<'a> {
    pub(super) fn new(
        postings: &'a Postings,
        changes: Arc<Changes>,
        parts: Arc<Parts>,
        asked: Vec<Asked>,
    ) -> Self {
        Self { postings, changes, parts, asked }
    }

    /// The first of them beyond a key, at most `most`, in ascending order of their sort keys.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn after(
        &self,
        connection: &mut Connection,
        key: Option<i64>,
        most: usize,
    ) -> Result<Vec<i64>> {
        let first = key.map_or(0, |key| self.parts.of(key));
        let mut walk = self.walk();
        let mut found = Vec::new();
        for part in first..self.parts.count() {
            let there = self.in_part(connection, part, &mut walk, None).await?;
            found.extend(there.into_iter().filter(|there| key.is_none_or(|key| *there > key)));
            if found.len() >= most {
                found.truncate(most);
                break;
            }
        }
        Ok(found)
    }

    /// The last of them before a key, at most `most`, in descending order of their sort keys.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn before(
        &self,
        connection: &mut Connection,
        key: i64,
        most: usize,
    ) -> Result<Vec<i64>> {
        let mut walk = self.walk();
        let mut found = Vec::new();
        for part in (0..=self.parts.of(key)).rev() {
            let there = self.in_part(connection, part, &mut walk, None).await?;
            found.extend(there.into_iter().rev().filter(|there| *there < key));
            if found.len() >= most {
                found.truncate(most);
                break;
            }
        }
        Ok(found)
    }

    /// Those that are among these, in the order of these.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn among(&self, connection: &mut Connection, keys: &[i64]) -> Result<Vec<i64>> {
        let mut sorted = keys.to_vec();
        sorted.sort_unstable();
        let mut walk = self.walk();
        let mut found = Vec::new();
        let mut rest = sorted.as_slice();
        while let Some(first) = rest.first() {
            let part = self.parts.of(*first);
            let end = self.parts.keys(part).end;
            let (here, beyond) = rest.split_at(rest.partition_point(|key| *key < end));
            found.extend(self.in_part(connection, part, &mut walk, Some(here)).await?);
            rest = beyond;
        }
        Ok(keys.iter().copied().filter(|key| found.binary_search(key).is_ok()).collect())
    }

    fn walk(&self) -> Walk {
        Walk(vec![0; self.asked.len()])
    }

    /// Those of a part of the phone book, in ascending order of their sort keys; only those among
    /// some, when these are given.
    async fn in_part(
        &self,
        connection: &mut Connection,
        part: usize,
        walk: &mut Walk,
        among: Option<&[i64]>,
    ) -> Result<Vec<i64>> {
        let keys = self.parts.keys(part);
        // The short ones first: where one of them has nothing here, the others are not asked.
        let mut order: Vec<usize> = (0..self.asked.len()).collect();
        order.sort_by_key(|at| (self.asked[*at].all.is_cut, walk.0[*at]));
        let mut lists = Vec::with_capacity(order.len());
        for at in order {
            let Asked { expression, all } = &self.asked[at];
            let (list, first, end) = if all.is_cut {
                let (postings, changes) = (self.postings, &self.changes);
                let part = Some(keys.clone());
                let list = postings.list(connection, expression, part, changes).await?;
                let length = list.keys.len();
                (list, 0, length)
            } else {
                let first = all.keys.partition_point(|key| *key < keys.start);
                (all.clone(), first, all.keys.partition_point(|key| *key < keys.end))
            };
            if first == end {
                return Ok(Vec::new());
            }
            walk.0[at] += end - first;
            lists.push((list, first, end));
        }
        let lists = lists.iter().map(|(list, first, end)| &list.keys[*first..*end]);
        let mut lists: Vec<&[i64]> = lists.chain(among).collect();
        lists.sort_unstable_by_key(|list| list.len());
        Ok(in_common(&mut lists))
    }
}
