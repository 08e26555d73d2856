// Zooming and moving one picture inside its stage, with wheel, pointer and double click.

const MOST = 8;

/** Makes `img` zoomable in `stage`: {by(factor), reset()}. */
export function zoomable(stage, img) {
  const now = { scale: 1, x: 0, y: 0 };
  const draw = () => {
    img.style.transform = `translate(${now.x}px, ${now.y}px) scale(${now.scale})`;
    img.classList.toggle("zoomed", now.scale > 1);
  };
  const by = (factor) => {
    now.scale = Math.min(MOST, Math.max(1, now.scale * factor));
    if (now.scale === 1) now.x = now.y = 0;
    draw();
  };
  const reset = () => by(0);
  img.addEventListener("dblclick", () => (now.scale > 1 ? reset() : by(2.5)));
  img.addEventListener("wheel", (event) => {
    event.preventDefault();
    by(event.deltaY < 0 ? 1.2 : 1 / 1.2);
  }, { passive: false });
  img.addEventListener("pointerdown", (event) => drag(img, event, now, draw));
  return { by, reset };
}

function drag(img, start, now, draw) {
  if (now.scale === 1 || start.button !== 0) return;
  start.preventDefault();
  img.setPointerCapture(start.pointerId);
  const origin = { x: now.x - start.clientX, y: now.y - start.clientY };
  const move = (event) => {
    now.x = origin.x + event.clientX;
    now.y = origin.y + event.clientY;
    draw();
  };
  img.addEventListener("pointermove", move);
  img.addEventListener("lostpointercapture", () => img.removeEventListener("pointermove", move), { once: true });
}
