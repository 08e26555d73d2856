// The `table` block: rows of raw text or rich text.
import { h } from "./dom.js";
import { richText } from "./richtext.js";

/** A table that scrolls sideways inside its message; its first row is the head. */
export function tableBlock(block) {
  const settings = block.column_settings || [];
  const [head, ...rows] = block.rows || [];
  const row = (tag, cells) => h("tr", {}, (cells || []).map((cell, i) => h(tag, { class: look(settings[i]), scope: tag === "th" ? "col" : null }, content(cell))));
  const table = h("table", {}, h("thead", {}, row("th", head)), h("tbody", {}, rows.map((cells) => row("td", cells))));
  const area = h("div", { class: "table-scroll", tabindex: 0, role: "region", "aria-label": block.caption || "Table" }, table);
  const hint = () => area.toggleAttribute("data-more", area.scrollWidth - area.scrollLeft - area.clientWidth > 1);
  area.addEventListener("scroll", hint, { passive: true });
  new ResizeObserver(hint).observe(area);
  return area;
}

function look(setting) {
  return `align-${setting?.align || "left"}${setting?.is_wrapped ? "" : " no-wrap"}`;
}

function content(cell) {
  if (cell?.type === "rich_text") return richText(cell);
  return cell?.text ?? String(cell?.value ?? "");
}
