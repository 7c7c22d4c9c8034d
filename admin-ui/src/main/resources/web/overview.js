// How the whole cluster is, and what in it needs a look.

import {createTopic} from "./actions.js";
import {chart, history, rangeSwitch} from "./chart.js";
import {h} from "./dom.js";
import {may} from "./live.js";
import {badge, button, card, channelLink, command, empty, field, findings, heading, icon, list, names, nodeLink, nodeState, path, perSecond, table, tiles, topicLink} from "./parts.js";
import {count, duration, number} from "./words.js";

const totalTiles = (t) => tiles([
  ["Published", ...perSecond(t.in), "Messages published to topics, per second now"],
  ["Finished", ...perSecond(t.out), "Messages that left their channels, per second now"],
  ["Depth", number(t.depth), null, "Messages that wait, in topics and channels, in memory and on disk"],
  ["In flight", number(t.in_flight), null, "Messages that consumers hold and have not finished"],
  ["Deferred", number(t.deferred), null, "Messages that wait for their time"],
  ["Timeouts", ...perSecond(t.timeouts), "Messages that came back because their time was up", t.timeouts ? "warn" : ""],
  ["Consumers", number(t.consumers)]]);

function firstRun(tree) {
  if (names(tree.nodes).length > 0) {
    return card("Begin", {id: "begin"}, empty("There is no topic yet", "Publishing creates it:",
      command(`curl -d 'hello world' 'http://${names(tree.nodes)[0]}/pub?topic=test'`)));
  }
  return card("Begin", {id: "begin"}, empty(tree.lookups ? "No nsqd has registered" : "No nsqd is known",
    "Start one, and tell it where nsqlookupd listens for TCP:", command("nsqd --lookupd-tcp-address=HOST:4160")));
}

/** To the topics of one kind, in one click. */
function shortcuts({paused, lonely}) {
  if (!paused && !lonely) return null;
  return h("p", {class: "shortcuts"}, paused && h("a", {href: `${path("topics")}?only=paused`, key: "paused"}, count(paused, "topic"), " paused, whole or in part"),
    lonely && h("a", {href: `${path("topics")}?only=lonely`, key: "lonely"}, count(lonely, "topic"), " with a channel without consumer"));
}

export const page = {
  look: () => ({view: "overview"}),
  title: () => "Overview",
  draw(tree) {
    const t = tree.totals;
    const nodes = list(tree.nodes);
    const well = nodes.filter(({state}) => state === "ok").length;
    const note = `${count(nodes.length, "node")}, ${count(t.topics ?? 0, "topic")}, ${number(t.messages)} messages since the nodes started`;
    const quiet = names(tree.attention).length === 0;
    return [
      heading("Overview", {note, buttons: [nodes.length > 0 && may("operator") && button("Create topic", () => createTopic(names(tree.nodes), tree.lookups), {sign: "plus"})],
        badges: [badge(well === nodes.length ? "ok" : "bad", `${well} of ${count(nodes.length, "node")} well`)]}),
      tree.ready && (nodes.length === 0 || !t.topics) && firstRun(tree),
      nodes.length > 0 && h("section", {class: `card attention ${quiet ? "calm" : ""}`, "aria-labelledby": "attention"},
        h("div", {class: "card-head"}, h("h2", {id: "attention"}, "Needs attention"), quiet ? null : badge("count", number(names(tree.attention).length))),
        quiet ? h("p", {class: "all-well"}, icon("check"), "Nothing does: every node answers and no channel falls behind.") : findings(tree.attention, true), shortcuts(t)),
      nodes.length > 0 && totalTiles(t),
      nodes.length > 0 && card("Published and finished", {id: "flow", tools: rangeSwitch(), flush: false},
        h("div", {class: "charts"},
          chart({id: "flow-rate", title: "Messages per second", data: history("", ""), series: [["in", "published"], ["out", "finished"]], unit: "/s"}),
          chart({id: "flow-depth", title: "Depth", data: history("", ""), series: [["depth", "waiting"]], unit: ""})),
        h("p", {class: "note"}, "A message is published once and finished once in every channel. Kept in memory since nsqadmin started.")),
      h("div", {class: "two"},
        names(tree.top).length > 0 && card("Deepest channels", {id: "deepest"}, table({id: "deepest", caption: "Deepest channels", rows: list(tree.top), order: ["depth", true], columns: [
          {key: "name", label: "Channel", cell: (row) => [topicLink(row.topic), " / ", channelLink(row.topic, row.channel)]},
          field("depth", "Depth"), field("in", "In/s", {perS: true}), field("out", "Out/s", {perS: true}),
          {key: "drain", label: "Empty in", num: true, quiet: true, value: (row) => row.drain_s ?? Infinity, cell: (row) => (row.drain_s === undefined ? "–" : duration(row.drain_s))}]})),
        nodes.length > 0 && card("Nodes", {id: "node-strip"}, h("ul", {class: "strip"}, nodes.map((node) => h("li", {key: node.key}, nodeState(node),
          nodeLink(node.key), h("span", {class: "strip-number"}, number(node.depth), h("span", {class: "unit"}, " waiting"))))))),
    ];
  },
};
