// Messages that are looked at, very many topics, and daemons and connections that fail.

import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import {admin, channelOf, env, launch, one, patience, post, three, topic, until, wire} from "./cluster.js";

const TOPICS = 1000;
const CHANNELS = 3;

let browser;
let page;

before(async () => {
  browser = await launch();
  page = await (await browser.newContext({viewport: {width: 1360, height: 860}})).newPage();
});

after(() => browser?.close());

const ready = () => page.waitForSelector("main:not([aria-busy]) h1");

test("messages are looked at, and stay as they are", async () => {
  await topic("peeked", ["c"], [one]);
  await post(one, "/pub?topic=peeked", '{"order":17}');
  await post(one, "/pub?topic=peeked", Buffer.from([0, 255, 7]));
  await post(one, "/pub?topic=peeked&defer=3600000", "<script>alert(1)</script>");
  await page.goto(`${admin}/topics/peeked/c`);
  await ready();
  await page.getByRole("button", {name: "Show messages"}).click();
  await page.locator(".message").nth(2).waitFor();
  const body = (text) => page.locator(".message", {hasText: text});
  await body('"order": 17').getByText("waiting").waitFor();
  await body("000000  00 ff 07").waitFor();
  assert.match(await body("<script>alert(1)</script>").innerText(), /deferred[\s\S]*again in/);
  await page.screenshot({path: `${env.SHOTS}/messages.png`, fullPage: true});
  await page.getByLabel("Search in the messages shown").fill("order");
  await page.waitForFunction(() => document.querySelectorAll(".message").length === 1);
  const after = await channelOf(one, "peeked", "c");
  assert.deepEqual([after.depth, after.deferred_count, after.in_flight_count, after.requeue_count], [2, 1, 0, 0]);
});

test("a daemon that has stopped holds up no page, and is shown within five seconds", async () => {
  await topic("calm", ["c"], [one]);
  await page.goto(`${admin}/nodes`);
  await ready();
  await page.locator("tr", {hasText: three}).getByText("well", {exact: true}).waitFor();
  process.kill(Number(env.NSQD_THREE_PID), "SIGSTOP");
  try {
    const start = Date.now();
    await page.locator("tr", {hasText: three}).getByText("no answer").waitFor({timeout: 30000});
    console.log(`shown as not answering after ${Date.now() - start} ms`);
    assert.ok(Date.now() - start <= 5000 * patience, `${Date.now() - start} ms`);
    for (const path of ["/", "/topics", "/topics/calm", "/topics/calm/c", `/nodes/${three}`]) {
      const from = Date.now();
      await page.goto(admin + path);
      await ready();
      console.log(`${path} beside a stopped daemon: ${Date.now() - from} ms`);
      assert.ok(Date.now() - from < 1500 * patience, `${path} took ${Date.now() - from} ms`);
    }
    await page.getByText("This node does not answer").waitFor();
    await page.goto(admin);
    await page.locator(".findings").getByText("does not answer").waitFor();
    await page.screenshot({path: `${env.SHOTS}/stopped.png`, fullPage: true});
  } finally {
    process.kill(Number(env.NSQD_THREE_PID), "SIGCONT");
  }
  await page.goto(`${admin}/nodes`);
  await page.locator("tr", {hasText: three}).getByText("well", {exact: true}).waitFor({timeout: 30000});
});

test("a lost connection is told with the age of the data, and comes back by itself", async () => {
  const cable = await wire(env.ADMIN);
  await topic("wired", ["c"], [one]);
  await page.goto(`${cable.url}/topics/wired/c`);
  await ready();
  await cable.cut();
  await page.getByText("nsqadmin does not answer").waitFor();
  await post(one, "/pub?topic=wired", "m");
  await page.screenshot({path: `${env.SHOTS}/lost.png`});
  await cable.mend();
  await page.getByText("nsqadmin does not answer").waitFor({state: "detached", timeout: 30000});
  await page.locator(".tile", {hasText: "Depth"}).getByText("1", {exact: true}).waitFor();
  await page.goto("about:blank");
  await cable.cut();
});

test("a thousand topics of three channels are usable at once", async () => {
  const names = Array.from({length: TOPICS}, (_, i) => `many-${String(i).padStart(4, "0")}`);
  const queue = [...names];
  const work = async () => {
    for (let name = queue.pop(); name; name = queue.pop()) {
      await post(env.NSQD_MANY, `/topic/create?topic=${name}`);
      for (let c = 0; c < CHANNELS; c++) await post(env.NSQD_MANY, `/channel/create?topic=${name}&channel=c${c}`);
    }
  };
  await Promise.all(Array.from({length: 16}, work));
  await post(env.NSQD_MANY, "/pub?topic=many-0500", "m");
  await until("all are seen", async () => (await (await fetch(`http://${env.MANY}/api/topics`)).json()).topics.length === TOPICS);
  await until("the message is there", async () => (await channelOf(env.NSQD_MANY, "many-0500", "c0")).depth === 1);
  const start = Date.now();
  await page.goto(`http://${env.MANY}/topics`);
  await page.locator("tbody tr").first().waitFor();
  const usable = Date.now() - start;
  await page.waitForFunction(() => document.querySelectorAll("tbody tr").length === 100);
  const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
  const filtered = await page.evaluate(async () => {
    const search = document.getElementById("search");
    const from = performance.now();
    search.value = "0500";
    search.dispatchEvent(new Event("input", {bubbles: true}));
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    return performance.now() - from;
  });
  assert.equal(await page.locator("tbody tr").count(), 1);
  console.log(`${TOPICS} topics: usable after ${usable} ms, ${nodes} nodes, filtered in ${Math.round(filtered)} ms`);
  assert.ok(nodes <= 5000, `${nodes} nodes`);
  assert.ok(filtered <= 100 * patience, `filtered in ${filtered} ms`);
  assert.ok(usable <= 1500 * patience, `usable after ${usable} ms`);
  await page.screenshot({path: `${env.SHOTS}/many.png`});
});
