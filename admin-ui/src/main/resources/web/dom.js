// Pages are functions that return what they show as light objects, made by h(). patch() makes the
// document so, and touches only what differs: nothing flickers, and focus and selection survive.
// Text only ever goes in as text: names, versions and bodies come from other machines.

const SVG = "http://www.w3.org/2000/svg";

/** An element to be: props are attributes, on… handlers, `key` (among its siblings), `opaque`
 *  (whose children are somebody else's), `value` and `checked`. */
export function h(tag, props, ...kids) {
  const shown = kids.flat(Infinity).filter((kid) => kid !== null && kid !== undefined && kid !== false);
  return {tag, props: props ?? {}, kids: shown};
}

/** Makes the children of `parent` such as `next` says. */
export function patch(parent, next) {
  const keyed = new Map();
  for (const child of parent.children) {
    if (child.sluiceKey !== undefined) keyed.set(child.sluiceKey, child);
  }
  let at = parent.firstChild;
  for (const wanted of next) {
    if (typeof wanted !== "object") {
      const text = String(wanted);
      if (at?.nodeType === Node.TEXT_NODE) {
        if (at.data !== text) at.data = text;
        at = at.nextSibling;
      } else {
        parent.insertBefore(document.createTextNode(text), at);
      }
      continue;
    }
    const node = found(wanted, at, keyed) ?? create(wanted, parent);
    if (node === at) at = at.nextSibling;
    else parent.insertBefore(node, at);
    update(node, wanted);
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
}

function found(wanted, at, keyed) {
  const {key} = wanted.props;
  if (key !== undefined) {
    const node = keyed.get(key);
    return node?.localName === wanted.tag ? node : null;
  }
  return at?.localName === wanted.tag && at.sluiceKey === undefined ? at : null;
}

function create(wanted, parent) {
  const inSvg = wanted.tag === "svg" || parent.namespaceURI === SVG;
  const node = inSvg ? document.createElementNS(SVG, wanted.tag) : document.createElement(wanted.tag);
  if (wanted.props.key !== undefined) node.sluiceKey = wanted.props.key;
  return node;
}

function update(node, wanted) {
  const before = node.sluiceProps ?? {};
  for (const name of Object.keys(before)) {
    if (!(name in wanted.props)) set(node, name, null);
  }
  for (const [name, value] of Object.entries(wanted.props)) {
    if (before[name] !== value) set(node, name, value);
  }
  node.sluiceProps = wanted.props;
  if (!wanted.props.opaque) patch(node, wanted.kids);
}

function set(node, name, value) {
  if (name === "key" || name === "opaque") return;
  if (name.startsWith("on")) {
    node[name] = value;
  } else if (name === "value" || name === "checked") {
    if (node[name] !== value) node[name] = value ?? "";
  } else if (value === null || value === undefined || value === false) {
    node.removeAttribute(name);
  } else {
    node.setAttribute(name, value === true ? "" : value);
  }
}
