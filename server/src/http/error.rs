//! Every way in which a request can come to nothing, and what is said of it: problem details (RFC 9457) for programs and a sentence
//! in Dutch and English for people. Only this file knows status codes of problems; inner causes are logged here and never sent.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::http::header::{ALLOW, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use opstap_core::protocol::{OLDEST_WIRE, WIRE};
use serde_json::json;

/// The header that says how many bytes of a blob the server has, or from which on a `PUT` goes on.
pub const UPLOAD_OFFSET: HeaderName = HeaderName::from_static("upload-offset");

/// Why a request came to nothing. The doc of each variant is its status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// 404: nothing is served at this address.
    NoSuchAddress,
    /// 405: the address is right and the method is not.
    MethodNotAllowed,
    /// 400: the body cannot be read as what the route takes; says what that is.
    BodyNotUnderstood(&'static str),
    /// 400: the sync body is of a version that this server does not speak (yet).
    UnknownVersion,
    /// 400: the sync body is of a version that is no longer spoken.
    OldVersion,
    /// 409: the device belongs to another person; the app takes a new device id and sends again.
    DeviceTaken,
    /// 415: the body is packed in a way that is not unpacked here.
    UnknownPacking,
    /// 413: more than the route takes.
    TooLarge {
        /// The most that it takes.
        most: u64,
        /// Of what.
        what: &'static str,
    },
    /// 400: the header `opstap-device` (for the live stream: the query `device`) is missing or no id.
    DeviceNotNamed,
    /// 401: no session, or one that has ended.
    NotSignedIn,
    /// 404: no link has this code.
    LinkUnknown,
    /// 410: somebody signed in with the link before.
    LinkUsed,
    /// 410: the link's time is over.
    LinkExpired,
    /// 429: too many tries from one address.
    TooManyAttempts {
        /// After how many seconds to try again.
        seconds: u64,
    },
    /// 404: the organisation has set no mail server.
    NoMail,
    /// 422: no mail can go to such an address.
    NotAnAddress,
    /// 403: a page of another site asks.
    OtherOrigin,
    /// 403: signed in, and still not theirs to do.
    NotAllowed,
    /// 404: the person to invite is not in the circle.
    NoSuchPerson,
    /// 404: no such circle, or none of theirs: the two look the same to who asks.
    NoSuchCircle,
    /// 409: the id that the device made is another's already.
    IdTaken,
    /// 404: the blob is not (wholly) here, or the person may not read what refers to it.
    NoSuchBlob {
        /// How many bytes of it this person has sent so far.
        have: u64,
    },
    /// 409: the upload goes on from another place than the server has come to.
    OtherOffset {
        /// Where it has come to.
        have: u64,
    },
    /// 422: the bytes have another SHA-256 than the name they were sent under.
    BytesDoNotMatch,
    /// 415: neither JPEG, PNG or WebP nor a sound.
    NotAPhotoOrSound,
    /// 422: begins like a photo and cannot be read as one.
    BrokenPhoto,
    /// 422: a photo of more pixels than anybody needs.
    PhotoTooLarge {
        /// The longest side that is taken, in pixels.
        most: u32,
    },
    /// 416: a part of a blob was asked for that it does not have.
    NoSuchRange,
    /// 409: an edit in quarantine needs something that is not there (yet).
    CannotBeLetIn,
    /// 404: no stops were imported.
    NoStops,
    /// 404: there was no import of this name.
    NoSuchImport,
    /// 409: importing the file would do something else by now than was shown.
    OtherThanShown,
    /// 503: not now.
    Busy,
    /// 500: something is wrong with the server itself. The cause stands in the log.
    Trouble,
}

type Sentences = BTreeMap<String, String>;

/// Read once; a test holds both files to the codes below.
static DUTCH: LazyLock<Sentences> = LazyLock::new(|| read(include_str!("../../locales/nl/problems.json")));
static ENGLISH: LazyLock<Sentences> = LazyLock::new(|| read(include_str!("../../locales/en/problems.json")));

