"use strict";

// Charts in SVG: rates with their intervals, stacked times, counts.
(() => {
  const { el, svg } = phonebench;

  const said = (rate) => (rate.value === null ? "no episode scored" : `${rate.percent}, 95% interval ${rate.interval}`);

  function whisker(rate, y, css) {
    if (rate.value === null) return null;
    const [low, high, mid] = [rate.low * 100, rate.high * 100, rate.value * 100];
    return svg("g", { class: css },
      svg("line", { x1: `${low}%`, x2: `${high}%`, y1: y, y2: y }),
      svg("line", { x1: `${low}%`, x2: `${low}%`, y1: y - 4, y2: y + 4 }),
      svg("line", { x1: `${high}%`, x2: `${high}%`, y1: y - 4, y2: y + 4 }),
      svg("circle", { cx: `${mid}%`, cy: y, r: 3.5 }));
  }

  // A bar from 0 to 100% with the interval drawn over it; below it the rates corrected for the judge's errors.
  phonebench.rateBar = (rate, corrected = []) => {
    const height = 22 + 13 * corrected.length;
    const lines = [0, 25, 50, 75, 100].map((x) => svg("line", { class: "rule", x1: `${x}%`, x2: `${x}%`, y1: 0, y2: height }));
    return el("div", { class: "rate" },
      svg("svg", {
        height,
        width: "100%",
        role: "img",
        "aria-label": [said(rate), ...corrected.map((one) => `corrected ${said(one)}`)].join("; "),
      },
        lines,
        rate.value === null ? null : svg("rect", { class: "bar", x: 0, y: 5, height: 12, rx: 2, width: `${rate.value * 100}%` }),
        whisker(rate, 11, "whisker"),
        corrected.map((one, n) => whisker(one, 28 + 13 * n, "whisker corrected"))));
  };

  phonebench.rateAxis = () => el("div", { class: "axis", "aria-hidden": "true" },
    ["0", "25", "50", "75", "100%"].map((label) => el("span", {}, label)));

  const PARTS = [["observe_s", "observe"], ["model_s", "model"], ["act_s", "act"], ["settle_s", "settle"]];

  // The parts of a step's time; what is left of the total is "other". `longest` makes bars comparable.
  phonebench.timeBar = (timings, longest) => {
    const total = Math.max(timings.total_s, PARTS.reduce((sum, [name]) => sum + timings[name], 0));
    const scale = 100 / Math.max(longest, total, 1e-9);
    const parts = PARTS.map(([name, label]) => [label, timings[name]]);
    parts.push(["other", total - parts.reduce((sum, [, seconds]) => sum + seconds, 0)]);
    let x = 0;
    const bars = parts.map(([label, seconds]) => {
      const bar = svg("rect", { class: `part-${label}`, x: `${x}%`, y: 0, height: 14, width: `${seconds * scale}%` },
        svg("title", {}, `${label} ${phonebench.seconds(seconds)}`));
      x += seconds * scale;
      return bar;
    });
    const names = parts.filter(([label, seconds]) => label !== "other" || seconds > 0.0005).map(([label, seconds]) =>
      el("li", {}, el("i", { class: `key part-${label}` }), `${label} `, el("b", {}, phonebench.seconds(seconds))));
    return el("figure", { class: "times" },
      svg(
        "svg",
        { width: "100%", height: 14, role: "img", "aria-label": `step took ${phonebench.seconds(timings.total_s)}` },
        bars,
      ),
      el("ul", {}, names, el("li", {}, "total ", el("b", {}, phonebench.seconds(timings.total_s)))));
  };

  // Horizontal bars of counts: [name, count, class?].
  phonebench.countBars = (entries, address = null) => {
    const most = Math.max(1, ...entries.map(([, count]) => count));
    return el("ul", { class: "counts" }, entries.map(([name, count]) => el("li", {},
      address ? el("a", { href: address(name) }, phonebench.text(name)) : phonebench.text(name),
      el(
        "span",
        { class: "track" },
        el("span", { class: "fill", css: { width: `${(count / most) * 100}%` } }),
      ), el("b", {}, count))));
  };

  phonebench.DETECTABLE = "Detectable is the smallest true difference that so many tasks, as often discordant as these, "
    + "show with 80% power at p < 0.05, before Holm's correction. “Tied” means that no difference is shown, not that there is none.";

  // Wins, ties and losses as one bar over its legend; `names` of the two runs make the legend a sentence.
  phonebench.balance = (counts, names = null) => {
    const part = (name) => el("span", { class: name, css: { "flex-grow": counts[name] } });
    const words = names
      ? { wins: `only ${names[0]} passed`, ties: "same result", losses: `only ${names[1]} passed` }
      : { wins: "won", ties: "tied", losses: "lost" };
    const legend = Object.entries(words).map(([name, word]) =>
      el("li", {}, el("i", { class: `key ${name}`, "aria-hidden": "true" }), el("b", {}, counts[name]), " ", phonebench.text(word)));
    return el("figure", { class: "balance" },
      el("div", { class: "bar", "aria-hidden": "true" }, part("wins"), part("ties"), part("losses")), el("ul", {}, legend));
  };
})();
