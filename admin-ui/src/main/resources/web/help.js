// Keys, and what the words on the pages mean.

import {choice, dialog, dialogButtons} from "./actions.js";
import {h} from "./dom.js";
import {button} from "./parts.js";

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
