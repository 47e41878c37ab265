//! The changes that goals go through, each whole: the row, and the line in the audit log, which says
//! what the goal was set to.

use serde_json::json;

use super::{Goal, GoalNumbers, store};
use crate::activities::HalfYear;
use crate::audit::{self, Action, Actor, Record};
use crate::db::{Connection, Result};

/// Sets a branch's goal for a half-year, or changes the one that it has, if anything differs.
///
/// # Errors
/// When the database fails.
pub async fn set(
    connection: &mut Connection,
    actor: Actor,
    branch: i64,
    half: HalfYear,
    numbers: &GoalNumbers,
) -> Result<()> {
    let action = match store::goal(connection, branch, half).await? {
        Some(goal) if goal.removed_at.is_none() && goal.numbers == *numbers => return Ok(()),
        Some(goal) => {
            store::update(connection, goal.id, numbers).await?;
            if goal.removed_at.is_none() { Action::GoalChanged } else { Action::GoalSet }
        }
        None => {
            store::insert(connection, branch, half, numbers).await?;
            Action::GoalSet
        }
    };
    record(connection, actor, action, (branch, half), numbers).await
}

/// Takes a goal back.
///
/// # Errors
/// When the database fails.
pub async fn remove(connection: &mut Connection, actor: Actor, goal: &Goal) -> Result<()> {
    store::remove(connection, goal.id).await?;
    let of = (goal.branch, goal.half);
    record(connection, actor, Action::GoalRemoved, of, &goal.numbers).await
}

/// Gives each of these branches that has no goal for a half-year the one of the half-year before;
/// how many got one.
///
/// # Errors
/// When the database fails.
pub async fn copy(
    connection: &mut Connection,
    actor: Actor,
    half: HalfYear,
    branches: Option<&[i64]>,
) -> Result<usize> {
    let there = store::of_half(connection, half, branches).await?;
    let mut copied = 0;
    for before in store::of_half(connection, half.before(), branches).await? {
        if there.iter().all(|goal| goal.branch != before.branch) {
            set(connection, actor, before.branch, half, &before.numbers).await?;
            copied += 1;
        }
    }
    Ok(copied)
}

async fn record(
    connection: &mut Connection,
    actor: Actor,
    action: Action,
    (branch, half): (i64, HalfYear),
    numbers: &GoalNumbers,
) -> Result<()> {
    let detail = json!({ "half": half.code(), "numbers": numbers });
    audit::record(connection, actor, action, Record::Branch(branch), detail).await
}
