// One voice for screen readers, so that two parts of the page never talk over each other.
import { byId, h } from "./dom.js";
import { icon } from "./icons.js";

const STAYS = 6000;

/** Has a screen reader say this after what it is saying now. */
export function announce(text) {
  byId("announcer").textContent = text;
}

/** Shows a short notice above everything; it leaves by itself and can be closed. */
export function toast(text) {
  if (document.querySelector(".banner-bad")?.getClientRects().length) return; // nothing works then, and the banner says why
  const close = h("button", { type: "button", class: "icon-button", "aria-label": "Close notice" }, icon("close"));
  const box = h("div", { class: "toast" }, icon("alert"), h("span", {}, text), close);
  close.addEventListener("click", () => box.remove());
  byId("toasts").append(box);
  setTimeout(() => box.remove(), STAYS);
}
