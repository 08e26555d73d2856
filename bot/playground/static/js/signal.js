// The page's own bell: modules say what happened, and whoever shows it listens.

const bell = new EventTarget();

/** Calls `run(detail)` whenever `name` happens. */
export function on(name, run) {
  bell.addEventListener(name, (event) => run(event.detail));
}

/** Says that `name` happened. */
export function emit(name, detail) {
  bell.dispatchEvent(new CustomEvent(name, { detail }));
}
