// The card of an empty channel: what this is, and something to begin with.
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { world } from "./world.js";

/** A welcome card. `fill(text)` puts an example into the composer. */
export function welcome(channel, fill) {
  const im = channel.kind === "im";
  return h("section", { class: "welcome", "aria-label": "Welcome", data: { testid: "welcome" } },
    h("img", { src: "/static/mark.svg", alt: "", class: "welcome-mark" }),
    h("h2", {}, im ? `This is you and ${world.bot.name}` : `This is the start of #${channel.name}`),
    h("p", {}, intro(channel)),
    h("ul", { class: "examples" }, examples(channel).map((example) => h("li", {}, exampleButton(example, fill)))),
    h("p", { class: "quiet" }, "Reply in a picture’s thread to change it. Drop a photo on the page to use it as a reference."));
}

function intro(channel) {
  if (channel.kind === "im") return "Say what you want to see, with or without a photo attached.";
  if (!channel.is_member_bot) return `${world.bot.name} is not a member here. Commands still reach it; mentions do not.`;
  return "Pictures are made where the conversation is. Try one of these:";
}

function examples(channel) {
  const command = world.commands[0];
  const words = "a red fox in fresh snow, early light --ar 16:9";
  const list = command ? [{ text: `${command.command} ${words}`, note: "make a picture" }] : [];
  if (channel.kind === "im") list.push({ text: "a paper boat on a quiet lake", note: "or just say it" });
  else if (channel.is_member_bot) list.push({ text: `@${world.bot.name} a paper boat on a quiet lake`, note: "mention it; attach photos to use them" });
  return list;
}

function exampleButton({ text, note }, fill) {
  return h("button", { type: "button", class: "example", on: { click: () => fill(text) } }, h("code", {}, text), h("span", { class: "quiet" }, note), icon("right"));
}
