// "3 replies" under a message, with who replied and when last.
import { avatar } from "./avatar.js";
import { h } from "./dom.js";
import { isUnread } from "./unread.js";
import { emit } from "./signal.js";
import { ago } from "./times.js";

/** The footer that opens the thread; null without replies and without the app at work. */
export function threadFooter(message, { channel, status }) {
  const count = message.reply_count || 0;
  const ts = message.thread_ts || message.ts;
  const unread = isUnread(channel, ts);
  if (!count && !status && !unread) return null;
  const fresh = unread ? " footer-unread" : "";
  return h("button", { type: "button", class: `thread-footer${fresh}`, on: { click: () => emit("open-thread", { channel, ts }) } },
    h("span", { class: "avatars" }, (message.reply_users || []).slice(0, 4).map((id) => avatar(id, "small"))),
    h("strong", {}, counted(count)),
    status ? h("span", { class: "footer-status" }, h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")), "answer on its way") : null,
    message.latest_reply && !status ? h("span", { class: "quiet" }, unread ? "New · View thread" : `Last reply ${ago(message.latest_reply)}`) : null);
}

function counted(count) {
  if (!count) return "Thread";
  return count === 1 ? "1 reply" : `${count} replies`;
}
