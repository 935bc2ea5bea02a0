//! The table of texts: key, the name a site uses for it in `labels`, wording.

macro_rules! wordings {
    (first = $first:expr; $(#[$of:meta])* pub enum $Key:ident {
        $($(#[$doc:meta])* $key:ident $name:literal $wording:literal;)*
    }) => {
        $(#[$of])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $Key { $($(#[$doc])* $key,)* }

        impl $Key {
            /// Every key, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$key,)*];

            /// The stable name: `key` of the integrator's problem callback, and the property name in `labels`.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$key => $name,)* }
            }

            /// The key of that [`Key::name`].
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$key),)* _ => None }
            }

        }

        impl super::Wording for $Key {
            fn wording(self) -> &'static str {
                match self { $(Self::$key => $wording,)* }
            }

            fn index(self) -> usize {
                $first + self as usize
            }
        }
    };
}

wordings! {
    first = 0;
    /// Names one text of the floating container, or the sentence of one kind of problem.
    pub enum Key {
    // The floating container.
    /// Name of the toggle while the panel is closed.
    OpenChat "openChat" "Open chat";
    /// Name of the toggle and of the header's button while the panel is open.
    CloseChat "closeChat" "Close chat";
    /// Follows the toggle's name while answers are unread; slot `count`.
    Unread "unread" "{count} new answers";
    /// The same for one; slot `count`.
    UnreadOne "unreadOne" "{count} new answer";
    /// Before the page's title in the browser's tab while answers are unread; slot `count`.
    UnreadMark "unreadMark" "({count})";
    /// Title of the panel where the site gives none.
    Title "title" "Chat";
    /// Starts a conversation over.
    NewChat "newChat" "New chat";
    /// Repeats by hand what failed.
    TryAgain "tryAgain" "Try again";
    /// Loads the page again.
    ReloadPage "reloadPage" "Reload the page";
    /// The session is being asked for.
    Connecting "connecting" "Connecting…";
    /// The engine is being loaded.
    LoadingChat "loadingChat" "Loading the chat…";
    /// An automatic repetition; slots `attempt`, `of`.
    Retrying "retrying" "Trying again ({attempt} of {of})…";
    /// Until the next automatic repetition; slot `seconds`.
    NextTryIn "nextTryIn" "Next try in {seconds} seconds.";
    /// The same for one second; slot `seconds`.
    NextTryInOne "nextTryInOne" "Next try in {seconds} second.";
    /// No network; nothing is lost and nothing to be pressed.
    WaitingForNetwork "waitingForNetwork" "You are offline. The chat goes on by itself when you are connected again.";
    /// The session ended and its renewal takes a while.
    Renewing "renewing" "One moment, the chat is connecting again…";
    /// An answer is on its way.
    Answering "answering" "Answering…";
    /// Said once when an answer is complete.
    Answered "answered" "The answer is complete.";

    // Problems: a sentence and what to do. One or more variants of `problem::Problem` each.
    /// The device has no network.
    Offline "offline" "You are offline. Connect to the internet, then try again.";
    /// The server could not be reached.
    NoConnection "noConnection" "The chat cannot be reached right now. Check your connection and try again.";
    /// No answer in time.
    TooSlow "tooSlow" "The chat is taking too long to respond. Please try again.";
    /// The server has too much to do.
    Busy "busy" "The chat is very busy right now. Please wait a moment and try again.";
    /// The server failed.
    ServerTrouble "serverTrouble" "Something went wrong on our side. Please try again.";
    /// The server did not let the reader in.
    NotAllowed "notAllowed" "You are not signed in to this chat any more. Reload the page and try again.";
    /// The server did not accept a request.
    NotAccepted "notAccepted" "The chat could not take that. Try again, or start a new chat.";
    /// The server answered with something that is no chat answer.
    Garbled "garbled" "The chat gave an answer that could not be read. Please try again.";
    /// An answer broke off.
    CutOff "cutOff" "The answer was cut off. Please try again.";
    /// A message that the server may have or not have; it can be looked for, or taken back.
    NotCertain "notCertain" "It is not certain that your message was sent. Try again, or edit it.";
    /// The server has the message and gave no answer to it.
    NoAnswer "noAnswer" "There is no answer to this yet. Please try again.";
    /// The server has the reader's answers to its questions, and what it said to them was lost.
    ReplyLost "replyLost" "What you sent has arrived, but the reply to it did not. Write a message to go on.";
    /// An answer could not be made.
    AnswerFailed "answerFailed" "Something went wrong while answering. Please try again.";
    /// The same where repeating does not help.
    AnswerFailedForGood "answerFailedForGood" "This could not be answered. Please ask in another way or start a new chat.";
    /// The conversation is not there.
    ThreadMissing "threadMissing" "This conversation is no longer available. Start a new chat to go on.";
    /// The site set the chat up wrongly.
    Misconfigured "misconfigured" "The chat is not set up correctly on this page. Please tell the owner of this site.";
    /// A part of the chat did not load.
    NotLoaded "notLoaded" "The chat could not be loaded. Check your connection and try again.";
    /// Another engine than the intended one shows the chat.
    FellBack "fellBack" "The chat is shown in its built-in form. There is nothing you need to do.";
    /// Something inside broke.
    Unexpected "unexpected" "Something unexpected happened in the chat. Reload the page to go on.";
    }
}

