// The frame around every page: where we are, what is drawn there, and whether it is up to date.

import {onNavigate, toast} from "./actions.js";
import {measure} from "./chart.js";
import {h, patch} from "./dom.js";
import {base, role, user, watch} from "./live.js";
import {draw, icon, link, logo, onRedraw, path} from "./parts.js";
import {time} from "./words.js";

const AGES_MS = 5000;
const SEQUENCE_MS = 1500;
const root = document.documentElement;
const app = document.getElementById("app");
const main = () => document.getElementById("main");

/** Paths below the base, and the module that draws what is there, loaded when somebody goes there. */
const ROUTES = [
  [/^\/$/, "overview"], [/^\/topics$/, "topics"], [/^\/topics\/([^/]+)$/, "topic", "topic"], [/^\/topics\/([^/]+)\/([^/]+)$/, "channel", "topic", "channel"],
  [/^\/nodes$/, "nodes"], [/^\/nodes\/([^/]+)$/, "node", "node"], [/^\/lookup$/, "lookup"], [/^\/activity$/, "activity"], [/^\/counter$/, "counter"]];

const NAV = [["overview", "Overview", []], ["topics", "Topics", ["topics"]], ["nodes", "Nodes", ["nodes"]], ["lookup", "Lookup", ["lookup"]],
  ["activity", "Activity", ["activity"]], ["counter", "Counter", ["counter"]]];

let place = {page: null, name: "overview", args: {}};
let tree = null;
let lostSince;
let stop = () => {};
let queued = false;

function route() {
  const at = location.pathname.slice(base.length) || "/";
  for (const [pattern, name, ...keys] of ROUTES) {
    const match = at.match(pattern);
    if (match) return {name, args: Object.fromEntries(keys.map((key, i) => [key, decodeURIComponent(match[i + 1])]))};
  }
  return {name: "nowhere", args: {}};
}

const pageNamed = async (name) => (await import(`./${name}.js`)).page;

/** What the server knew when it sent the page: drawn without asking once more. */
function sentAlong() {
  const text = document.getElementById("tree").textContent;
  return text ? JSON.parse(text) : null;
}

let shows = 0;

/** Draws what is at the address; `focus` is what the keyboard is in then. */
async function show(first, focus = "h1") {
  stop();
  const turn = ++shows;
  const {name, args} = route();
  let page;
  try {
    page = await pageNamed(name);
  } catch {
    toast("bad", "This part of the page could not be loaded: reload it.");
    return;
  }
  if (turn !== shows) return; // somebody went on while it was loaded
  place = {page, name, args};
  tree = first ? sentAlong() : null;
  document.title = `${place.page.title(args)} - NSQ`;
  schedule();
  if (!place.page.look) tree = {};
  else stop = watch(place.page.look(args), (next) => { tree = next; schedule(); }, (since) => { if (lostSince !== since) { lostSince = since; schedule(); } });
  if (!first) {
    scrollTo(0, 0);
    focusOn = focus;
  }
}

let focusOn = null;

function go(href, focus) {
  history.pushState(null, "", href);
  show(false, focus);
}

function schedule() {
  if (queued) return;
  queued = true;
  requestAnimationFrame(() => {
    queued = false;
    patch(app, frame());
    if (tree && focusOn) {
      document.querySelector(focusOn)?.focus({preventScroll: true});
      focusOn = null;
    }
    measure();
  });
}

// Dark, light, or as the system has it: before the first drawing, so nothing flashes.
const THEMES = [["", "as the system"], ["light", "light"], ["dark", "dark"]];
const theme = () => localStorage.getItem("theme") ?? "";
const applyTheme = () => (theme() ? root.setAttribute("data-theme", theme()) : root.removeAttribute("data-theme"));

function nextTheme() {
  const at = THEMES.findIndex(([key]) => key === theme());
  localStorage.setItem("theme", THEMES[(at + 1) % THEMES.length][0]);
  applyTheme();
  draw();
}

const SECTION = {topic: "topics", channel: "topics", node: "nodes"};

