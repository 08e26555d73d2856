// The strip under the header: the server went away, or no bot is connected.
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { world } from "./world.js";

/** Shows what is wrong with the connection, or nothing. */
export function drawBanner(banner, { line, loaded }) {
  const sentence = trouble(line, loaded);
  if (banner.dataset.says === sentence) return;
  banner.dataset.says = sentence;
  banner.className = line ? "banner" : "banner banner-bad";
  fill(banner, sentence ? [icon("alert"), h("span", {}, sentence)] : null);
}

function trouble(line, loaded) {
  if (!line) return loaded ? "The playground has stopped. Start it again with “make play”; this page comes back by itself." : "";
  if (world.mode === "none") return `${world.bot.name} is not connected: messages arrive here, but nobody answers.`;
  return "";
}
