// What pages are made of.

import {h} from "./dom.js";
import {base} from "./live.js";
import {duration, latency, moment, number, rate, since} from "./words.js";

/** State that outlives a drawing: sort orders, filters. Drawn anew when it changes. */
export const memory = {};
let redraw = () => {};
export const onRedraw = (draw) => (redraw = draw);
export const draw = () => redraw();

export function remember(key, initial) {
  memory[key] ??= initial;
  return memory[key];
}

export function keep(key, value) {
  memory[key] = value;
  redraw();
}

export const path = (...parts) => `${base}/${parts.map(encodeURIComponent).join("/")}`;
export const link = (href, ...kids) => h("a", {href}, ...kids);
export const topicLink = (topic) => link(path("topics", topic), topic);
export const channelLink = (topic, channel) => link(path("topics", topic, channel), channel);
export const nodeLink = (node) => h("a", {href: path("nodes", node), class: "mono"}, node);

const ICONS = {
  overview: "M4 13h6V4H4zM14 20h6v-9h-6zM14 4v3h6V4zM4 20h6v-3H4z",
  topics: "M12 3 3 8l9 5 9-5zM3 12.5l9 5 9-5M3 17l9 5 9-5",
  nodes: "M4 4h16v6H4zM4 14h16v6H4zM8 7h.01M8 17h.01",
  lookup: "M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14M16.5 16.5 21 21",
  activity: "M12 7v5l3.5 2M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18",
  counter: "M4.6 17.5a8.5 8.5 0 1 1 14.8 0M12 14l3.5-5M12 14h.01",
  check: "M5 12.5l4.5 4.5L19 7.5",
  alert: "M12 4 2.8 20h18.4zM12 10v4M12 17h.01",
  info: "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18M12 11v5M12 8h.01",
  bad: "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18M12 7.5v5.5M12 16h.01",
  pause: "M9 5v14M15 5v14",
  play: "M7 4.5v15l12-7.5z",
  plus: "M12 5v14M5 12h14",
  send: "M4 12 20 4l-5 16-3.5-6.5zM11.5 13.5 20 4",
  theme: "M12 3a9 9 0 1 0 0 18zM12 3a9 9 0 0 1 0 18",
  help: "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18M9.5 9.5a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8M12 16.5h.01",
  up: "M12 19V5M6 11l6-6 6 6",
  down: "M12 5v14M6 13l6 6 6-6",
  empty: "M4 13h4.5l1.5 3h4l1.5-3H20M4 13 7 5h10l3 8v6H4z",
};

export function icon(name, extra = "") {
  return h("svg", {class: `icon ${extra}`, viewBox: "0 0 24 24", "aria-hidden": "true"}, h("path", {d: ICONS[name]}));
}

export const logo = () => h("svg", {class: "logo", viewBox: "0 0 32 32", "aria-hidden": "true"},
  h("rect", {width: 32, height: 32, rx: 8, class: "logo-ground"}),
  h("path", {d: "M9 6v7M16 6v7M23 6v7", class: "logo-gate"}),
  h("path", {d: "M6 19q3.3-3 6.7 0t6.6 0 6.7 0M6 25q3.3-3 6.7 0t6.6 0 6.7 0", class: "logo-water"}));

/** kind: ok, warn, bad, info or quiet. */
export const badge = (kind, text, title) => h("span", {class: `badge ${kind}`, title}, text);

export function pausedBadge(paused, nodes) {
  if (!paused) return null;
  return badge("warn", paused === true || paused >= nodes ? "paused" : `paused on ${paused} of ${nodes}`);
}

export const button = (text, onclick, {kind = "", sign, ...more} = {}) =>
  h("button", {type: "button", class: `button ${kind}`, onclick, ...more}, sign ? icon(sign) : null, text);

