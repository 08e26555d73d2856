// Inputs of every kind, on the browser's own controls: keyboard and screen reader work as people expect.
import { h, uniqueId } from "./dom.js";
import { plainText } from "./textobject.js";
import { world } from "./world.js";

const NATIVE = { datepicker: "date", timepicker: "time", datetimepicker: "datetime-local", email_text_input: "email", url_text_input: "url", number_input: "number" };

/** A control for an element: {node, value(), state()}. `state()` is the entry Slack puts into view.state.values. */
export function field(part, { label }) {
  if (part.type === "checkboxes") return choices(part, label, "checkbox");
  if (part.type === "radio_buttons") return choices(part, label, "radio");
  if (part.type?.endsWith("_select")) return select(part, label);
  return textual(part, label);
}

function textual(part, label) {
  const tall = part.multiline || part.type === "rich_text_input";
  const props = {
    class: "field-input",
    placeholder: plainText(part.placeholder) || null,
    "aria-label": label,
    maxlength: part.max_length ?? null,
    minlength: part.min_length ?? null,
    min: part.min_value ?? null,
    max: part.max_value ?? null,
    step: part.is_decimal_allowed ? "any" : null,
  };
  const node = tall ? h("textarea", { ...props, rows: 4 }) : h("input", { ...props, type: NATIVE[part.type] || "text" });
  node.value = String(part.initial_value ?? part.initial_date ?? part.initial_time ?? "");
  const key = { datepicker: "selected_date", timepicker: "selected_time", datetimepicker: "selected_date_time" }[part.type] || "value";
  const value = () => (part.type === "datetimepicker" && node.value ? Math.floor(new Date(node.value) / 1000) : node.value || null);
  return { node, value, state: () => ({ type: part.type, [key]: value() }) };
}

function select(part, label) {
  const options = optionsOf(part);
  const multiple = part.type.startsWith("multi_");
  const node = h("select", { class: "field-input", "aria-label": label, multiple });
  if (!multiple) node.append(h("option", { value: "" }, plainText(part.placeholder) || "Choose…"));
  for (const group of options) node.append(group.label ? h("optgroup", { label: group.label }, group.options.map(entry)) : entry(group));
  const flat = options.flatMap((each) => each.options || [each]);
  for (const option of node.options) option.selected = initially(part).includes(option.value);
  const value = () => (multiple ? [...node.selectedOptions].map((o) => o.value) : node.value || null);
  return { node, value, state: () => selectState(part, multiple, [value()].flat().filter(Boolean), flat) };
}

function entry(option) {
  return h("option", { value: option.value }, plainText(option.text));
}

function optionsOf(part) {
  const people = world.users.map((u) => ({ value: u.id, text: `@${u.real_name || u.name}` }));
  const rooms = world.channels.filter((c) => c.kind !== "im").map((c) => ({ value: c.id, text: `#${c.name}` }));
  if (/users_select$/.test(part.type)) return people;
  if (/(channels|conversations)_select$/.test(part.type)) return rooms;
  if (part.option_groups) return part.option_groups.map((g) => ({ label: plainText(g.label), options: g.options }));
  return part.options || [];
}

function initially(part) {
  const many = part.initial_options || part.initial_users || part.initial_channels || part.initial_conversations;
  const one = part.initial_option || part.initial_user || part.initial_channel || part.initial_conversation;
  return [many || one || []].flat().map((each) => each.value ?? each);
}

function selectState(part, multiple, picked, options) {
  const kind = /(users|channels|conversations)_select$/.exec(part.type)?.[1];
  const found = kind ? picked : options.filter((option) => picked.includes(option.value));
  const noun = kind ? (multiple ? kind : kind.slice(0, -1)) : multiple ? "options" : "option";
  return { type: part.type, [`selected_${noun}`]: multiple ? found : (found[0] ?? null) };
}

function choices(part, label, type) {
  const name = uniqueId("choice");
  const initial = initially(part);
  const node = h("div", { class: "choices", role: type === "radio" ? "radiogroup" : "group", "aria-label": label },
    (part.options || []).map((option) => h("label", { class: "choice" },
      h("input", { type, name, value: option.value, checked: initial.includes(option.value) }),
      h("span", {}, plainText(option.text), option.description ? h("span", { class: "quiet choice-about" }, plainText(option.description)) : null))));
  const picked = () => [...node.querySelectorAll("input")].filter((input) => input.checked).map((input) => input.value);
  const many = type === "checkbox";
  const value = () => (many ? picked() : (picked()[0] ?? null));
  return { node, value, state: () => selectState(part, many, picked(), part.options || []) };
}
