// The cluster that the tests run against, and the browser that they use.

import {connect, createServer} from "node:net";
import {chromium} from "playwright-core";

export const env = process.env;
export const admin = `http://${env.ADMIN}`;
export const [one, two, three] = [env.NSQD_ONE, env.NSQD_TWO, env.NSQD_THREE];

/** Times are those of a quiet machine, and so many times as much is let pass; PATIENCE=1 measures. */
export const patience = Number(env.PATIENCE ?? 4);

const ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

/** Playwright gives it a new user data directory of its own. */
export const launch = () => chromium.launch({executablePath: env.CHROMIUM ?? "/usr/bin/chromium", args: ARGS});

export async function post(node, path, body = "") {
  const response = await fetch(`http://${node}${path}`, {method: "POST", body});
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
}

/** What one daemon itself says of a topic; undefined when it has none of that name. */
export async function stats(node, topic) {
  const all = await (await fetch(`http://${node}/stats?format=json&topic=${encodeURIComponent(topic)}`)).json();
  return all.topics?.[0];
}

export const channelOf = async (node, topic, channel) => (await stats(node, topic))?.channels?.find((one) => one.channel_name === channel);

/** Waits for what `probe` returns to be true, or no longer throws. */
export async function until(what, probe, limitMs = 30000) {
  const end = Date.now() + limitMs;
  let last;
  while (Date.now() < end) {
    try {
      last = await probe();
      if (last) return last;
    } catch (failure) {
      last = failure;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${what}: still ${last}`);
}

/** A topic with channels on the nodes, which nsqadmin has seen. */
export async function topic(name, channels, nodes) {
  for (const node of nodes) {
    await post(node, `/topic/create?topic=${name}`);
    for (const channel of channels) await post(node, `/channel/create?topic=${name}&channel=${encodeURIComponent(channel)}`);
  }
  await until(`${name} is seen`, async () => (await (await fetch(`${admin}/api/topics/${name}`)).json()).nodes?.length === nodes.length);
}

/** A consumer that finishes everything, at once or after a time, or nothing. */
export function consumer(address, topic, channel, {ready = 5, finishes = true, delayMs = 0} = {}) {
  const [host, port] = address.split(":");
  const socket = connect(Number(port), host);
  let pending = Buffer.alloc(0);
  const body = Buffer.from(JSON.stringify({client_id: `worker-${ready}`, hostname: "consumer.example", user_agent: "browser-test/1"}));
  const size = Buffer.alloc(4);
  size.writeUInt32BE(body.length);
  socket.write(Buffer.concat([Buffer.from("  V2IDENTIFY\n"), size, body, Buffer.from(`SUB ${topic} ${channel}\nRDY ${ready}\n`)]));
  socket.on("data", (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= 4 && pending.length >= 4 + pending.readUInt32BE(0)) {
      const frame = pending.subarray(4, 4 + pending.readUInt32BE(0));
      pending = pending.subarray(4 + frame.length);
      if (frame.readUInt32BE(0) === 2 && finishes) setTimeout(() => socket.write(`FIN ${frame.subarray(14, 30)}\n`), delayMs);
      else if (frame.subarray(4).toString() === "_heartbeat_") socket.write("NOP\n");
    }
  });
  socket.on("error", () => {});
  return socket;
}

/** A wire to an address that can be cut and mended. */
export async function wire(address) {
  const [host, port] = address.split(":");
  const open = new Set();
  const server = createServer((near) => {
    const far = connect(Number(port), host);
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => { near.destroy(); far.destroy(); open.delete(socket); });
    }
    near.pipe(far).pipe(near);
  });
  const listen = (at) => new Promise((resolve) => server.listen(at, "127.0.0.1", resolve));
  await listen(0);
  const own = server.address().port;
  return {
    url: `http://127.0.0.1:${own}`,
    cut: () => new Promise((resolve) => { server.close(resolve); open.forEach((socket) => socket.destroy()); }),
    mend: () => listen(own),
  };
}
