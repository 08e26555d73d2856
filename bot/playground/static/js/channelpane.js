// The open channel: its messages, the app's status, the composer.
import { announce } from "./announce.js";
import { isBroadcast, rootWords } from "./broadcast.js";
import { composer } from "./composer.js";
import { fill, h } from "./dom.js";
import { dropZone } from "./dropping.js";
import { messagesOf, statusesOf } from "./feeds.js";
import { messageList } from "./list.js";
import { scroller } from "./scroller.js";
import { on } from "./signal.js";
import { statusLine } from "./statusline.js";
import { isUnread } from "./unread.js";
import { welcome } from "./welcome.js";
import { channel as channelOf, channelLabel } from "./world.js";

/** The channel pane in `section`: {open(id, threadTs), composer}; `threadTs` is the thread open beside it. */
export function channelPane(section) {
  const pane = { section, id: null, threadTs: null };
  pane.scroll = scroller();
  pane.empty = h("div", { class: "empty" });
  pane.scroll.inner.append(pane.empty);
  pane.list = messageList(pane.scroll.inner, "Messages");
  pane.status = statusLine(announce);
  pane.composer = composer({ id: "channel-composer", inThread: false, sent: () => pane.scroll.toEnd() });
  section.append(pane.scroll.node, pane.status.node, pane.composer.node);
  dropZone(section, () => `Drop files to attach them in ${channelLabel(pane.id)}`, (files) => pane.composer.add(files));
  for (const name of ["feed", "status", "unread"]) on(name, ({ channel, threadTs }) => channel === pane.id && (name === "unread" || !threadTs) && draw(pane));
  return { open: (...where) => open(pane, ...where), composer: pane.composer };
}

function open(pane, id, threadTs) {
  pane.threadTs = threadTs;
  if (pane.id === id) return draw(pane);
  pane.id = id;
  fill(pane.list.list);
  pane.list.list.setAttribute("aria-label", `Messages in ${channelLabel(id)}`);
  pane.composer.open(id, null, `Message ${channelLabel(id)}`);
  draw(pane);
  pane.scroll.toEnd();
}

function draw(pane) {
  const messages = messagesOf(pane.id);
  const statuses = statusesOf(pane.id);
  pane.list.render(messages || [], { channel: pane.id, statuses, unread: (ts) => isUnread(pane.id, ts), root: (message) => rootOf(message, messages) });
  pane.scroll.newest(messages?.at(-1)?.ts || "");
  pane.status.show(statuses, elsewhere(pane, statuses));
  const state = messages ? (messages.length ? "some" : "none") : "loading";
  if (pane.empty.dataset.state === `${state}/${pane.id}`) return;
  pane.empty.dataset.state = `${state}/${pane.id}`;
  if (state === "loading") fill(pane.empty, skeleton());
  else fill(pane.empty, state === "none" ? welcome(channelOf(pane.id), (text) => pane.composer.fill(text)) : null);
}

function rootOf(message, messages) {
  return isBroadcast(message) ? rootWords(messages.find((each) => each.ts === message.thread_ts)) : null;
}

/** The thread the app works in, unless it is the one that is open already. */
function elsewhere(pane, statuses) {
  const ts = statuses.at(-1)?.thread_ts;
  return ts && ts !== pane.threadTs ? { channel: pane.id, ts } : null;
}

/** Grey rows in the shape of messages while they load. */
export function skeleton() {
  const row = () => h("div", { class: "skeleton-row" }, h("span", { class: "skeleton-avatar" }), h("span", { class: "skeleton-lines" }, h("i"), h("i")));
  return h("div", { class: "skeleton", role: "status", "aria-label": "Loading messages" }, row(), row(), row());
}
