// The `markdown` block: headings, lists, quotes, code, tables and rules of standard Markdown, as nodes.
import { h } from "./dom.js";
import { markdownInline } from "./markdown-inline.js";

const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;
const RULE = /^\s*([-*_])(\s*\1){2,}\s*$/;
const FENCE = /^\s*(```|~~~)/;
const HEADING = /^(#{1,6})\s+(.*?)\s*#*$/;
const UNDERLINE = /^[\s|:-]*-[\s|:-]*$/;
const DEEPEST = 8;

/** The nodes of a Markdown text. */
export function markdown(text, depth = 0) {
  const lines = String(text ?? "").split(/\r?\n/);
  const nodes = [];
  while (lines.length) {
    if (lines[0].trim()) nodes.push(next(lines, depth));
    else lines.shift();
  }
  return nodes;
}

/** Takes the next part off the lines: every branch consumes at least one of them. */
function next(lines, depth) {
  const line = lines[0];
  if (FENCE.test(line)) return fence(lines);
  if (RULE.test(line)) return rule(lines);
  if (HEADING.test(line)) return heading(lines);
  if (/^\s*>/.test(line) && depth < DEEPEST) return quote(lines, depth);
  if (ITEM.test(line) && depth < DEEPEST) return list(lines, depth);
  if (line.includes("|") && UNDERLINE.test(lines[1] ?? "")) return table(lines);
  return paragraph(lines);
}

function rule(lines) {
  lines.shift();
  return h("hr");
}

function heading(lines) {
  const [, marks, text] = HEADING.exec(lines.shift());
  return h(`h${Math.min(marks.length + 2, 6)}`, { class: `md-h${marks.length}` }, markdownInline(text));
}

function fence(lines) {
  const mark = lines.shift().trim().slice(0, 3);
  const inside = [];
  while (lines.length && !lines[0].trim().startsWith(mark)) inside.push(lines.shift());
  lines.shift();
  return h("pre", {}, h("code", {}, inside.join("\n")));
}

function quote(lines, depth) {
  const inside = [];
  while (lines.length && /^\s*>/.test(lines[0])) inside.push(lines.shift().replace(/^\s*> ?/, ""));
  return h("blockquote", {}, markdown(inside.join("\n"), depth + 1));
}

function list(lines, depth) {
  const [, indent, mark] = ITEM.exec(lines[0]);
  const numbered = /\d/.test(mark);
  const outdent = new RegExp(`^\\s{0,${indent.length + mark.length + 1}}`);
  const items = h(numbered ? "ol" : "ul", numbered ? { start: Number.parseInt(mark, 10) } : {});
  while (lines.length) {
    const found = ITEM.exec(lines[0]);
    if (!found || found[1].length < indent.length || /\d/.test(found[2]) !== numbered) break;
    lines.shift();
    const body = [found[3]];
    const deeper = (line) => /^\s*/.exec(line)[0].length > indent.length && line.trim();
    while (lines.length && deeper(lines[0])) body.push(lines.shift().replace(outdent, ""));
    items.append(h("li", {}, itemBody(body, depth)));
  }
  return items;
}

function itemBody([first, ...rest], depth) {
  const task = /^\[([ xX])\]\s+(.*)$/.exec(first);
  const head = task ? [task[1] === " " ? "☐ " : "☑ ", ...markdownInline(task[2])] : markdownInline(first);
  return [head, rest.length ? markdown(rest.join("\n"), depth + 1) : []];
}

function table(lines) {
  const head = cells(lines.shift());
  const aligns = cells(lines.shift()).map((cell) => (cell.endsWith(":") ? (cell.startsWith(":") ? "center" : "right") : "left"));
  const row = (tag, texts) => h("tr", {}, texts.map((text, i) => h(tag, { class: `align-${aligns[i] || "left"}` }, markdownInline(text))));
  const body = [];
  while (lines.length && lines[0].includes("|")) body.push(row("td", cells(lines.shift())));
  return h("div", { class: "table-scroll", tabindex: 0, role: "region", "aria-label": "Table" },
    h("table", {}, h("thead", {}, row("th", head)), h("tbody", {}, body)));
}

function cells(line) {
  return line.trim().replace(/^\||\|$/g, "").split("|").map((cell) => cell.trim());
}

function paragraph(lines) {
  const inside = [lines.shift()];
  const starts = (line) => [FENCE, HEADING, RULE, ITEM, /^\s*>/].some((pattern) => pattern.test(line));
  while (lines.length && lines[0].trim() && !starts(lines[0])) inside.push(lines.shift());
  return h("p", {}, inside.flatMap((line, i) => [i ? h("br") : null, ...markdownInline(line)]));
}
