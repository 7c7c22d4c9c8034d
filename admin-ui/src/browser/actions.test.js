// Everything that can be done, and that the daemons themselves say that it was done.

import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import {admin, channelOf, consumer, env, launch, one, post, stats, topic, two, until} from "./cluster.js";

let browser;
let page;

before(async () => {
  browser = await launch();
  page = await (await browser.newContext({viewport: {width: 1360, height: 860}})).newPage();
});

after(() => browser?.close());

async function go(path) {
  await page.goto(admin + path);
  await page.waitForSelector("main:not([aria-busy]) h1");
}

const button = (name, exact = true) => page.getByRole("button", {name, exact});
const toast = (text) => page.locator(".toast", {hasText: text}).first().waitFor();

test("a topic and a channel are created, and one lands on them", async () => {
  await go("/topics");
  await button("Create").click();
  await page.getByLabel("Topic", {exact: false}).first().fill("bad name!");
  await page.getByText("is not allowed").waitFor();
  assert.equal(await page.locator("dialog .primary").isDisabled(), true);
  await page.locator("dialog input").nth(0).fill("made");
  await page.locator("dialog input").nth(1).fill("first");
  await page.screenshot({path: `${env.SHOTS}/create.png`});
  await page.locator("dialog .primary").click();
  await page.waitForURL("**/topics/made");
  await page.getByRole("link", {name: "first"}).waitFor();
  for (const node of [one, two]) await until("created", async () => Boolean(await channelOf(node, "made", "first")));
});

test("a message is published, to the node that was chosen", async () => {
  await topic("published", ["c"], [one, two]);
  await go("/topics/published");
  await button("Publish").click();
  await page.locator("dialog textarea").fill('{"hello": "world"}');
  await page.getByText("valid JSON").waitFor();
  await page.locator("dialog select").selectOption(two);
  await page.screenshot({path: `${env.SHOTS}/publish.png`});
  await page.locator("dialog").getByRole("button", {name: "Publish"}).click();
  await toast("Published 18 bytes");
  assert.equal((await stats(two, "published")).message_count, 1);
  assert.equal((await stats(one, "published")).message_count, 0);
});

test("pausing needs no question and has an undo, for all nodes and for one", async () => {
  await topic("held", ["c"], [one, two]);
  await go("/topics/held/c");
  await button("Pause held / c").click();
  await toast("Paused held / c on 2 of 2");
  for (const node of [one, two]) assert.equal((await channelOf(node, "held", "c")).paused, true);
  await button("Undo").click();
  await toast("Resumed held / c on 2 of 2");
  for (const node of [one, two]) assert.equal((await channelOf(node, "held", "c")).paused, false);
  await button(`Pause held / c on ${one}`).click();
  await toast(`on ${one}`);
  assert.equal((await channelOf(one, "held", "c")).paused, true);
  assert.equal((await channelOf(two, "held", "c")).paused, false);
  await page.getByText("Paused on 1 of 2 nodes").first().waitFor();
  await go("/topics/held");
  await button("Pause held").click();
  await toast("Paused held on 2 of 2");
  assert.equal((await stats(two, "held")).paused, true);
});

test("pressing Enter twice destroys nothing", async () => {
  await topic("kept", ["c"], [one]);
  await post(one, "/pub?topic=kept", "m");
  await go("/topics/kept/c");
  for (const name of ["Empty", "Delete"]) {
    await button(name).focus();
    await page.keyboard.press("Enter");
    await page.waitForSelector("dialog[open]");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    if (await page.locator("dialog[open]").count() > 0) await page.keyboard.press("Escape");
    await page.waitForSelector("dialog", {state: "detached"});
  }
  assert.equal((await channelOf(one, "kept", "c")).depth, 1);
});

test("a channel is emptied after a question that says what it costs", async () => {
  await topic("full", ["c"], [one, two]);
  for (let i = 0; i < 5; i++) await post(i % 2 ? one : two, "/pub?topic=full", "m");
  await go("/topics/full/c");
  await page.locator(".tile", {hasText: "Depth"}).getByText("5", {exact: true}).waitFor();
  await button("Empty").click();
  await page.locator("dialog .facts").getByText("5", {exact: true}).waitFor();
  await page.screenshot({path: `${env.SHOTS}/empty.png`});
  await button("Empty channel").click();
  await toast("Emptied full / c on 2 of 2");
  for (const node of [one, two]) assert.equal((await channelOf(node, "full", "c")).depth, 0);
});

test("a channel and a topic are deleted once their names are typed", async () => {
  await topic("gone", ["c"], [one, two]);
  await go("/topics/gone/c");
  await button("Delete").click();
  assert.equal(await button("Delete channel").isDisabled(), true);
  await page.locator("dialog input").fill("c");
  await button("Delete channel").click();
  await page.waitForURL("**/topics/gone");
  assert.equal(await channelOf(one, "gone", "c"), undefined);
  await button("Delete").click();
  await page.locator("dialog input").fill("gone");
  await button("Delete topic").click();
  await page.waitForURL("**/topics");
  for (const node of [one, two]) assert.equal(await stats(node, "gone"), undefined);
});

