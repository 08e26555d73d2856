// The `file_input` element of a modal: files are uploaded as they are chosen.
import { Refused, upload } from "./api.js";
import { h } from "./dom.js";

/** A control whose state lists the uploaded files. */
export function fileField(part, { label }) {
  const accept = (part.filetypes || []).map((type) => `.${type}`).join(",") || null;
  const input = h("input", { type: "file", class: "field-input", accept, multiple: (part.max_files ?? 10) > 1, "aria-label": label });
  const said = h("p", { class: "hint", role: "status" });
  let files = [];
  input.addEventListener("change", async () => {
    files = [];
    said.textContent = "Uploading…";
    try {
      files = await Promise.all([...input.files].slice(0, part.max_files ?? 10).map((file) => upload(file)));
      said.textContent = files.map((file) => file.name).join(", ");
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      said.textContent = error.message;
    }
  });
  return { node: h("div", {}, input, said), value: () => files, state: () => ({ type: "file_input", files }) };
}
