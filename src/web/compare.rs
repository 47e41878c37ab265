//! Records side by side: their fields in words, and what differs between two versions.

/// A field of a record, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The field's name.
    pub label: &'static str,
    /// What it holds; empty for nothing.
    pub text: String,
}

/// A field that differs between two versions of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The field's name.
    pub label: &'static str,
    /// What the one holds.
    pub old: String,
    /// What the other holds.
    pub new: String,
}

/// What differs between two versions, told by the same facts in the same order.
pub fn differing(
    old: impl IntoIterator<Item = Fact>,
    new: impl IntoIterator<Item = Fact>,
) -> Vec<Difference> {
    old.into_iter()
        .zip(new)
        .filter(|(old, new)| old.text != new.text)
        .map(|(old, new)| Difference { label: old.label, old: old.text, new: new.text })
        .collect()
}
