// What people come for, in no more clicks than it may take. Counted is from the loaded home page, a
// field that is typed into as one; a dialog that asks before anything is lost comes on top where the
// name of the journey says so.

import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import {admin, channelOf, consumer, env, launch, one, post, stats, topic, two, until} from "./cluster.js";

let browser;
let page;
let steps;
const consumers = [];

before(async () => {
  browser = await launch();
  page = await (await browser.newContext({viewport: {width: 1360, height: 860}})).newPage();
});

after(async () => {
  consumers.forEach((socket) => socket.destroy());
  await browser?.close();
});

async function home(address = admin) {
  await page.goto(address);
  await page.waitForSelector("main:not([aria-busy]) h1");
  steps = 0;
}

async function click(locator) {
  steps++;
  await locator.click();
}

async function type(locator, text) {
  steps++;
  await locator.fill(text);
}

const link = (name) => page.getByRole("link", {name, exact: true}).first();
const button = (name) => page.getByRole("button", {name, exact: true}).first();
const inDialog = (name) => page.locator("dialog").getByRole("button", {name, exact: true});
const nav = (name) => page.locator(".nav").getByRole("link", {name});
const tile = (name) => page.locator(".tile", {has: page.getByText(name, {exact: true})}).locator("dd");
const toast = (text) => page.locator(".toast", {hasText: text}).first().waitFor();
const atMost = (limit) => assert.ok(steps <= limit, `${steps} clicks instead of ${limit}`);

/** So many messages on one node, in one request. */
const publish = (node, name, messages) => post(node, `/mpub?topic=${name}`, Array.from({length: messages}, (_, i) => `{"n":${i}}`).join("\n"));

/** A topic whose one channel has a backlog, shown among the deepest. */
async function backlog(name, messages, nodes = [one]) {
  await topic(name, ["c"], nodes);
  for (const node of nodes) await publish(node, name, messages);
}

const deep = (name) => page.locator("section", {hasText: "Deepest channels"}).locator("tr", {has: page.getByRole("link", {name, exact: true})});

test("J1: which channel backs up is seen at once", async () => {
  await backlog("j1", 2000);
  await home();
  await page.locator(".findings").getByRole("link", {name: "j1 / c"}).waitFor();
  await deep("j1").getByText("2,000").waitFor();
  atMost(0);
});

test("J2: why it backs up is one click away, in words", async () => {
  await home();
  await click(page.locator(".findings").getByRole("link", {name: "j1 / c"}));
  await page.locator(".attention").getByText("No consumer: 2,000 messages wait").waitFor();
  await tile("In").waitFor();
  await tile("Out").waitFor();
  atMost(1);
});

test("J3: which consumer is slow is one click away", async () => {
  await backlog("j3", 1500);
  consumers.push(consumer(env.NSQD_ONE_TCP, "j3", "c", {ready: 7, finishes: false}), consumer(env.NSQD_ONE_TCP, "j3", "c", {ready: 3, delayMs: 100}));
  await until("both hold messages", async () => (await channelOf(one, "j3", "c")).in_flight_count === 10);
  await home();
  await click(deep("j3").getByRole("link", {name: "c", exact: true}));
  const rows = page.locator("section", {hasText: "The slowest first"}).locator("tbody tr");
  await until("the idle one is first", async () => (await rows.nth(0).innerText()).includes("worker-7") && Number((await rows.nth(1).locator('td[data-label="Finished/s"]').innerText())) > 0);
  await rows.nth(0).getByText("full").waitFor();
  atMost(1);
});

test("J4: when it will be empty is one click away, pausing the topic two, emptying four", async () => {
  await home();
  await click(deep("j3").getByRole("link", {name: "c", exact: true}));
  await page.getByText("At this speed it is empty in").waitFor();
  atMost(1);
  await home();
  await click(deep("j3").getByRole("link", {name: "j3", exact: true}));
  await click(button("Pause j3"));
  await toast("Paused j3");
  assert.equal((await stats(one, "j3")).paused, true);
  atMost(2);
  await home();
  await click(deep("j3").getByRole("link", {name: "c", exact: true}));
  await click(button("Empty"));
  await type(page.locator("dialog input"), "c");
  await click(inDialog("Empty channel"));
  await toast("Emptied j3 / c");
  assert.equal((await channelOf(one, "j3", "c")).depth, 0);
  atMost(4);
});

