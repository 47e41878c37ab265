//! What the SQL of teams and of their people has in common.

/// How many are in team `t` in a state: a person whose two records became one counts once.
macro_rules! count_of {
    ($state:literal) => {
        concat!(
            "(SELECT count(DISTINCT coalesce(w.merged_into, w.id))
              FROM team_members AS x
              JOIN members AS w ON w.id = x.member_id
              WHERE x.team_id = t.id AND x.state ",
            $state,
            ")"
        )
    };
}
