// The pages that people come for.

import {createChannel, createTopic, deleteButton, emptyButton, pauseButton, retireButton, toast, tombstoneButton} from "./actions.js";
import {chart, history, rangeSwitch, spark} from "./chart.js";
import {h} from "./dom.js";
import {get, may} from "./live.js";
import {badge, button, card, channelLink, command, draw, empty, field, heading, icon, keep, link, memory, nodeLink, path, pausedBadge, perSecond, remember, table, tiles, topicLink, when} from "./parts.js";
import {count, duration, number, rate, since, waiting} from "./words.js";

const list = (object) => Object.entries(object ?? {}).map(([key, value]) => ({key, ...value}));
const names = (object) => Object.keys(object ?? {});
const LEVEL_ICON = {bad: "bad", warn: "alert", info: "info"};

function findings(all, withPlace) {
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

// Overview

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

export const overview = {
  look: () => ({view: "overview"}),
  title: () => "Overview",
  draw(tree) {
    const t = tree.totals;
    const nodes = list(tree.nodes);
    const well = nodes.filter(({state}) => state === "ok").length;
    const note = `${count(nodes.length, "node")}, ${count(t.topics ?? 0, "topic")}, ${number(t.messages)} messages since the nodes started`;
    const quiet = names(tree.attention).length === 0;
    return [
      heading("Overview", {note, badges: [badge(well === nodes.length ? "ok" : "bad", `${well} of ${count(nodes.length, "node")} well`)]}),
      tree.ready && (nodes.length === 0 || !t.topics) && firstRun(tree),
      nodes.length > 0 && h("section", {class: `card attention ${quiet ? "calm" : ""}`, "aria-labelledby": "attention"},
        h("div", {class: "card-head"}, h("h2", {id: "attention"}, "Needs attention"), quiet ? null : badge("count", number(names(tree.attention).length))),
        quiet ? h("p", {class: "all-well"}, icon("check"), "Nothing does: every node answers and no channel falls behind.") : findings(tree.attention, true)),
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

// Topics

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

export const topics = {
  look: () => ({view: "topics"}),
  title: () => "Topics",
  draw(tree) {
    freshSparks();
    const all = list(tree.topics);
    const filter = remember("topics filter", {text: "", chip: null});
    const chip = CHIPS.find(([key]) => key === filter.chip);
    const text = filter.text.toLowerCase();
    const rows = all.filter((row) => row.key.toLowerCase().includes(text) && (!chip || chip[2](row)));
    const create = may("operator") && button("Create", () => createTopic(names(tree.nodes), tree.lookups), {kind: "primary", sign: "plus"});
    const nothing = all.length === 0
      ? empty("There is no topic yet", "Create one, or publish to it:", command(`curl -d 'hello world' 'http://${names(tree.nodes)[0] ?? "HOST:4151"}/pub?topic=test'`))
      : empty("No topic matches", "Other topics are there:", button("Show all", () => keep("topics filter", {text: "", chip: null})));
    return [
      heading("Topics", {note: all.length === rows.length ? count(all.length, "topic") : `${number(rows.length)} of ${count(all.length, "topic")}`, buttons: [create]}),
      h("div", {class: "bar"},
        h("input", {type: "search", id: "search", class: "search", placeholder: "Find a topic   /", "aria-label": "Find a topic", value: filter.text,
          oninput: (event) => { memory["table topics"] && (memory["table topics"].page = 0); keep("topics filter", {...filter, text: event.target.value}); }}),
        h("div", {class: "chips", role: "group", "aria-label": "Filters"}, CHIPS.map(([key, label, test]) =>
          h("button", {type: "button", class: "chip", key, "aria-pressed": String(key === filter.chip),
            onclick: () => keep("topics filter", {...filter, chip: key === filter.chip ? null : key})}, label, h("span", {class: "chip-count"}, number(all.filter(test).length)))))),
      tree.ready || all.length > 0 ? h("section", {class: "card flush", "aria-label": "Topics"}, rows.length === 0 ? nothing
        : table({id: "topics", caption: "Topics", columns: topicColumns, rows, order: ["worst", true]})) : null];
  },
};

// Topic

const queueColumns = (nameColumn, more) => [nameColumn, field("depth", "Depth"),
  {...field("disk", "On disk", {quiet: true, title: "The part of the depth that is not in memory"})}, ...more];

const flow = [field("in", "In/s", {perS: true}), field("out", "Out/s", {perS: true})];
const held = [field("in_flight", "In flight"), field("deferred", "Deferred", {quiet: true})];
const life = [field("requeued", "Requeued", {quiet: true, title: "Since the nodes started"}), field("timed_out", "Timed out", {quiet: true, title: "Since the nodes started"}),
  field("messages", "Messages", {title: "Since the nodes started"})];
const tools = (cell) => ({key: "tools", label: "Actions", hiddenLabel: true, class: "row-tools", cell});

const nodeName = (row) => [nodeLink(row.key), row.hostname && !row.key.startsWith(row.hostname) ? h("span", {class: "muted"}, ` ${row.hostname}`) : null,
  row.problem ? badge("bad", "no answer", row.problem) : null, row.tombstoned ? badge("warn", "hidden", "Tombstoned: consumers do not find this topic here") : null, pausedBadge(row.paused, 1)];

const missing = (kind, name, back) => empty(`There is no ${kind} ${name}`, "It may have been deleted, or no node that answers has it.", link(back, "All topics"));

async function openPublish(topic, nodes) {
  try {
    (await import("./messages.js")).publish(topic, nodes);
  } catch {
    toast("bad", "This part of the page could not be loaded: reload it.");
  }
}

export const topic = {
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
        ["Waiting for a channel", number(own.depth), null, "In the topic itself"],
        ["In flight", number(sum.in_flight)], ["Messages", number(own.messages), null, "Since the nodes started"]]),
      !nowhere && card("Over time", {id: "time", tools: rangeSwitch(), flush: false}, h("div", {class: "charts"},
        chart({id: "topic-rate", title: "Messages per second", data: history(name, ""), series: [["in", "published"], ["out", "finished"]], unit: "/s"}),
        chart({id: "topic-depth", title: "Depth", data: history(name, ""), series: [["depth", "waiting"]], unit: ""}))),
      !nowhere && card("Channels", {id: "channels", note: "Each gets a copy of every message.", tools: may("operator") && button("Create channel", () => createChannel(name), {sign: "plus", kind: "small"})},
        channels.length === 0 ? empty("No channel yet", "Messages wait in the topic until there is one: a consumer that subscribes creates it.")
          : table({id: "channels", caption: `Channels of ${name}`, rows: channels, order: ["depth", true], total: {name: "All", ...sum, total: true}, columns: [
            ...queueColumns({key: "name", label: "Channel", value: (row) => row.key, cell: (row) => (row.total ? "All" : [channelLink(name, row.key), pausedBadge(row.paused, row.nodes)])},
              [...flow, ...held, ...life, field("consumers", "Consumers")])]})),
      !nowhere && card("Nodes", {id: "nodes", note: "What waits in the topic itself on each."}, table({id: "topic-nodes", caption: `Nodes of ${name}`, rows: nodes, order: ["name", false], total: nodes.length > 1 && {...own, channels: channels.length, total: true}, columns: [
        ...queueColumns({key: "name", label: "Node", value: (row) => row.key, cell: (row) => (row.total ? "All" : nodeName(row))},
          [field("in", "In/s", {perS: true}), field("messages", "Messages"), field("channels", "Channels")]),
        tools((row) => (row.total ? "" : [pauseButton(place, row.paused, {node: row.key, small: true}), tree.lookups > 0 && tombstoneButton(name, row.key, row.depth)]))]}))];
  },
};

