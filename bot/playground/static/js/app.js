// Puts the page together: fetches what there is, opens what the address names, keeps both up to date.
import { toast } from "./announce.js";
import { Refused, get } from "./api.js";
import { watchArrivals } from "./arrivals.js";
import { drawBanner } from "./banner.js";
import { channelPane } from "./channelpane.js";
import { byId } from "./dom.js";
import { forget, loadChannel, loadThread } from "./feeds.js";
import { drawHeader } from "./header.js";
import { connect } from "./live.js";
import { say } from "./sending.js";
import { drawSidebar } from "./sidebar.js";
import { on } from "./signal.js";
import { threadPane } from "./threadpane.js";
import { markRead } from "./unread.js";
import { watchViews } from "./views.js";
import { channel as channelOf, channelLabel, learn, localStorageGet, localStorageSet, me, world } from "./world.js";

const here = { channel: null, threadTs: null, line: false, loaded: false };
let pane;
let thread;

async function start() {
  await firstState();
  here.loaded = true;
  pane = channelPane(byId("channel"));
  thread = threadPane(byId("thread"), closeThread);
  watch();
  connect();
  byId("app").dataset.state = "ready";
  follow();
}

/** Asks until the server answers. A person it does not know gives way to its first one. */
async function firstState() {
  for (;;) {
    const refused = await get("state").then(learn, (error) => error);
    if (!refused) return;
    if (refused.status === 404 && (location.search || localStorageGet("playground.user"))) {
      localStorageSet("playground.user", "");
      location.replace("/");
    }
    await pause(500);
  }
}

function watch() {
  watchArrivals(() => ({ channel: here.channel, threadTs: here.threadTs }), quietly);
  watchViews();
  on("line", (line) => {
    here.line = line;
    if (line) refresh();
    drawBanner(byId("banner"), here);
  });
  on("presence", drawFrame);
  on("unread", () => drawSidebar(byId("sidebar"), here.channel));
  on("reset", () => {
    forget();
    refresh();
  });
  on("open-channel", ({ channel }) => go({ channel }));
  on("open-thread", ({ channel, ts }) => go({ channel, threadTs: ts }, true));
  on("send-again", ({ channel, ...wanted }) => say(channel, wanted));
  addEventListener("popstate", follow);
  addEventListener("visibilitychange", () => document.visibilityState === "visible" && refresh());
  byId("scrim").addEventListener("click", () => drawer(false));
  addEventListener("keydown", (event) => event.key === "Escape" && drawer(false));
}

/** Fetches everything that is on the screen anew: whatever happened while the line was down was missed. */
async function refresh() {
  await quietly(get("state").then(learn));
  drawFrame();
  await load();
}

function go({ channel, threadTs = null }, focus = false) {
  const query = new URLSearchParams({ user: me(), channel });
  if (threadTs) query.set("thread", threadTs);
  if (location.search !== `?${query}`) history.pushState(null, "", `?${query}`);
  follow();
  if (focus) thread.focus();
}

/** Closes the thread and gives the focus back to the message it belongs to. */
function closeThread() {
  const ts = here.threadTs;
  go({ channel: here.channel });
  const row = byId("channel").querySelector(`.message[data-ts="${CSS.escape(ts)}"]`);
  (row?.querySelector(".thread-footer") || row)?.focus();
}

function follow() {
  const query = new URLSearchParams(location.search);
  const wanted = channelOf(query.get("channel")) || world.channels[0];
  here.channel = wanted.id;
  here.threadTs = query.get("thread");
  document.title = `${channelLabel(wanted.id)} · ${world.team.name}`;
  drawer(false);
  pane.open(here.channel, here.threadTs);
  if (here.threadTs) thread.open(here.channel, here.threadTs);
  else thread.close();
  drawFrame();
  load();
}

async function load() {
  markRead(here.channel);
  if (here.threadTs) markRead(here.channel, here.threadTs);
  await Promise.all([quietly(loadChannel(here.channel)), here.threadTs && quietly(openThread(here.channel, here.threadTs))]);
}

/** An address may name a thread that is gone: then the channel is all there is to show. */
async function openThread(channel, threadTs) {
  try {
    await loadThread(channel, threadTs);
  } catch (error) {
    if (error.status !== 404) throw error;
    if (here.threadTs === threadTs) go({ channel });
  }
}

function drawFrame() {
  drawSidebar(byId("sidebar"), here.channel);
  drawHeader(byId("header"), channelOf(here.channel) || world.channels[0], () => drawer(true));
  drawBanner(byId("banner"), here);
}

function drawer(open) {
  document.body.classList.toggle("with-drawer", open);
  byId("scrim").hidden = !open;
  byId("main").inert = open;
  if (open) byId("sidebar").querySelector('[aria-current="page"]')?.focus();
}

/** Waits for something that may be refused; says why when the line is up. Answers whether it worked. */
async function quietly(pending) {
  try {
    await pending;
    return true;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (here.line) toast(error.message);
    return false;
  }
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

start();
