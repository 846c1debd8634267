//! What a device asks the server outside the round trip, in JSON.

use js_sys::Array;
use opstap_core::access::Section;
use opstap_core::history::{PastCell, PastChange, PastEdit};
use opstap_core::{BlobRef, CircleId, DeviceId, EditName, Kind, Media, Millis, PersonId, RecordId, Stamp, Value};
use opstap_sync_client::{Delivery, Online, Ruled, SetApart, TransportError};
use wasm_bindgen::{JsCast, JsValue};

use super::{Call, Http};
use crate::promise::property;

impl Http {
    async fn list(&self, address: &str) -> Result<Array, TransportError> {
        let reply = Call::new("GET", address).of(self.id).send().await?.good().await?;
        reply.json().await?.dyn_into().map_err(|_| TransportError::Unreadable)
    }
}

impl Online for Http {
    async fn history(&self, circle: CircleId, record: RecordId) -> Result<Option<Vec<PastEdit>>, TransportError> {
        let address = ["/api/history/", &circle.to_string(), "/", &record.to_string()].concat();
        match self.list(&address).await {
            Ok(list) => all(&list, past).map(Some),
            Err(TransportError::Refused) => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn deliveries(&self, circle: CircleId) -> Result<Vec<Delivery>, TransportError> {
        let list = self.list(&["/api/deliveries/", &circle.to_string()].concat()).await?;
        // A section of a newer server has no word here.
        Ok(list.iter().filter_map(|one| delivery(&one)).collect())
    }

    async fn waits_in(&self) -> Result<Vec<(CircleId, usize)>, TransportError> {
        let list = self.list("/api/quarantine").await?;
        all(&list, |one| Some((id(one, "circle")?, whole(&property(one, "waiting"))?)))
    }

    async fn set_apart(&self, circle: CircleId) -> Result<Vec<SetApart>, TransportError> {
        all(&self.list(&["/api/quarantine/", &circle.to_string()].concat()).await?, set_apart)
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
}

fn all<T>(list: &Array, read: impl Fn(&JsValue) -> Option<T>) -> Result<Vec<T>, TransportError> {
    list.iter().map(|one| read(&one)).collect::<Option<Vec<T>>>().ok_or(TransportError::Unreadable)
}

fn id<T: std::str::FromStr>(object: &JsValue, name: &str) -> Option<T> {
    property(object, name).as_string()?.parse().ok()
}

/// A whole number that JavaScript knows exactly.
fn whole<T: TryFrom<i64>>(number: &JsValue) -> Option<T> {
    let number = number.as_f64().filter(|number| number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0)?;
    #[expect(clippy::cast_possible_truncation, reason = "whole and within 53 bits, as was just seen")]
    T::try_from(number as i64).ok()
}

fn past(edit: &JsValue) -> Option<PastEdit> {
    let millis = Millis(whole(&property(edit, "at"))?);
    let stamp = Stamp { millis, counter: whole(&property(edit, "counter"))?, device: id(edit, "device")? };
    Some(PastEdit { stamp, by: id(edit, "by"), changes: changes(edit)? })
}

fn set_apart(edit: &JsValue) -> Option<SetApart> {
    let device: DeviceId = id(edit, "device")?;
    Some(SetApart {
        name: EditName { device, n: whole(&property(edit, "n"))? },
        author: id(edit, "author")?,
        at: Millis(whole(&property(edit, "at"))?),
        let_in: property(&property(edit, "ruled"), "let_in").as_bool(),
        changes: changes(edit)?,
    })
}

fn delivery(one: &JsValue) -> Option<Delivery> {
    let section = Section::from_code(&property(one, "section").as_string()?)?;
    let person: PersonId = id(one, "person")?;
    Some(Delivery { person, section, day: whole(&property(one, "day"))? })
}

fn changes(edit: &JsValue) -> Option<Vec<PastChange>> {
    let list: Array = property(edit, "changes").dyn_into().ok()?;
    all(&list, change).ok()
}

fn change(one: &JsValue) -> Option<PastChange> {
    let cells: Array = property(one, "cells").dyn_into().ok()?;
    let cell = |cell: &JsValue| {
        let name = property(cell, "name").as_string()?.into();
        Some(PastCell { name, set: value(&property(cell, "set"))?, was: value(&property(cell, "was"))? })
    };
    Some(PastChange {
        record: id(one, "record")?,
        kind: whole(&property(one, "kind")).map(Kind::from_code),
        parent: id(one, "parent"),
        made: property(one, "made").as_bool()?,
        cells: all(&cells, cell).ok()?,
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
        return all(&list, |one| one.as_string()?.parse().ok().map(own)).ok().map(Value::Ids);
    }
    let media = Media::from_code(whole(&property(value, "medium"))?)?;
    Some(Value::Blob(BlobRef { hash: id(value, "blob")?, media, size: whole(&property(value, "size"))? }))
}
