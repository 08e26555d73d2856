// A reply that was also sent to the channel says so in both places, as in Slack.
import { h } from "./dom.js";
import { mrkdwn } from "./mrkdwn.js";
import { emit } from "./signal.js";

/** Whether a message is a reply that also stands in its channel. */
export function isBroadcast(message) {
  return message.subtype === "thread_broadcast";
}

/** The line above such a message: in the channel a way to its thread, in the thread a word about the channel. */
export function broadcastLine(message, { channel, threadTs, root }) {
  if (!isBroadcast(message)) return null;
  if (threadTs) return h("div", { class: "broadcast" }, "Also sent to the channel");
  const open = () => emit("open-thread", { channel, ts: message.thread_ts });
  const words = h("button", { type: "button", class: "broadcast-thread", title: "Open thread", on: { click: open } }, root || "Thread");
  return h("div", { class: "broadcast" }, "replied to a thread:", words);
}

/** What a thread's root says, as plain words on one line. */
export function rootWords(root) {
  if (!root) return "";
  return h("div", {}, mrkdwn(root.text)).textContent.replace(/\s+/g, " ").slice(0, 160);
}
