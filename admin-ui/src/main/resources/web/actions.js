// Changes: what can be undone is done at once, with a way back; what cannot be asks first, says what
// it costs, and is never what Enter does by itself.

import {h, patch} from "./dom.js";
import {may, post} from "./live.js";
import {button, icon, path} from "./parts.js";
import {count, nameProblem, number} from "./words.js";

const TOAST_MS = 9000;

/** Above this many messages an emptied queue is asked for by its name. */
const MANY = 1000;

let navigate = () => {};
export const onNavigate = (go) => (navigate = go);

/** Says what became of something; it is read out too. */
export function toast(kind, text, {details = [], action} = {}) {
  const box = document.createElement("div");
  const close = () => box.remove();
  const timer = kind === "bad" ? 0 : setTimeout(close, TOAST_MS);
  box.className = `toast ${kind}`;
  patch(box, [
    icon(kind === "ok" ? "check" : "alert"),
    h("div", {class: "toast-words"}, h("p", {}, text),
      details.length > 0 && h("ul", {}, details.map((detail) => h("li", {}, detail)))),
    action && button(action[0], () => { close(); action[1](); }, {kind: "small"}),
    h("button", {type: "button", class: "close", "aria-label": "Close this notice", onclick: () => { clearTimeout(timer); close(); }}, "×")]);
  const all = document.getElementById("announcer");
  while (all.children.length > 3) all.firstChild.remove();
  all.append(box);
}

function summary(words, result, retry) {
  const {asked, done: well, results} = result;
  const done = typeof words === "string" ? words : words(result);
  const problems = results.filter(({problem}) => problem).map(({daemon, address, problem}) => `${daemon} ${address} ${problem}`);
  if (asked === 0) return ["bad", "Nobody is there to do it: no daemon that answers has it.", {}];
  if (problems.length === 0) return ["ok", `${done} on ${well} of ${asked}.`, {}];
  return [well === 0 ? "bad" : "warn", `${done} on ${well} of ${asked} only.`, {details: problems, action: ["Try again", retry]}];
}

/** Has it done and says so: `done` is words, or makes them of the result; undo is [label, action].
 *  True when all did it. */
export async function act(action, done, undo, limitMs) {
  const again = () => act(action, done, undo, limitMs);
  try {
    const result = await post("actions", {}, JSON.stringify(action), limitMs);
    const [kind, text, more] = summary(done, result, again);
    toast(kind, text, kind === "ok" && undo ? {action: undo} : more);
    return kind === "ok";
  } catch (failure) {
    toast("bad", `Not done: ${reason(failure)}`, {action: ["Try again", again]});
    return false;
  }
}

const REASONS = {
  FORBIDDEN: "you may look, but not change this.",
  CROSS_SITE_REQUEST: "the request came from another site.",
  MSG_EMPTY: "the message is empty.",
  MSG_TOO_BIG: "the message is larger than 5 MiB.",
};

export const reason = ({message, name}) => REASONS[message] ?? (name === "TimeoutError" ? "nsqadmin does not answer." : message);

const what = ({topic, channel}) => (channel ? `${topic} / ${channel}` : topic);

/** Pause or resume, of all nodes or of one. */
export function pauseButton(place, paused, {node, small} = {}) {
  if (!may("operator")) return null;
  const kind = place.channel ? "channel" : "topic";
  const one = (verb) => ({action: `${verb}_${kind}`, ...place, node});
  const where = node ? `${what(place)} on ${node}` : what(place);
  const pause = () => act(one("pause"), `Paused ${where}`, ["Undo", resume]);
  const resume = () => act(one("unpause"), `Resumed ${where}`, ["Undo", pause]);
  const label = paused ? "Resume" : "Pause";
  return button(label, paused ? resume : pause, {sign: paused ? "play" : "pause", kind: small ? "small" : "",
    "aria-label": `${label} ${where}`, key: "pause"});
}

/** A dialog that draws itself anew whenever its state changes. */
export function dialog(title, view, state = {}) {
  const opener = document.activeElement;
  const box = document.createElement("dialog");
  box.setAttribute("aria-labelledby", "dialog-title");
  const close = () => box.close();
  const draw = () => patch(box, [h("form", {class: "dialog", onsubmit: (event) => event.preventDefault()},
    h("h2", {id: "dialog-title"}, title), view(state, set, close))]);
  function set(changes) {
    Object.assign(state, changes);
    draw();
  }
  box.addEventListener("close", () => { box.remove(); opener?.focus?.(); });
  box.addEventListener("click", (event) => { if (event.target === box) close(); });
  document.body.append(box);
  draw();
  box.showModal();
  (box.querySelector("[data-first]") ?? box.querySelector("input, textarea"))?.focus({preventScroll: true});
  return {set, close};
}

