// Charts of our own: lines over time, with gaps where nothing was known.

import {h} from "./dom.js";
import {get} from "./live.js";
import {draw, keep, memory, remember} from "./parts.js";
import {compact, number, rate, shortTime, time} from "./words.js";

const HEIGHT = 168;
const LEFT = 44;
const RIGHT = 10;
const TOP = 10;
const BOTTOM = 24;
const REFRESH_MS = 10000;

export const RANGES = [["5m", "5 min"], ["1h", "1 hour"], ["24h", "24 hours"]];

const charts = new Map();

/** What is kept of the cluster, a topic or a channel; asked for again now and then. */
export function history(topic, channel) {
  const range = remember("range", "5m");
  const key = `${topic}/${channel}/${range}`;
  const known = charts.get(key);
  if (!known || Date.now() - known.askedMs > REFRESH_MS) {
    charts.set(key, {...known, askedMs: Date.now()});
    get("history", {topic, channel, range}).then((data) => {
      charts.clear();
      charts.set(key, {data, askedMs: Date.now()});
      draw();
    }).catch(() => {});
  }
  return known?.data;
}

export function rangeSwitch() {
  const chosen = remember("range", "5m");
  return h("div", {class: "switch", role: "group", "aria-label": "Time range"}, RANGES.map(([key, label]) =>
    h("button", {type: "button", "aria-pressed": String(key === chosen), onclick: () => keep("range", key), key}, label)));
}

function nice(max) {
  if (max <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(max));
  return [1, 2, 2.5, 5, 10].map((step) => step * power).find((step) => step >= max);
}

/** Pieces of a line between gaps, as a path; a lone point is a short dash. */
function lines(values, x, y) {
  let path = "";
  let open = false;
  values.forEach((value, i) => {
    if (value === null) {
      open = false;
      return;
    }
    path += `${open ? "L" : "M"}${x(i).toFixed(1)} ${y(value).toFixed(1)}`;
    const alone = !open && (values[i + 1] ?? null) === null;
    if (alone) path += "h1.5";
    open = true;
  });
  return path;
}

const last = (values) => values.findLast((value) => value !== null) ?? 0;

