// The side panel with one thread: its root, the replies, the app's status, a composer.
import { skeleton } from "./channelpane.js";
import { composer } from "./composer.js";
import { fill, h } from "./dom.js";
import { dropZone } from "./dropping.js";
import { messagesOf, statusesOf } from "./feeds.js";
import { icon } from "./icons.js";
import { messageList } from "./list.js";
import { scroller } from "./scroller.js";
import { on } from "./signal.js";
import { statusLine } from "./statusline.js";
import { channelLabel } from "./world.js";

/** The thread panel in `aside`: {open(channel, ts), close(), where()}. `closed()` is called by its close button and Esc. */
export function threadPane(aside, closed) {
  const pane = { aside, channel: null, ts: null };
  pane.title = h("p", { class: "quiet" });
  pane.scroll = scroller();
  pane.empty = h("div", { class: "empty" });
  pane.scroll.inner.append(pane.empty);
  pane.list = messageList(pane.scroll.inner, "Thread");
  pane.divider = h("div", { class: "replies", role: "listitem" });
  // The channel's own line announces statuses; a second voice would say everything twice.
  pane.status = statusLine(() => {});
  pane.composer = composer({ id: "thread-composer", inThread: true, sent: () => pane.scroll.toEnd() });
  const close = h("button", { type: "button", class: "icon-button", "aria-label": "Close thread", title: "Close thread (Esc)", on: { click: closed } }, icon("close"));
  aside.append(h("header", { class: "header thread-header" }, h("div", { class: "header-title" }, h("h2", {}, "Thread"), pane.title), close), pane.scroll.node);
  dropZone(aside, () => "Drop files to attach them to your reply", (files) => pane.composer.add(files));
  aside.addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && closed());
  for (const name of ["feed", "status"]) on(name, ({ channel, threadTs }) => channel === pane.channel && (name === "status" || threadTs === pane.ts) && draw(pane));
  return { open: (channel, ts) => open(pane, channel, ts), close: () => shut(pane), where: () => pane.ts && { channel: pane.channel, ts: pane.ts }, focus: () => pane.composer.focus() };
}

function open(pane, channel, ts) {
  if (pane.channel === channel && pane.ts === ts) return;
  Object.assign(pane, { channel, ts });
  // A closed thread has no composer in the page: nothing can reach it, and there is one "Send" only.
  pane.aside.append(pane.status.node, pane.composer.node);
  pane.aside.hidden = false;
  document.body.classList.add("with-thread");
  fill(pane.title, channelLabel(channel));
  fill(pane.list.list);
  pane.composer.open(channel, ts, "Reply…");
  draw(pane);
  pane.scroll.toEnd();
}

function shut(pane) {
  Object.assign(pane, { channel: null, ts: null });
  pane.aside.hidden = true;
  pane.status.node.remove();
  pane.composer.node.remove();
  document.body.classList.remove("with-thread");
}

function draw(pane) {
  const messages = messagesOf(pane.channel, pane.ts);
  if (!messages) fill(pane.empty, skeleton());
  else fill(pane.empty, messages.length ? null : h("p", { class: "quiet thread-gone" }, "This thread is gone."));
  const label = repliesLabel(messages);
  fill(pane.divider, label ? h("span", {}, label) : null);
  pane.divider.hidden = !label;
  pane.list.render(messages || [], { channel: pane.channel, threadTs: pane.ts }, (_, index) => (index ? null : pane.divider));
  pane.scroll.newest(messages?.at(-1)?.ts || "");
  pane.status.show(statusesOf(pane.channel).filter((each) => each.thread_ts === pane.ts));
}

function repliesLabel(messages) {
  const count = (messages || []).filter((message) => !message.local).length - 1;
  if (count < 1) return "";
  return count === 1 ? "1 reply" : `${count} replies`;
}
