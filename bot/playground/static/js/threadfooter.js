// "3 replies" under a message, with who replied and when last.
import { avatar } from "./avatar.js";
import { h } from "./dom.js";
import { isUnread } from "./unread.js";
import { emit } from "./signal.js";
import { ago } from "./times.js";

/** The footer that opens the thread; null without replies and without the app at work. */
export function threadFooter(message, { channel, status }) {
  const count = message.reply_count || 0;
  if (!count && !status) return null;
  const ts = message.thread_ts || message.ts;
  const fresh = isUnread(channel, ts) ? " footer-unread" : "";
  return h("button", { type: "button", class: `thread-footer${fresh}`, on: { click: () => emit("open-thread", { channel, ts }) } },
    h("span", { class: "avatars" }, (message.reply_users || []).slice(0, 4).map((id) => avatar(id, "small"))),
    h("strong", {}, count === 1 ? "1 reply" : `${count} replies`),
    status ? h("span", { class: "footer-status" }, h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")), "at work") : null,
    message.latest_reply && !status ? h("span", { class: "quiet" }, `Last reply ${ago(message.latest_reply)}`) : null);
}
