// One number, to be seen from afar.

import {chart, history, rangeSwitch} from "./chart.js";
import {h} from "./dom.js";
import {card, heading} from "./parts.js";
import {number, rate} from "./words.js";

export const page = {
  look: () => ({view: "overview"}),
  title: () => "Counter",
  draw(tree) {
    const t = tree.totals;
    return [
      heading("Counter"),
      h("section", {class: "card wall", "aria-label": "Messages published"},
        h("p", {class: "counter-number"}, number(t.messages)),
        h("p", {}, "messages published since the nodes started"),
        h("p", {class: "counter-rate"}, `${rate(t.in)}/s published, ${rate(t.out)}/s finished`)),
      card("Published and finished", {id: "flow", tools: rangeSwitch(), flush: false},
        chart({id: "counter", title: "Messages per second", data: history("", ""), series: [["in", "published"], ["out", "finished"]], unit: "/s"}))];
  },
};