fn read(catalogue: &str) -> Sentences {
    serde_json::from_str(catalogue).unwrap_or_default()
}

impl Problem {
    /// A failure of the server itself: the cause goes to the log, under the name of the request.
    pub fn trouble(cause: impl std::fmt::Display) -> Self {
        tracing::error!(%cause, "a request failed");
        Self::Trouble
    }

    /// More of something than one request may have.
    pub fn too_large(most: usize, what: &'static str) -> Self {
        Self::TooLarge { most: u64::try_from(most).unwrap_or(u64::MAX), what }
    }

    /// Status, code and title.
    const fn row(&self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::NoSuchAddress => (StatusCode::NOT_FOUND, "no-such-address", "Nothing is served here"),
            Self::MethodNotAllowed => {
                (StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", "This address does not take the method")
            }
            Self::BodyNotUnderstood(_) => (StatusCode::BAD_REQUEST, "body-not-understood", "The request can't be read"),
            Self::UnknownVersion => {
                (StatusCode::BAD_REQUEST, "unknown-version", "The wire's version is not spoken here")
            }
            Self::OldVersion => (StatusCode::BAD_REQUEST, "old-version", "The wire's version is no longer spoken"),
            Self::DeviceTaken => (StatusCode::CONFLICT, "device-taken", "The device belongs to another person"),
            Self::UnknownPacking => {
                (StatusCode::UNSUPPORTED_MEDIA_TYPE, "unknown-packing", "The body's packing is not known")
            }
            Self::TooLarge { .. } => (StatusCode::PAYLOAD_TOO_LARGE, "too-large", "The body is too large"),
            Self::DeviceNotNamed => {
                (StatusCode::BAD_REQUEST, "device-not-named", "The request does not name its device")
            }
            Self::NotSignedIn => (StatusCode::UNAUTHORIZED, "not-signed-in", "Not signed in"),
            Self::LinkUnknown => (StatusCode::NOT_FOUND, "link-unknown", "The link is not known"),
            Self::LinkUsed => (StatusCode::GONE, "link-used", "The link has been used"),
            Self::LinkExpired => (StatusCode::GONE, "link-expired", "The link has expired"),
            Self::TooManyAttempts { .. } => (StatusCode::TOO_MANY_REQUESTS, "too-many-attempts", "Too many attempts"),
            Self::NoMail => (StatusCode::NOT_FOUND, "no-mail", "The organisation sends no mail"),
            Self::NotAnAddress => {
                (StatusCode::UNPROCESSABLE_ENTITY, "not-an-address", "No mail can go to this address")
            }
            Self::OtherOrigin => (StatusCode::FORBIDDEN, "other-origin", "The request comes from another site"),
            Self::NotAllowed => (StatusCode::FORBIDDEN, "not-allowed", "Not allowed"),
            Self::NoSuchPerson => (StatusCode::NOT_FOUND, "no-such-person", "The person is not in the circle"),
            Self::NoSuchCircle => (StatusCode::NOT_FOUND, "no-such-circle", "The circle is not known"),
            Self::IdTaken => (StatusCode::CONFLICT, "id-taken", "The id is another's"),
            Self::NoSuchBlob { .. } => (StatusCode::NOT_FOUND, "no-such-blob", "The blob is not here"),
            Self::OtherOffset { .. } => (StatusCode::CONFLICT, "other-offset", "The upload goes on from another place"),
            Self::BytesDoNotMatch => {
                (StatusCode::UNPROCESSABLE_ENTITY, "bytes-do-not-match", "The bytes do not match the name")
            }
            Self::NotAPhotoOrSound => {
                (StatusCode::UNSUPPORTED_MEDIA_TYPE, "not-a-photo-or-sound", "Neither a photo nor a sound")
            }
            Self::BrokenPhoto => (StatusCode::UNPROCESSABLE_ENTITY, "broken-photo", "The photo can't be read"),
            Self::PhotoTooLarge { .. } => {
                (StatusCode::UNPROCESSABLE_ENTITY, "photo-too-large", "The photo has too many pixels")
            }
            Self::NoSuchRange => {
                (StatusCode::RANGE_NOT_SATISFIABLE, "no-such-range", "The blob does not have this part")
            }
            Self::CannotBeLetIn => {
                (StatusCode::CONFLICT, "cannot-be-let-in", "The edit needs something that is not there")
            }
            Self::NoStops => (StatusCode::NOT_FOUND, "no-stops", "No stops were imported"),
            Self::NoSuchImport => (StatusCode::NOT_FOUND, "no-such-import", "There was no import of this name"),
            Self::OtherThanShown => {
                (StatusCode::CONFLICT, "other-than-shown", "The import would do something else by now")
            }
            Self::Busy => (StatusCode::SERVICE_UNAVAILABLE, "busy", "Not now"),
            Self::Trouble => (StatusCode::INTERNAL_SERVER_ERROR, "trouble", "Something is wrong with the server"),
        }
    }