export function heading(title, {crumbs = [], badges = [], note, buttons = []} = {}) {
  return h("header", {class: "head"},
    h("div", {class: "head-words"},
      crumbs.length > 0 && h("nav", {class: "crumbs", "aria-label": "Breadcrumb"},
        h("ol", {}, crumbs.map(([text, href]) => h("li", {}, link(href, text))))),
      h("h1", {tabindex: "-1"}, title, badges.some(Boolean) && h("span", {class: "head-badges"}, badges)),
      note && h("p", {class: "note"}, note)),
    buttons.some(Boolean) && h("div", {class: "head-buttons"}, buttons));
}

/** Parts of a page, each with its title. */
export function card(title, {note, tools, id, flush = true, kind = ""} = {}, ...kids) {
  return h("section", {class: `card ${flush ? "flush" : ""} ${kind}`, "aria-labelledby": id, key: id},
    h("div", {class: "card-head"}, h("h2", {id}, title), note && h("p", {class: "note"}, note), tools && h("div", {class: "tools"}, tools)),
    kids);
}

export function tiles(items) {
  return h("dl", {class: "tiles"}, items.map(([name, value, unit, title, kind]) =>
    h("div", {class: `tile ${kind ?? ""}`, title, key: name},
      h("dt", {}, name),
      h("dd", {}, value, unit && h("span", {class: "unit"}, unit)))));
}

export const list = (object) => Object.entries(object ?? {}).map(([key, value]) => ({key, ...value}));
export const names = (object) => Object.keys(object ?? {});

export const perSecond = (value) => [rate(value), "/s"];

export function empty(title, words, ...more) {
  return h("div", {class: "empty"}, icon("empty", "big"), h("p", {class: "empty-title"}, title), words && h("p", {class: "note"}, words), more);
}

/** A command to copy. */
export const command = (text) => h("pre", {class: "command", tabindex: "0"}, h("code", {}, text));

export const when = (ms, text) => h("time", {datetime: new Date(ms).toISOString(), title: moment(ms)}, text);

// Columns: {key, label, title, num, value(row) to sort by, cell(row), quiet: hidden on phones}.

const shownZero = (value) => value === 0 || value === undefined || value === "0" || value === "";

const collator = new Intl.Collator("en", {numeric: true});

function sorted(rows, column, down) {
  const value = column?.value;
  if (!value) return rows;
  return [...rows].sort((a, b) => {
    const [x, y] = [value(a) ?? 0, value(b) ?? 0];
    const order = typeof x === "string" ? collator.compare(x, y) : x - y;
    return down ? -order : order;
  });
}

/** A column of numbers of a field; of rates when it says so. */
export function field(key, label, {title, perS = false, quiet = false} = {}) {
  const value = (row) => row[key] ?? 0;
  return {key, label, title, num: true, quiet, value, cell: (row) => (perS ? rate(value(row)) : number(value(row)))};
}

const percentiles = (e2e) => Object.keys(e2e ?? {}).sort((a, b) => a - b);

/** How long messages take from publishing to finishing, where nodes say it. */
export const latencies = ({e2e}) => e2e && h("p", {class: "note"}, "From publishing to finishing: ",
  percentiles(e2e).map((p) => `p${p} ${latency(e2e[p])}`).join(", "), ". Of several nodes, the slowest.");

/** One column of it: the highest percentile that is not just the slowest message. */
export function latencyColumn({e2e}) {
  const p = percentiles(e2e).filter((one) => one < 100).at(-1) ?? percentiles(e2e)[0];
  return p === undefined ? [] : [{key: "e2e", label: `p${p}`, title: "From publishing to finishing", num: true, quiet: true,
    value: (row) => row.e2e?.[p] ?? -1, cell: (row) => (row.e2e ? latency(row.e2e[p]) : "–")}];
}

/** So many rows are drawn at once, and the others when these are on the screen. */
const FIRST_ROWS = 25;

