// Slack's three entities, and text without its markup.

/** Decodes &amp; &lt; &gt; and nothing else. */
export function decode(text) {
  return text.replace(/&(amp|lt|gt);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">" })[name]);
}

/** Writes the three characters Slack reserves as entities. */
export function encode(text) {
  return text.replace(/[&<>]/g, (character) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[character]);
}

/** Text as it is meant: links shown as their label or address, entities decoded. */
export function plain(text) {
  return decode(text.replace(/<([^|<>\n]+)(?:\|([^<>]*))?>/g, (_, target, label) => label || target));
}
