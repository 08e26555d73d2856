// What people do with their own messages and files: edit, delete, try again.
import { toast } from "./announce.js";
import { Refused, post } from "./api.js";
import { confirmed } from "./confirm.js";
import { frame, openDialog } from "./dialog.js";
import { h } from "./dom.js";
import { remove } from "./feeds.js";
import { fromWire, toSaid } from "./wire.js";
import { emit } from "./signal.js";

/** Closes a message that only the current person sees. */
export function dismissMessage(channel, message) {
  remove(channel, message.ts);
  return attempt(post("delete", { channel, ts: message.ts }));
}

/** Asks, then deletes a message. */
export async function removeMessage(channel, message) {
  const sure = await confirmed({ title: "Delete message", text: "The message is deleted for everybody. This cannot be undone.", confirm: "Delete", style: "danger" });
  if (sure) await attempt(post("delete", { channel, ts: message.ts }));
}

/** Asks, then deletes a file everywhere it is shared. */
export async function removeFile(file) {
  const sure = await confirmed({ title: "Delete file", text: `${file.title || file.name} is deleted everywhere it is shared.`, confirm: "Delete", style: "danger" });
  if (sure) await attempt(post("delete_file", { file: file.id }));
}

/** Opens a message for editing. */
export function editMessage(channel, message) {
  const text = h("textarea", { class: "field-input", rows: 5, "aria-label": "Message text" });
  text.value = fromWire(message.text || "");
  const cancel = h("button", { type: "button", class: "button" }, "Cancel");
  const save = h("button", { type: "button", class: "button button-primary" }, "Save");
  const dialog = frame({ title: "Edit message", testid: "edit-dialog", body: text, buttons: [cancel, save], className: "dialog-small" });
  const run = async () => {
    const edited = text.value.trim();
    const same = edited === fromWire(message.text || "").trim();
    if (same || (await attempt(post("edit", { channel, ts: message.ts, text: toSaid(edited) })))) dialog.close();
  };
  cancel.addEventListener("click", () => dialog.close());
  save.addEventListener("click", run);
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    run();
  });
  openDialog(dialog);
  text.focus();
}

/** Adds the current person's reaction, or takes it back. */
export function react(channel, message, name) {
  return attempt(post("react", { channel, ts: message.ts, name }));
}

/** Chooses one of the app's shortcuts for a message. */
export function takeShortcut(channel, message, callbackId) {
  return attempt(post("shortcut", { channel, message_ts: message.ts, callback_id: callbackId }));
}

/** Sends a message that did not go out once more. */
export function retry(channel, message) {
  remove(channel, message.ts);
  emit("send-again", { channel, ...message.local.wanted });
}

/** Drops a message that did not go out. */
export function discard(channel, message) {
  remove(channel, message.ts);
}

/** Waits for an answer; shows why when it is refused. Answers whether it worked. */
export async function attempt(pending) {
  try {
    await pending;
    return true;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    toast(error.message);
    return false;
  }
}
