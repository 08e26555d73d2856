// What people type, as Slack sends it: mentions and links in angle brackets, the reserved characters as entities.
import { decode, encode } from "./entities.js";
import { channel, displayName, world } from "./world.js";

const URL_START = /^https?:\/\/[^\s<>|]+[^\s<>|.,;:!?)"'\]]/i;
const BROADCASTS = ["channel", "here", "everyone"];

/** Typed text as the server takes it: mentions by id; it escapes and marks links itself. */
export function toSaid(typed) {
  return convert(typed, (text) => text, false);
}

/** Typed text as the message will come back, to show it before it does. */
export function toWire(typed) {
  return convert(typed, encode, true);
}

function convert(typed, rest, links) {
  const names = targets();
  let out = "";
  let at = 0;
  while (at < typed.length) {
    const [wire, length] = found(typed, at, names, links);
    out += wire ?? rest(typed[at]);
    at += length ?? 1;
  }
  return out;
}

/** The names that can follow "@" or "#", longest first, so that "@Ana Maria" wins over "@Ana". */
function targets() {
  const people = [...world.users, world.bot].flatMap((user) => [user.real_name, user.name].filter(Boolean).map((name) => [`@${name}`, `<@${user.id}>`]));
  const rooms = world.channels.filter((c) => c.kind !== "im").map((c) => [`#${c.name}`, `<#${c.id}|${c.name}>`]);
  const all = BROADCASTS.map((name) => [`@${name}`, `<!${name}>`]);
  return [...people, ...rooms, ...all].sort((a, b) => b[0].length - a[0].length);
}

function found(typed, at, names, links) {
  const before = typed[at - 1] ?? " ";
  if (/[\p{L}\p{N}]/u.test(before)) return [];
  if (typed[at] === "@" || typed[at] === "#") return name(typed, at, names);
  if (!links || !/h/i.test(typed[at])) return [];
  const url = URL_START.exec(typed.slice(at, at + 3000))?.[0];
  return url ? [`<${encode(url)}>`, url.length] : [];
}

function name(typed, at, names) {
  for (const [text, wire] of names) {
    const here = typed.slice(at, at + text.length);
    const after = typed[at + text.length] ?? " ";
    if (here.toLowerCase() === text.toLowerCase() && !/[\p{L}\p{N}_]/u.test(after)) return [wire, text.length];
  }
  return [];
}

/** A message's text as people would type it. */
export function fromWire(text) {
  return decode(text.replace(/<([^<>\n]+)>/g, (_, inside) => typedForm(inside)));
}

function typedForm(inside) {
  const [target, label] = inside.split("|");
  if (target[0] === "@") return `@${displayName(target.slice(1))}`;
  if (target[0] === "#") return `#${label || channel(target.slice(1))?.name || target.slice(1)}`;
  if (target[0] === "!") return label || `@${target.slice(1).split("^")[0]}`;
  return label || target;
}
