//! The key by which push services know this server (RFC 8292): made at the first start, kept in the database as all servers over it share
//! it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use opstap_core::Millis;
use opstap_sync_server::storage::StorageError;
use opstap_sync_server::{Service, ServiceError, Storage};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::json;

/// For how long a signature holds, in seconds: half of the day that the standard allows.
const HOLDS: u64 = 12 * 3_600;

/// The key pair.
pub struct PushKey {
    pair: EcdsaKeyPair,
    random: SystemRandom,
    /// Where a push service can reach who runs this server.
    contact: Option<String>,
}

/// Without the key.
impl std::fmt::Debug for PushKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PushKey")
    }
}

impl PushKey {
    /// The key of this server, made now where there is none.
    ///
    /// # Errors
    /// When the storage fails, or holds no key that can be read.
    pub async fn open<S: Storage>(service: &Service<S>, contact: Option<String>) -> Result<Self, ServiceError> {
        let random = SystemRandom::new();
        let unmade = StorageError::Unavailable("no key can be drawn".to_owned());
        let fresh = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).map_err(|_| unmade)?;
        let kept = service.push_key(fresh.as_ref().to_vec()).await?;
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &kept, &random)
            .map_err(|_| StorageError::Corrupt("the key for push"))?;
        Ok(Self { pair, random, contact: contact.filter(|url| url.starts_with("https://")) })
    }

    /// The public key as browsers take it: base64url of the uncompressed point.
    #[must_use]
    pub fn public(&self) -> String {
        BASE64.encode(self.pair.public_key().as_ref())
    }

    /// The header that says who sends this to a push service.
    #[must_use]
    pub fn authorization(&self, audience: &str, now: Millis) -> Option<String> {
        let mut claims = json!({ "aud": audience, "exp": now.0 / 1_000 + HOLDS });
        if let (Some(contact), Some(claims)) = (&self.contact, claims.as_object_mut()) {
            claims.insert("sub".to_owned(), json!(contact));
        }
        let signed =
            format!("{}.{}", BASE64.encode(r#"{"typ":"JWT","alg":"ES256"}"#), BASE64.encode(claims.to_string()));
        let signature = self.pair.sign(&self.random, signed.as_bytes()).ok()?;
        Some(format!("vapid t={signed}.{}, k={}", BASE64.encode(signature.as_ref()), self.public()))
    }
}
