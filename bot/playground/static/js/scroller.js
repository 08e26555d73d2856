// A scrolling area that stays at its end while it is at its end, and offers the way back when it is not.
import { h } from "./dom.js";
import { icon } from "./icons.js";

const NEAR = 80;
const LATEST = "Latest messages";

/** A scroller: {node, inner, toEnd(), newest(ts), atEnd()}; whoever is further up is told that there is something new. */
export function scroller() {
  const inner = h("div", { class: "scroll-inner" });
  const words = h("span", {}, LATEST);
  const jump = h("button", { type: "button", class: "jump", hidden: true }, icon("down"), words);
  const area = h("div", { class: "scroll-area" }, inner);
  const node = h("div", { class: "scroll" }, area, jump);
  let following = true;
  let height = 0;
  let last = 0;
  let known = "";
  const shown = () => {
    jump.hidden = following;
    if (following) words.textContent = LATEST;
  };
  const newest = (ts) => {
    if (!following && ts > known) words.textContent = "New messages";
    known = ts;
  };
  const toEnd = () => {
    following = true;
    shown();
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
    shown();
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
  return { node, inner, toEnd, newest, atEnd: () => following };
}
