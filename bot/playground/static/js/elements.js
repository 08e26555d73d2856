// Interactive elements in messages: buttons, menus, selects, choices.
import { confirmed } from "./confirm.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { field } from "./fields.js";
import { openMenu } from "./menu.js";
import { plainText } from "./textobject.js";

const MAKERS = { button, overflow, workflow_button: button, feedback_buttons: feedback, icon_button: iconButton };

/** The control of an element. `place.act(part, value, control)` is called once it was used and confirmed. */
export function element(part, place) {
  const make = MAKERS[part.type] || choice;
  const node = make(part, place);
  if (part.action_id) node.dataset.actionId = part.action_id;
  return node;
}

function button(part, place) {
  const style = part.style === "primary" || part.style === "danger" ? ` button-${part.style}` : "";
  const props = { type: "button", class: `button${style}`, "aria-label": part.accessibility_label };
  const node = part.url
    ? h("a", { ...props, type: null, href: safe(part.url), target: "_blank", rel: "noopener noreferrer" }, plainText(part.text))
    : h("button", props, h("span", { class: "button-text" }, plainText(part.text)));
  node.addEventListener("click", () => use(part, place, part.value, node));
  return node;
}

function safe(url) {
  return /^https?:\/\//i.test(url) ? url : null;
}

function overflow(part, place) {
  const node = h("button", { type: "button", class: "button button-icon", "aria-label": part.accessibility_label || "More actions", "aria-haspopup": "menu" }, icon("more"));
  const items = (part.options || []).map((option) => ({
    label: plainText(option.text),
    description: option.description && plainText(option.description),
    href: option.url && safe(option.url),
    run: () => use(part, place, option.value, node),
  }));
  node.addEventListener("click", () => openMenu(node, items));
  return node;
}

function feedback(part, place) {
  const pair = [[part.positive_button, "👍"], [part.negative_button, "👎"]].filter(([each]) => each);
  return h("span", { class: "feedback" }, pair.map(([each, mark]) => {
    const node = h("button", { type: "button", class: "button button-icon", "aria-label": each.accessibility_label || plainText(each.text), title: plainText(each.text) }, mark);
    node.addEventListener("click", () => use(part, place, each.value, node));
    return node;
  }));
}

function iconButton(part, place) {
  const name = part.icon === "trash" ? "trash" : "more";
  const node = h("button", { type: "button", class: "button button-icon", "aria-label": part.accessibility_label || plainText(part.text), title: plainText(part.text) }, icon(name));
  node.addEventListener("click", () => use(part, place, part.value, node));
  return node;
}

function choice(part, place) {
  const control = field(part, { label: plainText(part.placeholder) || part.action_id });
  control.node.addEventListener("change", () => use(part, place, control.value(), control.node));
  return control.node;
}

async function use(part, place, value, node) {
  if (node.getAttribute("aria-busy") === "true") return;
  if (part.confirm && !(await confirmed(part.confirm))) return;
  await place.act(part, value, node);
}
