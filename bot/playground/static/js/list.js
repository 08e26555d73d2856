// A list of messages that changes in place: rows that did not change keep their nodes, their focus and their pictures.
import { fill, h } from "./dom.js";
import { messageRow } from "./message.js";
import { day } from "./times.js";

const GROUP_SECONDS = 300;

/** A list in `holder`. `render(messages, view)` brings it up to date; view: {channel, threadTs, statuses, root(message)}. */
export function messageList(holder, label) {
  const list = h("div", { class: "messages", role: "list", "aria-label": label, data: { pictures: "" } });
  holder.append(list);
  const rows = new Map();
  list.addEventListener("keydown", arrows);
  list.addEventListener("focusin", (event) => rove(list, event.target.closest(".message")));
  return { list, render: (messages, view, between) => render(list, rows, messages, view, between) };
}

function render(list, rows, messages, view, between) {
  const focus = focused(list);
  const seen = new Set();
  const nodes = messages.flatMap((message, index) => {
    seen.add(message.ts);
    const previous = messages[index - 1];
    const entry = upToDate(rows, message, context(message, previous, view));
    return [entry.node, between?.(message, index)];
  });
  for (const ts of rows.keys()) if (!seen.has(ts)) rows.delete(ts);
  settle(list, nodes.filter(Boolean));
  refocus(list, focus);
  if (!list.querySelector('.message[tabindex="0"]')) rove(list, list.querySelector(".entry:last-child .message"));
}

/** Moves only what is out of place: moving a node would lose its focus and its scroll. */
function settle(list, nodes) {
  for (const node of [...list.children]) if (!nodes.includes(node)) node.remove();
  nodes.forEach((node, index) => {
    if (list.children[index] !== node) list.insertBefore(node, list.children[index] || null);
  });
}

function context(message, previous, view) {
  const newDay = !view.threadTs && (!previous || day(previous.ts) !== day(message.ts)) ? day(message.ts) : null;
  const close = previous && previous.user === message.user && Number.parseFloat(message.ts) - Number.parseFloat(previous.ts) < GROUP_SECONDS;
  const follows = close && !newDay && plain(message) && plain(previous) && message.username === previous.username;
  const grouped = Boolean(follows && previous.ts !== view.threadTs && !previous.reply_count);
  const status = view.statuses?.some((each) => each.thread_ts === message.ts);
  return { channel: view.channel, threadTs: view.threadTs, grouped, newDay, status, unread: view.unread?.(message.ts), root: view.root?.(message) };
}

/** Words only: pictures with buttons, notices and tombstones keep their own head. */
function plain(message) {
  const rows = message.blocks?.some((block) => block.type !== "rich_text");
  return !message.is_ephemeral && !message.subtype?.match(/^(tombstone|thread_broadcast)$/) && !rows;
}

function upToDate(rows, message, where) {
  const key = JSON.stringify([message, where]);
  const old = rows.get(message.ts);
  if (old?.key === key) return old;
  const article = messageRow(message, where, old?.article);
  const node = old?.node || h("div", { class: "entry", role: "listitem" });
  fill(node, where.newDay ? h("div", { class: "day" }, h("span", {}, where.newDay)) : null, article);
  const entry = { key, node, article };
  rows.set(message.ts, entry);
  return entry;
}

function focused(list) {
  const node = document.activeElement;
  if (!list.contains(node) || node === list) return null;
  return { node, ts: node.closest(".message")?.dataset.ts, action: node.dataset.actionId, label: node.getAttribute("aria-label") };
}

function refocus(list, focus) {
  if (!focus || document.activeElement === focus.node) return;
  if (focus.node.isConnected) return focus.node.focus({ preventScroll: true });
  const row = focus.ts && list.querySelector(`.message[data-ts="${CSS.escape(focus.ts)}"]`);
  const twin = row && [...row.querySelectorAll("button, a, select, input")].find((node) =>
    focus.action ? node.dataset.actionId === focus.action : focus.label && node.getAttribute("aria-label") === focus.label);
  (twin || row)?.focus({ preventScroll: true });
}

function rove(list, row) {
  if (!row) return;
  for (const other of list.querySelectorAll('.message[tabindex="0"]')) other.tabIndex = -1;
  row.tabIndex = 0;
}

function arrows(event) {
  if (!event.target.matches(".message")) return;
  const rows = [...event.currentTarget.querySelectorAll(".message")];
  const at = rows.indexOf(event.target);
  const target = { ArrowDown: rows[at + 1], ArrowUp: rows[at - 1], Home: rows[0], End: rows.at(-1) }[event.key];
  if (!target) return;
  event.preventDefault();
  target.focus();
}
