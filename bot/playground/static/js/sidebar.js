// The left column: workspace, channels, the direct message with the app, and who the page is used as.
import { avatar } from "./avatar.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { emit } from "./signal.js";
import { themeToggle } from "./theme.js";
import { isUnread } from "./unread.js";
import { displayName, localStorageSet, me, world } from "./world.js";

/** Draws the sidebar; `current` is the open channel's id. */
export function drawSidebar(nav, current) {
  const focus = nav.contains(document.activeElement) ? document.activeElement.dataset.testid : null;
  fill(nav,
    h("div", { class: "workspace" }, h("img", { class: "workspace-mark", src: "/static/mark.svg", alt: "" }), h("div", { class: "workspace-name" }, world.team.name), themeToggle()),
    h("div", { class: "sidebar-lists" }, section("Channels", "channel", current), section("Direct messages", "im", current)),
    switcher());
  if (focus) nav.querySelector(`[data-testid="${focus}"]`)?.focus();
}

function section(title, kind, current) {
  const channels = world.channels.filter((each) => (kind === "im") === (each.kind === "im"));
  const list = h("ul", { "aria-label": title }, channels.map((each) => h("li", {}, link(each, current))));
  list.addEventListener("keydown", (event) => arrows(event));
  return h("div", { class: "sidebar-section" }, h("h2", {}, title), list);
}

function link(each, current) {
  const im = each.kind === "im";
  const fresh = isUnread(each.id);
  const name = im ? world.bot.name : each.name;
  const props = { type: "button", class: `channel-link${fresh ? " channel-unread" : ""}`, "aria-current": each.id === current ? "page" : null, data: { testid: `channel-${each.id}` } };
  return h("button", { ...props, on: { click: () => emit("open-channel", { channel: each.id }) } },
    im ? h("span", { class: "presence-holder" }, avatar(world.bot.id, "small"), h("span", { class: `presence presence-${world.mode}` })) : icon("hash"),
    h("span", { class: "channel-name" }, name),
    im ? h("span", { class: "badge" }, "APP") : null,
    fresh ? h("span", { class: "unread-dot", role: "img", "aria-label": "new messages" }) : null);
}

function arrows(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const links = [...document.querySelectorAll(".channel-link")];
  event.preventDefault();
  links[(links.indexOf(document.activeElement) + step + links.length) % links.length].focus();
}

function switcher() {
  const node = h("button", { type: "button", class: "switcher", "aria-haspopup": "menu", data: { testid: "user-switcher" }, "aria-label": `You are ${displayName(me())}. Switch person` },
    avatar(me()), h("span", { class: "switcher-texts" }, h("strong", {}, displayName(me())), h("span", { class: "quiet" }, "Switch person")), icon("down"));
  const people = world.users.filter((user) => !user.is_bot);
  const items = () => people.map((user) => ({ label: user.real_name || user.name, leading: avatar(user.id, "small"), checked: user.id === me(), run: () => become(user.id) }));
  node.addEventListener("click", () => openMenu(node, items(), "Use the page as"));
  return node;
}

function become(user) {
  localStorageSet("playground.user", user);
  const here = new URLSearchParams(location.search);
  const channel = world.channels.find((each) => each.id === here.get("channel"));
  const query = new URLSearchParams({ user });
  if (channel && channel.kind !== "im") query.set("channel", channel.id);
  location.assign(`?${query}`);
}
