// Slack timestamps ("1763720000.000100": seconds, then a counter) as people read them, in the browser's own zone.

/** The moment of a timestamp. */
export function moment(ts) {
  return new Date(Number.parseFloat(ts) * 1000);
}

/** "14:05" or "2:05 PM", as the browser's language has it. */
export function clock(ts) {
  return moment(ts).toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });
}

/** "Today", "Yesterday" or the date. */
export function day(ts) {
  const then = moment(ts);
  const days = Math.round((midnight(new Date()) - midnight(then)) / 86_400_000);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  const year = then.getFullYear() === new Date().getFullYear() ? undefined : "numeric";
  return then.toLocaleDateString([], { weekday: "long", month: "long", day: "numeric", year });
}

function midnight(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate());
}

/** "just now", "5 minutes ago", "today at 14:05": for reply counts. */
export function ago(ts) {
  const minutes = Math.floor((Date.now() - moment(ts)) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} ${minutes === 1 ? "minute" : "minutes"} ago`;
  return `${day(ts)} at ${clock(ts)}`;
}

/** Whole date and time, for tooltips and screen readers. */
export function exact(ts) {
  return moment(ts).toLocaleString([], { dateStyle: "long", timeStyle: "medium" });
}

/** "1.4 MB", or "empty"; nothing when the size is not known. */
export function bytes(count) {
  if (!(count > 0)) return count === 0 ? "empty" : "";
  const units = ["B", "kB", "MB", "GB"];
  const power = Math.min(Math.floor(Math.log10(count) / 3), 3);
  return `${(count / 1000 ** power).toFixed(power ? 1 : 0)} ${units[power]}`;
}
