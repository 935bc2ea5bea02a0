//! What stands below or beside the composer's field.

/// The buttons of the composer besides Send.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BarView {
    /// The `@` button (`entities.showComposerMenu`).
    pub mention: bool,
}

impl BarView {
    /// Whether there is any button: then they stand below the field, and Send with them.
    pub fn any(&self) -> bool {
        self.mention
    }
}
