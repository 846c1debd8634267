//! What goes over the wire: one request and one answer, the types of `docs/protocol.md`.

mod answer;
mod codec;
mod digest;
mod figures;
mod request;
mod verdict;

pub use answer::{Answer, CircleAnswer, Delivery, DeviceOwner, LackedBlob};
pub use codec::{
    LARGEST_BODY, OLDEST_WIRE, WireError, decode_answer, decode_edit, decode_record, decode_request, digest_bytes,
    encode_answer, encode_answer_as, encode_edit, encode_record, encode_request, encode_request_as,
};
pub use digest::LoadDigest;
pub use figures::{Figure, Figures, NO_RECORD, What};
pub use request::{AskedMonth, Cursor, CursorOf, LetGo, LoadPosition, Request};
pub use verdict::{Reason, Verdict};

/// The wire's version. The current one and the two before it are served.
pub const WIRE: u8 = 2;

/// The media type of requests and answers of the sync round trip.
pub const MEDIA_TYPE: &str = "application/vnd.opstap.sync";
