// One channel: why it is as it is, who consumes it, what waits in it.

import {deleteButton, emptyButton, openPublish, pauseButton, withModule} from "./actions.js";
import {chart, elsewhere, history, rangeSwitch} from "./chart.js";
import {h} from "./dom.js";
import {may} from "./live.js";
import {age, badge, button, card, clientColumns, empty, field, findings, flow, heading, held, icon, keep, latencies, latencyColumn, life, list, memory, missing, names, nodeLink, nodeName, oldestColumn, path, pausedBadge, perSecond, queueColumns, table, tiles, tools} from "./parts.js";
import {duration, number, waiting} from "./words.js";

const FEATURES = [["peek", "show messages without taking them"], ["requeue", "requeue deferred ones"], ["move", "move messages"]];

/** Of what nodes of ours can do: what none of these can; null when there is nothing. */
function missingWords(nodes) {
  const missing = FEATURES.filter(([feature]) => !nodes.some((node) => node[feature])).map(([, words]) => words);
  if (missing.length === 0) return null;
  return `None of these nodes can ${missing.join(" or ")}: NSQ's nsqd cannot, and neither can older versions of ours.`;
}

function transferButtons(place, sum, nodes) {
  if (!may("operator")) return [];
  const movers = nodes.filter((node) => node.move).map(({key}) => key);
  const all = (words) => `${words} of ${place.topic} / ${place.channel}`;
  return [
    button("Requeue", () => withModule("transfer", ({requeue}) => requeue(place, sum)), {
      disabled: !sum.deferred || !nodes.some((node) => node.requeue), title: "Deferred messages, at once", "aria-label": all("Requeue the deferred messages")}),
    button("Move", () => withModule("transfer", ({move}) => move(place, movers, sum.depth)), {
      disabled: !sum.depth || movers.length === 0, title: "Messages that wait, to another topic", "aria-label": all("Move messages")})];
}

function messagesCard(tree, name, channel, nodes) {
  const off = document.documentElement.dataset.messages === "off";
  const hidden = off || !nodes.some(({peek}) => peek);
  const notes = [off && "nsqadmin was started with --no-message-view.", missingWords(nodes)].filter(Boolean).join(" ");
  const open = memory[`open messages ${name}/${channel}`];
  const load = async () => {
    memory.messagesModule = await import("./messages.js");
    keep(`open messages ${name}/${channel}`, true);
  };
  const transfer = transferButtons({topic: name, channel}, tree.sum ?? {}, nodes);
  return card("Messages", {id: "messages", flush: false, tools: transfer.length > 0 && transfer, note: "Looked at, not taken: no attempt is counted and nothing changes its place."},
    open && memory.messagesModule ? memory.messagesModule.messages(name, channel)
      : h("div", {class: "bar"}, button("Show messages", load, {disabled: hidden}), notes && h("p", {class: "note"}, notes)));
}

/** Nothing is wrong with it as far as one can see. */
function calmWords({depth, out}, drain) {
  if (depth && !out) return h("p", {class: "all-well unsure"}, icon("info"), `${waiting(depth)}, and none is being finished now.`);
  return h("p", {class: "all-well"}, icon("check"), `It keeps up: ${depth ? waiting(depth) : "nothing waits"}. `, drain);
}

export const page = {
  look: ({topic: name, channel: of}) => ({view: "channel", topic: name, channel: of}),
  title: ({topic: name, channel: of}) => `${of} - ${name}`,
  draw(tree, {topic: name, channel: of}) {
    const crumbs = [["Topics", path("topics")], [name, path("topics", name)]];
    if (!tree.exists) return [heading(of, {crumbs}), tree.ready && h("section", {class: "card"}, missing("channel", `${of} of ${name}`, path("topics")))];
    const {sum = {}} = tree;
    const nodes = list(tree.nodes);
    const clients = list(tree.clients);
    const place = {topic: name, channel: of};
    const calm = names(tree.verdict).length === 0;
    const drain = tree.drain_s === undefined ? null : `At this speed it is empty in ${duration(tree.drain_s)}.`;
    const data = history(name, of);
    return [
      heading(of, {crumbs, badges: [pausedBadge(tree.paused, nodes.length), tree.topic_paused ? badge("warn", "topic paused") : null], buttons: [
        may("operator") && button("Publish", () => openPublish(name, names(tree.nodes)), {kind: "primary", sign: "send", key: "publish"}),
        pauseButton(place, tree.paused > 0), emptyButton(place, sum, nodes.length), deleteButton(place, sum, nodes.length)]}),
      h("section", {class: `card attention ${calm ? "calm" : ""}`, "aria-label": "Verdict"},
        calm ? calmWords(sum, drain)
          : [findings(tree.verdict, false), drain && h("p", {class: "drain"}, drain)]),
      tiles([
        ["In", ...perSecond(sum.in)], ["Out", ...perSecond(sum.out), "Finished, per second"],
        ["Depth", number(sum.depth), null, "Messages that wait"], ["Oldest", sum.depth ? age(sum.oldest, sum.depth) : "–", null, "How long ago the oldest message was published that waits"],
        ["In flight", number(sum.in_flight), null, sum.oldest_in_flight ? `The oldest was published ${duration(Date.now() / 1000 - sum.oldest_in_flight)} ago` : null], ["Deferred", number(sum.deferred)],
        ["Timeouts", ...perSecond(sum.timeouts), "", sum.timeouts ? "warn" : ""], ["Consumers", number(sum.consumers)]]),
      card("Over time", {id: "time", tools: rangeSwitch(), flush: false}, h("div", {class: "charts"},
        chart({id: "c-depth", title: "Depth", data, series: [["depth", "waiting"]], unit: ""}),
        chart({id: "c-rate", title: "Messages per second", data, series: [["in", "in"], ["out", "out"]], unit: "/s"}),
        chart({id: "c-flight", title: "In flight", data, series: [["in_flight", "in flight"]], unit: ""}),
        chart({id: "c-back", title: "Coming back, per second", data, series: [["timeouts", "timed out"], ["requeues", "requeued"]], unit: "/s"})), latencies(sum), elsewhere(tree)),
      card("Consumers", {id: "consumers", note: clients.length > 0 && "The slowest first."}, clients.length === 0
        ? empty("No consumer is connected", sum.depth ? `${waiting(sum.depth)} for one.` : "Messages will wait here until one subscribes.")
        : table({id: "clients", caption: `Consumers of ${of}`, rows: clients, order: ["rate", false], columns: clientColumns([{key: "node", label: "Node", quiet: true, value: (row) => row.node, cell: (row) => nodeLink(row.node)}])})),
      card("Nodes", {id: "nodes"}, table({id: "channel-nodes", caption: `Nodes of ${of}`, rows: nodes, order: ["name", false], total: nodes.length > 1 && {...sum, total: true}, columns: [
        ...queueColumns({key: "name", label: "Node", value: (row) => row.key, cell: (row) => (row.total ? "All" : nodeName(row))}, [oldestColumn, ...flow, ...held, ...life, field("consumers", "Consumers"), ...latencyColumn(sum)]),
        tools((row) => (row.total ? "" : pauseButton(place, row.paused, {node: row.key, small: true})))]})),
      messagesCard(tree, name, of, nodes)];
  },
};
