// A picture, large: arrows go through the pictures around it, + and - zoom, Esc closes.
import { openDialog } from "./dialog.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { zoomable } from "./zoom.js";

/** Opens the picture of a `.picture-open` button, with its neighbours in the same list. */
export function openLightbox(button) {
  const around = [...(button.closest("[data-pictures]") || document).querySelectorAll(".picture-open")];
  const box = build(around.map((each) => each.picture), Math.max(0, around.indexOf(button)));
  openDialog(box.dialog);
  box.dialog.focus();
}

function build(pictures, start) {
  const caption = h("div", { class: "lightbox-caption" });
  const stage = h("div", { class: "lightbox-stage" });
  const tools = h("div", { class: "lightbox-tools" });
  const dialog = h("dialog", { class: "lightbox", tabindex: -1, "aria-label": "Picture", data: { testid: "lightbox" } }, h("div", { class: "lightbox-head" }, caption, tools), stage);
  const box = { dialog, pictures, at: start, caption, stage, tools };
  show(box);
  dialog.addEventListener("keydown", (event) => keys(box, event));
  stage.addEventListener("click", (event) => event.target === stage && dialog.close());
  return box;
}

function show(box) {
  const of = box.pictures[box.at];
  const img = h("img", { src: of.full || of.src, alt: of.alt, draggable: "false" });
  box.zoom = zoomable(box.stage, img);
  const count = box.pictures.length > 1 ? h("span", { class: "quiet" }, `${box.at + 1} of ${box.pictures.length}`) : null;
  fill(box.caption, h("strong", { "aria-live": "polite" }, of.title || of.alt || "Picture"), count);
  fill(box.stage, img, box.pictures.length > 1 ? [arrow(box, -1), arrow(box, 1)] : null);
  const kept = box.tools.contains(document.activeElement) ? document.activeElement.getAttribute("aria-label") : null;
  fill(box.tools, tool("Zoom out", "minus", () => box.zoom.by(1 / 1.5)), tool("Zoom in", "plus", () => box.zoom.by(1.5)), download(of), tool("Close", "close", () => box.dialog.close()));
  if (kept) box.tools.querySelector(`[aria-label="${kept}"]`)?.focus();
}

function tool(label, name, run) {
  return h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, on: { click: run } }, icon(name));
}

function download(of) {
  const href = of.download || of.full || of.src;
  const name = decodeURIComponent(new URL(href, location.href).pathname.split("/").pop() || "picture");
  return h("a", { class: "icon-button", href, download: name, "aria-label": "Download original", title: "Download original" }, icon("download"));
}

function arrow(box, step) {
  const label = step < 0 ? "Previous picture" : "Next picture";
  const node = tool(label, step < 0 ? "left" : "right", () => {
    move(box, step);
    box.stage.querySelector(`[aria-label="${label}"]`)?.focus();
  });
  node.classList.add("lightbox-arrow", step < 0 ? "lightbox-left" : "lightbox-right");
  node.disabled = !box.pictures[box.at + step];
  return node;
}

function move(box, step) {
  if (!box.pictures[box.at + step]) return;
  box.at += step;
  show(box);
  if (!box.dialog.contains(document.activeElement)) box.dialog.focus();
}

function keys(box, event) {
  const runs = { ArrowLeft: () => move(box, -1), ArrowRight: () => move(box, 1), "+": () => box.zoom.by(1.5), "=": () => box.zoom.by(1.5), "-": () => box.zoom.by(1 / 1.5), 0: () => box.zoom.reset() };
  if (!(event.key in runs) || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  runs[event.key]();
}
