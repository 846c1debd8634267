//! What a device asks the server outside the round trip, in JSON.

use js_sys::Array;
use opstap_core::access::Section;
use opstap_core::history::{PastCell, PastChange, PastEdit};
use opstap_core::{BlobRef, CircleId, EditName, Kind, Media, Millis, PersonId, RecordId, Stamp, Value};
use opstap_sync_client::{
    Delivery, Invitation, LetGoTold, MailAddress, Online, Ruled, SetApart, TransportError, WaitsIn,
};
use wasm_bindgen::{JsCast, JsValue};

use super::call::Reply;
use super::{Call, Http};
use crate::promise::{object, property};

impl Http {
    async fn list(&self, address: &str) -> Result<Array, TransportError> {
        let reply = Call::new("GET", address).of(self.id).send().await?.good().await?;
        reply.json().await?.dyn_into().map_err(|_| TransportError::Unreadable)
    }

    /// Of a history, or in quarantine: there an edit has an author, an n and perhaps a ruling.
    async fn edits(&self, address: &str) -> Result<Vec<SetApart>, TransportError> {
        all(&self.list(address).await?, edit).ok_or(TransportError::Unreadable)
    }
}

impl Http {
    /// Asks for something under an id that this device made, and a name that somebody typed.
    async fn named(&self, address: &str, what: &str, id: &str, name: &str) -> Result<Reply, TransportError> {
        let name = js_sys::JSON::stringify(&name.into()).map(String::from).map_err(|_| TransportError::Unreadable)?;
        let body = ["{\"", what, "\":\"", id, "\",\"name\":", &name, "}"].concat();
        let call = Call::new("POST", address).of(self.id).header("content-type", "application/json");
        call.body(&body.into()).send().await?.good().await
    }
}

impl Online for Http {
    async fn history(&self, circle: CircleId, record: RecordId) -> Result<Vec<PastEdit>, TransportError> {
        let address = ["/api/history/", &circle.to_string(), "/", &record.to_string()].concat();
        Ok(self.edits(&address).await?.into_iter().map(|told| told.edit).collect())
    }

    async fn deliveries(&self, circle: CircleId) -> Result<Vec<Delivery>, TransportError> {
        let list = self.list(&["/api/deliveries/", &circle.to_string()].concat()).await?;
        // A section of a newer server has no word here.
        Ok(list.iter().filter_map(|one| delivery(&one)).collect())
    }

    async fn let_go(&self, circle: CircleId) -> Result<Vec<LetGoTold>, TransportError> {
        let list = self.list(&["/api/let-go/", &circle.to_string()].concat()).await?;
        let told = |one: &JsValue| Some(LetGoTold { person: id(one, "person")?, at: moment(one, "at")? });
        all(&list, told).ok_or(TransportError::Unreadable)
    }

    async fn waits_in(&self) -> Result<Vec<WaitsIn>, TransportError> {
        let list = self.list("/api/quarantine").await?;
        let told = |one: &JsValue| {
            let count = usize::try_from(whole(&property(one, "waiting"))?).ok()?;
            Some(WaitsIn { circle: id(one, "circle")?, count, latest: moment(one, "latest")? })
        };
        all(&list, told).ok_or(TransportError::Unreadable)
    }

    async fn phones_heard(&self) -> Result<Vec<(CircleId, Millis)>, TransportError> {
        let list = self.list("/api/phones").await?;
        all(&list, |one| Some((id(one, "circle")?, moment(one, "heard")?))).ok_or(TransportError::Unreadable)
    }

    async fn set_apart(&self, circle: CircleId) -> Result<Vec<SetApart>, TransportError> {
        self.edits(&["/api/quarantine/", &circle.to_string()].concat()).await
    }

