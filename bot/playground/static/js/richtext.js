// `rich_text` blocks, as Slack makes them from what people type.
import { dateNode } from "./dates.js";
import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { link, mention } from "./mrkdwn-inline.js";
import { channel } from "./world.js";

/** The nodes of a rich_text block. */
export function richText(block) {
  const nodes = [];
  for (const element of block.elements || []) {
    const last = nodes.at(-1);
    // Slack continues a numbered list at another depth as its own element: it belongs into the item above.
    const nests = element.type === "rich_text_list" && element.indent > 0 && last?.matches("ul, ol");
    if (nests) (last.lastElementChild || last).append(part(element));
    else nodes.push(part(element));
  }
  return nodes;
}

function part(element) {
  if (element.type === "rich_text_list") return list(element);
  if (element.type === "rich_text_quote") return h("blockquote", {}, lines(element.elements));
  if (element.type === "rich_text_preformatted") return h("pre", {}, h("code", {}, (element.elements || []).map((e) => e.text || e.url || "")));
  return h("div", { class: "line" }, lines(element.elements));
}

function list(element) {
  const tag = element.style === "ordered" ? "ol" : "ul";
  const start = tag === "ol" && element.offset ? element.offset + 1 : null;
  return h(tag, { start, class: `indent-${element.indent || 0}` }, (element.elements || []).map((item) => h("li", {}, lines(item.elements))));
}

function lines(elements) {
  return (elements || []).map(leaf);
}

const LEAVES = {
  text: (e) => e.text || "",
  link: (e) => link(e.url || "", e.text),
  user: (e) => mention(e.user_id),
  usergroup: (e) => h("span", { class: "mention" }, `@${e.usergroup_id}`),
  broadcast: (e) => h("span", { class: "mention mention-me" }, `@${e.range}`),
  channel: (e) => h("span", { class: "mention" }, `#${channel(e.channel_id)?.name || e.channel_id}`),
  emoji: (e) => h("span", { class: "emoji", role: "img", "aria-label": e.name }, emojiOf(e)),
  date: (e) => dateNode(e.timestamp, e.format, e.fallback || new Date(e.timestamp * 1000).toLocaleString()),
  color: (e) => h("code", {}, e.value),
};

function emojiOf(element) {
  if (emoji(element.name || "")) return emoji(element.name);
  const points = /^[0-9a-f-]+$/i.test(element.unicode || "") ? element.unicode.split("-") : [];
  const valid = points.map((p) => Number.parseInt(p, 16)).filter((p) => p <= 0x10ffff);
  return valid.length ? String.fromCodePoint(...valid) : `:${element.name}:`;
}

function leaf(element) {
  const make = LEAVES[element.type];
  const node = make ? make(element) : element.text || "";
  return styled(node, element.style || {});
}

function styled(node, style) {
  const tags = [["code", "code"], ["bold", "strong"], ["italic", "em"], ["strike", "s"], ["underline", "u"]];
  return tags.filter(([key]) => style[key]).reduce((inside, [, tag]) => h(tag, {}, inside), node);
}