export function table({id, caption, columns, rows, order, total, pageSize = 100, rowClass}) {
  const state = remember(`table ${id}`, {key: order?.[0], down: order?.[1] ?? false, page: 0, whole: false});
  const column = columns.find(({key}) => key === state.key);
  const all = sorted(rows, column, state.down);
  const pages = Math.max(1, Math.ceil(all.length / pageSize));
  const page = Math.min(state.page, pages - 1);
  const ofPage = all.slice(page * pageSize, (page + 1) * pageSize);
  const shown = state.whole ? ofPage : ofPage.slice(0, FIRST_ROWS);
  if (shown.length < ofPage.length) setTimeout(() => { state.whole = true; draw(); });
  const sortBy = (next) => keep(`table ${id}`, {
    key: next.key, down: state.key === next.key ? !state.down : Boolean(next.num), page: 0, whole: state.whole});
  return h("div", {class: "table-box", key: `box ${id}`},
    h("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": `${caption}, table`},
      h("table", {role: "table"},
        h("caption", {class: "unseen"}, caption),
        h("thead", {role: "rowgroup"}, h("tr", {role: "row"}, columns.map((one) => headCell(one, state, sortBy)))),
        h("tbody", {role: "rowgroup"},
          shown.map((row) => h("tr", {key: row.key, role: "row", class: rowClass?.(row)}, columns.map((one, i) => cell(one, row, i))))),
        total && h("tfoot", {role: "rowgroup"}, h("tr", {role: "row"}, columns.map((one, i) => cell(one, total, i)))))),
    pages > 1 && pager(page, pages, all.length, pageSize, (next) => keep(`table ${id}`, {...state, page: next})));
}

function headCell(column, state, sortBy) {
  const active = state.key === column.key && column.value;
  const props = {scope: "col", role: "columnheader", class: column.num ? "num" : "", key: column.key};
  if (active) props["aria-sort"] = state.down ? "descending" : "ascending";
  if (!column.value) return h("th", props, column.hiddenLabel ? h("span", {class: "unseen"}, column.label) : column.label);
  return h("th", props, h("button", {type: "button", class: "sort", title: column.title, onclick: () => sortBy(column)},
    column.label, active ? icon(state.down ? "down" : "up", "tiny") : null));
}

function cell(column, row, index) {
  const content = column.cell(row);
  const classes = [column.num ? "num" : "", shownZero(content) ? "zero" : "", column.quiet ? "quiet" : "", column.class ?? ""];
  const props = {key: column.key, class: classes.filter(Boolean).join(" ") || null, "data-label": column.label};
  return index === 0 ? h("th", {...props, scope: "row", role: "rowheader"}, content) : h("td", {...props, role: "cell"}, content);
}

function pager(page, pages, count, size, go) {
  const from = page * size + 1;
  return h("nav", {class: "pager", "aria-label": "Pages"},
    h("span", {}, `${number(from)} to ${number(Math.min(count, from + size - 1))} of ${number(count)}`),
    button("Previous", () => go(page - 1), {disabled: page === 0}),
    button("Next", () => go(page + 1), {disabled: page === pages - 1}));
}

// What is wrong, in sentences of the server.

const LEVEL_ICON = {bad: "bad", warn: "alert", info: "info"};

export function findings(all, withPlace) {
  return h("ul", {class: "findings"}, list(all).sort((a, b) => a.order - b.order).map((one) => h("li", {key: one.key, class: one.level},
    icon(LEVEL_ICON[one.level]), h("span", {class: "unseen"}, `${{bad: "Serious", warn: "Warning", info: "Note"}[one.level]}: `),
    h("span", {class: "finding-words"}, withPlace && placeOf(one), one.text))));
}

function placeOf({topic, channel, node, rule}) {
  if (channel) return [h("b", {}, link(path("topics", topic, channel), `${topic} / ${channel}`)), " "];
  if (topic) return [h("b", {}, topicLink(topic)), " "];
  if (rule === "lookup-silent") return [h("b", {}, link(path("lookup"), "Lookup")), " "];
  return node ? [h("b", {}, link(path("nodes", node), "Node")), " "] : null;
}

// Columns that several pages have.

export const queueColumns = (nameColumn, more) => [nameColumn, field("depth", "Depth"),
  {...field("disk", "On disk", {quiet: true, title: "The part of the depth that is not in memory"})}, ...more];
const NO_AGE = "Nobody says: NSQ's nsqd cannot, and ours not before it has read from disk";

