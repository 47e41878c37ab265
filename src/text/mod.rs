//! Names, addresses and queries as text.
