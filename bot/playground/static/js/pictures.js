// Pictures in messages. Their room is reserved before they load, so that nothing jumps.
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { openLightbox } from "./lightbox.js";
import { textObject, plainText } from "./textobject.js";

// A picture's size is known from its file, from the block, or from having seen it before.
const sizes = new Map();

/** An `image` block: title, picture, and the large view behind it. */
export function imageBlock(block) {
  const title = plainText(block.title);
  const head = title ? h("div", { class: "image-title" }, textObject(block.title)) : null;
  return h("figure", { class: "picture" }, head, picture({
    src: block.page_url || block.image_url,
    alt: block.alt_text || "",
    title: title || block.alt_text || "",
    download: block.page_download_url || block.page_url || block.image_url,
    width: block.image_width || block.original_w || block.page_w,
    height: block.image_height || block.original_h || block.page_h,
    broken: block.page_broken || block.broken,
  }));
}

/** A picture that opens large. `of`: {src, alt, title, download, width, height, full?, broken?}. */
export function picture(of) {
  if (!of.src || of.broken) return brokenPicture(of.alt);
  const img = h("img", { src: of.src, alt: of.alt, decoding: "sync", draggable: "false" });
  const open = h("button", { type: "button", class: "picture-open", "aria-label": `Open picture: ${of.alt || of.title || "untitled"}` }, img);
  open.picture = of;
  reserve(open, of);
  img.addEventListener("load", async () => {
    sizes.set(of.src, [img.naturalWidth, img.naturalHeight]);
    reserve(open, of);
    // Shown when it can be painted at once; a picture that cannot be decoded has its "error" for that.
    await img.decode().catch(() => {});
    open.classList.add("loaded");
  });
  img.addEventListener("error", () => open.replaceWith(brokenPicture(of.alt)));
  open.addEventListener("click", () => openLightbox(open));
  return open;
}

function reserve(open, of) {
  const known = of.width && of.height ? [of.width, of.height] : sizes.get(of.src);
  const [width, height] = known || [1, 1];
  open.classList.toggle("sized", Boolean(known));
  open.style.setProperty("--w", width);
  open.style.setProperty("--h", height);
}

function brokenPicture(alt) {
  return h("div", { class: "picture-broken", role: "img", "aria-label": `Picture that cannot be shown: ${alt || "untitled"}` },
    icon("picture"), h("span", {}, "This picture can’t be shown"), alt ? h("span", { class: "quiet" }, alt) : null);
}

/** A small picture of a section, context or card. */
export function smallImage(part, size) {
  const src = part.page_url || part.image_url;
  const holder = h("span", { class: `small-image small-${size}` });
  if (!src) return fill(holder, icon("picture"));
  const img = h("img", { src, alt: part.alt_text || "", decoding: "async" });
  img.addEventListener("error", () => fill(holder, icon("picture")));
  return fill(holder, img);
}
