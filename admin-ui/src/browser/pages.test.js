// Every page, as it looks and as it is read out; what the browser has to fetch for it.

import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {after, before, test} from "node:test";
import {admin, consumer, env, launch, one, post, topic, two} from "./cluster.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const MAX_BYTES = 100 * 1024;
const MAX_REQUESTS = 12;
const SLOW_NETWORK_MS = 800;
const PAGES = {overview: "/", topics: "/topics", topic: "/topics/orders", channel: "/topics/orders/billing", nodes: "/nodes", node: `/nodes/${one}`,
  lookup: "/lookup", activity: "/activity", counter: "/counter", nothing: "/topics/there-is-none"};

let browser;
const consumers = [];

before(async () => {
  browser = await launch();
  await topic("orders", ["billing", "archive"], [one, two]);
  await topic("mail", ["send#ephemeral"], [two]);
  await topic("clicks", [], [one]);
  await fetch(`${admin}/api/topics`, {method: "POST", body: JSON.stringify({topic: "reports", channel: "weekly"})});
  for (let i = 0; i < 40; i++) await post(i % 3 ? one : two, "/pub?topic=orders", `{"order":${i}}`);
  await post(one, "/pub?topic=clicks", "click");
  consumers.push(consumer(env.NSQD_ONE_TCP, "orders", "billing", {ready: 5, finishes: false}));
  consumers.push(consumer(env.NSQD_TWO_TCP, "orders", "billing", {ready: 20}));
  // A first point of history, so that charts have something to show.
  await new Promise((resolve) => setTimeout(resolve, 11000));
});

after(async () => {
  consumers.forEach((socket) => socket.destroy());
  await browser?.close();
});

async function open(path, options) {
  const context = await browser.newContext({...options, reducedMotion: "reduce"});
  const page = await context.newPage();
  const trouble = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && trouble.push(message.text()));
  page.on("pageerror", (error) => trouble.push(error.message));
  page.on("request", (request) => new URL(request.url()).origin !== admin && !request.url().startsWith("data:") && trouble.push(`off-origin ${request.url()}`));
  await page.goto(admin + path);
  await page.waitForSelector("main:not([aria-busy]) h1");
  return {context, page, trouble};
}

async function violations(page) {
  await page.evaluate(AXE);
  const {violations} = await page.evaluate(() => globalThis.axe.run({runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}));
  return violations.map(({id, nodes}) => `${id}: ${nodes.slice(0, 3).map(({target, any}) => `${target} ${any[0]?.message ?? ""}`).join("; ")}`);
}

for (const [name, path] of Object.entries(PAGES)) {
  test(`${name}: is accessible in light and dark, and fits from 320 pixels up`, async () => {
    const {context, page, trouble} = await open(path, {viewport: {width: 1360, height: 860}, colorScheme: "light"});
    assert.deepEqual(await violations(page), []);
    await page.screenshot({path: `${env.SHOTS}/${name}.png`, fullPage: true});
    await page.emulateMedia({colorScheme: "dark"});
    assert.deepEqual(await violations(page), []);
    await page.screenshot({path: `${env.SHOTS}/${name}-dark.png`, fullPage: true});
    await page.emulateMedia({colorScheme: "light"});
    for (const width of [390, 320]) {
      await page.setViewportSize({width, height: 844});
      await page.waitForTimeout(150);
      assert.equal(await page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth)), 0, `sideways at ${width}`);
      if (width === 390) {
        assert.deepEqual(await violations(page), []);
        await page.screenshot({path: `${env.SHOTS}/${name}-phone.png`, fullPage: true});
      }
    }
    assert.equal(await page.locator("h1").count(), 1);
    assert.match(await page.title(), / - NSQ$/);
    assert.deepEqual(trouble, []);
    await context.close();
  });
}

test("the first load is small, and the second hardly any", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  let requests = 0;
  let bytes = 0;
  session.on("Network.requestWillBeSent", ({request}) => { if (!request.url.startsWith("data:")) requests++; });
  session.on("Network.loadingFinished", ({encodedDataLength}) => { bytes += encodedDataLength; });
  await page.goto(admin);
  await page.waitForSelector("main:not([aria-busy]) h1");
  await page.waitForLoadState("load");
  await page.waitForTimeout(1000);
  console.log(`first load: ${requests} requests, ${bytes} bytes`);
  assert.ok(requests <= MAX_REQUESTS, `${requests} requests`);
  assert.ok(bytes > 1000 && bytes <= MAX_BYTES, `${bytes} bytes`);
  bytes = 0;
  await page.reload();
  await page.waitForSelector("main:not([aria-busy]) h1");
  console.log(`second load: ${bytes} bytes`);
  assert.ok(bytes <= 10 * 1024, `${bytes} bytes`);
  await context.close();
});

test("keys lead everywhere, and can be turned off", async () => {
  const {context, page} = await open("/", {});
  await page.keyboard.press("g");
  await page.keyboard.press("n");
  await page.waitForURL("**/nodes");
  await page.route("**/topics.js*", (slow) => setTimeout(() => slow.continue(), SLOW_NETWORK_MS));
  await page.keyboard.press("/");
  await page.waitForURL("**/topics");
  await page.waitForFunction(() => document.activeElement?.id === "search");
  await page.keyboard.type("ord");
  await page.waitForFunction(() => document.querySelectorAll("tbody tr").length === 1);
  await page.keyboard.press("Escape");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/topics/orders");
  await page.waitForFunction(() => document.activeElement?.localName === "h1");
  await page.keyboard.press("?");
  await page.waitForSelector("dialog[open]");
  assert.deepEqual(await violations(page), []);
  await page.screenshot({path: `${env.SHOTS}/help.png`});
  await page.getByLabel("Off").check();
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  assert.equal(await page.locator("dialog[open]").count(), 0);
  await context.close();
});