    /// The code by which programs know it.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.row().1
    }

    /// A sentence for people, in Dutch.
    #[must_use]
    pub fn sentence(&self) -> String {
        DUTCH.get(self.code()).cloned().unwrap_or_default()
    }

    /// What somebody who writes a program can do about it.
    #[must_use]
    pub fn detail(&self) -> String {
        match self {
            Self::BodyNotUnderstood(expected) => format!("Expected: {expected}. Nothing was changed."),
            Self::UnknownVersion | Self::OldVersion => {
                format!("This server speaks versions {OLDEST_WIRE} to {WIRE} of the wire. Nothing was changed.")
            }
            Self::TooLarge { most, what } => format!("At most {most} {what} are taken. Nothing was changed."),
            Self::DeviceTaken => "Take a new device id and send again. Nothing was changed.".to_owned(),
            Self::UnknownPacking => "A body may be packed with gzip, or not at all.".to_owned(),
            Self::DeviceNotNamed => {
                "The header opstap-device (for the live stream the query device) names the device by its id.".to_owned()
            }
            Self::NotSignedIn => {
                "There is no session for this device, or it has ended. Pairing makes a new one.".to_owned()
            }
            Self::NoSuchBlob { have } | Self::OtherOffset { have } => {
                format!("The server has {have} bytes of it from this person; upload-offset says where to go on.")
            }
            Self::PhotoTooLarge { most } => format!("The long side may be {most} pixels at most."),
            Self::NotAPhotoOrSound => "JPEG, PNG, WebP, WebM, Ogg, MP4, MP3 and WAV are taken.".to_owned(),
            Self::TooManyAttempts { seconds } => format!("Try again after {seconds} seconds."),
            other => format!("{}.", other.row().2),
        }
    }

    /// What some problems say in a header as well.
    fn header(&self) -> Option<(HeaderName, HeaderValue)> {
        match self {
            Self::NoSuchBlob { have } | Self::OtherOffset { have } => Some((UPLOAD_OFFSET, HeaderValue::from(*have))),
            Self::TooManyAttempts { seconds } => Some((RETRY_AFTER, HeaderValue::from(*seconds))),
            Self::Busy => Some((RETRY_AFTER, HeaderValue::from_static("5"))),
            Self::MethodNotAllowed => Some((ALLOW, HeaderValue::from_static("GET, HEAD"))),
            _ => None,
        }
    }
}

impl From<opstap_sync_server::ServiceError> for Problem {
    fn from(error: opstap_sync_server::ServiceError) -> Self {
        use opstap_sync_server::{ServiceError, StorageError};
        match error {
            ServiceError::TooManyEdits => Self::too_large(opstap_core::protocol::Request::MOST_EDITS, "edits"),
            ServiceError::ForeignDevice => Self::DeviceTaken,
            ServiceError::UnknownPerson => Self::NoSuchPerson,
            ServiceError::Storage(StorageError::TryAgain) => Self::Busy,
            other @ (ServiceError::UnknownOrganisation | ServiceError::Storage(_)) => Self::trouble(other),
        }
    }
}

