// Block Kit as nodes. Each block is remembered by its content, so that an edit keeps what did not change:
// pictures do not load again and the focus stays where it was.
import { cardBlock, carouselBlock, containerBlock } from "./cards.js";
import { fill, h } from "./dom.js";
import { element } from "./elements.js";
import { inputBlock } from "./inputs.js";
import { markdown } from "./markdown.js";
import { imageBlock, smallImage } from "./pictures.js";
import { richText } from "./richtext.js";
import { tableBlock } from "./tables.js";
import { textObject } from "./textobject.js";

const MAKERS = {
  section,
  image: imageBlock,
  context,
  actions,
  context_actions: actions,
  divider: () => h("hr", { class: "block-divider" }),
  header: (block) => h("h3", { class: "block-header" }, textObject(block.text)),
  input: inputBlock,
  rich_text: (block) => h("div", { class: "rich" }, richText(block)),
  markdown: (block) => h("div", { class: "rich md" }, markdown(block.text)),
  table: tableBlock,
  data_table: tableBlock,
  alert: (block) => h("div", { class: `alert alert-${block.level || "default"}`, role: "note" }, textObject(block.text)),
  card: cardBlock,
  carousel: carouselBlock,
  container: (block, place) => containerBlock(block, (child) => named(oneBlock(child, place), child)),
};

const contents = new WeakMap();

/** Shows blocks in `holder`, reusing the nodes it already has for equal blocks. `place` says where they stand. */
export function showBlocks(holder, blocks, place) {
  const old = [...holder.children].filter((node) => contents.has(node));
  const nodes = blocks.map((block) => {
    // Slack gives a block without an id a new one with every edit: that alone is no change.
    const key = JSON.stringify({ ...block, block_id: null });
    const kept = old.findIndex((node) => contents.get(node) === key);
    if (kept >= 0) return named(old.splice(kept, 1)[0], block);
    const node = named(oneBlock(block, place), block);
    contents.set(node, key);
    return node;
  });
  return fill(holder, nodes);
}

function oneBlock(block, place) {
  const make = MAKERS[block?.type];
  const node = make ? make(block, place) : h("p", { class: "block-unknown" }, `This page does not draw “${block?.type}” blocks.`);
  node.classList.add("block", `block-${String(block?.type).replace(/[^a-z_]/g, "")}`);
  return node;
}

function named(node, block) {
  if (block?.block_id) node.dataset.blockId = block.block_id;
  return node;
}

function section(block, place) {
  const fields = block.fields?.length ? h("div", { class: "fields" }, block.fields.map((f) => h("div", { class: "field" }, textObject(f)))) : null;
  const body = h("div", { class: "section-body" }, block.text ? h("div", {}, textObject(block.text)) : null, fields);
  if (!block.accessory) return h("div", {}, body);
  const accessory = block.accessory.type === "image" ? smallImage(block.accessory, "accessory") : element(block.accessory, { ...place, block });
  return h("div", { class: "with-accessory" }, body, h("div", { class: "section-accessory" }, accessory));
}

function context(block) {
  const parts = (block.elements || []).map((part) =>
    part.type === "image" ? smallImage(part, "inline") : h("span", { class: "context-text" }, textObject(part)));
  return h("div", {}, parts);
}

function actions(block, place) {
  return h("div", { role: "group", "aria-label": "Actions" }, (block.elements || []).map((part) => element(part, { ...place, block })));
}