export const dialogButtons = (...buttons) => h("div", {class: "dialog-buttons"}, buttons);

/** Asks before something that cannot be undone; `typed` has the name typed first. */
export function ask(title, {words, facts, verb, typed, run, kind = "danger"}) {
  dialog(title, (state, set, close) => {
    const ready = !typed || state.name === typed;
    const go = async () => {
      set({busy: true});
      await run();
      close();
    };
    return [
      h("p", {}, words),
      h("dl", {class: "facts"}, facts.filter(Boolean).map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value)))),
      typed && h("label", {class: "field"}, h("span", {}, "Type ", h("b", {class: "mono"}, typed), " to confirm"),
        h("input", {type: "text", autocomplete: "off", spellcheck: "false", value: state.name ?? "", oninput: (event) => set({name: event.target.value})})),
      dialogButtons(
        button("Cancel", close, {"data-first": !typed}),
        button(state.busy ? "Working…" : verb, go, {kind, disabled: !ready || Boolean(state.busy)}))];
  });
}

const factsOf = ({depth, in_flight: inFlight, deferred, consumers}, nodes) => [
  ["Messages waiting", number(depth)],
  inFlight ? ["In flight", number(inFlight)] : null,
  deferred ? ["Deferred", number(deferred)] : null,
  consumers ? ["Consumers connected", number(consumers)] : null,
  ["Nodes", number(nodes)]];

/** Throws away what waits. */
export function emptyButton(place, sums, nodes) {
  if (!may("admin")) return null;
  const kind = place.channel ? "channel" : "topic";
  const depth = sums.depth ?? 0;
  return button("Empty", () => ask(`Empty ${kind} ${what(place)}?`, {
    words: place.channel
      ? "Every message that waits in this channel, is in flight or deferred is thrown away. Other channels keep theirs."
      : "Every message that waits in the topic for a channel is thrown away. Its channels keep theirs.",
    facts: factsOf(sums, nodes), verb: `Empty ${kind}`, typed: depth > MANY ? place.channel ?? place.topic : null,
    run: () => act({action: `empty_${kind}`, ...place}, `Emptied ${what(place)}`),
  }), {kind: "quiet-danger", key: "empty"});
}

export function deleteButton(place, sums, nodes, channels) {
  if (!may("admin")) return null;
  const kind = place.channel ? "channel" : "topic";
  return button("Delete", () => ask(`Delete ${kind} ${what(place)}?`, {
    words: place.channel
      ? "The channel goes from every node with all its messages, and its consumers are disconnected."
      : "The topic goes from every node and nsqlookupd, with all its channels and messages.",
    facts: [...factsOf(sums, nodes), channels !== undefined ? ["Channels", number(channels)] : null],
    verb: `Delete ${kind}`, typed: place.channel ?? place.topic,
    run: async () => {
      if (await act({action: `delete_${kind}`, ...place}, `Deleted ${what(place)}`)) {
        navigate(place.channel ? path("topics", place.topic) : path("topics"));
      }
    },
  }), {kind: "quiet-danger", key: "delete"});
}

/** Hides a topic's node from consumers, and deletes what it holds if that is wished. */
export function tombstoneButton(topic, node, depth) {
  if (!may("admin")) return null;
  const label = `Hide ${topic} on ${node}`;
  return button("Hide", () => dialog(`Hide ${topic} on ${node}?`, (state, set, close) => {
    const drop = state.data === "delete";
    const choose = (data) => () => set({data});
    const action = drop ? "tombstone_topic_producer" : "hide_topic_producer";
    const ready = !drop || state.name === node;
    return [
      h("p", {}, "nsqlookupd no longer tells consumers that this node has the topic, until it registers anew. Publishers can still use it."),
      h("fieldset", {class: "choices"}, h("legend", {}, `Its ${count(depth ?? 0, "message")}`),
        choice("data", "keep", "Keep them: connected consumers go on", !drop, choose("keep")),
        choice("data", "delete", "Delete them, and the topic on this node", drop, choose("delete"))),
      drop && h("label", {class: "field"}, h("span", {}, "Type ", h("b", {class: "mono"}, node), " to confirm"),
        h("input", {type: "text", autocomplete: "off", value: state.name ?? "", oninput: (event) => set({name: event.target.value})})),
      dialogButtons(button("Cancel", close, {"data-first": true}),
        button(drop ? "Hide and delete" : "Hide", async () => {
          await act({action, topic, node}, `Hidden ${topic} on ${node}`);
          close();
        }, {kind: drop ? "danger" : "primary", disabled: !ready}))];
  }, {data: "keep"}), {kind: "small", "aria-label": label});
}

