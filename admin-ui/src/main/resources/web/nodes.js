// All queue daemons, and how each of them is.

import {h} from "./dom.js";
import {badge, command, empty, field, flow, heading, list, nodeLink, nodeState, registered, table, when} from "./parts.js";
import {count, number, since} from "./words.js";

export const page = {
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