wordings! {
    first = Key::ALL.len();
    /// Names one text of the conversation. Apart from [`Key`], so that the container does not carry them.
    pub enum ChatKey {
    /// Dismisses a notice.
    Dismiss "dismiss" "Dismiss";
    /// Placeholder and name of the text box.
    ComposerPlaceholder "composerPlaceholder" "Message the AI";
    /// Sends the message.
    Send "send" "Send message";
    /// Stops the answer.
    Stop "stop" "Stop answering";
    /// Greeting of an empty conversation.
    Greeting "greeting" "What can I help with today?";
    /// Name of the list of messages.
    Messages "messages" "Messages";
    /// Name of the list of suggested questions.
    Suggestions "suggestions" "Suggested questions";
    /// Said before a message of the reader.
    YouSaid "youSaid" "You said";
    /// Said before an answer.
    AssistantSaid "assistantSaid" "Answer";
    /// A message on its way to the server.
    Sending "sending" "Sending…";
    /// A message that did not arrive.
    NotSent "notSent" "This message was not sent.";
    /// Puts a message that was not sent back into the text box.
    EditMessage "editMessage" "Edit message";
    /// While it is found out whether a message arrived.
    LookingUp "lookingUp" "Checking whether your message arrived…";
    /// An answer is awaited for more than ten seconds.
    SlowAnswer "slowAnswer" "The answer is taking longer than usual…";
    /// A function of the page is awaited for more than ten seconds.
    SlowPage "slowPage" "Waiting for this page to do its part…";
    /// A conversation is awaited for more than ten seconds.
    SlowThread "slowThread" "Loading the conversation is taking longer than usual…";
    /// A message of which nobody knows whether it arrived.
    NotConfirmed "notConfirmed" "It is not certain that this message was sent.";
    /// Between question and first word.
    Thinking "thinking" "Thinking…";
    /// Under an answer the reader stopped.
    StoppedByYou "stoppedByYou" "You stopped this answer.";
    /// Asks for another answer to the same question.
    AnswerAgain "answerAgain" "Answer again";
    /// Scrolls to the end.
    JumpToLatest "jumpToLatest" "Jump to latest";
    /// Pages back through the conversation.
    LoadEarlier "loadEarlier" "Load earlier messages";
    /// While paging back.
    LoadingEarlier "loadingEarlier" "Loading earlier messages…";
    /// Paging back did not work; a button follows.
    EarlierFailed "earlierFailed" "Earlier messages could not be loaded.";
    /// While a conversation is loaded.
    LoadingConversation "loadingConversation" "Loading the conversation…";
    /// A locked conversation without a reason from the server.
    ThreadLocked "threadLocked" "This conversation is paused and takes no messages right now.";
    /// A closed conversation without a reason from the server.
    ThreadClosed "threadClosed" "This conversation has ended. Start a new chat to go on.";
    /// Copies code or an answer.
    Copy "copy" "Copy";
    /// After copying.
    Copied "copied" "Copied";
    /// Copying was not allowed.
    CopyFailed "copyFailed" "Copying did not work. Select the text and copy it by hand.";
    /// Heading of the citations.
    Sources "sources" "Sources";
    /// Follows the name of a link that leaves the page.
    OpensInNewTab "opensInNewTab" "(opens in a new tab)";
    /// In place of an image that may not be shown, or did not come.
    ImageHidden "imageHidden" "Image not shown";
    /// In place of something this version cannot show.
    CannotShow "cannotShow" "This part of the conversation cannot be shown here.";
    /// In place of something an assistant said that could not be read.
    PartMissing "partMissing" "Part of the answer could not be shown.";
    /// Name of a task list item that is done.
    TaskDone "taskDone" "Done";
    /// Name of a task list item that is not done.
    TaskOpen "taskOpen" "Not done";
    /// A step of work that is under way.
    StepRunning "stepRunning" "In progress";
    /// Over steps of work that have no name, while they go on.
    Working "working" "Working…";
    /// Over steps of work that have no name, when they are over.
    Steps "steps" "Steps";
    /// Over the model's thoughts, when they are over and nobody says how long they took.
    Reasoning "reasoning" "Reasoning";
    /// Over the model's thoughts; slot `seconds`.
    ThoughtFor "thoughtFor" "Thought for {seconds} s";
    /// The same from a minute on; slots `minutes`, `seconds`.
    ThoughtForMinutes "thoughtForMinutes" "Thought for {minutes} min {seconds} s";
    /// A step that searched the web.
    WebSearch "webSearch" "Web search";
    /// A step that read files.
    Files "files" "Files";
    /// Describes an image that the assistant made.
    GeneratedImage "generatedImage" "Generated image";
    /// While an image is being made.
    MakingImage "makingImage" "Creating an image…";
    /// In place of an image whose making was stopped.
    ImageUnfinished "imageUnfinished" "The image was not finished.";
    /// Name of the list of files sent with a message.
    Attachments "attachments" "Attachments";
    /// The thumb up under an answer.
    GoodAnswer "goodAnswer" "Good answer";
    /// The thumb down under an answer.
    BadAnswer "badAnswer" "Bad answer";
    /// A thumb that did not reach the server.
    FeedbackFailed "feedbackFailed" "Your feedback could not be sent. Please try again.";
    /// Name of the region with the server's notices.
    Notice "notice" "Notice";
    /// Name of the button that copies a code block.
    CopyCode "copyCode" "Copy code";
    /// Name of a code block that can be scrolled.
    Code "code" "Code";
    /// Name of a table that can be scrolled.
    Table "table" "Table";
    /// Name of the form with questions of the assistant.
    Questions "questions" "Questions for you";
    /// Name and hint of the answer that is none of those offered.
    OtherAnswer "otherAnswer" "Something else";
    /// Hint in a field for an answer.
    YourAnswer "yourAnswer" "Your answer";
    /// Sends the answers.
    SendAnswers "sendAnswers" "Send answers";
    /// Skips all questions.
    Skip "skip" "Skip";
    /// Skips one question.
    SkipQuestion "skipQuestion" "Skip this question";
    /// Takes the skipping of one question back.
    AnswerAfterAll "answerAfterAll" "Answer it after all";
    /// In place of an answer that was not given.
    Skipped "skipped" "Skipped";
    /// Name of the answers given to questions of the assistant.
    YourAnswers "yourAnswers" "Your answers";
    /// Stands for an image that is not shown and has no description.
    Image "image" "Image";
    /// Name of a footnote, before its label.
    Footnote "footnote" "Footnote";
    /// Name of the list of past conversations, and of the button that shows it.
    History "history" "Chat history";
    /// The way back from that list.
    CloseHistory "closeHistory" "Back to the chat";
    /// While that list is read.
    LoadingHistory "loadingHistory" "Loading your chats…";
    /// It could not be read; a button follows.
    HistoryFailed "historyFailed" "Your chats could not be loaded.";
    /// There is nothing in it.
    NoHistory "noHistory" "There are no chats yet. The ones you begin will be listed here.";
    /// Reads more of it.
    MoreHistory "moreHistory" "Show more chats";
    /// Gives a conversation another title; the title follows.
    Rename "rename" "Rename";
    /// Name of the field for it.
    ThreadTitle "threadTitle" "Title of the chat";
    /// The title was not saved.
    RenameFailed "renameFailed" "The title could not be saved. Please try again.";
    /// Deletes a conversation; the title follows.
    Delete "delete" "Delete";
    /// Asked before.
    DeleteQuestion "deleteQuestion" "Delete this chat? It cannot be brought back.";
    /// While it is being deleted.
    Deleting "deleting" "Deleting…";
    /// It was not deleted.
    DeleteFailed "deleteFailed" "The chat could not be deleted. Please try again.";
    /// Keeps what was written.
    Save "save" "Save";
    /// Takes back what was asked.
    Cancel "cancel" "Cancel";
    /// Name of the menu with files and tools.
    AddMenu "addMenu" "Add to the message";
    /// Opens the file dialog.
    AddFiles "addFiles" "Add files";
    /// Over the whole element while files are dragged over it.
    DropHere "dropHere" "Drop files here to add them";
    /// A file on its way to the server.
    FileUploading "fileUploading" "Uploading…";
    /// A file that did not arrive.
    FileFailed "fileFailed" "Not uploaded";
    /// Name of a chip's button; slot `name`.
    FileRemove "fileRemove" "Remove {name}";
    /// Name of a chip's button; slot `name`.
    FileRetry "fileRetry" "Upload {name} again";
    /// Files of a kind that the site does not take; slot `names`.
    FileKind "fileKind" "Files of this kind cannot be added: {names}";
    /// Files that are too large; slots `limit`, `names`.
    FileSize "fileSize" "Larger than {limit}, so not added: {names}";
    /// More files than a message may have; slots `limit`, `names`.
    FileCount "fileCount" "Files per message, at most: {limit}. Not added: {names}";
    /// A folder was dropped.
    FileNone "fileNone" "There was no file in what you dropped.";
    /// Said when a file arrived; slot `name`.
    FileUploaded "fileUploaded" "Uploaded: {name}";
    /// Said when a file did not arrive; slot `name`.
    FileNotUploaded "fileNotUploaded" "Not uploaded: {name}";
    /// Said when a file was taken away; slot `name`.
    FileRemoved "fileRemoved" "Removed: {name}";
    /// Send was pressed while files are on their way.
    FileWait "fileWait" "Your files are still being uploaded. You can send the message when they are there.";
    /// Send was pressed although a file did not arrive.
    FileMissing "fileMissing" "A file was not uploaded. Try it again or remove it, then send your message.";
    /// Puts the chosen tool back; slot `name`.
    ToolOff "toolOff" "Stop using {name}";
    /// Name of the picker of models; slot `name`, the chosen one.
    Model "model" "Model: {name}";
    /// Begins a recording.
    VoiceStart "voiceStart" "Speak instead of typing";
    /// While the browser asks for the microphone.
    VoiceAsking "voiceAsking" "Waiting for the microphone…";
    /// Said when the microphone is on.
    VoiceListening "voiceListening" "Listening…";
    /// Ends a recording.
    VoiceStop "voiceStop" "Stop and write it down";
    /// Throws a recording away.
    VoiceCancel "voiceCancel" "Throw the recording away";
    /// Speech is being turned into text.
    VoiceWorking "voiceWorking" "Writing down what you said…";
    /// The microphone may not be used.
    VoiceNotAllowed "voiceNotAllowed" "The microphone is not allowed on this page. Allow it, then try again.";
    /// There is no microphone.
    VoiceNoMicrophone "voiceNoMicrophone" "No microphone was found that can be used. Connect one, then try again.";
    /// The browser cannot record.
    VoiceUnsupported "voiceUnsupported" "Speech cannot be recorded here. Please type your message.";
    /// Speech could not be turned into text.
    VoiceFailed "voiceFailed" "What you said could not be written down. Please try again.";
    /// Nothing was said.
    VoiceSilence "voiceSilence" "No words were heard. Please try again.";
    /// Name of the `@` button.
    Mention "mention" "Mention something";
    /// Name of the list behind an `@`.
    MentionList "mentionList" "Things to mention";
    /// Name of the list behind a `/`.
    CommandList "commandList" "Commands";
    /// While such a list is searched and there is nothing in it yet.
    MenuSearching "menuSearching" "Searching…";
    /// There is nothing in it.
    MenuEmpty "menuEmpty" "Nothing found";
    /// It could not be searched.
    MenuFailed "menuFailed" "The search did not work. Please try again in a moment.";
    /// How many are in it; slot `count`.
    MenuCount "menuCount" "Suggestions: {count}";
    /// The chosen command could not be done.
    CommandFailed "commandFailed" "That did not work. Please try again.";
    // Answers.
    /// Name of a mark in the text where something is cited; slots `number`, `name`.
    SourceNumber "sourceNumber" "Source {number}: {name}";
    /// From a footnote back to the place in the text it is for.
    BackToText "backToText" "Back to the text";
    }
}
