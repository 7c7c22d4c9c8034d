// The pages that are opened now and then.

import {act, choice, createTopic, dialog, dialogButtons} from "./actions.js";
import {chart, history, rangeSwitch} from "./chart.js";
import {h} from "./dom.js";
import {may} from "./live.js";
import {badge, button, card, command, empty, heading, icon, link, nodeLink, path, table, topicLink, when} from "./parts.js";
import {number, rate, time} from "./words.js";

const list = (object) => Object.entries(object ?? {}).map(([key, value]) => ({key, ...value}));

// Lookup

function deleteInactive(topic, channel) {
  const place = channel ? {topic, channel} : {topic};
  const name = channel ? `${topic} / ${channel}` : topic;
  dialog(`Delete ${name}?`, (state, set, close) => [
    h("p", {}, "No nsqd has it, so no message is lost: every nsqlookupd only forgets the name. It comes back when an nsqd registers it."),
    dialogButtons(button("Cancel", close, {"data-first": true}), button("Delete", async () => {
      await act({action: channel ? "delete_channel" : "delete_topic", ...place}, `Deleted ${name}`);
      close();
    }, {kind: "danger"}))]);
}

export const lookup = {
  look: () => ({view: "lookup"}),
  title: () => "Lookup",
  draw(tree) {
    const rows = list(tree.lookups);
    const differences = list(tree.differences);
    const inactive = Object.entries(tree.inactive ?? {});
    if (rows.length === 0) {
      return [heading("Lookup"), h("section", {class: "card"}, empty("There is no nsqlookupd",
        "nsqadmin was given its nsqd daemons one by one. To find them at lookup nodes instead:", command("nsqadmin --lookupd-http-address=HOST:4161")))];
    }
    return [
      heading("Lookup", {note: "nsqlookupd tells consumers which nsqd has a topic.", buttons: [
        may("operator") && button("Create topic", () => createTopic([], true), {sign: "plus"})]}),
      card("nsqlookupd", {id: "lookups"}, table({id: "lookups", caption: "nsqlookupd nodes", rows, order: ["name", false], columns: [
        {key: "name", label: "Node", value: (row) => row.key, cell: (row) => h("span", {class: "mono"}, row.key)},
        {key: "state", label: "State", cell: (row) => (row.problem ? badge("bad", "no answer", row.problem) : badge("ok", "well"))},
        {key: "took", label: "Answers in", num: true, value: (row) => row.took_ms ?? 0, cell: (row) => (row.problem ? "–" : row.took_ms <= 5 ? "5 ms or less" : `${number(row.took_ms)} ms`)},
        ...["topics", "nodes", "inactive"].map((key) => ({key, label: {topics: "Topics", nodes: "nsqd", inactive: "Inactive topics"}[key], num: true, value: (row) => row[key] ?? 0, cell: (row) => number(row[key])}))]})),
      card("Differences", {id: "differences"}, differences.length === 0
        ? h("p", {class: "all-well pad"}, icon("check"), rows.length === 1 ? "There is only one, so there is nothing to differ." : "All that answer know the same topics and nodes.")
        : table({id: "differences", caption: "What not all nsqlookupd know", rows: differences, order: ["name", false], columns: [
          {key: "name", label: "What", value: (row) => row.key, cell: (row) => [row.kind === "topic" ? ["topic ", topicLink(row.name)] : ["nsqd ", nodeLink(row.name)]]},
          {key: "missing", label: "Unknown to", value: (row) => row.missing, cell: (row) => h("span", {class: "mono"}, row.missing)}]})),
      card("Inactive topics", {id: "inactive", note: "Known to nsqlookupd, and no nsqd has them."}, inactive.length === 0
        ? h("p", {class: "all-well pad"}, icon("check"), "Every topic has a node.")
        : h("ul", {class: "inactive"}, inactive.map(([topic, channels]) => h("li", {key: topic}, topicLink(topic),
          may("admin") && button("Delete", () => deleteInactive(topic), {kind: "small", "aria-label": `Delete ${topic}`}),
          channels.length > 0 && h("ul", {}, channels.map((channel) => h("li", {key: channel}, channel,
            may("admin") && button("Delete", () => deleteInactive(topic, channel), {kind: "small", "aria-label": `Delete ${topic} / ${channel}`}))))))))];
  },
};

// Activity

const VERBS = {create_topic: "created", create_channel: "created", delete_topic: "deleted", delete_channel: "deleted", empty_topic: "emptied", empty_channel: "emptied",
  pause_topic: "paused", pause_channel: "paused", unpause_topic: "resumed", unpause_channel: "resumed", tombstone_topic_producer: "hid and deleted",
  hide_topic_producer: "hid", retire_node: "retired", publish: "published to"};

