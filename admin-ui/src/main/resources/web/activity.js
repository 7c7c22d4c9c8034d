// What was done, by whom, and what became of it.

import {h} from "./dom.js";
import {badge, empty, heading, link, list, nodeLink, path, table, topicLink, when} from "./parts.js";
import {count, time} from "./words.js";

const VERBS = {create_topic: "created", create_channel: "created", delete_topic: "deleted", delete_channel: "deleted", empty_topic: "emptied", empty_channel: "emptied",
  pause_topic: "paused", pause_channel: "paused", unpause_topic: "resumed", unpause_channel: "resumed", tombstone_topic_producer: "hid and deleted",
  hide_topic_producer: "hid", retire_node: "retired", publish: "published to", requeue_channel: "requeued", move_channel: "moved"};

function what(row) {
  if (!row.topic) return nodeLink(row.node);
  const name = row.channel ? link(path("topics", row.topic, row.channel), `${row.topic} / ${row.channel}`) : topicLink(row.topic);
  return [row.messages ? [count(row.messages, "message"), " of "] : null, name, row.to ? [" to ", topicLink(row.to)] : null,
    row.node && row.node !== "*" ? [" on ", nodeLink(row.node)] : null];
}

export const page = {
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
          {key: "result", label: "Done on", value: (row) => row.done, cell: (row) => (row.done < row.asked || row.asked === 0 ? badge("bad", `${row.done} of ${row.asked}`, Object.values(row.problems ?? {}).join("; ")) : `${row.done} of ${row.asked}`)},
          {key: "from", label: "From", class: "mono", quiet: true, value: (row) => row.from, cell: (row) => row.from}]}))];
  },
};
