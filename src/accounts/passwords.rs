//! Passwords: what makes a good one, and how it is kept (Argon2id, RFC 9106).

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use zxcvbn::{Score, zxcvbn};

use crate::lang::Message;
use crate::web::Error;

/// The fewest characters of a password.
pub const SHORTEST: usize = 10;
/// The most characters of a password.
pub const LONGEST: usize = 200;

/// Whether a password may be used: long enough, and not among those that are tried first, the
/// person's own names included.
///
/// # Errors
/// A message for the field.
pub fn check(password: &str, names: &[&str]) -> Result<(), Message> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(Message::new("accounts-password-short").with("limit", SHORTEST));
    }
    if length > LONGEST {
        return Err(Message::new("form-too-long").with("limit", LONGEST));
    }
    // Han and other scripts are beyond the word lists, which know only what is typed in Latin.
    if password.is_ascii() && zxcvbn(password, names).score() < Score::Two {
        return Err(Message::new("accounts-password-common"));
    }
    Ok(())
}

/// The hash to keep. Takes some 20 ms of a core on purpose.
///
/// # Errors
/// When the machine gives no randomness.
pub fn hash(password: &str) -> Result<String, argon2::password_hash::Error> {
    Ok(Argon2::default().hash_password(password.as_bytes())?.to_string())
}

/// [`hash`], without holding up other requests.
///
/// # Errors
/// As [`hash`].
pub async fn hash_aside(password: String) -> Result<String, Error> {
    let hashed = tokio::task::spawn_blocking(move || hash(&password)).await;
    hashed.map_err(Error::internal)?.map_err(|error| Error::Internal(error.to_string().into()))
}

/// Whether this is the password of that hash, without holding up other requests.
///
/// # Errors
/// When the machine is shutting down.
pub async fn matches(password: String, hash: String) -> Result<bool, Error> {
    let matches = tokio::task::spawn_blocking(move || {
        PasswordHash::new(&hash)
            .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    });
    matches.await.map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_that_anyone_would_try_is_refused() {
        let key = |password| check(password, &["wangfang"]).err().map(|message| message.key());
        assert_eq!(key("short"), Some("accounts-password-short"));
        assert_eq!(key("1234567890"), Some("accounts-password-common"));
        assert_eq!(key("password123"), Some("accounts-password-common"));
        assert_eq!(key("wangfangwangfang"), Some("accounts-password-common"));
        assert_eq!(key("correct horse battery"), None);
        assert_eq!(key("四平路上的梧桐树真高啊"), None);
    }

    #[tokio::test]
    async fn a_password_is_kept_as_an_argon2id_hash_that_only_it_opens() {
        let kept = hash_aside("correct horse battery".to_owned()).await.unwrap();
        assert!(kept.starts_with("$argon2id$"));
        assert!(matches("correct horse battery".to_owned(), kept.clone()).await.unwrap());
        assert!(!matches("correct horse batterie".to_owned(), kept).await.unwrap());
    }
}
