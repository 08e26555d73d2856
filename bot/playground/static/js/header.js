// The bar above the messages: where one is, and whether the app is in there.
import { avatar } from "./avatar.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { world } from "./world.js";

/** Draws the header of a channel. */
export function drawHeader(header, channel, openMenu) {
  const im = channel.kind === "im";
  const menu = h("button", { type: "button", class: "icon-button menu-button", "aria-label": "Open channel list", on: { click: openMenu } }, icon("menu"));
  const people = world.users.filter((user) => !user.is_bot);
  fill(header, menu,
    h("div", { class: "header-title" }, im ? avatar(world.bot.id, "small") : icon("hash"), h("h1", {}, im ? world.bot.name : channel.name), im ? h("span", { class: "badge" }, "APP") : null),
    h("p", { class: "header-about quiet" }, about(channel)),
    im ? null : h("div", { class: "header-people", role: "img", "aria-label": `People here: ${people.map((user) => user.real_name || user.name).join(", ")}` },
      people.slice(0, 4).map((user) => avatar(user.id, "small")), channel.is_member_bot ? avatar(world.bot.id, "small") : null));
}

function about(channel) {
  if (channel.kind === "im") return "Only you and the app see this conversation.";
  return channel.is_member_bot ? `${world.bot.name} is in this channel.` : `${world.bot.name} is not in this channel.`;
}
