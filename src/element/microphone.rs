//! The microphone. It listens for as long as a [`Microphone`] is kept and not stopped; however it ends, and also when
//! the browser gives the sound only after nobody wants it any more, the device is released.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_events::EventListener;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, BlobEvent, FileReader, MediaRecorder, MediaRecorderOptions, MediaStream, MediaStreamConstraints,
    MediaStreamTrack,
};

use crate::state::{VoiceFault, VoiceNews};
use crate::web::js;

/// Types of sound in the order ChatKit servers know them best.
const TYPES: [&str; 3] = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];

/// One recording. Dropping it releases the device and forgets what was said.
pub struct Microphone(Rc<Shared>);

struct Shared {
    wanted: Cell<bool>,
    tell: Box<dyn Fn(VoiceNews)>,
    stream: RefCell<Option<MediaStream>>,
    recorder: RefCell<Option<MediaRecorder>>,
    listeners: RefCell<Vec<EventListener>>,
}

impl Microphone {
    /// Asks for the microphone and records. `tell` hears how that goes, never before this returned, and nothing after
    /// the recording was dropped.
    pub fn record(tell: impl Fn(VoiceNews) + 'static) -> Self {
        let shared = Rc::new(Shared {
            wanted: Cell::new(true),
            tell: Box::new(tell),
            stream: RefCell::default(),
            recorder: RefCell::default(),
            listeners: RefCell::default(),
        });
        // Not a task that ends with its owner: the browser may give the sound later, and somebody must release it.
        spawn_local({
            let shared = Rc::clone(&shared);
            async move {
                if let Err(fault) = start(&shared).await {
                    shared.end(VoiceNews::Failed(fault));
                }
            }
        });
        Self(shared)
    }

    /// Stops recording; what was said is told.
    pub fn stop(&self) {
        let recorder = self.0.recorder.borrow().clone();
        if let Some(recorder) = recorder
            && recorder.stop().is_err()
        {
            // It has stopped already, and its listener knows.
        }
    }
}

impl Drop for Microphone {
    fn drop(&mut self) {
        self.0.wanted.set(false);
        self.0.release();
    }
}

impl Shared {
    /// The browser shows that the page listens until every track has stopped.
    fn release(&self) {
        drop(self.listeners.take());
        if let Some(recorder) = self.recorder.take() {
            // Throws where it has stopped already.
            let _ = recorder.stop();
        }
        if let Some(stream) = self.stream.take() {
            stop_tracks(&stream);
        }
    }

    fn end(&self, news: VoiceNews) {
        self.release();
        if self.wanted.replace(false) {
            (self.tell)(news);
        }
    }
}

fn stop_tracks(stream: &MediaStream) {
    for track in stream.get_tracks().iter() {
        track.unchecked_into::<MediaStreamTrack>().stop();
    }
}

async fn start(shared: &Rc<Shared>) -> Result<(), VoiceFault> {
    let kind = TYPES.into_iter().find(|kind| is_supported(kind)).ok_or(VoiceFault::Unsupported)?;
    let devices = web_sys::window().and_then(|window| window.navigator().media_devices().ok());
    // Absent on pages that are not secure, whatever the types say.
    let devices = devices.filter(|devices| devices.is_object()).ok_or(VoiceFault::Unsupported)?;
    let constraints = MediaStreamConstraints::new();
    constraints.set_audio(&JsValue::TRUE);
    let asked = devices.get_user_media_with_constraints(&constraints).map_err(|thrown| fault(&thrown))?;
    let stream = JsFuture::from(asked).await.map_err(|thrown| fault(&thrown))?;
    let stream: MediaStream = stream.unchecked_into();
    if !shared.wanted.get() {
        stop_tracks(&stream);
        return Ok(());
    }
    // Not `stream.clone()`: that is JavaScript's, which makes a second stream, and the first would listen for ever.
    *shared.stream.borrow_mut() = Some(Clone::clone(&stream));
    let options = MediaRecorderOptions::new();
    options.set_mime_type(kind);
    let recorder = MediaRecorder::new_with_media_stream_and_media_recorder_options(&stream, &options)
        .map_err(|thrown| fault(&thrown))?;
    listen(shared, &recorder, kind);
    recorder.start().map_err(|thrown| fault(&thrown))?;
    *shared.recorder.borrow_mut() = Some(recorder);
    (shared.tell)(VoiceNews::Recording);
    Ok(())
}

fn is_supported(kind: &str) -> bool {
    let has_recorder = js::get_function(&js_sys::global(), "MediaRecorder").is_some();
    has_recorder && MediaRecorder::is_type_supported(kind)
}

/// The recorder gives everything in one piece and then says that it has stopped: by our doing, or because the device
/// went away.
fn listen(shared: &Rc<Shared>, recorder: &MediaRecorder, kind: &'static str) {
    let pieces = Rc::new(RefCell::new(Vec::<Blob>::new()));
    let gather = {
        let pieces = Rc::clone(&pieces);
        EventListener::new(recorder, "dataavailable", move |event| {
            pieces.borrow_mut().extend(event.dyn_ref::<BlobEvent>().and_then(BlobEvent::data));
        })
    };
    let stopped = {
        let (weak, recorder) = (Rc::downgrade(shared), recorder.clone());
        EventListener::once(&recorder.clone(), "stop", move |_| {
            let Some(shared) = weak.upgrade() else { return };
            let kind = Some(recorder.mime_type()).filter(|kind| !kind.is_empty()).unwrap_or(kind.to_owned());
            let sound: Array = pieces.take().iter().map(JsValue::from).collect();
            spawn_local(async move {
                let news = match base64(&sound).await {
                    Ok(audio_base64) => VoiceNews::Recorded { audio_base64, mime_type: kind },
                    Err(why) => VoiceNews::Failed(VoiceFault::Other(why)),
                };
                shared.end(news);
            });
        })
    };
    let failed = {
        let weak = Rc::downgrade(shared);
        EventListener::once(recorder, "error", move |event| {
            if let Some(shared) = weak.upgrade() {
                shared.end(VoiceNews::Failed(fault(&js::get(event, "error"))));
            }
        })
    };
    shared.listeners.borrow_mut().extend([gather, stopped, failed]);
}

/// Written by the browser: a data URL, without what stands before the data.
async fn base64(pieces: &Array) -> Result<String, String> {
    let sound = Blob::new_with_blob_sequence(pieces).map_err(|thrown| js::describe(&thrown))?;
    if sound.size() < 1.0 {
        return Err("the recorder gave no sound".to_owned());
    }
    let reader = FileReader::new().map_err(|thrown| js::describe(&thrown))?;
    let read = js_sys::Promise::new(&mut |resolve, _| {
        reader.set_onloadend(Some(&resolve));
    });
    reader.read_as_data_url(&sound).map_err(|thrown| js::describe(&thrown))?;
    JsFuture::from(read).await.map_err(|thrown| js::describe(&thrown))?;
    let url = reader.result().ok().and_then(|url| url.as_string()).unwrap_or_default();
    match url.split_once("base64,") {
        Some((_, data)) => Ok(data.to_owned()),
        None => Err("the recording could not be read".to_owned()),
    }
}

/// What the browser means by its errors.
fn fault(thrown: &JsValue) -> VoiceFault {
    match js::get_string(thrown, "name").as_deref() {
        Some("NotAllowedError" | "SecurityError") => VoiceFault::NotAllowed,
        Some("NotFoundError" | "NotReadableError" | "OverconstrainedError" | "AbortError") => {
            VoiceFault::NoMicrophone
        }
        _ => VoiceFault::Other(js::describe(thrown)),
    }
}