/** series: [[key, label]], the second one dashed; unit is "/s" or "". */
export function chart({id, title, data, series, unit}) {
  const format = unit === "/s" ? (value) => `${rate(value)}/s` : number;
  if (!data) return h("figure", {class: "chart", key: id}, h("p", {class: "chart-empty"}, "…"));
  if (!data.kept) {
    return h("figure", {class: "chart", key: id}, h("figcaption", {}, title),
      h("p", {class: "chart-empty"}, "Nothing is kept yet: the first point comes within 10 seconds."));
  }
  const columns = series.map(([key]) => data.values[key]);
  const points = columns[0].length;
  const width = Math.max(260, memory["chart width"]?.[id] ?? 560);
  const top = nice(Math.max(...columns.flat().filter((value) => value !== null), unit === "/s" ? 1 : 4));
  const x = (i) => LEFT + (i / (points - 1)) * (width - LEFT - RIGHT);
  const y = (value) => TOP + (1 - value / top) * (HEIGHT - TOP - BOTTOM);
  const at = (i) => (data.end - (points - 1 - i) * data.step_s) * 1000;
  const state = remember(`cursor ${id}`, {i: null});
  const cursor = state.i === null ? null : Math.min(points - 1, state.i);
  const move = (i) => keep(`cursor ${id}`, {i: i === null ? null : Math.max(0, Math.min(points - 1, i))});
  const readout = cursor === null
    ? series.map(([key, label]) => `${label} ${format(last(data.values[key]))}`).join(", ")
    : `${time(at(cursor))}: ${series.map(([key, label]) => `${label} ${data.values[key][cursor] === null ? "unknown" : format(data.values[key][cursor])}`).join(", ")}`;
  const pointed = (event) => {
    const box = event.currentTarget.getBoundingClientRect();
    const scale = width / box.width;
    move(Math.round(((event.clientX - box.left) * scale - LEFT) / (width - LEFT - RIGHT) * (points - 1)));
  };
  const keys = (event) => {
    const step = {ArrowLeft: -1, ArrowRight: 1}[event.key];
    if (step) {
      event.preventDefault();
      move((cursor ?? points - 1) + step);
    } else if (event.key === "Escape") move(null);
  };
  return h("figure", {class: "chart", key: id, id: `chart-${id}`},
    h("figcaption", {}, h("span", {class: "chart-title"}, title), h("span", {class: "legend"}, series.map(([key, label], i) =>
      h("span", {class: `key s${i}`, key}, h("svg", {viewBox: "0 0 18 6", "aria-hidden": "true"}, h("path", {d: "M0 3h18", class: `line s${i}`})), label)))),
    h("svg", {viewBox: `0 0 ${width} ${HEIGHT}`, height: HEIGHT, class: "plot", tabindex: "0", role: "img",
      "aria-label": `${title}: ${readout}`, onpointermove: pointed, onpointerleave: () => move(null), onkeydown: keys, onblur: () => move(null)},
    [0, 0.5, 1].map((part) => [
      h("path", {d: `M${LEFT} ${y(top * part).toFixed(1)}H${width - RIGHT}`, class: part === 0 ? "zero-line" : "grid"}),
      h("text", {x: LEFT - 8, y: y(top * part) + 4, class: "tick end"}, compact(top * part))]),
    [0, 0.5, 1].map((part, i) => h("text", {x: x((points - 1) * part), y: HEIGHT - 6, class: `tick ${["", "middle", "end"][i]}`},
      part === 1 ? "now" : shortTime(at(Math.round((points - 1) * part))))),
    columns.map((values, i) => h("path", {d: lines(values, x, y), class: `line s${i}`})),
    cursor !== null && [h("path", {d: `M${x(cursor)} ${TOP}V${HEIGHT - BOTTOM}`, class: "cursor"}),
      columns.map((values, i) => values[cursor] !== null && h("circle", {cx: x(cursor), cy: y(values[cursor]), r: 3.5, class: `dot s${i}`}))]),
    h("p", {class: "readout"}, readout),
    h("details", {class: "as-table", ontoggle: (event) => keep(`open ${id}`, event.currentTarget.open)}, h("summary", {}, "As a table"),
      memory[`open ${id}`] && asTable(title, series, data, at, format)));
}

function asTable(title, series, data, at, format) {
  const rows = [...data.values[series[0][0]].keys()].reverse().slice(0, 60);
  return h("div", {class: "scroll short", tabindex: "0", role: "region", "aria-label": `${title} as a table`}, h("table", {},
    h("thead", {}, h("tr", {}, h("th", {scope: "col"}, "Time"), series.map(([, label]) => h("th", {scope: "col", class: "num"}, label)))),
    h("tbody", {}, rows.map((i) => h("tr", {}, h("th", {scope: "row"}, time(at(i))),
      series.map(([key]) => h("td", {class: "num"}, data.values[key][i] === null ? "unknown" : format(data.values[key][i]))))))));
}

/** Widths are measured, since text in a scaled drawing would be scaled too. */
export function measure() {
  const widths = {};
  for (const figure of document.querySelectorAll("figure.chart[id]")) widths[figure.id.slice(6)] = Math.round(figure.clientWidth);
  if (JSON.stringify(widths) !== JSON.stringify(memory["chart width"] ?? {})) keep("chart width", widths);
}

/** To the same in graphite, where nsqadmin was told of one. */
export function elsewhere({graphite}) {
  return graphite && h("p", {class: "note"}, "In graphite: ", h("a", {href: graphite.depth}, "depth"), ", ", h("a", {href: graphite.messages}, "messages"));
}

/** A small line without axes: its words say what it shows. */
export function spark(values, label) {
  const known = values?.filter((value) => value !== null) ?? [];
  if (known.length < 2) return h("span", {class: "unseen"}, "no history yet");
  const top = Math.max(...known, 1);
  const x = (i) => 1 + (i / (values.length - 1)) * 78;
  const y = (value) => 21 - (value / top) * 18;
  return h("svg", {class: "spark", viewBox: "0 0 80 24", role: "img", "aria-label": `${label}: ${number(known[0])} to ${number(known.at(-1))} in five minutes`},
    h("path", {d: lines(values, x, y), class: "line s0"}));
}
