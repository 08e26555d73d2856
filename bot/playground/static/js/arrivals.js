// What happens with each push of the server.
import { announce } from "./announce.js";
import { isBroadcast } from "./broadcast.js";
import { debounce } from "./dom.js";
import { loadChannel, messagesOf, place, rememberStatus, remove } from "./feeds.js";
import { emit, on } from "./signal.js";
import { markUnread } from "./unread.js";
import { displayName, me, world } from "./world.js";

const again = new Map();

/** Listens; `looking()` answers {channel, threadTs} of what is on the screen. */
export function watchArrivals(looking, quietly) {
  on("live", (push) => {
    if (push.type === "message") arrive(push, looking(), quietly);
    else if (push.type === "changed" && push.message) place(push.channel, push.message);
    else if (push.type === "deleted") leave(push, quietly);
    else if (push.type === "status") rememberStatus(push);
    else if (push.type === "presence") presence(push);
    else if (push.type === "reset") emit("reset", {});
  });
}

function arrive({ channel, message }, { channel: shown, threadTs }, quietly) {
  place(channel, message);
  const isReply = message.thread_ts && message.thread_ts !== message.ts;
  // Reply counts belong to the root, and only the server counts them.
  if (isReply) refetch(channel, quietly);
  if (message.user === me()) return;
  const seen = document.visibilityState === "visible";
  const here = seen && channel === shown && (isBroadcast(message) || threadTs === message.thread_ts);
  if (isReply && !here) markUnread(channel, message.thread_ts);
  if (channel !== shown) markUnread(channel);
  else announce(`${displayName(message.user || message.bot_id)}: ${(message.text || "shared a file").slice(0, 200)}`);
}

function leave({ channel, ts }, quietly) {
  remove(channel, ts);
  refetch(channel, quietly);
}

function refetch(channel, quietly) {
  if (!messagesOf(channel)) return;
  if (!again.has(channel)) again.set(channel, debounce(() => quietly(loadChannel(channel)), 150));
  again.get(channel)();
}

function presence(push) {
  world.mode = push.mode || push.presence || (push.connected ? "socket" : "none");
  emit("presence", {});
}
