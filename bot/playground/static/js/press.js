// Using a control in a message: it shows that it is at work, and says so when the app did not answer.
import { announce, toast } from "./announce.js";
import { Refused, post } from "./api.js";

/** Tells the app that `part` of a message was used; `node` is busy meanwhile. */
export async function press({ channel, message, block }, part, value, node) {
  node.setAttribute("aria-busy", "true");
  node.classList.remove("failed");
  try {
    await post("press", { channel, message_ts: message.ts, block_id: block.block_id, action_id: part.action_id, value });
  } catch (error) {
    complain(error, node);
  } finally {
    node.removeAttribute("aria-busy");
  }
}

function complain(error, node) {
  if (!(error instanceof Refused)) throw error;
  node.classList.add("failed");
  node.title = error.message;
  toast(error.message);
  announce(error.message);
}
