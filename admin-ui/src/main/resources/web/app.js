// Draws api/v2/cluster, again and again. Text only ever goes in as text: names, versions and
// problems come from other machines. What stays the same is not touched, so nothing flickers and
// a selection survives.

const POLL_MS = 2000;
const ANSWER_MS = 20000;

const numbers = new Intl.NumberFormat();
const byId = (id) => document.getElementById(id);

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

/** Gives parent one child per item, in order; while a key is there, its child stays the same. */
function sync(parent, items, key, make, update) {
  const old = new Map();
  for (const child of parent.children) {
    if (child.dataset.key !== undefined) old.set(child.dataset.key, child);
  }
  let at = old.values().next().value ?? null;
  for (const item of items) {
    let child = old.get(key(item));
    if (child) {
      old.delete(key(item));
    } else {
      child = make(item);
      child.dataset.key = key(item);
    }
    if (child === at) at = at.nextElementSibling;
    else parent.insertBefore(child, at);
    update(child, item);
  }
  for (const gone of old.values()) gone.remove();
}

/** A row that has its name as header and a cell for each further column of its table. */
function row(table, className) {
  const made = element("tr", className);
  made.setAttribute("role", "row");
  const head = element("th");
  head.setAttribute("role", "rowheader");
  head.setAttribute("scope", "row");
  head.append(element("span"));
  made.append(head);
  for (const column of [...table.tHead.rows[0].cells].slice(1)) {
    const cell = element("td");
    cell.setAttribute("role", "cell");
    cell.dataset.label = column.textContent;
    made.append(cell);
  }
  return made;
}

/** Fills a row; badges are [text, is it bad], cells are numbers, texts or [number, note]. */
function fill(tr, name, badges, cells) {
  setText(tr.cells[0].firstChild, name);
  sync(tr.cells[0], badges, ([text]) => text,
    ([text, bad]) => element("span", bad ? "badge bad" : "badge", text), () => {});
  cells.forEach((content, i) => {
    const [value, note] = [content].flat();
    const text = typeof value === "number" ? numbers.format(value) : value;
    const cell = tr.cells[i + 1];
    cell.classList.toggle("zero", value === 0);
    if (!note) {
      setText(cell, text);
    } else if (cell.textContent !== text + note) {
      cell.replaceChildren(text, element("span", "note", note));
    }
  });
}

function paused({paused_nodes, nodes}) {
  if (paused_nodes === 0) return [];
  return [[paused_nodes === nodes ? "paused" : `paused on ${paused_nodes} of ${nodes} nodes`]];
}

function depth({depth, backend_depth}) {
  return backend_depth === 0 ? depth : [depth, `${numbers.format(backend_depth)} on disk`];
}

function drawTopic(body, topic) {
  const rows = [topic, ...topic.channels];
  // A topic and a channel may have one name: the topic is the row without a prefix.
  sync(body, rows, (item) => (item === topic ? "topic" : `channel ${item.name}`),
    (item) => row(byId("topic-table"), item === topic ? "topic" : "channel"),
    (tr, item) => {
      const badges = paused(item);
      if (item === topic) {
        if (topic.nodes === 0) badges.push(["no nsqd has it"]);
        else if (topic.channels.length === 0) badges.push(["no channel", topic.depth > 0]);
        fill(tr, topic.name, badges,
          [depth(topic), "", "", "", "", topic.messages, "", topic.nodes]);
      } else {
        if (item.consumers === 0 && item.depth > 0) badges.push(["no consumer", true]);
        fill(tr, item.name, badges, [depth(item), item.in_flight, item.deferred, item.requeued,
          item.timed_out, item.messages, item.consumers, item.nodes]);
      }
    });
}

function duration(seconds) {
  const units = [["d", 86400], ["h", 3600], ["min", 60]];
  const at = units.findIndex(([, size]) => seconds >= size);
  if (at < 0) return `${Math.max(0, Math.floor(seconds))} s`;
  const [name, size] = units[at];
  const whole = `${Math.floor(seconds / size)} ${name}`;
  if (at === units.length - 1) return whole;
  const [nextName, nextSize] = units[at + 1];
  return `${whole} ${Math.floor((seconds % size) / nextSize)} ${nextName}`;
}

