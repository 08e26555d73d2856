// Slack's mrkdwn as nodes. Only text nodes and elements named here are ever made: what is not understood stays text.
import { h } from "./dom.js";
import { plain } from "./entities.js";
import { inline } from "./mrkdwn-inline.js";

const BULLET = /^(\s*)([•◦▪‣–]|\d{1,3}[.)])\s+/;

/** The nodes of a mrkdwn text. */
export function mrkdwn(text) {
  const nodes = [];
  const pieces = String(text ?? "").split("```");
  // An odd number of fences leaves the last one open; Slack then shows it as written.
  if (pieces.length % 2 === 0) pieces.push(pieces.splice(-2).join("```"));
  pieces.forEach((piece, index) => {
    if (index % 2 && piece) nodes.push(h("pre", {}, h("code", {}, plain(trimFence(piece)))));
    else nodes.push(...paragraphs(index ? piece.replace(/^\n/, "") : piece));
  });
  return nodes;
}

function trimFence(piece) {
  return piece.replace(/^\n/, "").replace(/\n$/, "");
}

function paragraphs(text) {
  const nodes = [];
  let quoted = null;
  const lines = text.split("\n");
  if (lines.at(-1) === "" && lines.length > 1) lines.pop();
  for (const [index, line] of lines.entries()) {
    if (/^(&gt;|>){3}/.test(line)) {
      const rest = [line.replace(/^(&gt;|>){3} ?/, ""), ...lines.slice(index + 1)].join("\n");
      nodes.push(h("blockquote", {}, paragraphs(rest)));
      return nodes;
    }
    if (/^(&gt;|>(?!\s*$)) ?/.test(line)) {
      if (!quoted) nodes.push((quoted = h("blockquote")));
      quoted.append(lineNode(line.replace(/^(&gt;|>) ?/, "")));
    } else {
      quoted = null;
      nodes.push(lineNode(line));
    }
  }
  return text ? nodes : [];
}

function lineNode(line) {
  const bullet = BULLET.exec(line);
  if (bullet) {
    const depth = Math.min(Math.floor(bullet[1].length / 2), 4);
    const rest = line.slice(bullet[0].length);
    return h("div", { class: `line bullet depth-${depth}` }, h("span", { class: "bullet-mark" }, bullet[2]), h("span", {}, inline(rest)));
  }
  return h("div", { class: line ? "line" : "line line-empty" }, inline(line));
}
