// "Threadpaint is painting…": the app's own words, taking turns.
import { announce } from "./announce.js";
import { fill, h } from "./dom.js";
import { emit } from "./signal.js";
import { world } from "./world.js";

const TURN = 3000;

/** A status line: {node, show(statuses, thread)}; `thread` is {channel, ts} of a thread worth a link, or nothing. */
export function statusLine(announces) {
  const words = h("span", { class: "status-words" });
  const link = h("button", { type: "button", class: "link-button", hidden: true, on: { click: () => emit("open-thread", state.thread) } }, "View thread");
  const node = h("div", { class: "status", data: { testid: "status" }, hidden: true }, h("span", { class: "brush", "aria-hidden": "true" }, h("i"), h("i"), h("i")), words, link);
  const state = { node, words, link, thread: null, texts: [], at: 0, key: "" };
  setInterval(() => turn(state), TURN);
  return { node, show: (statuses, thread) => show(state, statuses, thread, announces) };
}

function show(state, statuses, thread, announces) {
  state.thread = thread;
  state.link.hidden = !thread;
  const texts = statuses.flatMap(textsOf);
  const key = JSON.stringify(statuses);
  if (key === state.key) return;
  Object.assign(state, { key, texts, at: 0 });
  state.node.hidden = !texts.length;
  fill(state.words, texts[0] || "");
  if (texts.length) announces(texts[0]);
}

function turn(state) {
  if (state.texts.length < 2) return;
  state.at = (state.at + 1) % state.texts.length;
  // A new node, so that the new words come in by themselves.
  const words = h("span", { class: "status-words" }, state.texts[state.at]);
  state.words.replaceWith(words);
  state.words = words;
}

/** The app's name stands before its status; the loading messages stand for themselves. */
function textsOf({ status, loading_messages: loading }) {
  const own = status.startsWith(world.bot.name) ? status : `${world.bot.name} ${status}`;
  return [own, ...(loading || [])];
}

