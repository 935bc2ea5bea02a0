//! Bytes of files on their way to the server.

use js_sys::Function;
use wasm_bindgen::JsValue;
use web_sys::{File, FormData};

use crate::element::driver::{Driver, with};
use crate::element::response;
use crate::problem::FetchFailure;
use crate::state::{Action, Carry, Destination, FileEffect, UploadId};
use crate::web::task;
use crate::web::upload::{Upload, send};

/// Performs one effect.
pub fn perform(driver: &Driver, effect: FileEffect) {
    match effect {
        FileEffect::Upload { upload, file, to } => {
            if let Some(file) = driver.files.get(file) {
                start(driver, upload, &file, to);
            }
        }
        FileEffect::Abort(upload) => drop(driver.uploads.remove(&upload)),
        FileEffect::Forget(file) => driver.files.forget(file),
    }
}

fn start(driver: &Driver, id: UploadId, file: &File, to: Destination) {
    let fetch = driver.callbacks.borrow().fetch.as_ref().map(|fetch| fetch.as_function().clone());
    let upload = request(file, to, fetch);
    let weak = driver.weak();
    let task = task::spawn(async move {
        let answer = match &upload {
            Ok(upload) => send(upload).await,
            Err(thrown) => Err(FetchFailure::Threw { why: crate::web::js::describe(thrown) }),
        };
        let action = match answer {
            Ok((head, body)) => response::call(Some(head), body.as_bytes(), Ok(())),
            Err(failure) => response::call(None, &[], Err(failure)),
        };
        with(&weak, |driver| {
            drop(driver.uploads.remove(&id));
            driver.dispatch(Action::Upload { upload: id, action });
        });
    });
    driver.uploads.insert(id, task);
}

/// The request. A form gets its `Content-Type`, with the boundary, from the browser; so do bare bytes, unless the
/// server asked for another.
fn request(file: &File, to: Destination, fetch: Option<Function>) -> Result<Upload, JsValue> {
    let Destination { url, carry, headers } = to;
    let (method, body) = match carry {
        Carry::Raw => ("PUT", JsValue::from(file.clone())),
        Carry::Form => {
            let form = FormData::new()?;
            form.append_with_blob_and_filename("file", file, &file.name())?;
            ("POST", form.into())
        }
    };
    Ok(Upload { url, method, body, headers, fetch })
}
