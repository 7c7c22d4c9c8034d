// An address that leads nowhere.

import {h} from "./dom.js";
import {empty, heading, link, path} from "./parts.js";

export const page = {
  title: () => "Not found",
  draw: () => [heading("There is no such page"), h("section", {class: "card"}, empty("Nothing is here", "The address may be old or mistyped.", link(path(), "Overview")))],
};