// Channel

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

function messagesCard(tree, name, channel, nodes) {
  const off = document.documentElement.dataset.messages === "off";
  const able = nodes.filter(({peek}) => peek).length;
  const why = off ? "nsqadmin was started with --no-message-view."
    : able === 0 ? "None of these nodes can show messages without taking them: NSQ's nsqd cannot, and neither can older versions of ours." : null;
  const open = memory[`open messages ${name}/${channel}`];
  const load = async () => {
    memory.messagesModule = await import("./messages.js");
    keep(`open messages ${name}/${channel}`, true);
  };
  return card("Messages", {id: "messages", flush: false, note: "Looked at, not taken: no attempt is counted and nothing changes its place."},
    open && memory.messagesModule ? memory.messagesModule.messages(name, channel)
      : h("div", {class: "bar"}, button("Show messages", load, {disabled: Boolean(why)}), why && h("p", {class: "note"}, why)));
}

export const channel = {
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
        calm ? h("p", {class: "all-well"}, icon("check"), sum.depth ? `It keeps up: ${waiting(sum.depth)}. ` : "It keeps up: nothing waits. ", drain)
          : [findings(tree.verdict, false), drain && h("p", {class: "drain"}, drain)]),
      tiles([
        ["In", ...perSecond(sum.in)], ["Out", ...perSecond(sum.out), "Finished, per second"],
        ["Depth", number(sum.depth), null, "Messages that wait"], ["In flight", number(sum.in_flight)], ["Deferred", number(sum.deferred)],
        ["Timeouts", ...perSecond(sum.timeouts), "", sum.timeouts ? "warn" : ""], ["Consumers", number(sum.consumers)]]),
      card("Over time", {id: "time", tools: rangeSwitch(), flush: false}, h("div", {class: "charts"},
        chart({id: "c-depth", title: "Depth", data, series: [["depth", "waiting"]], unit: ""}),
        chart({id: "c-rate", title: "Messages per second", data, series: [["in", "in"], ["out", "out"]], unit: "/s"}),
        chart({id: "c-flight", title: "In flight", data, series: [["in_flight", "in flight"]], unit: ""}),
        chart({id: "c-back", title: "Coming back, per second", data, series: [["timeouts", "timed out"], ["requeues", "requeued"]], unit: "/s"}))),
      card("Consumers", {id: "consumers", note: clients.length > 0 && "The slowest first."}, clients.length === 0
        ? empty("No consumer is connected", sum.depth ? `${waiting(sum.depth)} for one.` : "Messages will wait here until one subscribes.")
        : table({id: "clients", caption: `Consumers of ${of}`, rows: clients, order: ["rate", false], columns: clientColumns([{key: "node", label: "Node", quiet: true, value: (row) => row.node, cell: (row) => nodeLink(row.node)}])})),
      card("Nodes", {id: "nodes"}, table({id: "channel-nodes", caption: `Nodes of ${of}`, rows: nodes, order: ["name", false], total: nodes.length > 1 && {...sum, total: true}, columns: [
        ...queueColumns({key: "name", label: "Node", value: (row) => row.key, cell: (row) => (row.total ? "All" : nodeName(row))}, [...flow, ...held, ...life, field("consumers", "Consumers")]),
        tools((row) => (row.total ? "" : pauseButton(place, row.paused, {node: row.key, small: true})))]})),
      messagesCard(tree, name, of, nodes)];
  },
};

