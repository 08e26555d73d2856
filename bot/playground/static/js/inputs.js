// `input` blocks: a labelled control with a hint, and room for an error.
import { h } from "./dom.js";
import { field } from "./fields.js";
import { fileField } from "./filefield.js";
import { hint, plainText } from "./textobject.js";

/** An input block. Its node carries `input`: {blockId, actionId, control}. */
export function inputBlock(block) {
  const label = plainText(block.label);
  const control = block.element.type === "file_input" ? fileField(block.element, { label }) : field(block.element, { label });
  control.optional = Boolean(block.optional);
  control.error = h("p", { class: "field-error", role: "alert" });
  const optional = block.optional ? h("span", { class: "quiet" }, " (optional)") : null;
  const node = h("div", { class: "input-row" }, h("div", { class: "input-label" }, label, optional), control.node, hint(block.hint), control.error);
  return Object.assign(node, { input: { blockId: block.block_id, actionId: block.element.action_id, control } });
}

/** Shows or, without a text, clears the error at a control. */
export function showError(control, text) {
  control.error.textContent = text || "";
  control.node.toggleAttribute("aria-invalid", Boolean(text));
}

/** What is missing, in words; empty when the control may be submitted. */
export function missing(control) {
  const value = control.value();
  const empty = value === null || value === undefined || value.length === 0;
  if (empty) return control.optional ? "" : "Please fill in this field.";
  const native = control.node.matches("input, textarea, select") ? control.node : null;
  return native && !native.checkValidity() ? native.validationMessage : "";
}
