/** Every option of the element switched on, with functions that answer from what is in this file. */
import type { Command, Entity, UseChatKitOptions } from "@openai/chatkit-react";

const ENTITIES: Entity[] = [
  { id: "servo", title: "Servo", icon: "lucide:cog", group: "Parts", interactive: true, data: { page: "4" } },
  { id: "battery", title: "Battery", icon: "bolt", group: "Parts", interactive: true, data: { page: "9" } },
  { id: "ada", title: "Ada Lovelace", icon: "profile", group: "People", interactive: true },
  { id: "grace", title: "Grace Hopper", icon: "profile", group: "People" },
];

const COMMANDS: Command[] = [
  { id: "part", label: "Insert a part", description: "Choose from a list", icon: "cube", group: "Insert" },
  { id: "time", label: "Log the time", description: "Does something on the page only", icon: "clock", group: "Page" },
];

const contains = (text: string, query: string) => text.toLowerCase().includes(query.toLowerCase());

/** `server`: address of the scripted server, with a tenant; `say`: tells people what the page was asked to do. */
export function everything(server: string, say: (what: string, detail?: unknown) => void): UseChatKitOptions {
  return {
    api: {
      url: `${server}/chatkit`,
      domainKey: "local-dev",
      uploadStrategy: { type: "two_phase" },
    },
    frameTitle: "Every feature",
    theme: { radius: "round", density: "normal", color: { accent: { primary: "#0b6270", level: 1 } } },
    header: {
      leftAction: { icon: "home", onClick: () => say("header.leftAction") },
      rightAction: { icon: "light-mode", onClick: () => say("header.rightAction") },
    },
    history: { enabled: true, showDelete: true, showRename: true },
    startScreen: {
      greeting: "Try a word, or ask for one",
      prompts: [
        { label: "A streamed answer", prompt: "text", icon: "write" },
        { label: "Answers with sources", prompt: "annotations", icon: "book-open" },
        { label: "A form", prompt: "structured", icon: "notebook" },
        {
          label: "About a part",
          prompt: [
            { type: "input_text", text: "hello about " },
            { type: "input_tag", id: "servo", text: "Servo", group: "Parts", interactive: true },
          ],
          icon: "cube",
        },
      ],
    },
    threadItemActions: { feedback: true, retry: true },
    thread: { autoScroll: false },
    composer: {
      placeholder: "The first word chooses the script",
      attachments: { enabled: true, maxCount: 5, maxSize: { "image/*": 5_000_000, "*": 1_000_000 } },
      tools: [
        { id: "search", label: "Search the web", shortLabel: "Search", icon: "search", pinned: true },
        { id: "draw", label: "Draw a picture", icon: "images", placeholderOverride: "What shall be drawn?" },
        { id: "deep", label: "Think for long", icon: "lightbulb", persistent: true },
      ],
      models: [
        { id: "fast", label: "Fast", description: "Answers at once", default: true },
        { id: "careful", label: "Careful", description: "Takes its time" },
        { id: "later", label: "Next year's", description: "Not here yet", disabled: true },
      ],
      dictation: { enabled: true },
    },
    disclaimer: { text: "Everything here is **scripted**. [What is this?](https://example.com/)" },
    entities: {
      onTagSearch: async (query) => ENTITIES.filter(({ title }) => contains(title, query)),
      showComposerMenu: true,
      onClick: (entity) => say("entities.onClick", entity),
      onRequestPreview: async (entity) => ({
        preview: { type: "Basic", children: [{ type: "Text", value: `${entity.title} (${entity.id})` }] },
      }),
    },
    commands: {
      enabled: true,
      onSearch: async (query) => COMMANDS.filter(({ label }) => contains(label, query)),
      onSelect: async (command) => {
        say("commands.onSelect", command);
        const part = ENTITIES.find(({ id }) => id === command.id);
        if (part !== undefined) return { type: "entity", entity: part };
        if (command.id !== "part") return;
        const parts = ENTITIES.filter(({ group }) => group === "Parts");
        return { type: "menu", commands: parts.map(({ id, title }) => ({ id, label: title })) };
      },
    },
    widgets: { onAction: async (action, item) => say("widgets.onAction", { action, id: item.id }) },
    onClientTool: async ({ name, params }) => {
      say("onClientTool", { name, params });
      return { selection: String(getSelection() ?? ""), title: document.title };
    },
  };
}
