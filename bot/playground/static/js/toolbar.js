// What can be done with a message: it shows when the row is pointed at or has the focus.
import { h } from "./dom.js";
import { QUICK, emoji } from "./emoji.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { dismissMessage, editMessage, react, removeMessage, takeShortcut } from "./own.js";
import { pickReaction } from "./reactions.js";
import { emit } from "./signal.js";
import { me, world } from "./world.js";

/** The row's toolbar. */
export function toolbar(message, { channel, threadTs }) {
  const tools = [];
  if (!message.is_ephemeral) {
    if (message.subtype !== "tombstone") tools.push(...reactionTools(message, channel));
    if (!threadTs) tools.push(tool("Reply in thread", "thread", () => emit("open-thread", { channel, ts: message.thread_ts || message.ts })));
  }
  const more = moreItems(message, channel);
  if (more.length) {
    const node = tool("More actions", "more", () => openMenu(node, more, "Message actions"));
    node.setAttribute("aria-haspopup", "menu");
    tools.push(node);
  }
  return h("div", { class: "message-tools", role: "toolbar", "aria-label": "Message actions" }, tools);
}

function tool(label, name, run) {
  return h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, on: { click: run } }, icon(name));
}

function reactionTools(message, channel) {
  const smile = tool("Add reaction", "smile", () => pickReaction(smile, message, channel));
  smile.setAttribute("aria-haspopup", "menu");
  const quick = Object.entries(QUICK).map(([name, label]) => {
    const given = message.reactions?.some((each) => each.name === name && each.users.includes(me()));
    const props = { type: "button", class: "icon-button quick-reaction", "aria-label": `React with ${label}`, title: `React with ${label}`, "aria-pressed": String(Boolean(given)) };
    return h("button", { ...props, on: { click: () => react(channel, message, name) } }, h("span", { class: "emoji" }, emoji(name)));
  });
  return [...quick, smile];
}

function moreItems(message, channel) {
  const mine = message.user === me() && message.subtype !== "tombstone";
  const items = message.is_ephemeral ? [] : shortcuts(message, channel);
  if (mine && !message.is_ephemeral) items.push({ label: "Edit message", run: () => editMessage(channel, message) });
  if (message.is_ephemeral) items.push({ label: "Dismiss", run: () => dismissMessage(channel, message) });
  else if (mine) items.push({ label: "Delete message…", danger: true, run: () => removeMessage(channel, message) });
  return items;
}

/** The app's message shortcuts, as its manifest declares them. */
function shortcuts(message, channel) {
  return world.shortcuts.filter(({ type }) => type === "message").map((each) => ({
    label: each.name,
    description: world.bot.name,
    run: () => takeShortcut(channel, message, each.callback_id),
  }));
}
