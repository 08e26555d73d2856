// Suggestions above the text: commands after "/", people after "@", channels after "#".
import { avatar } from "./avatar.js";
import { fill, h, uniqueId } from "./dom.js";
import { icon } from "./icons.js";
import { world } from "./world.js";

const MOST = 6;

/** Hangs suggestions on a text area: {node, hint, keys(event), refresh()}. In a thread there are no commands. */
export function suggestions(text, inThread) {
  const id = uniqueId("suggest");
  const node = h("div", { class: "suggest", role: "listbox", id, "aria-label": "Suggestions", hidden: true });
  const hint = h("div", { class: "usage", id: `${id}-usage`, hidden: true });
  const state = { text, node, hint, inThread, items: [], at: 0, word: null, closedFor: null };
  text.setAttribute("aria-controls", id);
  text.setAttribute("aria-autocomplete", "list");
  text.setAttribute("aria-describedby", hint.id);
  text.addEventListener("blur", () => close(state));
  return { node, hint, keys: (event) => keys(state, event), refresh: () => refresh(state) };
}

function refresh(state) {
  usage(state);
  const word = wordAt(state.text);
  if (word?.whole === state.closedFor) return close(state);
  state.closedFor = null;
  state.word = word;
  state.items = word ? candidates(state, word).slice(0, MOST) : [];
  state.at = 0;
  draw(state);
}

/** The word the caret stands at the end of, if it can be completed. */
function wordAt(text) {
  if (text.selectionStart !== text.selectionEnd) return null;
  const before = text.value.slice(0, text.selectionStart);
  const found = /(^|[\s(])([@#][^\s@#]*)$/.exec(before) || /^()(\/\S*)$/.exec(before);
  return found && { whole: found[2], mark: found[2][0], rest: found[2].slice(1).toLowerCase(), start: before.length - found[2].length };
}

function candidates({ inThread }, { mark, rest }) {
  if (mark === "/") return inThread ? [] : world.commands.filter((c) => c.command.slice(1).startsWith(rest)).map(commandItem);
  if (mark === "#") return world.channels.filter((c) => c.kind !== "im" && c.name.startsWith(rest)).map(roomItem);
  const people = [...world.users].filter((user) => user.id !== world.me && user.name !== "slackbot");
  const fits = (user) => [user.real_name, user.name].some((name) => name?.toLowerCase().startsWith(rest));
  return people.filter(fits).sort((a, b) => Number(b.id === world.bot.id) - Number(a.id === world.bot.id)).map(personItem);
}

function commandItem({ command, description, usage_hint: hint }) {
  return { insert: `${command} `, leading: h("span", { class: "suggest-icon" }, icon("slash")), label: command, about: hint || "", note: description };
}

function roomItem({ name }) {
  return { insert: `#${name} `, leading: h("span", { class: "suggest-icon" }, icon("hash")), label: name, about: "" };
}

function personItem(user) {
  const name = user.real_name || user.name;
  return { insert: `@${name} `, leading: avatar(user.id, "small"), label: name, about: user.id === world.bot.id ? "app" : "" };
}

function draw(state) {
  fill(state.node, state.items.map((item, index) => option(state, item, index)));
  state.node.hidden = !state.items.length;
  const active = state.node.children[state.at];
  if (active) state.text.setAttribute("aria-activedescendant", active.id);
  else state.text.removeAttribute("aria-activedescendant");
}

function option(state, item, index) {
  const node = h("div", { class: "suggest-item", role: "option", id: `${state.node.id}-${index}`, "aria-selected": String(index === state.at) },
    item.leading, h("span", { class: "suggest-texts" }, h("strong", {}, item.label), " ", h("span", { class: "quiet" }, item.about), item.note ? h("span", { class: "quiet suggest-note" }, item.note) : null));
  node.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    choose(state, item);
  });
  return node;
}

function choose(state, item) {
  const { text, word } = state;
  const end = word.start + word.whole.length;
  const tail = text.value.slice(end).replace(/^ /, "");
  text.value = text.value.slice(0, word.start) + item.insert + tail;
  text.selectionStart = text.selectionEnd = word.start + item.insert.length;
  text.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

function close(state) {
  state.items = [];
  draw(state);
}

/** The command being typed and how it is used, once there is nothing left to complete. */
function usage(state) {
  const found = state.inThread ? null : world.commands.find((c) => new RegExp(`^${c.command}(\\s|$)`).test(state.text.value));
  state.hint.hidden = !found;
  if (found) fill(state.hint, h("strong", {}, found.command), " ", h("span", { class: "usage-words" }, found.usage_hint || found.description || ""));
}

/** Takes the keys that belong to open suggestions; answers whether it took this one. */
function keys(state, event) {
  if (state.node.hidden) return false;
  const exact = state.items[state.at]?.insert.trim() === state.word.whole;
  const moves = { ArrowDown: 1, ArrowUp: -1 };
  if (event.key in moves) state.at = (state.at + moves[event.key] + state.items.length) % state.items.length;
  else if (event.key === "Escape") state.closedFor = state.word.whole;
  else if (event.key === "Tab" && !event.shiftKey) return take(state, event);
  else if (event.key === "Enter" && !event.shiftKey && !exact) return take(state, event);
  else return false;
  event.preventDefault();
  event.stopPropagation();
  if (event.key === "Escape") close(state);
  else draw(state);
  return true;
}

function take(state, event) {
  event.preventDefault();
  choose(state, state.items[state.at]);
  return true;
}