export const choice = (name, value, label, checked, onchange) =>
  h("label", {class: "choice"}, h("input", {type: "radio", name, value, checked, onchange}), h("span", {}, label));

export function retireButton(node, topics) {
  if (!may("admin")) return null;
  return button("Retire node", () => ask(`Retire ${node}?`, {
    words: "All its topics are hidden from consumers that look for nodes. Connected consumers go on: watch the depth reach 0 before you stop it. Publishers have to be pointed elsewhere.",
    facts: [["Topics", number(topics)]], verb: "Hide all topics",
    run: () => act({action: "retire_node", node}, `Hidden all topics of ${node}`),
  }), {key: "retire"});
}

function nameField(label, value, problem, onInput, first) {
  const shown = value && problem;
  return h("label", {class: "field"}, h("span", {}, label),
    h("input", {type: "text", autocomplete: "off", spellcheck: "false", value, "aria-invalid": shown ? "true" : null,
      oninput: (event) => onInput(event.target.value), "data-first": first}),
    h("small", {class: shown ? "problem" : "hint"}, shown || "1 to 64 letters, digits, . _ - and #ephemeral at the end if it may be lost"));
}

/** Creates a topic and perhaps a channel, and goes there. */
export function createTopic(nodes, lookups) {
  dialog("Create a topic", (state, set, close) => {
    const bad = nameProblem(state.topic) || (state.channel && nameProblem(state.channel));
    const go = async () => {
      if (bad) return;
      const place = {topic: state.topic, channel: state.channel};
      const made = await act({action: "create_topic", topic: state.topic, node: state.node}, `Created ${state.topic}`);
      if (made && state.channel) await act({action: "create_channel", ...place}, `Created ${what(place)}`);
      close();
      if (made) navigate(path("topics", state.topic));
    };
    return [
      nameField("Topic", state.topic, nameProblem(state.topic), (topic) => set({topic}), true),
      nameField("Channel (not needed)", state.channel, state.channel && nameProblem(state.channel), (channel) => set({channel})),
      h("label", {class: "field"}, h("span", {}, "On"), h("select", {onchange: (event) => set({node: event.target.value}), value: state.node},
        h("option", {value: "*"}, nodes.length === 1 ? `the only node, ${nodes[0]}` : `all ${nodes.length} nodes`),
        nodes.length > 1 && nodes.map((node) => h("option", {value: node, key: node}, node)),
        lookups && h("option", {value: ""}, "no node yet: only tell nsqlookupd"))),
      dialogButtons(button("Cancel", close), h("button", {type: "submit", class: "button primary", disabled: Boolean(bad), onclick: go}, "Create"))];
  }, {topic: "", channel: "", node: "*"});
}

export function createChannel(topic) {
  dialog(`Create a channel of ${topic}`, (state, set, close) => {
    const bad = nameProblem(state.channel);
    const go = async () => {
      if (bad) return;
      await act({action: "create_channel", topic, channel: state.channel}, `Created ${topic} / ${state.channel}`);
      close();
    };
    return [
      nameField("Channel", state.channel, bad, (channel) => set({channel}), true),
      h("p", {class: "note"}, "It gets every message that is published from now on, and, if it is the first, what waits in the topic."),
      dialogButtons(button("Cancel", close), h("button", {type: "submit", class: "button primary", disabled: Boolean(bad), onclick: go}, "Create"))];
  }, {channel: ""});
}

/** Does something with a module that is loaded when somebody wants it. */
export async function withModule(name, use) {
  let module;
  try {
    module = await import(`./${name}.js`);
  } catch {
    toast("bad", "This part of the page could not be loaded: reload it.");
    return;
  }
  use(module);
}

export const openPublish = (topic, nodes) => withModule("messages", ({publish}) => publish(topic, nodes));
