//! Lists of sort keys, and what they have in common.

/// The records that an expression finds in a part of the phone book.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct List {
    /// The latest change that it takes in (`member_search_changes.seq`).
    pub as_of: i64,
    /// Their sort keys, in ascending order.
    pub keys: Box<[i64]>,
    /// Whether there are more than it tells of.
    pub is_cut: bool,
}

/// The keys that are in each of some lists, which are the quickest in order of their length.
pub(super) fn in_common(lists: &mut [&[i64]]) -> Vec<i64> {
    let mut found = Vec::new();
    let Some((shortest, others)) = lists.split_first_mut() else { return found };
    'candidates: while let Some(&candidate) = shortest.first() {
        for list in others.iter_mut() {
            skip_to(list, candidate);
            match list.first() {
                None => break 'candidates,
                Some(&there) if there != candidate => {
                    skip_to(shortest, there);
                    continue 'candidates;
                }
                Some(_) => {}
            }
        }
        found.push(candidate);
        *shortest = &shortest[1..];
    }
    found
}

/// Leaves out the keys below this one, by steps that double until they are too long.
fn skip_to(list: &mut &[i64], key: i64) {
    let mut step = 1;
    while list.get(step - 1).is_some_and(|there| *there < key) {
        *list = &list[step..];
        step *= 2;
    }
    let within = list.len().min(step - 1);
    let below = list[..within].partition_point(|there| *there < key);
    *list = &list[below..];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lists_have_in_common_is_in_each_of_them() {
        let times = |factor: i64| -> Vec<i64> { (0..1000).map(|n| n * factor).collect() };
        let (twos, threes, fives) = (times(2), times(3), times(5));
        let thirties: Vec<i64> = (0..67).map(|n| n * 30).collect();
        assert_eq!(in_common(&mut [&twos, &threes, &fives]), thirties);
        assert_eq!(in_common(&mut [&fives, &twos, &threes]), thirties);
        assert_eq!(in_common(&mut [&twos]), twos);
        assert_eq!(in_common(&mut [&[2, 4, 9], &[1, 3, 4]]), [4]);
        assert_eq!(in_common(&mut [&[], &twos]), [] as [i64; 0]);
        assert_eq!(in_common(&mut []), [] as [i64; 0]);
    }

    #[test]
    fn a_list_is_left_at_the_first_key_that_is_not_below() {
        for length in 0..40 {
            let keys: Vec<i64> = (0..length).map(|n| n * 2).collect();
            for key in -1..length * 2 + 2 {
                let mut left = keys.as_slice();
                skip_to(&mut left, key);
                let expected: Vec<i64> = keys.iter().copied().filter(|k| *k >= key).collect();
                assert_eq!(left, expected, "{length} {key}");
            }
        }
    }
}