/** How long ago something was published, where somebody says; a dash where there should be an age. */
export const age = (at, count) => (at ? when(at * 1000, since(at)) : h("span", {title: count ? NO_AGE : null}, count ? "–" : ""));

export const oldestColumn = {key: "oldest", label: "Oldest", title: "How long ago the oldest message was published that waits", num: true,
  value: (row) => -(row.oldest ?? Number.MAX_SAFE_INTEGER), cell: (row) => age(row.oldest, row.depth)};
/** Of several rows; undefined when none says. */
export function oldestOf(rows) {
  const least = Math.min(...rows.map((row) => row.oldest || Infinity));
  return least < Infinity ? least : undefined;
}
export const flow = [field("in", "In/s", {perS: true}), field("out", "Out/s", {perS: true})];
export const held = [field("in_flight", "In flight"), field("deferred", "Deferred", {quiet: true})];
export const life = [field("requeued", "Requeued", {quiet: true, title: "Since the nodes started"}), field("timed_out", "Timed out", {quiet: true, title: "Since the nodes started"}),
  field("messages", "Messages", {title: "Since the nodes started"})];
export const tools = (cell) => ({key: "tools", label: "Actions", hiddenLabel: true, class: "row-tools", cell});

export const nodeName = (row) => [nodeLink(row.key), row.hostname && !row.key.startsWith(row.hostname) ? h("span", {class: "muted"}, ` ${row.hostname}`) : null,
  row.problem ? badge("bad", "no answer", row.problem) : null, row.tombstoned ? badge("warn", "hidden", "Tombstoned: consumers do not find this topic here") : null, pausedBadge(row.paused, 1)];

const NODE_STATES = {ok: ["ok", "well"], unhealthy: ["bad", "not well"], silent: ["bad", "no answer"], gone: ["quiet", "gone"], new: ["quiet", "asking"]};

export function nodeState(node) {
  const [kind, text] = NODE_STATES[node.state] ?? NODE_STATES.new;
  const silent = node.silent_since ? ` for ${since(node.silent_since)}` : "";
  return badge(kind, text + silent, node.problem ?? node.health);
}

export const registered = (row, lookups) => (lookups ? `${row.registered ?? 0} of ${lookups}` : "given");

export const missing = (kind, name, back) => empty(`There is no ${kind} ${name}`, "It may have been deleted, or no node that answers has it.", link(back, "All topics"));

function clientName(row) {
  return [h("span", {title: row.agent}, row.host || row.address, row.id && row.id !== row.host ? h("span", {class: "muted"}, ` ${row.id}`) : null),
    row.stuck ? badge("bad", "stuck", "Holds messages and finished none for 30 s or more") : row.saturated ? badge("warn", "full", "Holds all that it is ready for") : null,
    row.tls && badge("quiet", "TLS"), row.snappy && badge("quiet", "Snappy"), row.deflate && badge("quiet", "Deflate"),
    row.sample ? badge("quiet", `${row.sample} % sample`) : null, row.authed && badge("quiet", row.identity || "authenticated")];
}

const idle = (row) => (row.finishes ? `${duration(row.idle_s ?? 0)} ago` : row.idle_s ? `none for ${duration(row.idle_s)}` : "–");

export const clientColumns = (more = []) => [
  {key: "name", label: "Consumer", value: (row) => row.host ?? "", cell: clientName}, ...more,
  field("in_flight", "In flight"), field("ready", "Ready", {title: "How many it wants at a time (RDY)"}),
  field("rate", "Finished/s", {perS: true}),
  {key: "idle", label: "Last finish", num: true, value: (row) => row.idle_s ?? 0, cell: idle},
  field("finished", "Finished", {quiet: true}), field("requeued", "Requeued", {quiet: true}), field("timed_out", "Timed out", {title: "Sent, and neither finished, requeued nor in flight"}),
  {key: "since", label: "Connected", num: true, quiet: true, value: (row) => -row.since, cell: (row) => when(row.since * 1000, since(row.since))}];
