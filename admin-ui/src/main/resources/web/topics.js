// All topics: searched, filtered, sorted by what backs up most.

import {createTopic} from "./actions.js";
import {spark} from "./chart.js";
import {h} from "./dom.js";
import {get, may} from "./live.js";
import {badge, button, channelLink, command, draw, empty, field, heading, keep, list, memory, names, path, pausedBadge, remember, table, topicLink} from "./parts.js";
import {count, number} from "./words.js";

const CHIPS = [
  ["paused", "Paused", (row) => row.paused || row.paused_channels],
  ["lonely", "No consumer", (row) => row.lonely],
  ["growing", "Growing", (row) => row.growing],
  ["bare", "No channel", (row) => !row.channels && row.nodes],
  ["inactive", "Inactive", (row) => !row.nodes],
  ["ephemeral", "Ephemeral", (row) => row.key.endsWith("#ephemeral")]];

function topicBadges(row) {
  return [pausedBadge(row.paused, row.nodes), row.paused_channels ? badge("warn", count(row.paused_channels, "paused channel")) : null,
    !row.nodes ? badge("quiet", "no nsqd has it") : !row.channels && row.depth ? badge("warn", "no channel") : null,
    row.lonely && row.depth ? badge("bad", row.lonely === row.channels ? "no consumer" : `${row.lonely} of ${row.channels} channels without consumer`) : null];
}

let sparks = {};
let sparksMs = 0;

function freshSparks() {
  if (Date.now() - sparksMs < 10000) return;
  sparksMs = Date.now();
  get("sparks", {}).then((all) => { sparks = all; draw(); }).catch(() => {});
}

const topicColumns = [
  {key: "name", label: "Topic", value: (row) => row.key, cell: (row) => [topicLink(row.key), topicBadges(row)]},
  {...field("depth", "Depth", {title: "Messages that wait, in the topic and in all its channels"})},
  {key: "worst", label: "Worst channel", class: "worst", value: (row) => row.worst_depth ?? 0, num: false,
    cell: (row) => (row.worst ? [channelLink(row.key, row.worst), h("span", {class: "muted"}, ` ${number(row.worst_depth)}`)] : "")},
  {key: "spark", label: "5 min", quiet: true, cell: (row) => spark(sparks[row.key], "Depth")},
  field("in", "In/s", {perS: true, title: "Published per second"}), field("out", "Out/s", {perS: true, title: "Finished per second, over all channels"}),
  field("in_flight", "In flight"), field("deferred", "Deferred", {quiet: true}),
  field("channels", "Channels", {quiet: true}), field("consumers", "Consumers"), field("nodes", "Nodes", {quiet: true})];

/** Which topics are shown stands in the address, so that it can be kept and sent on. */
function show(only) {
  history.replaceState(null, "", only ? `${path("topics")}?only=${only}` : path("topics"));
  draw();
}

export const page = {
  look: () => ({view: "topics"}),
  title: () => "Topics",
  draw(tree) {
    freshSparks();
    const all = list(tree.topics);
    const typed = remember("topics filter", "");
    const only = new URLSearchParams(location.search).get("only");
    const chip = CHIPS.find(([key]) => key === only);
    const text = typed.toLowerCase();
    const rows = all.filter((row) => row.key.toLowerCase().includes(text) && (!chip || chip[2](row)));
    const create = may("operator") && button("Create", () => createTopic(names(tree.nodes), tree.lookups), {kind: "primary", sign: "plus"});
    const nothing = all.length === 0
      ? empty("There is no topic yet", "Create one, or publish to it:", command(`curl -d 'hello world' 'http://${names(tree.nodes)[0] ?? "HOST:4151"}/pub?topic=test'`))
      : empty("No topic matches", "Other topics are there:", button("Show all", () => { show(null); keep("topics filter", ""); }));
    return [
      heading("Topics", {note: all.length === rows.length ? count(all.length, "topic") : `${number(rows.length)} of ${count(all.length, "topic")}`, buttons: [create]}),
      h("div", {class: "bar"},
        h("input", {type: "search", id: "search", class: "search", placeholder: "Find a topic   /", "aria-label": "Find a topic", value: typed,
          oninput: (event) => { memory["table topics"] && (memory["table topics"].page = 0); keep("topics filter", event.target.value); }}),
        h("div", {class: "chips", role: "group", "aria-label": "Filters"}, CHIPS.map(([key, label, test]) =>
          h("button", {type: "button", class: "chip", key, "aria-pressed": String(key === only),
            onclick: () => show(key === only ? null : key)}, label, h("span", {class: "chip-count"}, number(all.filter(test).length)))))),
      tree.ready || all.length > 0 ? h("section", {class: "card flush", "aria-label": "Topics"}, rows.length === 0 ? nothing
        : table({id: "topics", caption: "Topics", columns: topicColumns, rows, order: ["worst", true]})) : null];
  },
};
