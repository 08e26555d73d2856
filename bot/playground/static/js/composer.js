// The box one writes in, for a channel or for a thread: text, attachments, suggestions, and what went wrong.
import { chips } from "./chips.js";
import { fill, h } from "./dom.js";
import { takeFiles } from "./dropping.js";
import { icon } from "./icons.js";
import { run, say } from "./sending.js";
import { suggestions } from "./suggest.js";
import { world } from "./world.js";

const drafts = new Map();

/** A composer: {node, open(channel, threadTs, label), fill(text), focus(), add(files)}. */
export function composer({ id, inThread, sent }) {
  const text = h("textarea", { id, class: "composer-text", rows: 1, data: { testid: inThread ? "thread-composer" : "composer" } });
  const send = h("button", { type: "button", class: "send", "aria-label": "Send", title: "Send (Enter)", data: { testid: "send" } }, icon("send"));
  const problem = h("div", { class: "composer-problem", role: "alert", hidden: true });
  const state = { text, send, problem, inThread, sent, channel: null, threadTs: null };
  state.suggest = suggestions(text, inThread);
  state.chips = chips(() => refresh(state));
  state.node = h("div", { class: "composer" }, state.suggest.node, problem,
    h("div", { class: "composer-box" }, state.chips.node, text, h("div", { class: "composer-tools" }, tools(state), state.suggest.hint, send)));
  listen(state);
  return { node: state.node, open: (...where) => open(state, ...where), fill: (words) => put(state, words), focus: () => text.focus(), add: (files) => state.chips.add(files) };
}

function tools(state) {
  const input = h("input", { type: "file", multiple: true, hidden: true, tabindex: -1, "aria-hidden": "true", data: { testid: "file-input" } });
  input.addEventListener("change", () => {
    state.chips.add(input.files);
    input.value = "";
    state.text.focus();
  });
  const attach = tool("Attach files", "attach", () => input.click());
  attach.dataset.testid = "attach";
  const mention = tool(`Mention ${world.bot.name}`, "at", () => insert(state, `@${world.bot.name} `));
  const command = state.inThread ? null : tool("Slash command", "slash", () => put(state, "/"));
  return [input, attach, mention, command];
}

function tool(label, name, click) {
  return h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, on: { click } }, icon(name));
}

function listen(state) {
  const { text, send } = state;
  text.addEventListener("input", () => refresh(state));
  text.addEventListener("click", () => state.suggest.refresh());
  text.addEventListener("keydown", (event) => {
    if (event.isComposing || state.suggest.keys(event)) return;
    if (event.key !== "Enter" || event.shiftKey || event.altKey) return;
    event.preventDefault();
    submit(state);
  });
  send.addEventListener("click", () => submit(state));
  takeFiles(state.node, text, (files) => state.chips.add(files));
}

function open(state, channel, threadTs, label) {
  store(state);
  Object.assign(state, { channel, threadTs });
  const kept = drafts.get(`${channel}/${threadTs}`) || { text: "", list: [] };
  state.text.value = kept.text;
  state.text.placeholder = label;
  state.text.setAttribute("aria-label", label);
  state.chips.put(kept.list);
  complain(state, "");
}

function store(state) {
  if (state.channel) drafts.set(`${state.channel}/${state.threadTs}`, { text: state.text.value, list: state.chips.list() });
}

function refresh(state) {
  const { text } = state;
  text.style.height = "auto";
  text.style.height = `${Math.min(text.scrollHeight, 240)}px`;
  complain(state, "");
  state.suggest.refresh();
  state.send.disabled = !(text.value.trim() || state.chips.count());
}

function complain(state, sentence, ...more) {
  state.problem.hidden = !sentence;
  fill(state.problem, sentence ? [icon("alert"), h("span", {}, sentence), more] : null);
}

function put(state, words) {
  state.text.value = words;
  state.text.focus();
  state.text.selectionStart = state.text.selectionEnd = words.length;
  refresh(state);
}

function insert(state, words) {
  const { text } = state;
  const gap = text.selectionStart && !/\s/.test(text.value[text.selectionStart - 1]) ? " " : "";
  text.setRangeText(gap + words, text.selectionStart, text.selectionEnd, "end");
  text.focus();
  refresh(state);
}

async function submit(state) {
  const typed = state.text.value.trim();
  if (!typed && !state.chips.count()) return;
  if (state.chips.problem()) return complain(state, state.chips.problem());
  if (/^\/[^\s/]/.test(state.text.value)) return command(state, typed);
  const wanted = { typed, files: state.chips.take(), threadTs: state.threadTs };
  put(state, "");
  state.sent();
  await say(state.channel, wanted);
}

async function command(state, typed) {
  if (state.inThread) return complain(state, "Slash commands don’t work in threads. Reply in words, or", mentionInstead(state, typed));
  if (state.chips.count()) return complain(state, "Slash commands can’t carry files.", mentionInstead(state, typed));
  const { channel } = state;
  put(state, "");
  state.sent();
  if (!(await run(channel, typed)) && state.channel === channel && !state.text.value) put(state, typed);
}

function mentionInstead(state, typed) {
  const words = `@${world.bot.name} ${typed.replace(/^\/\S+\s*/, "")}`;
  return h("button", { type: "button", class: "link-button", on: { click: () => put(state, words) } }, `mention ${world.bot.name} instead`);
}
