// Inline Markdown: **bold**, *italic*, ~~strike~~, `code`, [links](…), bare addresses, Slack mentions, emoji.
import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { codeNode, link, mention } from "./mrkdwn-inline.js";

const RULES = [
  [/^\\([\\`*_{}[\]()#+\-.!~>|])/, (found) => found[1]],
  [/^`([^`]+)`/, (found) => codeNode(found[1])],
  [/^\*\*(?=\S)([^\n]{1,2000}?\S?)\*\*/, (found) => h("strong", {}, markdownInline(found[1]))],
  [/^__(?=\S)([^\n]{1,2000}?\S?)__/, (found) => h("strong", {}, markdownInline(found[1]))],
  [/^~~(?=\S)([^\n]{1,2000}?)~~/, (found) => h("s", {}, markdownInline(found[1]))],
  [/^\*(?=[^\s*])([^*\n]{1,2000})\*/, (found) => h("em", {}, markdownInline(found[1]))],
  [/^_(?=[^\s_])([^_\n]{1,2000})_(?![\p{L}\p{N}])/u, (found) => h("em", {}, markdownInline(found[1]))],
  [/^!?\[([^\]\n]{1,500})\]\(([^)\s]{1,2000})\)/, (found) => link(found[2], found[1])],
  [/^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/, (found) => mention(found[1])],
  [/^<(https?:\/\/[^\s|>]+)(?:\|([^>]*))?>/, (found) => link(found[1], found[2])],
  [/^https?:\/\/[^\s<>()]+[^\s<>().,;:!?"']/, (found) => link(found[0])],
  [/^:([a-z0-9_+-]{1,50}):/, (found) => emoji(found[1])],
];
const INTERESTING = /[\\`*_~[!<h:]/;
const INSIDE_WORD = /[\p{L}\p{N}]/u;

/** The nodes of one line of Markdown. */
export function markdownInline(text) {
  const out = [];
  let pending = "";
  let at = 0;
  while (at < text.length) {
    const [node, length] = INTERESTING.test(text[at]) ? match(text, at) : [];
    if (node) {
      if (pending) out.push(pending);
      pending = "";
      out.push(node);
    } else pending += text[at];
    at += length || 1;
  }
  return pending ? [...out, pending] : out;
}

function match(text, at) {
  const wordBefore = at > 0 && INSIDE_WORD.test(text[at - 1]);
  if (wordBefore && (text[at] === "_" || text[at] === "h")) return [];
  const rest = text.slice(at, at + 4100);
  for (const [pattern, make] of RULES) {
    const found = pattern.exec(rest);
    const node = found && make(found);
    if (node) return [node, found[0].length];
  }
  return [];
}
