// The open channel: its messages, the app's status, the composer.
import { announce } from "./announce.js";
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

/** The channel pane in `section`: {open(id), composer}. */
export function channelPane(section) {
  const pane = { section, id: null };
  pane.scroll = scroller();
  pane.empty = h("div", { class: "empty" });
  pane.scroll.inner.append(pane.empty);
  pane.list = messageList(pane.scroll.inner, "Messages");
  pane.status = statusLine(announce);
  pane.composer = composer({ id: "channel-composer", inThread: false, sent: () => pane.scroll.toEnd() });
  section.append(pane.scroll.node, pane.status.node, pane.composer.node);
  dropZone(section, () => `Drop files to attach them in ${channelLabel(pane.id)}`, (files) => pane.composer.add(files));
  for (const name of ["feed", "status", "unread"]) on(name, ({ channel, threadTs }) => channel === pane.id && (name === "unread" || !threadTs) && draw(pane));
  return { open: (id) => open(pane, id), composer: pane.composer };
}

function open(pane, id) {
  if (pane.id === id) return;
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
  pane.list.render(messages || [], { channel: pane.id, statuses, unread: (ts) => isUnread(pane.id, ts) });
  pane.status.show(statuses);
  const state = messages ? (messages.length ? "some" : "none") : "loading";
  if (pane.empty.dataset.state === `${state}/${pane.id}`) return;
  pane.empty.dataset.state = `${state}/${pane.id}`;
  if (state === "loading") fill(pane.empty, skeleton());
  else fill(pane.empty, state === "none" ? welcome(channelOf(pane.id), (text) => pane.composer.fill(text)) : null);
}

/** Grey rows in the shape of messages while they load. */
export function skeleton() {
  const row = () => h("div", { class: "skeleton-row" }, h("span", { class: "skeleton-avatar" }), h("span", { class: "skeleton-lines" }, h("i"), h("i")));
  return h("div", { class: "skeleton", role: "status", "aria-label": "Loading messages" }, row(), row(), row());
}
