// One message, as a row.
import { avatar } from "./avatar.js";
import { showBlocks } from "./blocks.js";
import { broadcastLine, isBroadcast } from "./broadcast.js";
import { h } from "./dom.js";
import { fileList } from "./files.js";
import { icon } from "./icons.js";
import { mrkdwn } from "./mrkdwn.js";
import { press } from "./press.js";
import { reactionBar } from "./reactions.js";
import { clock, exact } from "./times.js";
import { removeFile, retry, discard } from "./own.js";
import { toolbar } from "./toolbar.js";
import { threadFooter } from "./threadfooter.js";
import { displayName, isBot, me } from "./world.js";

/** A message row. `old` is the row it replaces: equal blocks keep their nodes. */
export function messageRow(message, view, old) {
  const { channel, grouped } = view;
  const row = h("article", {
    class: classes(message, grouped),
    tabindex: -1,
    "aria-label": spoken(message),
    data: { testid: "message", ts: message.ts, user: message.user || message.bot_id || "", pending: message.local?.state },
  });
  row.append(gutter(message, grouped), h("div", { class: "message-body" },
    message.is_ephemeral ? h("div", { class: "only-you" }, icon("eye"), "Only visible to you") : null,
    grouped ? null : heading(message),
    broadcastLine(message, view),
    content(message, view, old),
    message.files?.length ? fileList(message.files, { mayRemove: message.user === me() && !message.local, remove: removeFile }) : null,
    message.local ? sending(message, channel) : null,
    reactionBar(message, channel),
    view.threadTs || isBroadcast(message) ? null : threadFooter(message, view)));
  if (!message.local) row.append(toolbar(message, view));
  return row;
}

function classes(message, grouped) {
  return ["message", grouped && "message-grouped", message.is_ephemeral && "message-ephemeral", message.local && `message-${message.local.state}`].filter(Boolean).join(" ");
}

function spoken(message) {
  const text = (message.text || "").replace(/[*_~`]/g, "").slice(0, 200);
  return `${displayName(message.user || message.bot_id)}, ${clock(message.ts)}: ${text || (message.files?.length ? "shared a file" : "message")}`;
}

function gutter(message, grouped) {
  const time = h("time", { class: "gutter-time", datetime: new Date(Number.parseFloat(message.ts) * 1000).toISOString(), title: exact(message.ts) }, clock(message.ts));
  return h("div", { class: "gutter" }, grouped ? time : avatar(message.user || message.bot_id));
}

function heading(message) {
  const app = isBot(message.user) || message.bot_id || message.user === "USLACKBOT";
  return h("div", { class: "message-head" },
    h("span", { class: "message-name" }, message.username || displayName(message.user || message.bot_id)),
    app ? h("span", { class: "badge" }, "APP") : null,
    h("time", { class: "message-time", title: exact(message.ts), datetime: new Date(Number.parseFloat(message.ts) * 1000).toISOString() }, clock(message.ts)));
}

function content(message, view, old) {
  if (message.subtype === "tombstone") return h("p", { class: "quiet tombstone" }, icon("trash"), "This message was deleted.");
  const edited = message.edited ? h("span", { class: "edited", title: exact(message.edited.ts) }, "(edited)") : null;
  if (!message.blocks?.length || typed(message)) return message.text ? h("div", { class: "message-text rich" }, mrkdwn(message.text), edited) : edited;
  const holder = old?.querySelector(":scope > .message-body > .blocks") || h("div", { class: "blocks" });
  const act = (part, value, node) => press({ channel: view.channel, message, block: blockOf(message, node) }, part, value, node);
  return [showBlocks(holder, message.blocks, { surface: "message", act }), edited];
}

/** What people type also comes as rich_text without its emphasis; their words say more. */
function typed(message) {
  return message.text && !message.bot_id && message.blocks.every((block) => block.type === "rich_text");
}

function blockOf(message, node) {
  const id = node.closest("[data-block-id]")?.dataset.blockId;
  return message.blocks.find((block) => block.block_id === id) || { block_id: id };
}

function sending(message, channel) {
  if (message.local.state === "sending") return h("div", { class: "quiet sending" }, "Sending…");
  const again = h("button", { type: "button", class: "link-button", on: { click: () => retry(channel, message) } }, "Try again");
  const drop = h("button", { type: "button", class: "link-button", on: { click: () => discard(channel, message) } }, "Discard");
  return h("div", { class: "not-sent", role: "alert" }, icon("alert"), `Not sent. ${message.local.error} `, again, drop);
}
