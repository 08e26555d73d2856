// Modals the app opens. The server holds the stack of views; the page draws the one on top.
import { announce, toast } from "./announce.js";
import { Refused, post } from "./api.js";
import { showBlocks } from "./blocks.js";
import { frame, openDialog } from "./dialog.js";
import { h } from "./dom.js";
import { missing, showError } from "./inputs.js";
import { on } from "./signal.js";
import { plainText } from "./textobject.js";

const open = new Map();

/** Listens for the views the app opens, updates and closes. */
export function watchViews() {
  on("live", (push) => {
    if (push.type === "view") show(push.view);
    if (push.type === "view_closed") dismiss(push.view_id || push.view?.id);
  });
}

function show(view) {
  const shown = open.get(view.id);
  if (shown) return draw(shown, view);
  const state = { view, body: h("div", { class: "blocks" }), told: false };
  draw(state, view);
  open.set(view.id, state);
  openDialog(state.dialog, () => {
    open.delete(state.view.id);
    if (!state.told) tell("close_view", { view_id: state.view.id });
  });
  (state.body.querySelector("input, textarea, select, button") || state.dialog).focus();
  announce(`${plainText(view.title)} opened`);
  return state;
}

/** Equal blocks keep their nodes, and with them what was typed. */
function draw(state, view) {
  state.view = view;
  const place = { surface: "view", act: (part, value, node) => act(state, part, value, node) };
  showBlocks(state.body, view.blocks || [], place);
  state.controls = [...state.body.children].map((node) => node.input && { ...node.input, blockId: node.dataset.blockId }).filter(Boolean);
  if (!state.dialog) return build(state);
  state.dialog.querySelector("h2").textContent = plainText(view.title);
  state.foot.replaceChildren(...buttons(state));
}

function build(state) {
  state.foot = h("div", { class: "dialog-buttons" }, buttons(state));
  state.dialog = frame({ title: plainText(state.view.title), testid: "view", body: state.body, buttons: [state.foot] });
  state.dialog.dataset.light = "no";
  state.dialog.dataset.viewId = state.view.id;
  state.dialog.addEventListener("keydown", (event) => {
    const wants = event.key === "Enter" && (event.target.matches("input:not([type=file])") || event.ctrlKey || event.metaKey);
    if (wants && state.view.submit) submit(state);
  });
}

function buttons(state) {
  const cancel = h("button", { type: "button", class: "button" }, plainText(state.view.close) || "Cancel");
  cancel.addEventListener("click", () => state.dialog.close());
  if (!state.view.submit) return [cancel];
  state.go = h("button", { type: "button", class: "button button-primary" }, plainText(state.view.submit));
  state.go.addEventListener("click", () => submit(state));
  return [cancel, state.go];
}

async function submit(state) {
  if (state.go.getAttribute("aria-busy") === "true" || !complete(state)) return;
  state.go.setAttribute("aria-busy", "true");
  const answer = await tell("submit_view", { view_id: state.view.id, state: { values: values(state) } });
  state.go.removeAttribute("aria-busy");
  if (answer.errors) mark(state, answer.errors);
}

function complete(state) {
  const wrong = state.controls.map((each) => [each.control, missing(each.control)]);
  for (const [control, text] of wrong) showError(control, text);
  const first = wrong.find(([, text]) => text)?.[0];
  (first?.node.querySelector?.("input") || first?.node)?.focus();
  return !first;
}

function mark(state, errors) {
  for (const { blockId, control } of state.controls) showError(control, errors[blockId]);
}

function values(state) {
  const all = {};
  for (const { blockId, actionId, control } of state.controls) (all[blockId] ??= {})[actionId] = control.state();
  return all;
}

function act(state, part, value, node) {
  const block = node.closest("[data-block-id]")?.dataset.blockId;
  return tell("press", { view_id: state.view.id, action_id: part.action_id, block_id: block, value });
}

function dismiss(id) {
  const state = open.get(id);
  if (!state) return;
  state.told = true;
  state.dialog.close();
}

async function tell(path, body) {
  try {
    return await post(path, body);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (!error.body.errors) toast(error.message);
    return error.body;
  }
}
