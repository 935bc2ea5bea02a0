//! The Yew component as the container sees it.

use std::cell::RefCell;
use std::rc::Rc;

use yew::html::Scope;

use super::{ChatWidget, Msg};
use crate::components::ChatKitHandle;
use crate::container::{Loading, Surroundings};
use crate::problem::{EngineKind, Problem};
use crate::text::Texts;
use crate::widget::Issue;

/// Everything is told as a message, so that no callback of the app runs while the container is at work.
pub(super) struct App {
    pub(super) link: Scope<ChatWidget>,
    pub(super) chat: Rc<RefCell<ChatKitHandle>>,
}

impl Surroundings for App {
    fn load_engine(&self, kind: EngineKind) -> Loading {
        // It is in the same wasm; there is nothing to load, and no other one.
        Box::pin(std::future::ready(match kind {
            EngineKind::SelfHosted => Ok(()),
            EngineKind::OpenAi => Err("a Yew app draws the conversation itself".to_owned()),
        }))
    }

    fn show_chat(&self, _: EngineKind) {
        self.link.send_message(Msg::ShowChat);
    }

    fn open_change(&self, open: bool) {
        self.link.send_message(Msg::OpenChange(open));
    }

    fn focus_composer(&self) {
        drop(self.chat.borrow().focus_composer());
    }

    fn new_thread(&self) {
        drop(self.chat.borrow().set_thread_id(None));
    }

    fn problem(&self, problem: &Problem, _: &Texts) {
        self.link.send_message(Msg::Problem(problem.clone()));
    }

    fn config_issues(&self, issues: &[Issue]) {
        if !issues.is_empty() {
            self.link.send_message(Msg::Issues(issues.to_vec()));
        }
    }
}