function what(row) {
  if (!row.topic) return nodeLink(row.node);
  const name = row.channel ? link(path("topics", row.topic, row.channel), `${row.topic} / ${row.channel}`) : topicLink(row.topic);
  return [name, row.node && row.node !== "*" ? [" on ", nodeLink(row.node)] : null];
}

export const activity = {
  look: () => ({view: "activity"}),
  title: () => "Activity",
  draw(tree) {
    const rows = list(tree.entries).map((row) => ({...row, number: Number(row.key)}));
    return [
      heading("Activity", {note: "What was done through this page and its API since nsqadmin started."}),
      h("section", {class: "card flush", "aria-label": "Activity"}, rows.length === 0 ? empty("Nothing has been done yet", "Every change will be listed here: who, what, when, from where, and what became of it on each node.")
        : table({id: "activity", caption: "Activity", rows, order: ["at", true], columns: [
          {key: "at", label: "When", value: (row) => row.number, cell: (row) => when(Date.parse(row.at), time(Date.parse(row.at)))},
          {key: "who", label: "Who", value: (row) => row.user ?? "", cell: (row) => row.user ?? h("span", {class: "muted"}, "anybody")},
          {key: "what", label: "What", value: (row) => row.action, cell: (row) => [VERBS[row.action] ?? row.action, " ", what(row)]},
          {key: "result", label: "Done on", num: true, value: (row) => row.done, cell: (row) => (row.done < row.asked || row.asked === 0 ? badge("bad", `${row.done} of ${row.asked}`, Object.values(row.problems ?? {}).join("; ")) : `${row.done} of ${row.asked}`)},
          {key: "from", label: "From", class: "mono", quiet: true, value: (row) => row.from, cell: (row) => row.from}]}))];
  },
};

// Counter

export const counter = {
  look: () => ({view: "overview"}),
  title: () => "Counter",
  draw(tree) {
    const t = tree.totals;
    return [
      heading("Counter"),
      h("section", {class: "card wall", "aria-label": "Messages published"},
        h("p", {class: "counter-number"}, number(t.messages)),
        h("p", {}, "messages published since the nodes started"),
        h("p", {class: "counter-rate"}, `${rate(t.in)}/s published, ${rate(t.out)}/s finished`)),
      card("Published and finished", {id: "flow", tools: rangeSwitch(), flush: false},
        chart({id: "counter", title: "Messages per second", data: history("", ""), series: [["in", "published"], ["out", "finished"]], unit: "/s"}))];
  },
};

export const nowhere = {
  title: () => "Not found",
  draw: () => [heading("There is no such page"), h("section", {class: "card"}, empty("Nothing is here", "The address may be old or mistyped.", link(path(), "Overview")))],
};

// Help

const KEYS = [["/", "find a topic"], ["g o", "overview"], ["g t", "topics"], ["g n", "nodes"], ["g l", "lookup"], ["g a", "activity"], ["j k", "next and previous row"], ["Enter", "open the row"], ["?", "this help"], ["Esc", "close"]];

const TERMS = [["Depth", "messages that wait now, in memory and on disk; not those in flight or deferred"],
  ["In flight", "messages that consumers hold now and have not finished"], ["Deferred", "messages that wait now for their time"],
  ["In/s, out/s", "what comes and what leaves now, smoothed over about five seconds; an emptied queue leaves too"],
  ["Messages, requeued, timed out", "counts since each nsqd started"], ["Ready", "how many messages a consumer wants at a time (RDY)"],
  ["Hidden", "tombstoned: consumers that ask nsqlookupd are not told of this node for this topic"]];

export function help() {
  dialog("Help", (state, set, close) => [
    h("h3", {}, "Keys"), h("dl", {class: "keys"}, KEYS.map(([key, text]) => h("div", {}, h("dt", {}, key.split(" ").map((part) => h("kbd", {}, part))), h("dd", {}, text)))),
    h("fieldset", {class: "choices"}, h("legend", {}, "Keys of one letter"),
      choice("keys", "on", "On", localStorage.getItem("keys") !== "off", () => { localStorage.removeItem("keys"); set({}); }),
      choice("keys", "off", "Off", localStorage.getItem("keys") === "off", () => { localStorage.setItem("keys", "off"); set({}); })),
    h("h3", {}, "Words"), h("dl", {class: "terms"}, TERMS.map(([term, text]) => h("div", {}, h("dt", {}, term), h("dd", {}, text)))),
    dialogButtons(button("Close", close, {"data-first": true}))]);
}
