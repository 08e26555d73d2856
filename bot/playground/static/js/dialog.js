// Dialogs: the browser's own, which keep the focus inside, close with Esc and give the focus back.
import { h, uniqueId } from "./dom.js";
import { icon } from "./icons.js";

/** Opens a dialog and answers it; `onClose` runs once, however it was closed. */
export function openDialog(dialog, onClose) {
  const before = document.activeElement;
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (before?.isConnected) before.focus();
    onClose?.();
  }, { once: true });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog && dialog.dataset.light !== "no") dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** A framed dialog with a heading, a body and a row of buttons. */
export function frame({ title, testid, body, buttons, className = "" }) {
  const id = uniqueId("dialog");
  const close = h("button", { type: "button", class: "icon-button", "aria-label": "Close" }, icon("close"));
  const dialog = h("dialog", { class: `dialog ${className}`, "aria-labelledby": id, data: { testid } },
    h("div", { class: "dialog-frame" },
      h("div", { class: "dialog-head" }, h("h2", { id }, title), close),
      h("div", { class: "dialog-body" }, body),
      buttons?.length ? h("div", { class: "dialog-foot" }, buttons) : null));
  close.addEventListener("click", () => dialog.close());
  return dialog;
}