impl From<crate::blobs::Stopped> for Problem {
    fn from(stopped: crate::blobs::Stopped) -> Self {
        use crate::blobs::{LONGEST_SIDE, Stopped, Unfit};
        match stopped {
            Stopped::AtWork => Self::Busy,
            Stopped::OtherOffset { have } => Self::OtherOffset { have },
            Stopped::TooLarge { most } => Self::TooLarge { most, what: "bytes" },
            Stopped::DoesNotMatch => Self::BytesDoNotMatch,
            Stopped::Unfit(Unfit::Unknown) => Self::NotAPhotoOrSound,
            Stopped::Unfit(Unfit::Broken) => Self::BrokenPhoto,
            Stopped::Unfit(Unfit::TooManyPixels) => Self::PhotoTooLarge { most: LONGEST_SIDE },
            Stopped::Disk(cause) => Self::trouble(cause),
        }
    }
}

impl From<std::io::Error> for Problem {
    fn from(cause: std::io::Error) -> Self {
        Self::trouble(cause)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, code, title) = self.row();
        let sentence = |catalogue: &Sentences| catalogue.get(code).cloned().unwrap_or_default();
        let body = json!({
            "type": format!("urn:opstap:problem:{code}"),
            "title": title,
            "status": status.as_u16(),
            "detail": self.detail(),
            "sentence": { "nl": sentence(&DUTCH), "en": sentence(&ENGLISH) },
        });
        let media = (CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        let mut response = (status, [media], body.to_string()).into_response();
        response.headers_mut().extend(self.header());
        // For whoever tells it in another form.
        response.extensions_mut().insert(self);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const ALL: [Problem; 34] = [
        Problem::NoSuchAddress,
        Problem::MethodNotAllowed,
        Problem::BodyNotUnderstood("a body"),
        Problem::UnknownVersion,
        Problem::OldVersion,
        Problem::DeviceTaken,
        Problem::UnknownPacking,
        Problem::TooLarge { most: 1, what: "bytes" },
        Problem::DeviceNotNamed,
        Problem::NotSignedIn,
        Problem::LinkUnknown,
        Problem::LinkUsed,
        Problem::LinkExpired,
        Problem::TooManyAttempts { seconds: 1 },
        Problem::NoMail,
        Problem::NotAnAddress,
        Problem::OtherOrigin,
        Problem::NotAllowed,
        Problem::NoSuchPerson,
        Problem::NoSuchCircle,
        Problem::IdTaken,
        Problem::NoSuchBlob { have: 0 },
        Problem::OtherOffset { have: 0 },
        Problem::BytesDoNotMatch,
        Problem::NotAPhotoOrSound,
        Problem::BrokenPhoto,
        Problem::PhotoTooLarge { most: 1 },
        Problem::NoSuchRange,
        Problem::CannotBeLetIn,
        Problem::NoStops,
        Problem::NoSuchImport,
        Problem::OtherThanShown,
        Problem::Busy,
        Problem::Trouble,
    ];

    #[test]
    fn every_problem_has_a_code_of_its_own_and_a_sentence_in_both_languages() {
        let codes: BTreeSet<String> = ALL.iter().map(|problem| problem.row().1.to_owned()).collect();
        assert_eq!(codes.len(), ALL.len());
        for catalogue in [&*DUTCH, &*ENGLISH] {
            assert_eq!(catalogue.keys().cloned().collect::<BTreeSet<_>>(), codes);
        }
    }

    #[test]
    fn no_sentence_blames_and_none_is_long() {
        for sentence in DUTCH.values().chain(ENGLISH.values()) {
            let lower = sentence.to_lowercase();
            for word in ["helaas", "oeps", "fout", "mislukt", "ongeldig", "error", "invalid", "unfortunately"] {
                assert!(!lower.contains(word), "{sentence}");
            }
            for part in sentence.split(['.', ',']) {
                assert!(part.split_whitespace().count() <= 14, "{sentence}");
            }
        }
    }
}
