// The newer blocks: card, carousel and container.
import { h } from "./dom.js";
import { element } from "./elements.js";
import { smallImage } from "./pictures.js";
import { textObject } from "./textobject.js";

/** A card: picture, title, words and buttons. */
export function cardBlock(block, place) {
  const buttons = block.actions || block.buttons || [];
  return h("div", {},
    block.hero_image ? smallImage(block.hero_image, "hero") : null,
    h("div", { class: "card-body" },
      block.icon ? smallImage(block.icon, "inline") : null,
      block.title ? h("strong", {}, textObject(block.title)) : null,
      block.subtitle ? h("div", { class: "quiet" }, textObject(block.subtitle)) : null,
      block.body ? h("div", {}, textObject(block.body)) : null,
      block.subtext ? h("div", { class: "quiet" }, textObject(block.subtext)) : null,
      buttons.length ? h("div", { class: "block-actions" }, buttons.map((part) => element(part, { ...place, block }))) : null));
}

/** Cards side by side, scrolled with the wheel, a finger or the arrow keys. */
export function carouselBlock(block, place) {
  const cards = (block.elements || block.cards || []).map((card) => {
    const node = cardBlock(card, place);
    node.className = "block-card";
    return h("li", {}, node);
  });
  return h("ul", { tabindex: 0, "aria-label": "Carousel" }, cards);
}

/** A container: a framed group of other blocks. */
export function containerBlock(block, oneBlock) {
  const children = block.child_blocks || block.blocks || block.elements || [];
  return h("div", {}, block.title ? h("strong", {}, textObject(block.title)) : null, children.map(oneBlock));
}
