// What the page knows: who it is used as, people, channels, commands, and whether the bot is connected.

const query = new URLSearchParams(location.search);

export const world = {
  me: query.get("user") || localStorageGet("playground.user") || "",
  team: { id: "", name: "Playground" },
  users: [],
  channels: [],
  commands: [],
  shortcuts: [],
  bot: { id: "", name: "Threadpaint" },
  mode: "none",
};

/** The id of the person the page is being used as. */
export function me() {
  return world.me;
}

/** Takes over a `/page/state` answer. */
export function learn(state) {
  Object.assign(world, state);
  world.me = state.me?.id || state.me || world.me;
}

/** The person with this id, or a stand-in that shows the id. */
export function person(id) {
  if (id === "USLACKBOT") return { id, name: "Slackbot", real_name: "Slackbot", color: "#5b6470", is_bot: true };
  const known = world.users.find((user) => user.id === id);
  if (known) return known;
  if (id && id === world.bot.id) return { id, name: world.bot.name, real_name: world.bot.name, is_bot: true };
  return { id, name: id || "unknown", real_name: id || "Unknown", color: "#777777", is_bot: false };
}

/** The name people see. */
export function displayName(id) {
  const user = person(id);
  return user.real_name || user.name || id;
}

/** The channel with this id, if this person can see it. */
export function channel(id) {
  return world.channels.find((each) => each.id === id);
}

/** Whether this id is the bot whose playground this is. */
export function isBot(id) {
  return id === world.bot.id;
}

/** How a channel is called in sentences: "#general" or the bot's name. */
export function channelLabel(id) {
  const found = channel(id);
  if (!found) return "this channel";
  return found.kind === "im" ? world.bot.name : `#${found.name}`;
}

export function localStorageGet(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function localStorageSet(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Without storage the page simply forgets.
  }
}
