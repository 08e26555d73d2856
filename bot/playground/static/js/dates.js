// Slack's date markup, <!date^1763720000^{date_short_pretty} at {time}^link|fallback>, in the browser's own zone.
import { h } from "./dom.js";
import { day, exact } from "./times.js";

const LAST = 8.64e12; // the latest second a Date can hold
const NEAR = { Today: "today", Yesterday: "yesterday" };

const TOKENS = {
  date_num: (then) => [then.getFullYear(), then.getMonth() + 1, then.getDate()].map((n) => String(n).padStart(2, "0")).join("-"),
  date_slash: (then) => then.toLocaleDateString([], { year: "numeric", month: "2-digit", day: "2-digit" }),
  date: (then) => spelled(then, { month: "long" }),
  date_short: (then) => then.toLocaleDateString([], { month: "short", day: "numeric", year: "numeric" }),
  date_long: (then) => `${then.toLocaleDateString([], { weekday: "long" })}, ${spelled(then, { month: "long" })}`,
  time: (then) => then.toLocaleTimeString([], { hour: "numeric", minute: "2-digit" }),
  time_secs: (then) => then.toLocaleTimeString([], { hour: "numeric", minute: "2-digit", second: "2-digit" }),
  ago: (then) => since((Date.now() - then) / 1000),
};
for (const name of ["date", "date_short", "date_long"]) TOKENS[`${name}_pretty`] = (then) => near(then) || TOKENS[name](then);

/** The node of a moment (unix seconds) in Slack's format; the fallback when either makes no sense. */
export function dateNode(seconds, format, fallback = "") {
  const then = new Date(Number(seconds) * 1000);
  if (!/^\d+$/.test(String(seconds)) || Number(seconds) > LAST || !format) return fallback;
  if ([...format.matchAll(/\{(\w+)\}/g)].some(([, name]) => !Object.hasOwn(TOKENS, name))) return fallback;
  const words = format.replace(/\{(\w+)\}/g, (_, name) => TOKENS[name](then));
  const shown = format.startsWith("{") ? words.charAt(0).toUpperCase() + words.slice(1) : words;
  return h("time", { datetime: then.toISOString(), title: exact(seconds), class: "date" }, shown);
}

/** "February 18th, 2014" in English, the usual long date elsewhere. */
function spelled(then, how) {
  if (!/^en\b/.test(navigator.language)) return then.toLocaleDateString([], { ...how, day: "numeric", year: "numeric" });
  const number = then.getDate();
  const ending = { one: "st", two: "nd", few: "rd", other: "th" }[new Intl.PluralRules("en", { type: "ordinal" }).select(number)];
  return `${then.toLocaleDateString("en", how)} ${number}${ending}, ${then.getFullYear()}`;
}

function near(then) {
  const tomorrow = new Date();
  tomorrow.setDate(tomorrow.getDate() + 1);
  return then.toDateString() === tomorrow.toDateString() ? "tomorrow" : NEAR[day(then / 1000)];
}

function since(seconds) {
  const units = [["day", 86_400], ["hour", 3600], ["minute", 60], ["second", 1]];
  const [unit, size] = units.find(([, each]) => Math.abs(seconds) >= each) || units.at(-1);
  return new Intl.RelativeTimeFormat([], { numeric: "auto" }).format(-Math.trunc(seconds / size), unit);
}
