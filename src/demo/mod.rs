//! A made-up branch over real committees.
