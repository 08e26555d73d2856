// The server's pushes. The line comes back by itself; whatever was missed is fetched again.
import { emit } from "./signal.js";
import { me } from "./world.js";

const LONGEST_PAUSE = 5000;

/** Opens the line and keeps it open; says "line" with true or false, and "live" for each push. */
export function connect(failures = 0) {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const socket = new WebSocket(`${scheme}://${location.host}/page/live?${new URLSearchParams({ user: me() })}`);
  let opened = false;
  socket.addEventListener("open", () => {
    opened = true;
    emit("line", true);
  });
  socket.addEventListener("message", (event) => receive(event.data));
  socket.addEventListener("close", () => {
    emit("line", false);
    const next = opened ? 0 : failures + 1;
    setTimeout(connect, Math.min(250 * 2 ** next, LONGEST_PAUSE), next);
  });
}

function receive(data) {
  let push;
  try {
    push = JSON.parse(data);
  } catch {
    return;
  }
  if (push && typeof push.type === "string") emit("live", push);
}
