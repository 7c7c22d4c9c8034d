// Numbers and times as people read them.

const whole = new Intl.NumberFormat("en");
const oneDecimal = new Intl.NumberFormat("en", {minimumFractionDigits: 1, maximumFractionDigits: 1});
const clock = new Intl.DateTimeFormat(undefined, {hour: "2-digit", minute: "2-digit", second: "2-digit"});
const shortClock = new Intl.DateTimeFormat(undefined, {hour: "2-digit", minute: "2-digit"});
const full = new Intl.DateTimeFormat(undefined, {dateStyle: "medium", timeStyle: "medium"});

export const number = (value) => whole.format(value ?? 0);

/** 1 message, 1,204 messages. */
export const count = (value, one) => `${number(value)} ${one}${value === 1 ? "" : "s"}`;

/** 1 message waits, 1,204 messages wait. */
export const waiting = (messages) => `${count(messages, "message")} wait${messages === 1 ? "s" : ""}`;

/** Per second, without the unit: 0, 0.4, 12, 1,204. */
export function rate(value) {
  if (!value) return "0";
  return value < 10 ? oneDecimal.format(value) : whole.format(Math.round(value));
}

/** 950, 12.4 k, 3.1 M: where there is little room. */
export function compact(value) {
  if (value < 1000) return value === Math.round(value) ? whole.format(value) : oneDecimal.format(value);
  if (value < 1e6) return `${trimmed(value / 1e3)} k`;
  return value < 1e9 ? `${trimmed(value / 1e6)} M` : `${trimmed(value / 1e9)} G`;
}

const trimmed = (value) => (value < 100 ? oneDecimal.format(value).replace(/\.0$/, "") : whole.format(Math.round(value)));

/** The largest two units: 45 s, 1 min 35 s, 3 h 20 min, 2 d 4 h. */
export function duration(seconds) {
  const s = Math.max(0, Math.floor(seconds));
  if (s < 60) return `${s} s`;
  const minutes = Math.floor(s / 60);
  if (minutes < 60) return two(minutes, "min", s % 60, "s");
  if (minutes < 1440) return two(Math.floor(minutes / 60), "h", minutes % 60, "min");
  return two(Math.floor(minutes / 1440), "d", Math.floor(minutes / 60) % 24, "h");
}

/** 0.8 ms, 45 ms, 1.2 s, then as duration(). */
export function latency(ns) {
  const ms = ns / 1e6;
  if (ms < 1000) return `${ms < 10 ? oneDecimal.format(ms) : whole.format(Math.round(ms))} ms`;
  return ms < 10000 ? `${oneDecimal.format(ms / 1000)} s` : duration(ms / 1000);
}

const two = (large, unit, small, smallUnit) => `${large} ${unit}${small ? ` ${small} ${smallUnit}` : ""}`;

export const since = (seconds) => duration(Date.now() / 1000 - seconds);
export const time = (ms) => clock.format(ms);
export const shortTime = (ms) => shortClock.format(ms);
export const moment = (ms) => full.format(ms);

export function bytes(value) {
  if (value < 1024) return count(value, "byte");
  return value < 1048576 ? `${trimmed(value / 1024)} KiB` : `${trimmed(value / 1048576)} MiB`;
}

const NAME = /^[.a-zA-Z0-9_-]{1,64}$/;

/** What is wrong with a name of a topic or channel; empty when nothing is. */
export function nameProblem(name) {
  const bare = name.endsWith("#ephemeral") ? name.slice(0, -10) : name;
  if (name === "") return "A name is needed.";
  if (name.length > 64) return `At most 64 characters: this has ${name.length}.`;
  const bad = bare.match(/[^.a-zA-Z0-9_-]/);
  if (bad) return `“${bad[0]}” is not allowed: letters, digits, dot, underscore and hyphen are, and #ephemeral at the end.`;
  return NAME.test(bare) ? "" : "Something has to stand before #ephemeral.";
}