function drawNode(tr, node, lookups) {
  const badges = [];
  if (node.problem) badges.push(["no answer", true]);
  else if (node.health !== "OK") badges.push([node.health, true]);
  if (lookups > 0 && node.registered_at < lookups) badges.push(["not registered everywhere"]);
  const same = node.hostname === "" || node.address.startsWith(`${node.hostname}:`);
  const name = same ? node.address : `${node.address} (${node.hostname})`;
  const topics = node.tombstoned_topics === 0
    ? node.topics : [node.topics, `${node.tombstoned_topics} tombstoned`];
  const counts = [node.depth, node.in_flight, node.messages, node.consumers];
  fill(tr, name, badges, [
    node.version || "unknown",
    node.start_time === 0 ? "unknown" : duration(Date.now() / 1000 - node.start_time),
    lookups === 0 ? "given" : `${node.registered_at} of ${lookups}`,
    topics,
    ...(node.problem ? counts.map(() => "unknown") : counts)]);
}

/** Says what to do next where there is nothing to show yet. */
function drawEmpty(id, text, command) {
  const hint = byId(id);
  hint.hidden = text === "";
  if (hint.dataset.shown === text + command) return;
  hint.dataset.shown = text + command;
  hint.replaceChildren(text);
  if (command) hint.append(element("br"), element("code", "", command));
}

function draw({topics, nodes, totals, lookups, problems}) {
  byId("problems").hidden = problems.length === 0;
  sync(byId("problem-list"), problems, (text) => text, (text) => element("li", "", text),
    () => {});

  const answering = nodes.filter((node) => !node.problem);
  setText(byId("total-depth"), numbers.format(totals.depth));
  setText(byId("total-in-flight"), numbers.format(totals.in_flight));
  setText(byId("total-deferred"), numbers.format(totals.deferred));
  setText(byId("total-consumers"), numbers.format(totals.consumers));
  setText(byId("total-messages"), numbers.format(totals.messages));
  setText(byId("total-nodes"), `${answering.length} of ${nodes.length}`);

  byId("topic-table").hidden = topics.length === 0;
  drawEmpty("no-topics", topics.length > 0 ? "" : "There is no topic yet.",
    answering.length > 0 ? `curl -d 'hello world' 'http://${answering[0].address}/pub?topic=test'`
      : "");
  sync(byId("topic-table"), topics, (topic) => topic.name, () => {
    const body = element("tbody");
    body.setAttribute("role", "rowgroup");
    return body;
  }, drawTopic);

  byId("node-table").hidden = nodes.length === 0;
  drawEmpty("no-nodes", nodes.length > 0 ? "" : "No nsqd has registered at the lookup nodes.",
    "nsqd --lookupd-tcp-address=<host>:4160");
  sync(byId("node-rows"), nodes, (node) => node.address, () => row(byId("node-table"), "node"),
    (tr, node) => drawNode(tr, node, lookups));
}

let timer;
let lastDrawn = "";

async function refresh() {
  clearTimeout(timer);
  try {
    const answer = await fetch("api/v2/cluster", {signal: AbortSignal.timeout(ANSWER_MS)});
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    draw(await answer.json());
    lastDrawn = new Date().toLocaleTimeString();
    setText(byId("updated"), `updated ${lastDrawn}`);
    byId("lost").hidden = true;
  } catch (failure) {
    setText(byId("lost"), lastDrawn
      ? `nsqadmin does not answer. What you see is from ${lastDrawn}.`
      : "nsqadmin does not answer.");
    byId("lost").hidden = false;
  }
  clearTimeout(timer);
  if (!document.hidden) timer = setTimeout(refresh, POLL_MS);
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) clearTimeout(timer);
  else refresh();
});
refresh();
