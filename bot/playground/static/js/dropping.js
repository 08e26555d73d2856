// Files by paste, and by drag and drop onto a whole pane.

/** Hands pasted and dropped files to `take`. */
export function takeFiles(node, text, take) {
  text.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files || [])];
    if (!files.length) return;
    event.preventDefault();
    take(files);
  });
  node.addEventListener("drop", (event) => receive(event, take));
}

/** Makes a pane accept dropped files; it shows where they would go. */
export function dropZone(pane, label, take) {
  let depth = 0;
  const shown = (on) => pane.toggleAttribute("data-dropping", on);
  pane.dataset.dropLabel = label();
  pane.addEventListener("dragenter", (event) => {
    if (!carriesFiles(event)) return;
    pane.dataset.dropLabel = label();
    depth += 1;
    shown(true);
  });
  pane.addEventListener("dragover", (event) => carriesFiles(event) && event.preventDefault());
  pane.addEventListener("dragleave", () => {
    depth = Math.max(0, depth - 1);
    if (!depth) shown(false);
  });
  pane.addEventListener("drop", (event) => {
    depth = 0;
    shown(false);
    receive(event, take);
  });
}

function carriesFiles(event) {
  return [...(event.dataTransfer?.types || [])].includes("Files");
}

function receive(event, take) {
  if (event.defaultPrevented || !carriesFiles(event)) return;
  event.preventDefault();
  take([...event.dataTransfer.files]);
}

// A file dropped beside a pane must not replace the page.
for (const type of ["dragover", "drop"]) addEventListener(type, (event) => carriesFiles(event) && event.preventDefault());
