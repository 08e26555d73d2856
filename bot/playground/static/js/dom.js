// Builds elements. Text always goes in as text nodes, so nothing people or the app write is ever parsed as HTML.

/** An element with attributes, `on` handlers, `data` and `style` objects, and children (nodes, strings, arrays, null). */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) setProp(element, name, value);
  element.append(...flat(children));
  return element;
}

function setProp(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "on") for (const [type, run] of Object.entries(value)) element.addEventListener(type, run);
  else if (name === "data") Object.assign(element.dataset, present(value));
  else if (name === "style") for (const [key, v] of Object.entries(value)) element.style.setProperty(key, v);
  else if (name === "class") element.className = value;
  else if (name === "value" || name === "checked" || name === "disabled") element[name] = value;
  else element.setAttribute(name, value === true ? "" : String(value));
}

function present(values) {
  return Object.fromEntries(Object.entries(values).filter(([, v]) => v !== null && v !== undefined));
}

/** Children without the empty ones, nested arrays opened. */
export function flat(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}

/** Replaces what an element holds. */
export function fill(element, ...children) {
  element.replaceChildren(...flat(children));
  return element;
}

/** The element with this id, which index.html promises. */
export function byId(id) {
  return document.getElementById(id);
}

/** A document-wide unique id for label and description pairs. */
export function uniqueId(prefix) {
  uniqueId.last = (uniqueId.last || 0) + 1;
  return `${prefix}-${uniqueId.last}`;
}

/** Calls `run` once, `wait` ms after the last call. */
export function debounce(run, wait) {
  let timer;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => run(...args), wait);
  };
}