// Nodes

const NODE_STATES = {ok: ["ok", "well"], unhealthy: ["bad", "not well"], silent: ["bad", "no answer"], gone: ["quiet", "gone"], new: ["quiet", "asking"]};

function nodeState(node) {
  const [kind, text] = NODE_STATES[node.state] ?? NODE_STATES.new;
  const silent = node.silent_since ? ` for ${since(node.silent_since)}` : "";
  return badge(kind, text + silent, node.problem ?? node.health);
}

const registered = (row, lookups) => (lookups ? `${row.registered ?? 0} of ${lookups}` : "given");

export const nodes = {
  look: () => ({view: "nodes"}),
  title: () => "Nodes",
  draw(tree) {
    const rows = list(tree.nodes);
    const {lookups = 0} = tree;
    return [
      heading("Nodes", {note: `${count(rows.length, "nsqd daemon")}, ${lookups ? `found at ${count(lookups, "nsqlookupd")}` : "given on the command line"}`}),
      h("section", {class: "card flush", "aria-label": "Nodes"}, rows.length === 0 ? tree.ready && empty("No nsqd has registered", "Start one, and tell it where nsqlookupd listens for TCP:", command("nsqd --lookupd-tcp-address=HOST:4160"))
        : table({id: "nodes", caption: "Nodes", rows, order: ["name", false], columns: [
          {key: "name", label: "Node", value: (row) => row.key, cell: (row) => [nodeLink(row.key), row.hostname && !row.key.startsWith(row.hostname) ? h("span", {class: "muted"}, ` ${row.hostname}`) : null]},
          {key: "state", label: "State", value: (row) => row.state, cell: (row) => nodeState(row)},
          {key: "version", label: "Version", quiet: true, value: (row) => row.version ?? "", cell: (row) => [row.version ?? "unknown", row.old ? badge("warn", "older") : null]},
          {key: "up", label: "Up for", num: true, quiet: true, value: (row) => -(row.started ?? 0), cell: (row) => (row.started ? when(row.started * 1000, since(row.started)) : "unknown")},
          {key: "registered", label: "Registered", num: true, value: (row) => row.registered ?? 0, cell: (row) => (lookups && (row.registered ?? 0) < lookups ? badge("warn", registered(row, lookups)) : registered(row, lookups))},
          {key: "topics", label: "Topics", num: true, value: (row) => row.topics ?? 0, cell: (row) => [number(row.topics), row.tombstoned ? badge("warn", `${row.tombstoned} hidden`) : null]},
          field("depth", "Depth"), ...flow, field("in_flight", "In flight"), field("consumers", "Consumers")]}))];
  },
};

export const node = {
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