test("J5: a channel is paused in three clicks, and resumed in one more", async () => {
  await topic("j5", ["c"], [one, two]);
  await home();
  await click(nav("Topics"));
  await click(link("j5"));
  await click(button("Pause j5 / c"));
  await toast("Paused j5 / c on 2 of 2");
  atMost(3);
  await click(button("Undo"));
  await toast("Resumed j5 / c on 2 of 2");
  assert.equal((await channelOf(one, "j5", "c")).paused, false);
});

test("J6: a node is hidden from a topic's consumers in three clicks and a dialog", async () => {
  await topic("j6", ["c"], [one, two]);
  await publish(one, "j6", 4);
  await home();
  await click(nav("Topics"));
  await click(link("j6"));
  await click(button(`Hide j6 on ${one}`));
  atMost(3);
  await page.locator("dialog").getByText("Keep them").waitFor();
  await inDialog("Hide").click();
  await toast(`Hidden j6 on ${one}`);
  assert.equal((await channelOf(one, "j6", "c")).depth, 4);
});

test("J7: a node is taken out of service in two clicks and a dialog", async () => {
  await topic("j7", ["c"], [two]);
  await home();
  await click(page.locator(".strip").getByRole("link", {name: two}));
  await click(button("Retire node"));
  atMost(2);
  await inDialog("Hide all topics").click();
  await toast(`Hidden all topics of ${two}`);
  const nodes = await (await fetch(`http://${env.LOOKUP}/nodes`)).json();
  assert.ok(nodes.producers.find((producer) => `${producer.broadcast_address}:${producer.http_port}` === two).tombstones.every(Boolean));
});

test("J8: a message is looked at in three clicks", async () => {
  await backlog("j8", 3);
  await home();
  await click(nav("Topics"));
  await click(page.locator("tr", {has: link("j8")}).getByRole("link", {name: "c", exact: true}));
  await click(button("Show messages"));
  await page.locator(".message .body").first().waitFor();
  assert.equal((await channelOf(one, "j8", "c")).depth, 3);
  atMost(3);
});

test("J9: on a topic's page, a test message is published in three steps", async () => {
  await topic("j9", ["c"], [one]);
  await home();
  await click(nav("Topics"));
  await click(link("j9"));
  steps = 0;
  await click(button("Publish"));
  await type(page.locator("dialog textarea"), "hello");
  await click(inDialog("Publish"));
  await toast("Published 5 bytes to j9");
  assert.equal((await channelOf(one, "j9", "c")).depth, 1);
  atMost(3);
});

test("J10: messages are moved to another topic in four steps, deferred ones requeued in four and a dialog", async () => {
  await backlog("j10", 900);
  await publish(two, "j10-again", 1);
  await post(one, "/pub?topic=j10&defer=3600000", "later");
  await until("one is deferred", async () => (await channelOf(one, "j10", "c")).deferred_count === 1);
  await home();
  await click(deep("j10").getByRole("link", {name: "c", exact: true}));
  await click(button("Move messages of j10 / c"));
  await type(page.getByLabel("To topic"), "j10-again");
  await page.screenshot({path: `${env.SHOTS}/move.png`});
  await click(inDialog("Move"));
  await toast("Moved 900 messages to j10-again on 1 of 1");
  atMost(4);
  assert.equal((await channelOf(one, "j10", "c")).depth, 0);
  assert.equal((await stats(one, "j10-again")).depth, 900);
  await home();
  await click(nav("Topics"));
  await click(link("j10"));
  await click(link("c"));
  await click(button("Requeue the deferred messages of j10 / c"));
  atMost(4);
  await inDialog("Requeue now").click();
  await toast("Requeued 1 message of j10 / c on 1 of 1");
  const after = await channelOf(one, "j10", "c");
  assert.deepEqual([after.depth, after.deferred_count], [1, 0]);
  await click(nav("Activity"));
  await page.locator("td", {hasText: "moved 900 messages of j10 / c to j10-again"}).waitFor();
});

