//! What goes to a push service, so that only the subscribed browser can read it: RFC 8291 over RFC 8188, `aes128gcm`, one record.

use ring::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::agreement::{ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey, agree_ephemeral};
use ring::hkdf::{HKDF_SHA256, KeyType, Salt};
use ring::rand::{SecureRandom, SystemRandom};

/// The size of a record, of which there is one.
const RECORD: u32 = 4_096;
/// The mark behind the last record's text (RFC 8188).
const LAST: u8 = 2;

/// It cannot be sealed: the subscription's key is no point on the curve.
#[derive(Debug, thiserror::Error)]
#[error("the key of a push subscription cannot be used")]
pub struct SealError;

impl From<ring::error::Unspecified> for SealError {
    fn from(_: ring::error::Unspecified) -> Self {
        Self
    }
}

struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

/// Derives so many bytes.
fn derive<const N: usize>(salt: &[u8], secret: &[u8], info: &[&[u8]]) -> Result<[u8; N], SealError> {
    let mut bytes = [0; N];
    Salt::new(HKDF_SHA256, salt).extract(secret).expand(info, Length(N))?.fill(&mut bytes)?;
    Ok(bytes)
}

/// Seals a text for the subscription with this public key and secret.
///
/// # Errors
/// When the key cannot be used.
pub fn seal(text: &[u8], public: &[u8], secret: &[u8]) -> Result<Vec<u8>, SealError> {
    let random = SystemRandom::new();
    let mut salt = [0; 16];
    random.fill(&mut salt)?;
    let own = EphemeralPrivateKey::generate(&ECDH_P256, &random)?;
    let own_public = own.compute_public_key()?;
    let own_public = own_public.as_ref();
    let info: [&[u8]; 3] = [b"WebPush: info\0", public, own_public];
    let shared = agree_ephemeral(own, &UnparsedPublicKey::new(&ECDH_P256, public), |agreed| {
        derive::<32>(secret, agreed, &info)
    })??;
    let key: [u8; 16] = derive(&salt, &shared, &[b"Content-Encoding: aes128gcm\0"])?;
    let nonce: [u8; 12] = derive(&salt, &shared, &[b"Content-Encoding: nonce\0"])?;
    let mut sealed = [text, &[LAST]].concat();
    let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key)?);
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut sealed)?;
    let length = u8::try_from(own_public.len()).map_err(|_| SealError)?;
    Ok([salt.as_slice(), &RECORD.to_be_bytes(), &[length], own_public, &sealed].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_is_no_point_is_told_and_nothing_is_sealed() {
        assert!(seal(b"x", &[4; 65], &[0; 16]).is_err());
        assert!(seal(b"x", &[], &[0; 16]).is_err());
    }
}