test("a channel is created, and an empty topic emptied", async () => {
  await topic("bare", [], [one]);
  await post(one, "/pub?topic=bare", "m");
  await go("/topics/bare");
  await button("Empty").click();
  await button("Empty topic").click();
  await toast("Emptied bare on 1 of 1");
  assert.equal((await stats(one, "bare")).depth, 0);
  await button("Create channel").click();
  await page.locator("dialog input").fill("new");
  await page.locator("dialog .primary").click();
  await toast("Created bare / new");
  assert.ok(await channelOf(one, "bare", "new"));
});

test("a node is hidden from a topic's consumers, with and without its messages", async () => {
  await topic("moved", ["c"], [one, two]);
  await go("/topics/moved");
  await button(`Hide moved on ${one}`).click();
  await button("Hide").last().click();
  await page.getByText("hidden", {exact: true}).first().waitFor();
  assert.ok(await stats(one, "moved"));
  await button(`Hide moved on ${two}`).click();
  await page.getByLabel("Delete them").check();
  await page.locator("dialog input[type=text]").fill(two);
  await button("Hide and delete").click();
  await until("deleted on two", async () => (await stats(two, "moved")) === undefined);
  assert.ok(await stats(one, "moved"));
});

test("an inactive topic is deleted at the lookup node after a question", async () => {
  await fetch(`${admin}/api/topics`, {method: "POST", body: JSON.stringify({topic: "idle"})});
  await go("/lookup");
  await button("Delete idle").click();
  await page.locator("dialog").getByRole("button", {name: "Delete"}).click();
  await toast("Deleted idle");
  const known = await (await fetch(`http://${env.LOOKUP}/topics`)).json();
  assert.ok(!known.topics.includes("idle"));
});

test("the numbers are those of the daemons, under traffic and after it", async () => {
  await topic("traffic", ["fast", "slow"], [one, two]);
  const consumers = [consumer(env.NSQD_ONE_TCP, "traffic", "fast"), consumer(env.NSQD_TWO_TCP, "traffic", "fast"),
    consumer(env.NSQD_ONE_TCP, "traffic", "slow", {ready: 3, finishes: false})];
  await go("/topics/traffic");
  for (let i = 0; i < 300; i++) await post(i % 3 ? one : two, "/pub?topic=traffic", "m");
  const [a, b] = await Promise.all([stats(one, "traffic"), stats(two, "traffic")]);
  const sum = (of) => a.channels.concat(b.channels).filter((c) => c.channel_name === of).reduce((total, c) => ({
    depth: total.depth + c.depth, flight: total.flight + c.in_flight_count, messages: total.messages + c.message_count}), {depth: 0, flight: 0, messages: 0});
  await until("fast is empty", async () => (await channelOf(one, "traffic", "fast")).depth + (await channelOf(two, "traffic", "fast")).depth === 0);
  const slow = sum("slow");
  assert.equal(a.message_count + b.message_count, 300);
  const cell = (row, column) => page.locator("section", {hasText: "Each gets a copy"}).locator("tr", {hasText: row}).locator(`td[data-label="${column}"]`).innerText();
  await until("the page shows the same", async () => (await cell("slow", "Depth")) === String(slow.depth) && (await cell("slow", "In flight")) === String(slow.flight)
    && (await cell("slow", "Messages")) === "300" && (await cell("fast", "Depth")) === "0" && (await cell("fast", "Messages")) === "300");
  await go("/topics/traffic/slow");
  await page.getByText("consumer.example").first().waitFor();
  assert.equal(slow.depth + slow.flight, 300);
  consumers.forEach((socket) => socket.destroy());
});

test("a node is retired: all its topics are hidden", async () => {
  await topic("leaving", ["c"], [two]);
  await go(`/nodes/${two}`);
  await button("Retire node").click();
  await button("Hide all topics").click();
  await page.locator(".toast", {hasText: "Hidden all topics"}).waitFor();
  const nodes = await (await fetch(`http://${env.LOOKUP}/nodes`)).json();
  const left = nodes.producers.find((producer) => `${producer.broadcast_address}:${producer.http_port}` === two);
  assert.ok(left.tombstones.every(Boolean));
});

test("all of it stands in the activity", async () => {
  await go("/activity");
  await page.getByText("published to").first().waitFor();
  for (const verb of ["created", "paused", "resumed", "emptied", "deleted", "hid", "retired"]) {
    assert.ok(await page.locator("td", {hasText: verb}).count() > 0, verb);
  }
  await page.screenshot({path: `${env.SHOTS}/activity-full.png`});
});

test("who may only look sees nothing to press", async () => {
  const context = await browser.newContext({extraHTTPHeaders: {"X-Forwarded-User": "eve"}});
  const other = await context.newPage();
  for (const path of ["/topics", "/topics/held", "/topics/held/c", `/nodes/${one}`, "/lookup"]) {
    await other.goto(`http://${env.GUARDED}${path}`);
    await other.waitForSelector("main:not([aria-busy]) h1");
    const names = await other.getByRole("button").allInnerTexts();
    for (const name of ["Create", "Publish", "Pause", "Resume", "Empty", "Delete", "Hide", "Retire node", "Move", "Requeue"]) assert.ok(!names.includes(name), `${path} ${name}`);
  }
  await context.close();
});
