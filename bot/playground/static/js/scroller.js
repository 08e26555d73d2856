// A scrolling area that stays at its end while it is at its end, and offers the way back when it is not.
import { h } from "./dom.js";
import { icon } from "./icons.js";

const NEAR = 80;

/** A scroller: {node, inner, toEnd(), atEnd()}. */
export function scroller() {
  const inner = h("div", { class: "scroll-inner" });
  const jump = h("button", { type: "button", class: "jump", hidden: true }, icon("down"), "Latest messages");
  const area = h("div", { class: "scroll-area" }, inner);
  const node = h("div", { class: "scroll" }, area, jump);
  let following = true;
  let height = 0;
  let last = 0;
  const toEnd = () => {
    following = true;
    jump.hidden = true;
    area.scrollTop = area.scrollHeight;
    last = area.scrollTop;
  };
  area.addEventListener("scroll", () => {
    // A change of size moves the content as well, and says nothing about where somebody wants to be.
    if (area.clientHeight !== height) return;
    const up = area.scrollTop < last;
    last = area.scrollTop;
    const near = area.scrollHeight - last - area.clientHeight < NEAR;
    // The page hears of its own scrolling a frame later, when more may have come: only who goes up has left the end.
    following = near || (following && !up);
    jump.hidden = following;
  }, { passive: true });
  // Pictures that load and composers that grow change heights: whoever follows the end stays there.
  const watch = new ResizeObserver(() => {
    const back = !height && area.clientHeight;
    height = area.clientHeight;
    if (following) toEnd();
    else if (back) area.scrollTop = last;
  });
  watch.observe(inner);
  watch.observe(area);
  jump.addEventListener("click", toEnd);
  return { node, inner, toEnd, atEnd: () => following };
}
