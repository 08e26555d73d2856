// "Are you sure?": an element's confirm object, or the page's own question.
import { frame, openDialog } from "./dialog.js";
import { h } from "./dom.js";
import { plainText, textObject } from "./textobject.js";

/** Asks; answers true only when the confirming button was used. */
export function confirmed(ask) {
  return new Promise((resolve) => {
    let answer = false;
    const deny = h("button", { type: "button", class: "button" }, plainText(ask.deny) || "Cancel");
    const style = ask.style === "danger" ? "button-danger" : "button-primary";
    const go = h("button", { type: "button", class: `button ${style}` }, plainText(ask.confirm) || "Yes");
    const body = h("div", { class: "confirm-text" }, textObject(ask.text));
    const dialog = frame({ title: plainText(ask.title) || "Are you sure?", testid: "confirm-dialog", body, buttons: [deny, go], className: "dialog-small" });
    deny.addEventListener("click", () => dialog.close());
    go.addEventListener("click", () => {
      answer = true;
      dialog.close();
    });
    openDialog(dialog, () => resolve(answer));
    go.focus();
  });
}
