// Sending: what was typed stands in the list at once, and says so when it did not go out.
import { announce, toast } from "./announce.js";
import { Refused, post } from "./api.js";
import { messagesOf, place, remove } from "./feeds.js";
import { toSaid, toWire } from "./wire.js";
import { me } from "./world.js";

let counter = 0;

/** Sends a message: `wanted` is {typed, files, threadTs}. Its place in the list shows how it went. */
export async function say(channel, wanted) {
  const message = draft(wanted);
  place(channel, message);
  try {
    const { ts } = await post("say", { channel, thread_ts: wanted.threadTs, text: toSaid(wanted.typed), files: wanted.files.map((file) => file.id) });
    settle(channel, message, ts);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    place(channel, { ...message, local: { ...message.local, state: "failed", error: error.message } });
    announce(`Not sent. ${error.message}`);
  }
}

function draft(wanted) {
  counter += 1;
  const ts = `${Math.floor(Date.now() / 1000)}.${String(900000 + counter).padStart(6, "0")}`;
  const files = wanted.files.map((file) => ({ ...file, page_url: file.preview || file.page_url, page_thumb_url: file.preview }));
  return { type: "message", ts, thread_ts: wanted.threadTs, user: me(), text: toWire(wanted.typed), files, local: { state: "sending", wanted } };
}

function settle(channel, message, ts) {
  const feed = messagesOf(channel, message.thread_ts) || [];
  if (feed.some((each) => each.ts === ts)) remove(channel, message.ts);
  else if (feed.some((each) => each.ts === message.ts)) place(channel, { ...message, local: { ...message.local, ts } });
}

/** Runs a slash command; answers whether it was accepted. */
export async function run(channel, typed) {
  const [command] = typed.split(/\s/, 1);
  try {
    await post("command", { channel, command, text: toSaid(typed.slice(command.length).trim()) });
    return true;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    toast(error.message);
    return false;
  }
}
