//! The side of the browser: a subscription with its keys, and how what came for it is opened. Other libraries than the server's, so that
//! both sides being wrong in the same way is not taken for right.

use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::{Aes128Gcm, Nonce};
use base64::Engine;
use base64::engine::GeneralPurpose;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hkdf::Hkdf;
use opstap_server::world::OsRandomness;
use opstap_sync_server::Randomness;
use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{Signature, VerifyingKey};
use p256::elliptic_curve::sec1::ToEncodedPoint;
use p256::{PublicKey, SecretKey};
use serde_json::{Value, json};
use sha2::Sha256;

/// As browsers write bytes.
pub const BASE64: GeneralPurpose = URL_SAFE_NO_PAD;

/// What a browser keeps of its subscription.
pub struct Subscription {
    key: SecretKey,
    secret: Vec<u8>,
}

impl Subscription {
    /// With keys of its own.
    pub fn new() -> Self {
        let (mut key, mut secret) = ([0; 32], vec![0; 16]);
        OsRandomness.fill(&mut key);
        OsRandomness.fill(&mut secret);
        Self { key: SecretKey::from_slice(&key).unwrap(), secret }
    }

    fn public(&self) -> Vec<u8> {
        self.key.public_key().to_encoded_point(false).as_bytes().to_vec()
    }

    /// What the browser hands to the server.
    pub fn body(&self, endpoint: &str, language: &str) -> Value {
        let (public, secret) = (BASE64.encode(self.public()), BASE64.encode(&self.secret));
        json!({ "endpoint": endpoint, "p256dh": public, "auth": secret, "language": language })
    }

    /// Opens what came, as RFC 8291 says.
    pub fn opened(&self, body: &[u8]) -> Vec<u8> {
        let (salt, rest) = body.split_at(16);
        assert_eq!(rest[..4], 4_096_u32.to_be_bytes());
        let (theirs, sealed) = rest[5..].split_at(usize::from(rest[4]));
        let point = PublicKey::from_sec1_bytes(theirs).unwrap();
        let agreed = p256::ecdh::diffie_hellman(self.key.to_nonzero_scalar(), point.as_affine());
        let info = [b"WebPush: info\0".as_slice(), &self.public(), theirs].concat();
        let shared: [u8; 32] = derived(&self.secret, agreed.raw_secret_bytes(), &info);
        let key: [u8; 16] = derived(salt, &shared, b"Content-Encoding: aes128gcm\0");
        let nonce: [u8; 12] = derived(salt, &shared, b"Content-Encoding: nonce\0");
        let cipher = Aes128Gcm::new_from_slice(&key).unwrap();
        let mut text = cipher.decrypt(Nonce::from_slice(&nonce), sealed).unwrap();
        assert_eq!(text.pop(), Some(2), "the last record");
        text
    }
}

fn derived<const N: usize>(salt: &[u8], secret: &[u8], info: &[u8]) -> [u8; N] {
    let mut bytes = [0; N];
    Hkdf::<Sha256>::new(Some(salt), secret).expand(info, &mut bytes).unwrap();
    bytes
}

/// The claims of an `Authorization: vapid …` whose signature holds under this key.
pub fn checked_claims(authorization: &str, key: &str) -> Value {
    let (token, named) = authorization.strip_prefix("vapid t=").unwrap().split_once(", k=").unwrap();
    assert_eq!(named, key);
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let (head, claims) = signed.split_once('.').unwrap();
    let head: Value = serde_json::from_slice(&BASE64.decode(head).unwrap()).unwrap();
    assert_eq!((&head["alg"], &head["typ"]), (&json!("ES256"), &json!("JWT")));
    let known = VerifyingKey::from_sec1_bytes(&BASE64.decode(key).unwrap()).unwrap();
    let signature = Signature::from_slice(&BASE64.decode(signature).unwrap()).unwrap();
    known.verify(signed.as_bytes(), &signature).unwrap();
    serde_json::from_slice(&BASE64.decode(claims).unwrap()).unwrap()
}

#[test]
fn the_example_of_the_standard_is_opened() {
    // RFC 8291, section 5.
    let decoded = |text: &str| BASE64.decode(text).unwrap();
    let browser = Subscription {
        key: SecretKey::from_slice(&decoded("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94")).unwrap(),
        secret: decoded("BTBZMqHH6r4Tts7J_aSIgg"),
    };
    let body = decoded(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
    );
    assert_eq!(browser.opened(&body), b"When I grow up, I want to be a watermelon");
}
