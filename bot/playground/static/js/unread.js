// What the current person has not seen yet, by channel and by thread.
import { emit } from "./signal.js";

const unread = new Set();

function key(channel, threadTs) {
  return threadTs ? `${channel}/${threadTs}` : channel;
}

/** Marks a channel or a thread as having something new. */
export function markUnread(channel, threadTs) {
  unread.add(key(channel, threadTs));
  emit("unread", { channel, threadTs });
}

/** Marks it as seen. */
export function markRead(channel, threadTs) {
  if (unread.delete(key(channel, threadTs))) emit("unread", { channel, threadTs });
}

/** Whether there is something new there. */
export function isUnread(channel, threadTs) {
  return unread.has(key(channel, threadTs));
}
