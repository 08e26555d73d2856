// Files shared with a message: pictures as pictures, everything else as a card.
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { picture } from "./pictures.js";
import { bytes } from "./times.js";

const SHOWABLE = /^image\/(png|jpe?g|gif|webp|avif|bmp)$/;

/** The files of a message; `remove(file)` is offered for files of the current person. */
export function fileList(files, { mayRemove, remove }) {
  const pictures = files.filter(showable);
  const others = files.filter((file) => !showable(file));
  const drop = (file) => (mayRemove ? removeButton(file, remove) : null);
  return h("div", { class: "files" },
    pictures.length ? h("div", { class: pictures.length > 1 ? "file-pictures-many" : "file-pictures" }, pictures.map((file) => shown(file, drop(file)))) : null,
    others.map((file) => (file.mode === "tombstone" ? gone() : card(file, drop(file)))));
}

function showable(file) {
  return file.mode !== "tombstone" && SHOWABLE.test(file.mimetype || "");
}

function shown(file, drop) {
  return h("figure", { class: "picture file-picture", data: { fileId: file.id } }, h("figcaption", { class: "image-title" }, file.title || file.name), pictureOf(file), drop);
}

function card(file, drop) {
  return h("div", { class: "file-card", data: { fileId: file.id } }, icon("file"), h("div", { class: "file-about" }, name(file), about(file)), drop);
}

function pictureOf(file) {
  return picture({
    src: file.page_thumb_url || file.page_url,
    full: file.page_url,
    alt: file.alt_txt || file.title || file.name || "",
    title: file.title || file.name || "",
    download: file.page_url,
    width: file.original_w,
    height: file.original_h,
  });
}

function name(file) {
  const text = file.title || file.name || file.id;
  return file.page_url ? h("a", { href: file.page_url, download: file.name || "", class: "file-name" }, text) : h("span", { class: "file-name" }, text);
}

function about(file) {
  const kind = file.mimetype ? file.pretty_type || file.mimetype : "Being processed…";
  return h("div", { class: "quiet" }, [kind, bytes(file.size)].filter(Boolean).join(" · "));
}

function gone() {
  return h("div", { class: "file-card" }, icon("trash"), h("span", { class: "quiet" }, "This file was deleted."));
}

function removeButton(file, remove) {
  const label = `Delete file ${file.title || file.name || file.id}`;
  const node = h("button", { type: "button", class: "icon-button file-remove", "aria-label": label, title: "Delete file" }, icon("trash"));
  node.addEventListener("click", () => remove(file));
  return node;
}