function frame() {
  const current = SECTION[place.name] ?? place.name;
  const themeName = THEMES.find(([key]) => key === theme())?.[1] ?? THEMES[0][1];
  return [
    h("a", {class: "skip", href: "#main"}, "Skip to the page"),
    h("header", {class: "rail"},
      h("a", {class: "brand", href: path()}, logo(), h("span", {}, "Sluice")),
      h("nav", {class: "nav", "aria-label": "Pages"}, NAV.map(([name, label, parts]) =>
        h("a", {key: name, class: name, href: parts.length === 0 ? `${base}/` : path(...parts), "aria-current": name === current ? "page" : null}, icon(name), h("span", {}, label)))),
      h("div", {class: "rail-foot"},
        (user || role !== "admin") && h("p", {class: "who"}, user || "anybody", h("span", {class: "muted"}, ` ${role}`)),
        h("div", {class: "rail-buttons"},
          h("button", {type: "button", class: "plain", onclick: nextTheme, title: `Colours: ${themeName}`, "aria-label": `Colours: ${themeName}. Change`}, icon("theme")),
          h("button", {type: "button", class: "plain", onclick: openHelp, title: "Help", "aria-label": "Help"}, icon("help"))),
        h("p", {class: "version"}, root.dataset.version.replace(/^.*\+sluice\./, "version ")))),
    h("main", {id: "main", tabindex: "-1", "aria-busy": tree ? null : "true"}, lostBanner(), tree ? place.page.draw(tree, place.args) : waiting())];
}

function waiting() {
  return [h("header", {class: "head"}, h("div", {class: "head-words"}, h("h1", {tabindex: "-1"}, place.page?.title(place.args) ?? "NSQ"))), h("p", {class: "note waiting"}, "Asking nsqadmin…")];
}

function lostBanner() {
  if (lostSince === undefined || lostSince === null) return h("div", {role: "alert", key: "lost"});
  const words = lostSince ? `nsqadmin does not answer. What you see is from ${time(lostSince)}; it comes back by itself.` : "nsqadmin does not answer. It is asked again and again.";
  return h("div", {role: "alert", key: "lost"}, h("p", {class: "notice bad"}, icon("alert"), words));
}

async function openHelp() {
  (await import("./help.js")).help();
}

document.addEventListener("click", (event) => {
  const anchor = event.target.closest("a[href]");
  if (!anchor || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const url = new URL(anchor.href);
  const ours = url.origin === location.origin && (url.pathname === base || url.pathname.startsWith(`${base}/`)) && !url.pathname.startsWith(`${base}/api/`);
  if (!ours || anchor.download || anchor.getAttribute("href").startsWith("#")) return;
  event.preventDefault();
  go(url.pathname + url.search);
});

// Keys

let sequence = "";
let sequenceMs = 0;
const JUMPS = {go: "", gt: "topics", gn: "nodes", gl: "lookup", ga: "activity"};

function moveRow(step) {
  const rows = [...main().querySelectorAll("tbody tr th a")];
  const at = rows.indexOf(document.activeElement);
  rows[Math.max(0, Math.min(rows.length - 1, at + step))]?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.target.matches("input, textarea, select")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (localStorage.getItem("keys") === "off") return;
  if (event.key === "/") {
    event.preventDefault();
    if (place.name === "topics") document.getElementById("search")?.focus();
    else go(path("topics"), "#search");
  } else if (event.key === "?") openHelp();
  else if (event.key === "j") moveRow(1);
  else if (event.key === "k") moveRow(-1);
  else {
    sequence = Date.now() - sequenceMs < SEQUENCE_MS ? sequence + event.key : event.key;
    sequenceMs = Date.now();
    if (sequence in JUMPS) go(JUMPS[sequence] ? path(JUMPS[sequence]) : `${base}/`);
  }
});

applyTheme();
onRedraw(schedule);
onNavigate(go);
addEventListener("popstate", () => show(false));
addEventListener("resize", schedule);
setInterval(() => { if (!document.hidden) schedule(); }, AGES_MS);
show(true);
