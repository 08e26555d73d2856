// What the page asks of its server. Every failure becomes a Refused with a sentence that can be shown.
import { me } from "./world.js";

/** The server said no, or nothing; `body` is its answer. */
export class Refused extends Error {
  constructor(sentence, body = {}, status = 0) {
    super(sentence);
    Object.assign(this, { body, status });
  }
}

const SENTENCES = {
  cant_delete_message: "That message can't be deleted.",
  cant_update_message: "That message can't be edited.",
  channel_not_found: "This channel no longer exists.",
  file_not_found: "That file no longer exists.",
  message_not_found: "That message no longer exists.",
  no_text: "There is nothing to send.",
  operation_timeout: "The app did not answer in time.",
};

/** The JSON answer to a GET, as the current person. Raises Refused. */
export function get(path, params = {}) {
  return answer(fetch(`/page/${path}?${new URLSearchParams({ user: me(), ...params })}`));
}

/** The JSON answer to a POST, as the current person. Raises Refused. */
export function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  return answer(fetch(`/page/${path}`, { method: "POST", headers, body: JSON.stringify({ user: me(), ...body }) }));
}

/** Uploads one file for later use in `say`; answers {id, name, mimetype, size}. Raises Refused. */
export async function upload(file, signal) {
  const form = new FormData();
  form.append("file", file, file.name || "pasted-image.png");
  const path = `/page/upload?${new URLSearchParams({ user: me() })}`;
  return (await answer(fetch(path, { method: "POST", body: form, signal }))).file;
}

async function answer(pending) {
  const response = await pending.catch((error) => refuse(error, "The playground is not answering."));
  const body = await response.json().catch(() => ({}));
  if (response.ok && body.ok !== false) return body;
  throw new Refused(SENTENCES[body.error] || words(body.error) || `The playground answered ${response.status}.`, body, response.status);
}

function refuse(error, sentence) {
  if (error.name === "AbortError") throw error;
  throw new Refused(sentence);
}

function words(code) {
  return typeof code === "string" && code ? `It did not work: ${code.replaceAll("_", " ")}.` : "";
}
