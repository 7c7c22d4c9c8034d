// Messages get on: deferred ones at once, waiting ones in another topic.

import {act, ask, dialog, dialogButtons} from "./actions.js";
import {h} from "./dom.js";
import {get} from "./live.js";
import {button, names} from "./parts.js";
import {count, nameProblem, number} from "./words.js";

/** Messages of each node, at a time. */
const MAX_COUNT = Number(document.documentElement.dataset.maxCount);

/** A daemon gives up after a minute without progress, and nsqadmin a little later. */
const LIMIT_MS = 75000;

const sum = ({results}) => results.reduce((all, {messages = 0}) => all + messages, 0);

export function requeue(place, {deferred, consumers}) {
  ask(`Requeue the deferred messages of ${place.topic} / ${place.channel}?`, {
    words: "They wait for a consumer at once, whatever their time. Their attempts stay as they are.",
    facts: [["Deferred", number(deferred)], ["Consumers connected", number(consumers)],
      deferred > MAX_COUNT ? ["Of each node, at most", number(MAX_COUNT)] : null],
    verb: "Requeue now", kind: "primary",
    run: () => act({action: "requeue_channel", ...place}, (result) => `Requeued ${count(sum(result), "message")} of ${place.topic} / ${place.channel}`, null, LIMIT_MS),
  });
}

function targetProblem(to, topic) {
  return to === topic ? "From its own topic a message would come back to this channel." : nameProblem(to);
}

/** `able` are the nodes that can do it. */
export function move(place, able, depth) {
  const {topic, channel} = place;
  const {set: show} = dialog(`Move messages of ${topic} / ${channel}`, (state, set, close) => {
    const bad = targetProblem(state.to, topic);
    const most = state.most === "" ? undefined : Number(state.most);
    const badMost = most !== undefined && !(Number.isInteger(most) && most >= 1 && most <= MAX_COUNT);
    const go = async () => {
      if (bad || badMost || state.busy) return;
      set({busy: true});
      const action = {action: "move_channel", ...place, to: state.to, count: most, node: state.node};
      await act(action, (result) => `Moved ${count(sum(result), "message")} to ${state.to}`, null, LIMIT_MS);
      close();
    };
    return [
      h("p", {}, `${count(depth, "message")} ${depth === 1 ? "waits" : "wait"} here. Each is published to the other topic on its node, where it is new, and finished here once it is kept there. What is in flight or deferred stays.`),
      h("label", {class: "field"}, h("span", {}, "To topic"),
        h("input", {type: "text", list: "targets", autocomplete: "off", spellcheck: "false", "data-first": true, value: state.to,
          "aria-invalid": state.to && bad ? "true" : null, oninput: (event) => set({to: event.target.value})}),
        h("small", {class: state.to && bad ? "problem" : "hint"}, (state.to && bad) || "It is made where it is missing")),
      h("datalist", {id: "targets"}, state.topics.filter((name) => name !== topic).map((name) => h("option", {value: name, key: name}))),
      h("div", {class: "field-row"},
        h("label", {class: "field"}, h("span", {}, "Of"), h("select", {value: state.node, onchange: (event) => set({node: event.target.value})},
          able.length > 1 && h("option", {value: ""}, `all ${able.length} nodes`), able.map((node) => h("option", {value: node, key: node}, node)))),
        h("label", {class: "field"}, h("span", {}, "At most, of a node"), h("input", {type: "text", inputmode: "numeric", placeholder: number(MAX_COUNT), value: state.most,
          "aria-invalid": badMost ? "true" : null, oninput: (event) => set({most: event.target.value})}),
          badMost && h("small", {class: "problem"}, `1 to ${number(MAX_COUNT)}`))),
      dialogButtons(button("Cancel", close), h("button", {type: "submit", class: "button primary", disabled: Boolean(bad || badMost || state.busy), onclick: go}, state.busy ? "Moving…" : "Move"))];
  }, {to: "", most: "", node: able.length > 1 ? "" : able[0], topics: []});
  // Names to choose from are a help: without them a name is typed.
  get("view", {view: "topics"}).then((tree) => show({topics: names(tree.topics)})).catch(() => {});
}
