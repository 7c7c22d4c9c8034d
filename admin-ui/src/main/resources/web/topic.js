// One topic: its channels, and what waits in it on each node.

import {createChannel, deleteButton, emptyButton, openPublish, pauseButton, tombstoneButton} from "./actions.js";
import {chart, elsewhere, history, rangeSwitch} from "./chart.js";
import {h} from "./dom.js";
import {may} from "./live.js";
import {age, badge, button, card, channelLink, empty, field, findings, flow, heading, held, latencies, latencyColumn, life, list, missing, names, nodeName, oldestColumn, oldestOf, path, pausedBadge, perSecond, queueColumns, table, tiles, tools} from "./parts.js";
import {number} from "./words.js";

export const page = {
  look: ({topic: name}) => ({view: "topic", topic: name}),
  title: ({topic: name}) => name,
  draw(tree, {topic: name}) {
    const crumbs = [["Topics", path("topics")]];
    const nodes = list(tree.nodes);
    const channels = list(tree.channels);
    const {own = {}, sum = {}} = tree;
    const place = {topic: name};
    const whole = {...sum, depth: (own.depth ?? 0) + (sum.depth ?? 0)};
    if (!tree.exists) return [heading(name, {crumbs}), tree.ready && h("section", {class: "card"}, missing("topic", name, path("topics")))];
    const nowhere = nodes.length === 0;
    return [
      heading(name, {crumbs, badges: [pausedBadge(tree.paused, nodes.length), nowhere ? badge("quiet", "no nsqd has it") : null], buttons: [
        may("operator") && button("Publish", () => openPublish(name, names(tree.all_nodes)), {kind: "primary", sign: "send", key: "publish"}),
        !nowhere && pauseButton(place, tree.paused > 0), !nowhere && emptyButton(place, own, nodes.length), deleteButton(place, whole, nodes.length, channels.length)]}),
      names(tree.findings).length > 0 && h("section", {class: "card attention", "aria-label": "What is wrong"}, findings(tree.findings, true)),
      nowhere && h("section", {class: "card"}, empty("nsqlookupd knows this topic, but no nsqd has it", "The first message published to it creates it.")),
      !nowhere && tiles([
        ["Published", ...perSecond(own.in)], ["Finished", ...perSecond(sum.out), "Over all channels"],
        ["Depth", number(whole.depth), null, "In the topic and all its channels"],
        ["Oldest", whole.depth ? age(oldestOf([own, ...channels]), whole.depth) : "–", null, "How long ago the oldest message was published that waits"],
        ["Without channel", number(own.depth), null, "Messages that wait in the topic itself"],
        ["In flight", number(sum.in_flight)], ["Messages", number(own.messages), null, "Since the nodes started"]]),
      !nowhere && card("Over time", {id: "time", tools: rangeSwitch(), flush: false}, h("div", {class: "charts"},
        chart({id: "topic-rate", title: "Messages per second", data: history(name, ""), series: [["in", "published"], ["out", "finished"]], unit: "/s"}),
        chart({id: "topic-depth", title: "Depth", data: history(name, ""), series: [["depth", "waiting"]], unit: ""})), latencies(own), elsewhere(tree)),
      !nowhere && card("Channels", {id: "channels", note: "Each gets a copy of every message.", tools: may("operator") && button("Create channel", () => createChannel(name), {sign: "plus", kind: "small"})},
        channels.length === 0 ? empty("No channel yet", "Messages wait in the topic until there is one: a consumer that subscribes creates it.")
          : table({id: "channels", caption: `Channels of ${name}`, rows: channels, order: ["depth", true], total: {name: "All", ...sum, oldest: oldestOf(channels), total: true}, columns: [
            ...queueColumns({key: "name", label: "Channel", value: (row) => row.key, cell: (row) => (row.total ? "All" : [channelLink(name, row.key), pausedBadge(row.paused, row.nodes)])},
              [oldestColumn, ...flow, ...held, ...life, field("consumers", "Consumers")]),
            tools((row) => (row.total ? "" : pauseButton({topic: name, channel: row.key}, row.paused > 0, {small: true})))]})),
      !nowhere && card("Nodes", {id: "nodes", note: "What waits in the topic itself on each."}, table({id: "topic-nodes", caption: `Nodes of ${name}`, rows: nodes, order: ["name", false], total: nodes.length > 1 && {...own, channels: channels.length, total: true}, columns: [
        ...queueColumns({key: "name", label: "Node", value: (row) => row.key, cell: (row) => (row.total ? "All" : nodeName(row))},
          [oldestColumn, field("in", "In/s", {perS: true}), field("messages", "Messages"), field("channels", "Channels"), ...latencyColumn(own)]),
        tools((row) => (row.total ? "" : [pauseButton(place, row.paused, {node: row.key, small: true}), tree.lookups > 0 && tombstoneButton(name, row.key, row.depth)]))]}))];
  },
};
