// One line of mrkdwn: emphasis, code, links, mentions, emoji.
import { dateNode } from "./dates.js";
import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { decode, plain } from "./entities.js";
import { channel, displayName, me } from "./world.js";

const TAGS = { "*": "strong", _: "em", "~": "s" };
const SHORT = 24;
const WORD = /[\p{L}\p{N}]/u;

/** The nodes of one line. */
export function inline(text) {
  return new Line(text).nodes();
}

class Line {
  constructor(text) {
    this.text = text;
    this.at = 0;
    this.out = [];
    this.pending = "";
    // Once no closing mark follows, none follows later either: without this a line of "*" takes quadratic time.
    this.hopeless = new Set();
  }

  nodes() {
    while (this.at < this.text.length) {
      if (!(this.code() || this.angle() || this.emphasis() || this.shortcode())) this.pending += this.text[this.at++];
    }
    this.flush();
    return this.out;
  }

  flush() {
    if (this.pending) this.out.push(decode(this.pending));
    this.pending = "";
  }

  take(node, length) {
    this.flush();
    this.out.push(node);
    this.at += length;
    return true;
  }

  code() {
    if (this.text[this.at] !== "`") return false;
    const end = this.text.indexOf("`", this.at + 1);
    if (end <= this.at + 1) return false;
    return this.take(codeNode(plain(this.text.slice(this.at + 1, end))), end + 1 - this.at);
  }

  angle() {
    if (this.text[this.at] !== "<") return false;
    const found = /^<([^<>\n]+)>/.exec(this.text.slice(this.at, this.at + 4000));
    return found ? this.take(special(found[1]), found[0].length) : false;
  }

  emphasis() {
    const mark = this.text[this.at];
    if (!TAGS[mark] || this.hopeless.has(mark) || !this.opens()) return false;
    const end = this.closing(mark);
    if (end < 0) return false;
    const inside = this.text.slice(this.at + 1, end);
    return this.take(h(TAGS[mark], {}, inline(inside)), end + 1 - this.at);
  }

  opens() {
    const before = this.text[this.at - 1] ?? " ";
    const after = this.text[this.at + 1] ?? " ";
    return !WORD.test(before) && !/\s/.test(after) && after !== this.text[this.at];
  }

  closing(mark) {
    for (let end = this.at + 2; end < this.text.length; end++) {
      if (this.text[end] !== mark || /\s/.test(this.text[end - 1])) continue;
      if (!WORD.test(this.text[end + 1] ?? " ")) return end;
    }
    this.hopeless.add(mark);
    return -1;
  }

  shortcode() {
    if (this.text[this.at] !== ":") return false;
    const found = /^:([a-z0-9_+-]{1,50}(?:::skin-tone-[2-6])?):/.exec(this.text.slice(this.at, this.at + 70));
    const character = found && emoji(found[1]);
    if (!character) return false;
    return this.take(h("span", { class: "emoji", role: "img", "aria-label": found[1], title: `:${found[1]}:` }, character), found[0].length);
  }
}

function special(inside) {
  const [target, label] = inside.split(/\|(.*)/s);
  if (target[0] === "@") return mention(target.slice(1), label);
  if (target[0] === "#") return h("span", { class: "mention" }, `#${label || channel(target.slice(1))?.name || target.slice(1)}`);
  if (target[0] === "!") return broadcast(target.slice(1), label);
  return link(decode(target), label);
}

/** Code; a short piece, such as a flag with its value, stays in one line. */
export function codeNode(text) {
  return h("code", { class: text.length <= SHORT ? "code-short" : null }, text);
}

/** A person mentioned by id. */
export function mention(id, label) {
  const mine = id === me() ? " mention-me" : "";
  return h("span", { class: `mention${mine}` }, `@${displayName(id) === id ? label || id : displayName(id)}`);
}

function broadcast(target, label) {
  if (target.startsWith("date^")) return date(target, label ? decode(label) : "");
  const name = label || target.split("^")[0];
  return h("span", { class: "mention mention-me" }, name.startsWith("@") ? decode(name) : `@${decode(name)}`);
}

function date(target, fallback) {
  const [, seconds, format, address] = target.split("^").map(decode);
  const shown = dateNode(seconds, format, fallback);
  return address && /^https?:\/\//i.test(address) ? h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, shown) : shown;
}

/** A link when the address is one a browser may safely open, otherwise its text. */
export function link(url, label) {
  const shown = label ? decode(label) : url;
  if (!/^(https?:\/\/|mailto:|tel:)/i.test(url)) return label ? shown : `<${url}>`;
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, shown.replace(/^mailto:/, ""));
}
