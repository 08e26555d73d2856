// Block Kit text objects.
import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { mrkdwn } from "./mrkdwn.js";

/** The nodes of a plain_text or mrkdwn object (a bare string counts as plain text). */
export function textObject(object) {
  if (!object) return [];
  if (typeof object === "string") return [object];
  if (object.type === "mrkdwn") return object.verbatim ? [object.text] : mrkdwn(object.text);
  return [plainText(object)];
}

/** A text object as one string: for names, labels and confirm titles. */
export function plainText(object) {
  const text = typeof object === "string" ? object : object?.text || "";
  if (object?.emoji === false) return text;
  return text.replace(/:([a-z0-9_+-]{1,50}):/g, (whole, name) => emoji(name) || whole);
}

/** A hint line under a control. */
export function hint(object) {
  return object ? h("p", { class: "hint" }, plainText(object)) : null;
}
