//! The attributes of the plain elements: what CSS and screen readers go by.

use web_sys::HtmlElement;

use super::page;
use crate::web::dom::set_attribute;
use crate::widget::{Options, SchemeChoice, Screen, Widget, scheme_of, screen, stage};

/// The plain elements of a mounted widget.
pub(crate) struct Parts {
    pub(crate) host: HtmlElement,
    pub(crate) launcher: HtmlElement,
    pub(crate) panel: HtmlElement,
    pub(crate) chrome: HtmlElement,
}

impl Parts {
    /// `id` of the panel, given to it if it has none.
    pub(super) fn panel_id(&self) -> String {
        if self.panel.id().is_empty() {
            // Unique enough for a page that did not care to name its panels.
            let number = (crate::web::clock::random() * 1e9) as u32;
            self.panel.set_id(&format!("ckw-panel-{number}"));
        }
        self.panel.id()
    }

    /// `id` of the panel's title.
    pub(super) fn title_id(&self) -> String {
        format!("{}-title", self.panel_id())
    }

    /// What never changes.
    pub(super) fn dress_once(&self) {
        let title = self.title_id();
        for (name, value) in [("role", "dialog"), ("aria-labelledby", title.as_str()), ("tabindex", "-1")] {
            set_attribute(&self.panel, name, Some(value));
        }
    }

    /// What follows from state and options.
    pub(super) fn dress(&self, widget: &Widget, options: &Options) {
        let scheme = match options.color_scheme {
            SchemeChoice::Always(scheme) => scheme,
            SchemeChoice::Auto => scheme_of(&page::look()),
        };
        set_attribute(&self.host, "data-panel", Some(widget.panel.name()));
        set_attribute(&self.host, "data-state", Some(stage(widget).name()));
        set_attribute(&self.host, "data-scheme", Some(scheme.name()));
        set_attribute(&self.host, "data-position", Some(options.position.name()));
        let covered = matches!(screen(widget), Screen::Cover(_));
        set_attribute(&self.host, "data-covered", covered.then_some(""));
        // Out of reach of keyboard and screen reader, but mounted: the conversation goes on.
        set_attribute(&self.panel, "inert", (!widget.panel.is_open()).then_some(""));
        set_attribute(&self.panel, "aria-modal", widget.is_modal().then_some("true"));
    }

    /// Takes back what the page would still see after the widget is gone.
    pub(super) fn undress(&self) {
        set_attribute(&self.host, "data-covered", None);
        set_attribute(&self.host, "data-state", None);
        set_attribute(&self.host, "data-panel", Some("closed"));
        set_attribute(&self.panel, "inert", Some(""));
        set_attribute(&self.panel, "aria-modal", None);
    }
}
