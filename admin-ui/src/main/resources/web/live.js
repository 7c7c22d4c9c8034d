// What the server knows: trees that stay up to date, single answers, and changes.

const root = document.documentElement.dataset;
const SILENCE_MS = 12000;
const FIRST_RETRY_MS = 500;
const MAX_RETRY_MS = 10000;
const POLL_MS = 3000;
const ANSWER_MS = 20000;

export const base = root.base;
export const role = root.role;
export const user = root.user;

const query = (parameters) => new URLSearchParams(Object.entries(parameters).filter(([, value]) => value));

/** Applies a JSON merge patch (RFC 7396), and leaves alone what it does not name. */
function merged(target, patch) {
  const result = {...target};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else if (typeof value === "object" && !Array.isArray(value)) result[key] = merged(result[key] ?? {}, value);
    else result[key] = value;
  }
  return result;
}

/** Calls onTree with each new state of a view, and onLost with when it was last known. The end of
 *  it is the function that is returned. A hidden page asks for nothing. */
export function watch(look, onTree, onLost) {
  let source;
  let tree;
  let lastMs = 0;
  let retryMs = FIRST_RETRY_MS;
  let timer;
  let ended = false;
  let failures = 0;

  function heard() {
    lastMs = Date.now();
    retryMs = FIRST_RETRY_MS;
    failures = 0;
    onLost(null);
    clearTimeout(timer);
    timer = setTimeout(lost, SILENCE_MS);
  }

  function open() {
    clearTimeout(timer);
    if (ended || document.hidden) return;
    source?.close();
    source = new EventSource(`${base}/api/v2/live?${query(look)}`);
    source.addEventListener("tree", (event) => {
      tree = JSON.parse(event.data);
      heard();
      onTree(tree);
    });
    source.addEventListener("patch", (event) => {
      tree = merged(tree, JSON.parse(event.data));
      heard();
      onTree(tree);
    });
    source.addEventListener("beat", heard);
    source.addEventListener("error", lost);
    timer = setTimeout(lost, SILENCE_MS);
  }

  function lost() {
    source?.close();
    clearTimeout(timer);
    if (ended || document.hidden) return;
    failures++;
    onLost(lastMs);
    // A proxy may let no events through: then the state is asked for again and again.
    timer = setTimeout(failures > 2 ? poll : open, retryMs * (0.75 + Math.random() / 2));
    retryMs = Math.min(retryMs * 2, MAX_RETRY_MS);
  }

  async function poll() {
    try {
      tree = await get("view", look);
      heard();
      onTree(tree);
      clearTimeout(timer);
      failures = 1;
      timer = setTimeout(open, POLL_MS);
    } catch {
      lost();
    }
  }

  function visibility() {
    if (document.hidden) {
      source?.close();
      clearTimeout(timer);
    } else {
      open();
    }
  }

  document.addEventListener("visibilitychange", visibility);
  open();
  return () => {
    ended = true;
    source?.close();
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", visibility);
  };
}

async function answer(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.message || `status ${response.status}`);
  return body;
}

/** One answer of /api/v2. */
export async function get(what, parameters) {
  const url = `${base}/api/v2/${what}?${query(parameters)}`;
  return answer(await fetch(url, {signal: AbortSignal.timeout(ANSWER_MS)}));
}

/** A change, by /api/v2; the results are those of each daemon. */
export async function post(what, parameters, body, limitMs = ANSWER_MS) {
  const url = `${base}/api/v2/${what}?${query(parameters)}`;
  const headers = {"X-Sluice-Admin": "1"};
  return answer(await fetch(url, {method: "POST", headers, body, signal: AbortSignal.timeout(limitMs)}));
}

const ROLES = ["viewer", "operator", "admin"];

/** Whether who looks may do what needs this role. The server has the last word. */
export const may = (needed) => ROLES.indexOf(role) >= ROLES.indexOf(needed);