    async fn rule(&self, circle: CircleId, name: EditName, let_in: bool) -> Result<Ruled, TransportError> {
        let address = format!("/api/quarantine/{circle}/{}/{}", name.device, name.n);
        let body = if let_in { r#"{"let_in":true}"# } else { r#"{"let_in":false}"# };
        let call = Call::new("POST", &address).of(self.id).header("content-type", "application/json");
        let reply = call.body(&body.into()).send().await?;
        match reply.status() {
            409 => Ok(Ruled::CannotBe),
            404 => Ok(Ruled::NotThere),
            _ => reply.good().await.map(|_| Ruled::Done),
        }
    }

    async fn invite(&self, circle: CircleId, person: PersonId) -> Result<Invitation, TransportError> {
        let body = ["{\"circle\":\"", &circle.to_string(), "\",\"person\":\"", &person.to_string(), "\"}"].concat();
        let call = Call::new("POST", "/api/invitations").of(self.id).header("content-type", "application/json");
        let told = call.body(&body.into()).send().await?.good().await?.json().await?;
        invitation(&told).ok_or(TransportError::Unreadable)
    }

    async fn open_circle(&self, circle: CircleId, name: &str) -> Result<PersonId, TransportError> {
        let told = self.named("/api/circles", "circle", &circle.to_string(), name).await?.json().await?;
        id(&told, "person").ok_or(TransportError::Unreadable)
    }

    async fn add_person(&self, person: PersonId, name: &str) -> Result<(), TransportError> {
        self.named("/api/people", "person", &person.to_string(), name).await.map(drop)
    }

    async fn mail(&self) -> Result<Option<MailAddress>, TransportError> {
        let told = Call::new("GET", MAIL).of(self.id).send().await?.good().await?.json().await?;
        mail(&told)
    }

    async fn ask_for_mail(&self, address: &str) -> Result<Option<MailAddress>, TransportError> {
        let body = js_sys::JSON::stringify(&object([("address", address.into())]));
        let body = body.map_err(|_| TransportError::Unreadable)?;
        let call = Call::new("PUT", MAIL).of(self.id).header("content-type", "application/json");
        mail(&call.body(&body).send().await?.good().await?.json().await?)
    }

    async fn want_digest(&self, wanted: bool) -> Result<(), TransportError> {
        let body = if wanted { r#"{"wanted":true}"# } else { r#"{"wanted":false}"# };
        let call = Call::new("PUT", "/api/mail/digest").of(self.id).header("content-type", "application/json");
        call.body(&body.into()).send().await?.good().await.map(drop)
    }

    async fn end_mail(&self) -> Result<(), TransportError> {
        Call::new("DELETE", MAIL).of(self.id).send().await?.good().await.map(drop)
    }
}

/// A loop, as `collect` into an option is several times its code for each type.
fn all<T>(list: &Array, read: impl Fn(&JsValue) -> Option<T>) -> Option<Vec<T>> {
    let mut all = Vec::new();
    for one in list.iter() {
        all.push(read(&one)?);
    }
    Some(all)
}

const MAIL: &str = "/api/mail";

fn mail(told: &JsValue) -> Result<Option<MailAddress>, TransportError> {
    let confirmed = property(told, "confirmed").as_bool().ok_or(TransportError::Unreadable)?;
    // A server of before does not know of it.
    let digest = property(told, "digest").as_bool().unwrap_or_default();
    Ok(property(told, "address").as_string().map(|address| MailAddress { address, confirmed, digest }))
}

fn id<T: std::str::FromStr>(object: &JsValue, name: &str) -> Option<T> {
    property(object, name).as_string()?.parse().ok()
}

/// A whole number that JavaScript knows exactly.
fn whole(number: &JsValue) -> Option<i64> {
    let number = number.as_f64().filter(|number| number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0)?;
    #[expect(clippy::cast_possible_truncation, reason = "whole and within 53 bits, as was just seen")]
    let number = number as i64;
    Some(number)
}

fn moment(object: &JsValue, name: &str) -> Option<Millis> {
    Some(Millis(u64::try_from(whole(&property(object, name))?).ok()?))
}

fn edit(told: &JsValue) -> Option<SetApart> {
    let number = |name| whole(&property(told, name));
    let counter = u32::try_from(number("counter").unwrap_or_default()).ok()?;
    let stamp = Stamp { millis: moment(told, "at")?, counter, device: id(told, "device")? };
    let changes: Array = property(told, "changes").dyn_into().ok()?;
    let by = id(told, "by").or_else(|| id(told, "author"));
    Some(SetApart {
        edit: PastEdit { stamp, by, changes: all(&changes, change)? },
        n: u64::try_from(number("n").unwrap_or_default()).ok()?,
        waits: property(told, "ruled").is_null(),
    })
}

fn invitation(told: &JsValue) -> Option<Invitation> {
    let drawn = property(told, "qr");
    let size = whole(&property(&drawn, "size")).and_then(|size| u32::try_from(size).ok());
    Some(Invitation {
        code: property(told, "code").as_string(),
        link: property(told, "link").as_string()?,
        expires: moment(told, "expires")?,
        qr: size.zip(property(&drawn, "path").as_string()),
    })
}

fn delivery(one: &JsValue) -> Option<Delivery> {
    let section = Section::from_code(&property(one, "section").as_string()?)?;
    let person: PersonId = id(one, "person")?;
    let live = whole(&property(one, "live")).is_some_and(|times| times > 0);
    Some(Delivery { person, section, day: u32::try_from(whole(&property(one, "day"))?).ok()?, live })
}

fn change(one: &JsValue) -> Option<PastChange> {
    let cells: Array = property(one, "cells").dyn_into().ok()?;
    let cell = |cell: &JsValue| {
        let name = property(cell, "name").as_string()?.into();
        Some(PastCell { name, set: value(&property(cell, "set"))?, was: value(&property(cell, "was"))? })
    };
    Some(PastChange {
        record: id(one, "record")?,
        kind: whole(&property(one, "kind")).and_then(|code| u16::try_from(code).ok()).map(Kind::from_code),
        parent: id(one, "parent"),
        made: property(one, "made").as_bool()?,
        cells: all(&cells, cell)?,
    })
}

fn value(value: &JsValue) -> Option<Value> {
    if value.is_null() {
        return Some(Value::Nothing);
    }
    if let Some(yes) = value.as_bool() {
        return Some(Value::Bool(yes));
    }
    if let Some(text) = value.as_string() {
        return Some(Value::Text(text));
    }
    if value.as_f64().is_some() {
        return whole(value).map(Value::Int);
    }
    let own = |id: RecordId| id.0;
    if let Some(one) = id(value, "id") {
        return Some(Value::Id(own(one)));
    }
    if let Ok(list) = property(value, "ids").dyn_into::<Array>() {
        return all(&list, |one| one.as_string()?.parse().ok().map(own)).map(Value::Ids);
    }
    let number = |name| whole(&property(value, name));
    let media = Media::from_code(u8::try_from(number("medium")?).ok()?)?;
    Some(Value::Blob(BlobRef { hash: id(value, "blob")?, media, size: u32::try_from(number("size")?).ok()? }))
}
