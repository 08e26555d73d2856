// Small menus that hang on a button: arrows move, Enter chooses, Esc closes.
import { h } from "./dom.js";

let current = null;

/** Opens a menu at `anchor`. Items: {label, run, description?, href?, checked?, danger?, leading?, hint?}; `look` is a class. */
export function openMenu(anchor, items, label = "Menu", look = "menu-list") {
  const again = current?.anchor === anchor;
  closeMenu();
  if (again) return;
  const menu = h("div", { class: `menu ${look}`, role: "menu", "aria-label": label }, items.map(entry));
  // Inside an open dialog everything else is inert: the menu must live in it.
  (anchor.closest("dialog") || document.body).append(menu);
  anchor.setAttribute("aria-expanded", "true");
  current = { menu, anchor };
  put(menu, anchor);
  menu.addEventListener("keydown", keys);
  (menu.querySelector('[aria-checked="true"]') || menu.firstElementChild)?.focus();
}

/** Closes the open menu, if any. */
export function closeMenu(focusAnchor = null) {
  if (!current) return;
  const { menu, anchor } = current;
  current = null;
  menu.remove();
  anchor.setAttribute("aria-expanded", "false");
  if (focusAnchor && anchor.isConnected) anchor.focus();
}

function entry(item) {
  const role = item.checked === undefined ? "menuitem" : "menuitemradio";
  const texts = h("span", { class: "menu-texts" }, h("span", {}, item.label), item.description ? h("span", { class: "quiet" }, item.description) : null);
  const props = { title: item.hint, role, tabindex: -1, class: `menu-item${item.danger ? " menu-danger" : ""}`, "aria-checked": item.checked === undefined ? null : String(item.checked) };
  const node = item.href
    ? h("a", { ...props, href: item.href, target: "_blank", rel: "noopener noreferrer" }, texts)
    : h("button", { ...props, type: "button" }, item.leading, texts);
  node.addEventListener("click", () => {
    closeMenu("focus the anchor");
    item.run?.();
  });
  return node;
}

function put(menu, anchor) {
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = at.bottom + 4 + height <= innerHeight;
  menu.style.top = `${Math.max(8, below ? at.bottom + 4 : at.top - 4 - height)}px`;
  menu.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
}

function keys(event) {
  const items = [...current.menu.children];
  const index = items.indexOf(document.activeElement);
  const moves = { ArrowDown: index + 1, ArrowRight: index + 1, ArrowUp: index - 1, ArrowLeft: index - 1, Home: 0, End: items.length - 1 };
  if (event.key in moves) items.at(moves[event.key] % items.length).focus();
  else if (event.key === "Escape" || event.key === "Tab") closeMenu("focus the anchor");
  else return;
  event.preventDefault();
  event.stopPropagation();
}

addEventListener("pointerdown", (event) => {
  if (current && !current.menu.contains(event.target) && !current.anchor.contains(event.target)) closeMenu();
});
addEventListener("resize", () => closeMenu());