test("J11: a topic and a channel are created in four steps", async () => {
  await home();
  await click(button("Create topic"));
  await type(page.locator("dialog input").nth(0), "j11");
  await type(page.locator("dialog input").nth(1), "c");
  await click(inDialog("Create"));
  await page.waitForURL("**/topics/j11");
  await link("c").waitFor();
  await until("it is there", async () => Boolean(await channelOf(one, "j11", "c")));
  atMost(4);
});

test("J12: a channel, and a topic, are deleted in five steps, the name typed", async () => {
  await backlog("j12", 3);
  await home();
  await click(nav("Topics"));
  await click(page.locator("tr", {has: link("j12")}).getByRole("link", {name: "c", exact: true}));
  await click(button("Delete"));
  assert.equal(await inDialog("Delete channel").isDisabled(), true);
  await type(page.locator("dialog input"), "c");
  await click(inDialog("Delete channel"));
  await page.waitForURL("**/topics/j12");
  assert.equal(await channelOf(one, "j12", "c"), undefined);
  atMost(5);
  await home();
  await click(nav("Topics"));
  await click(link("j12"));
  await click(button("Delete"));
  await type(page.locator("dialog input"), "j12");
  await click(inDialog("Delete topic"));
  await page.waitForURL("**/topics");
  assert.equal(await stats(one, "j12"), undefined);
  atMost(5);
});

test("J13: an inactive topic is deleted in three clicks", async () => {
  await fetch(`${admin}/api/topics`, {method: "POST", body: JSON.stringify({topic: "j13"})});
  await home();
  await click(nav("Lookup"));
  await click(button("Delete j13"));
  await click(inDialog("Delete"));
  await toast("Deleted j13");
  assert.ok(!(await (await fetch(`http://${env.LOOKUP}/topics`)).json()).topics.includes("j13"));
  atMost(3);
});

test("J14: the backlog of the cluster is seen at once, and that of a node", async () => {
  await backlog("j14", 1234, [one]);
  const depth = async (node) => {
    const {topics} = await (await fetch(`http://${node}/stats?format=json`)).json();
    return topics.reduce((sum, on) => on.channels.reduce((of, channel) => of + channel.depth, sum + on.depth), 0);
  };
  const words = (value) => value.toLocaleString("en");
  await home();
  const [atOne, atTwo, atThree] = [await depth(one), await depth(two), await depth(env.NSQD_THREE)];
  await until("the sum is shown", async () => (await tile("Depth").innerText()) === words(atOne + atTwo + atThree));
  await page.locator(".strip li", {hasText: one}).getByText(words(atOne)).waitFor();
  atMost(0);
});

test("J15: what is paused, and what has no consumer, is one click away", async () => {
  await topic("j15", ["c"], [one]);
  await post(one, "/channel/pause?topic=j15&channel=c");
  await home();
  await click(page.locator(".shortcuts").getByText("paused"));
  await link("j15").waitFor();
  await page.locator("tr", {has: link("j15")}).getByText("1 paused channel").waitFor();
  assert.equal(await link("j9").count(), 0);
  atMost(1);
  await home();
  await click(page.locator(".shortcuts").getByText("without consumer"));
  await link("j9").waitFor();
  atMost(1);
});

test("J16: an nsqd that is not registered everywhere is seen at once", async () => {
  await home(`http://${env.SPLIT}`);
  await page.locator(".findings").getByText(`nsqd ${one} is registered at 1 of 2 nsqlookupds.`).waitFor();
  atMost(0);
});

test("J17: a topic is found with / and some letters", async () => {
  await topic("needle-in-the-hay", [], [one]);
  await home();
  await page.keyboard.press("/");
  await page.waitForFunction(() => document.activeElement?.id === "search");
  await page.keyboard.type("needle");
  await page.waitForFunction(() => document.querySelectorAll("tbody tr").length === 1);
  await page.keyboard.press("Escape");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/topics/needle-in-the-hay");
  atMost(0);
});
