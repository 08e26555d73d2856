// Files waiting to be sent, above the text: each uploads at once and can be taken away again.
import { announce } from "./announce.js";
import { Refused, upload } from "./api.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { bytes } from "./times.js";

const MOST = 10;

/** A row of chips: {node, add(files), problem(), take(), files()}. `changed()` is called on every change. */
export function chips(changed) {
  const items = h("ul", { class: "chips", "aria-label": "Attached files" });
  const note = h("p", { class: "chips-note quiet" });
  const state = { node: h("div", { hidden: true }, items, note), items, note, list: [], changed };
  return {
    node: state.node,
    add: (files) => add(state, [...files]),
    count: () => state.list.length,
    problem: () => problem(state.list),
    take: () => take(state),
    put: (list) => put(state, list),
    list: () => state.list,
  };
}

function add(state, files) {
  const room = Math.max(0, MOST - state.list.length);
  for (const file of files.slice(0, room)) start(state, { local: file, preview: preview(file) });
  note(state, files.length - room);
}

/** Says how many did not fit, until the files that did have changed. */
function note(state, left) {
  const last = left === 1 ? "the last one was" : `the last ${left} were`;
  state.note.textContent = left > 0 ? `A message can carry ${MOST} files: ${last} left out.` : "";
  if (left > 0) announce(state.note.textContent);
}

function preview(file) {
  return file.type.startsWith("image/") ? URL.createObjectURL(file) : null;
}

function start(state, chip) {
  if (!state.list.includes(chip)) state.list.push(chip);
  chip.error = null;
  chip.abort = new AbortController();
  draw(state);
  upload(chip.local, chip.abort.signal).then(
    (file) => (chip.file = { ...file, name: file.name || chip.local.name, mimetype: file.mimetype || chip.local.type, preview: chip.preview }),
    (error) => (chip.error = error instanceof Refused || error.name === "AbortError" ? error.message : String(error)),
  ).finally(() => draw(state));
}

function take(state) {
  const files = state.list.map((chip) => chip.file);
  put(state, []);
  return files;
}

function put(state, list) {
  state.list = list;
  note(state, 0);
  draw(state);
}

/** Why the files cannot be sent yet; empty when they can. */
function problem(list) {
  if (list.some((chip) => chip.error)) return "A file was not uploaded. Try again, or remove it.";
  return list.every((chip) => chip.file) ? "" : "A file is still on its way. Wait a moment, or remove it.";
}

function drop(state, chip) {
  chip.abort?.abort();
  if (chip.preview) URL.revokeObjectURL(chip.preview);
  put(state, state.list.filter((each) => each !== chip));
}

function draw(state) {
  const had = state.items.contains(document.activeElement);
  fill(state.items, state.list.map((chip) => item(state, chip)));
  state.node.hidden = !state.list.length;
  if (had) (state.node.querySelector("button") || state.node.parentElement.querySelector("textarea"))?.focus();
  state.changed();
}

function item(state, chip) {
  const name = chip.local.name || "pasted-image.png";
  const off = h("button", { type: "button", class: "chip-remove", "aria-label": `Remove ${name}`, title: "Remove", on: { click: () => drop(state, chip) } }, icon("close"));
  const again = h("button", { type: "button", class: "link-button", on: { click: () => start(state, chip) } }, "Try again");
  const said = chip.error ? h("span", { class: "chip-error" }, "Not uploaded. ", again) : h("span", { class: "quiet" }, chip.file ? bytes(chip.local.size) : "Uploading…");
  const picture = chip.preview ? thumbnail(chip) : h("span", { class: "chip-icon" }, icon("file"));
  return h("li", { class: `chip${chip.file ? "" : " chip-busy"}${chip.error ? " chip-failed" : ""}`, data: { testid: "chip" } }, picture, h("span", { class: "chip-about" }, h("span", { class: "chip-name" }, name), said), off);
}

function thumbnail(chip) {
  const img = h("img", { class: "chip-picture", src: chip.preview, alt: "" });
  img.addEventListener("error", () => img.replaceWith(h("span", { class: "chip-icon" }, icon("picture"))));
  return img;
}
