// Drawn initials for people, the app's mark for the bot.
import { h } from "./dom.js";
import { isBot, person } from "./world.js";

const HEX = /^#?([0-9a-f]{6})$/i;

/** A person's picture; decorative, the name stands beside it. */
export function avatar(id, size = "") {
  const user = person(id);
  const classes = `avatar ${size ? `avatar-${size}` : ""}`;
  if (isBot(id)) return h("span", { class: `${classes} avatar-bot`, "aria-hidden": "true" }, h("img", { src: "/static/mark.svg", alt: "" }));
  const color = HEX.exec(user.color || "")?.[1] || "6b6570";
  return h("span", { class: classes, "aria-hidden": "true", style: { "--person": `#${color}` } }, initials(user.real_name || user.name || "?"));
}

function initials(name) {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)].map((word) => [...word][0]) : [...name].slice(0, 1);
  return letters.join("").toUpperCase();
}
