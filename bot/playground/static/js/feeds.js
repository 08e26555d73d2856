// Messages by channel and by thread, kept in the order of their timestamps.
import { get } from "./api.js";
import { emit } from "./signal.js";

const feeds = new Map();
const statuses = new Map();
const changes = new Map();
const TRIES = 5;

/** The key of a channel's feed, or of one thread in it. */
export function feedKey(channel, threadTs) {
  return threadTs ? `${channel}/${threadTs}` : channel;
}

/** The messages of a channel or thread, oldest first; undefined until loaded. */
export function messagesOf(channel, threadTs) {
  return feeds.get(feedKey(channel, threadTs));
}

/** The app's statuses in a channel: [{thread_ts, status, loading_messages}]. */
export function statusesOf(channel) {
  return [...(statuses.get(channel) || new Map()).values()];
}

/** Fetches a channel's messages and statuses anew. Raises Refused. */
export async function loadChannel(channel) {
  const answer = await steady("messages", { channel });
  keep(channel, null, answer.messages);
  const entries = Object.entries(answer.statuses || {});
  statuses.set(channel, new Map(entries.map(([ts, said]) => [ts, { thread_ts: ts, status: said.text, loading_messages: said.loading_messages || [] }])));
  emit("feed", { channel });
  emit("status", { channel });
}

/** Fetches a thread anew, root first. Raises Refused. */
export async function loadThread(channel, ts) {
  const answer = await steady("thread", { channel, ts });
  keep(channel, ts, answer.messages);
  emit("feed", { channel, threadTs: ts });
}

/** Asks again when something was pushed meanwhile: an answer from before it would take it back. */
async function steady(what, query) {
  for (let tries = 1; ; tries += 1) {
    const before = changes.get(query.channel);
    const answer = await get(what, query);
    if (changes.get(query.channel) === before || tries === TRIES) return answer;
  }
}

function changed(channel) {
  changes.set(channel, (changes.get(channel) || 0) + 1);
}

function keep(channel, threadTs, messages) {
  const known = new Set(messages.map((message) => message.ts));
  const waiting = (messagesOf(channel, threadTs) || []).filter((message) => message.local && !known.has(message.local.ts));
  feeds.set(feedKey(channel, threadTs), sorted([...messages, ...waiting]));
}

/** Puts a message into every loaded feed it belongs to, replacing an older version of itself. */
export function place(channel, message) {
  changed(channel);
  const threadTs = message.thread_ts;
  const isReply = threadTs && threadTs !== message.ts;
  if (!isReply || message.subtype === "thread_broadcast") placeIn(channel, null, message);
  if (isReply) placeIn(channel, threadTs, message);
  else placeIn(channel, message.ts, message);
}

function placeIn(channel, threadTs, message) {
  const feed = messagesOf(channel, threadTs);
  if (!feed) return;
  const rest = feed.filter((each) => each.ts !== message.ts && !isDraftOf(each, message));
  feeds.set(feedKey(channel, threadTs), sorted([...rest, message]));
  emit("feed", { channel, threadTs });
}

/** Whether a message still being sent is the one that has just arrived. */
function isDraftOf(draft, message) {
  if (!draft.local || message.local || draft.user !== message.user) return false;
  return draft.local.ts ? draft.local.ts === message.ts : draft.local.state === "sending" && draft.text === message.text;
}

/** Takes a message out of every feed of its channel. */
export function remove(channel, ts) {
  changed(channel);
  for (const [key, feed] of feeds) {
    if (key !== channel && !key.startsWith(`${channel}/`)) continue;
    const rest = feed.filter((message) => message.ts !== ts);
    if (rest.length === feed.length) continue;
    feeds.set(key, rest);
    emit("feed", { channel, threadTs: key.split("/")[1] });
  }
}

/** Keeps or, when it is empty, clears the app's status in a thread. */
export function rememberStatus({ channel, thread_ts: ts, status, loading_messages: loading }) {
  changed(channel);
  if (!statuses.has(channel)) statuses.set(channel, new Map());
  if (status) statuses.get(channel).set(ts, { thread_ts: ts, status, loading_messages: loading || [] });
  else statuses.get(channel).delete(ts);
  emit("status", { channel });
}

/** Forgets every feed: the server was started anew. */
export function forget() {
  feeds.clear();
  statuses.clear();
}

function sorted(messages) {
  return messages.sort((a, b) => (a.ts < b.ts ? -1 : 1));
}
