// Messages themselves: published to try something, and looked at without being taken.

import {dialog, dialogButtons, reason, toast} from "./actions.js";
import {h} from "./dom.js";
import {get, post} from "./live.js";
import {badge, button, draw, empty, icon, memory, when} from "./parts.js";
import {bytes, count, duration, moment, number, since} from "./words.js";

const MAX_DEFER_MS = 86400000;
const COUNTS = [10, 25, 100];

function jsonHint(text) {
  if (!/^\s*[[{"]/.test(text)) return "";
  try {
    JSON.parse(text);
    return "valid JSON";
  } catch {
    return "not valid JSON, if it should be";
  }
}

export function publish(topic, nodes) {
  dialog(`Publish to ${topic}`, (state, set, close) => {
    const size = new TextEncoder().encode(state.body).length;
    const deferMs = Number(state.defer || 0);
    const badDefer = !Number.isInteger(deferMs) || deferMs < 0 || deferMs > MAX_DEFER_MS;
    const send = async () => {
      set({busy: true});
      try {
        const {asked, results} = await post("publish", {topic, node: state.node, defer: state.defer}, state.body);
        if (asked === 0) toast("bad", "Not published: no node answers.");
        else if (results[0].problem) toast("bad", `Not published: nsqd ${results[0].address} ${results[0].problem}`);
        else toast("ok", `Published ${bytes(size)} to ${topic} on ${results[0].address}.`);
        if (asked > 0 && !results[0].problem) return close();
      } catch (failure) {
        toast("bad", `Not published: ${reason(failure)}`);
      }
      set({busy: false});
    };
    return [
      h("label", {class: "field"}, h("span", {}, "Body"),
        h("textarea", {rows: 7, class: "mono", spellcheck: "false", "data-first": true, value: state.body, oninput: (event) => set({body: event.target.value})}),
        h("small", {class: "hint"}, [bytes(size), jsonHint(state.body)].filter(Boolean).join(", "))),
      h("div", {class: "field-row"},
        h("label", {class: "field"}, h("span", {}, "Node"), h("select", {value: state.node, onchange: (event) => set({node: event.target.value})},
          h("option", {value: ""}, "any that answers"), nodes.map((node) => h("option", {value: node, key: node}, node)))),
        h("label", {class: "field"}, h("span", {}, "Deliver after (ms)"), h("input", {type: "text", inputmode: "numeric", value: state.defer,
          "aria-invalid": badDefer ? "true" : null, oninput: (event) => set({defer: event.target.value})}),
          badDefer && h("small", {class: "problem"}, `0 to ${number(MAX_DEFER_MS)}`))),
      dialogButtons(button("Cancel", close),
        button(state.busy ? "Sending…" : "Publish", send, {kind: "primary", sign: "send", disabled: size === 0 || badDefer || Boolean(state.busy)}))];
  }, {body: "", node: "", defer: ""});
}

const STATES = {queued: ["quiet", "waiting"], in_flight: ["info", "in flight"], deferred: ["warn", "deferred"]};

function decoded(base64) {
  const binary = atob(base64);
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/** What a body looks like: JSON, text, or bytes. */
function body(message) {
  message.bytes ??= decoded(message.body);
  if (message.text === undefined) {
    try {
      message.text = new TextDecoder("utf-8", {fatal: true}).decode(message.bytes);
      if (/[\u0000-\u0008\u000e-\u001f]/.test(message.text)) message.text = null;
    } catch {
      message.text = message.bytes.length < message.size ? new TextDecoder().decode(message.bytes) : null;
    }
  }
  if (message.text === null) return ["hex", hex(message.bytes)];
  try {
    return ["JSON", JSON.stringify(JSON.parse(message.text), null, 2)];
  } catch {
    return ["text", message.text];
  }
}

function hex(all) {
  const rows = [];
  for (let at = 0; at < all.length; at += 16) {
    const row = [...all.slice(at, at + 16)];
    const digits = row.map((byte) => byte.toString(16).padStart(2, "0")).join(" ").padEnd(48);
    const letters = row.map((byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : "·")).join("");
    rows.push(`${at.toString(16).padStart(6, "0")}  ${digits} ${letters}`);
  }
  return rows.join("\n");
}

function download(message) {
  const url = URL.createObjectURL(new Blob([message.bytes]));
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.download = `message-${message.id}`;
  anchor.click();
  URL.revokeObjectURL(url);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast("ok", "Copied.");
  } catch {
    toast("bad", "This browser does not let the page copy: it needs HTTPS or localhost.");
  }
}

function shown(message) {
  const [form, text] = body(message);
  const sentMs = message.timestamp / 1e6;
  const [kind, state] = STATES[message.state] ?? ["quiet", message.state];
  const due = message.due && message.state !== "queued" ? (message.due / 1e6 - Date.now()) / 1000 : null;
  return h("li", {key: `${message.node} ${message.id}`, class: "message"},
    h("div", {class: "message-head"}, badge(kind, state), h("code", {class: "mono"}, message.id),
      when(sentMs, `${since(sentMs / 1000)} old`),
      due !== null && h("span", {title: moment(message.due / 1e6)}, due > 0 ? `again in ${duration(due)}` : "due now"),
      h("span", {}, message.attempts === 0 ? "not tried yet" : count(message.attempts, "attempt")),
      h("span", {}, bytes(message.size)), h("span", {class: "mono"}, message.node),
      h("span", {class: "message-tools"}, badge("quiet", form),
        button("Copy", () => copy(message.text ?? text), {kind: "small"}), button("Download", () => download(message), {kind: "small"}))),
    h("pre", {class: "body", tabindex: "0", "aria-label": `Body of ${message.id}`}, text),
    message.bytes.length < message.size && h("p", {class: "note"}, `The first ${bytes(message.bytes.length)} of ${bytes(message.size)}.`));
}

/** The messages of a channel, once they have been asked for. */
export function messages(topic, channel) {
  const key = `messages ${topic}/${channel}`;
  const state = (memory[key] ??= {count: 10, search: ""});
  const load = async () => {
    state.loading = true;
    draw();
    try {
      Object.assign(state, await get("peek", {topic, channel, count: state.count, bytes: 65536}), {problem: null, atMs: Date.now()});
    } catch (failure) {
      state.problem = reason(failure);
    }
    state.loading = false;
    draw();
  };
  if (!state.atMs && !state.loading && !state.problem) load();
  const found = (state.messages ?? []).filter((message) => !state.search || body(message)[1].includes(state.search) || message.id.includes(state.search));
  return [
    h("div", {class: "bar"},
      h("input", {type: "search", class: "search", placeholder: "Search in these", "aria-label": "Search in the messages shown", value: state.search,
        oninput: (event) => { state.search = event.target.value; draw(); }}),
      h("label", {class: "inline"}, "Up to ", h("select", {value: String(state.count), "aria-label": "Messages per node", onchange: (event) => { state.count = Number(event.target.value); load(); }},
        COUNTS.map((one) => h("option", {value: String(one), key: one}, String(one)))), " a node"),
      button(state.loading ? "Looking…" : "Look again", load, {disabled: Boolean(state.loading)})),
    state.problem && h("p", {class: "notice bad"}, icon("alert"), state.problem),
    Object.entries(state.without ?? {}).map(([node, why]) => h("p", {class: "notice", key: node}, icon("info"), `nsqd ${node} ${why}.`)),
    state.atMs && found.length === 0 && empty("Nothing to see", state.search ? "No message here matches." : "No message is waiting, in flight or deferred."),
    found.length > 0 && h("ol", {class: "messages"}, found.map(shown))];
}
