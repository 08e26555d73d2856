// "Threadpaint is painting…": the app's own words, taking turns.
import { announce } from "./announce.js";
import { fill, h } from "./dom.js";
import { world } from "./world.js";

const TURN = 3000;

/** A status line: {node, show(statuses)}. */
export function statusLine(announces) {
  const words = h("span", { class: "status-words" });
  const node = h("div", { class: "status", data: { testid: "status" }, hidden: true }, h("span", { class: "brush", "aria-hidden": "true" }, h("i"), h("i"), h("i")), words);
  const state = { node, words, texts: [], at: 0, key: "" };
  setInterval(() => turn(state), TURN);
  return { node, show: (statuses) => show(state, statuses, announces) };
}

function show(state, statuses, announces) {
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
  fill(state.words, h("span", { class: "status-turn" }, state.texts[state.at]));
}

/** The app's name stands before its status; the loading messages stand for themselves. */
function textsOf({ status, loading_messages: loading }) {
  const own = status.startsWith(world.bot.name) ? status : `${world.bot.name} ${status}`;
  return [own, ...(loading || [])];
}

