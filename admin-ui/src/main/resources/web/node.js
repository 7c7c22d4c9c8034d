// One queue daemon: all that it holds, and who is connected to it.

import {retireButton, tombstoneButton} from "./actions.js";
import {h} from "./dom.js";
import {badge, card, channelLink, clientColumns, empty, field, flow, heading, held, icon, life, link, list, names, nodeState, path, pausedBadge, perSecond, registered, table, tiles, tools, topicLink} from "./parts.js";
import {number, since} from "./words.js";

export const page = {
  look: ({node: name}) => ({view: "node", node: name}),
  title: ({node: name}) => name,
  draw(tree, {node: name}) {
    const crumbs = [["Nodes", path("nodes")]];
    if (!tree.exists) {
      return [heading(name, {crumbs}), tree.ready && h("section", {class: "card"}, empty(`There is no node ${name}`, "It is not registered, and has not been for ten minutes.", link(path("nodes"), "All nodes")))];
    }
    const {self, lookups = 0} = tree;
    const topicRows = list(tree.topics);
    const clients = list(tree.clients);
    const facts = [self.hostname, self.version, self.started && `up for ${since(self.started)}`, self.zone && `zone ${self.zone}`, self.region && `region ${self.region}`,
      lookups ? `registered at ${registered(self, lookups)} nsqlookupd` : "given on the command line"].filter(Boolean).join(" · ");
    const rows = topicRows.flatMap((row) => [{...row, channelCount: names(row.channels).length},
      ...list(row.channels).map((of) => ({...of, key: `${row.key}/${of.key}`, topic: row.key, channel: of.key}))]);
    return [
      heading(name, {crumbs, badges: [nodeState(self)], note: facts, buttons: [lookups > 0 && topicRows.length > 0 && retireButton(name, topicRows.length)]}),
      self.problem && h("p", {class: "notice bad"}, icon("alert"), `This node ${self.problem}. What you see is what it said last.`),
      tiles([["Published", ...perSecond(self.in)], ["Finished", ...perSecond(self.out)], ["Depth", number(self.depth)], ["On disk", number(self.disk)],
        ["In flight", number(self.in_flight)], ["Deferred", number(self.deferred)], ["Consumers", number(self.consumers)]]),
      card("Topics and channels", {id: "topics"}, rows.length === 0 ? empty("It holds no topic", "Publishing to it creates one.") : table({id: "node-topics", caption: `Topics and channels of ${name}`, rows, pageSize: 200,
        rowClass: (row) => (row.channel ? "sub" : "group"), columns: [
          {key: "name", label: "Name", cell: (row) => [row.channel ? channelLink(row.topic, row.channel) : topicLink(row.key), row.tombstoned ? badge("warn", "hidden") : null, pausedBadge(row.paused, 1)]},
          field("depth", "Depth"), field("disk", "On disk", {quiet: true}), ...flow, ...held, ...life, field("consumers", "Consumers"),
          tools((row) => (row.channel ? "" : lookups > 0 && !row.tombstoned ? tombstoneButton(row.key, name, row.depth) : ""))]})),
      card("Consumers", {id: "consumers"}, clients.length === 0 ? empty("No consumer is connected to this node") : table({id: "node-clients", caption: `Consumers of ${name}`, rows: clients, order: ["rate", false],
        columns: clientColumns([{key: "of", label: "Channel", value: (row) => `${row.topic}/${row.channel}`, cell: (row) => [topicLink(row.topic), " / ", channelLink(row.topic, row.channel)]}])}))];
  },
};
