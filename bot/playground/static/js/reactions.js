// Reactions under a message, and the little picker.
import { h } from "./dom.js";
import { REACTIONS, emoji } from "./emoji.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { react } from "./own.js";
import { displayName, me } from "./world.js";

/** The reactions of a message; pressing one adds or takes back one's own. */
export function reactionBar(message, channel) {
  if (!message.reactions?.length) return null;
  const add = h("button", { type: "button", class: "reaction", "aria-label": "Add reaction", "aria-haspopup": "menu" }, icon("smile"));
  add.addEventListener("click", () => pickReaction(add, message, channel));
  return h("div", { class: "reactions", role: "group", "aria-label": "Reactions" }, message.reactions.map((each) => pill(each, message, channel)), add);
}

function pill({ name, count, users = [] }, message, channel) {
  const who = users.map(displayName).join(", ");
  const props = { type: "button", class: "reaction", "aria-pressed": String(users.includes(me())), "data-reaction": name, "aria-label": `${name}, ${count}: ${who}`, title: `${who} reacted with :${name}:` };
  return h("button", { ...props, on: { click: () => react(channel, message, name) } }, h("span", { class: "emoji" }, emoji(name) || `:${name}:`), String(count ?? users.length));
}

/** Offers the common reactions at `anchor`. */
export function pickReaction(anchor, message, channel) {
  const items = REACTIONS.map((name) => ({
    label: name.replaceAll("_", " "),
    hint: `:${name}:`,
    leading: h("span", { class: "emoji" }, emoji(name)),
    run: () => react(channel, message, name),
  }));
  openMenu(anchor, items, "Reactions", "menu-grid");
}
