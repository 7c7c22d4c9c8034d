// The lookup nodes: how they answer, where they differ, what no daemon has.

import {act, createTopic, dialog, dialogButtons} from "./actions.js";
import {h} from "./dom.js";
import {may} from "./live.js";
import {badge, button, card, command, empty, heading, icon, list, nodeLink, table, topicLink} from "./parts.js";
import {number} from "./words.js";

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

export const page = {
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
        {key: "took", label: "Answers in", num: true, value: (row) => row.took_ms ?? 0, cell: (row) => (row.problem ? "–" : row.took_ms ? `${number(row.took_ms)} ms` : "under 10 ms")},
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
