// Light and dark: the system's choice, until the button says otherwise.
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { localStorageSet } from "./world.js";

const system = matchMedia("(prefers-color-scheme: dark)");

function dark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : system.matches;
}

/** The button that changes the theme and remembers it. */
export function themeToggle() {
  const node = h("button", { type: "button", class: "icon-button", data: { testid: "theme-toggle" } });
  const draw = () => {
    const label = dark() ? "Switch to light theme" : "Switch to dark theme";
    node.setAttribute("aria-label", label);
    node.title = label;
    fill(node, icon(dark() ? "sun" : "moon"));
  };
  node.addEventListener("click", () => {
    const theme = dark() ? "light" : "dark";
    document.documentElement.dataset.theme = theme;
    localStorageSet("playground.theme", theme);
    draw();
  });
  system.addEventListener("change", draw);
  draw();
  return node;
}
