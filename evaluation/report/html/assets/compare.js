"use strict";

// Two runs side by side: where they differ comes first.
(() => {
  const { el, text, link, pages, badge } = phonebench;
  const AT_ONCE = 200;

  function chooser(report, first, second) {
    const select = (label, chosen, go) => el("label", {}, `${label} `, el("select", { on: { change: (event) => {
      location.hash = go(event.target.value);
    } } },
      report.runs.map((run) => el("option", { value: run.id, selected: run.id === chosen }, run.name))));
    return el("div", { class: "choose" }, select("First", first, (id) => link(["compare", id, second])),
      select("Second", second, (id) => link(["compare", first, id])));
  }

  function group(pairs) {
    const groups = { first: [], second: [], failed: [], passed: [], open: [] };
    for (const pair of pairs) {
      const [a, b] = pair.map((one) => (one ? one.verdict : "unscored"));
      if (a === "unscored" || b === "unscored") groups.open.push(pair);
      else if (a === b) groups[a === "pass" ? "passed" : "failed"].push(pair);
      else groups[a === "pass" ? "first" : "second"].push(pair);
    }
    return groups;
  }

  function side(episode) {
    if (!episode) return el("td", { class: "quiet" }, "not asked for");
    const label = el("span", {}, badge(episode.verdict), ` ${episode.steps} ${episode.steps === 1 ? "step" : "steps"}`);
    return el("td", { title: episode.reason || null }, episode.recorded
      ? el("a", { href: link(["episode", episode.run, episode.key]) }, label) : label);
  }

  function listing(pairs, names) {
    const body = el("tbody");
    const line = ([a, b]) => el("tr", {}, el("th", { scope: "row" }, text((a || b).key)),
      el("td", { class: "wide" }, text((a && a.instruction) || (b && b.instruction) || "")), side(a), side(b));
    body.append(...pairs.slice(0, AT_ONCE).map(line));
    const box = el("div", {
      class: "scroll",
      tabindex: "0",
      role: "region",
      "aria-label": "Episodes",
    }, el("table", { class: "grid sides" },
      el(
        "thead",
        {},
        el("tr", {}, ["Episode", "Instruction", ...names].map((name) => el("th", { scope: "col" }, text(name)))),
      ), body));
    if (pairs.length <= AT_ONCE) return box;
    const more = el(
      "button",
      { type: "button", on: { click: () => { body.append(...pairs.slice(AT_ONCE).map(line)); more.remove(); } } },
      `Show all ${pairs.length}`,
    );
    return el("div", {}, box, more);
  }

  function paired(a, b) {
    const other = new Map(b.map((episode) => [episode.key, episode]));
    const pairs = a.map((episode) => [episode, other.get(episode.key)]);
    const known = new Set(a.map((episode) => episode.key));
    return [...pairs, ...b.filter((episode) => !known.has(episode.key)).map((episode) => [undefined, episode])];
  }

  function verdict(pair) {
    const words = phonebench.figure(pair, "In words");
    return [
      words === "-" ? null : text(words, "p", "lead"),
      phonebench.facts(pair.figures.slice(2).filter(([title, shown]) => shown && title !== "In words")),
    ];
  }

  pages.compare = async ({ segments }) => {
    const report = await phonebench.report();
    if (report.runs.length < 2) throw new Error("This report holds one run only. Give generate_result.py two or more to compare them.");
    const first = segments[1] || report.runs[0].id;
    const second = segments[2] || report.runs.find((run) => run.id !== first).id;
    const runs = [await phonebench.run(first), await phonebench.run(second)];
    if (first === second) throw new Error("A run compares with another one, not with itself.");
    const turned = report.pairs.find((pair) => pair.first === second && pair.second === first);
    if (turned) return pages.compare({ segments: ["compare", second, first] });
    const pair = report.pairs.find((one) => one.first === first && one.second === second);
    const names = runs.map((run) => run.name);
    const groups = group(paired(await phonebench.episodes(first), await phonebench.episodes(second)));
    phonebench.setWalk([...groups.first, ...groups.second].flat().filter(Boolean));
    const part = (name, title, open) => fold(`${title} (${groups[name].length})`, groups[name], names, open);
    const root = el("div", {},
      el("section", { class: "card" }, el("h1", {}, text(names[0]), " against ", text(names[1])), chooser(report, first, second),
        el("table", { class: "board narrow" }, el("tbody", {}, runs.map((run) => el("tr", {},
          el("th", { scope: "row" }, el("a", { href: link(["run", run.id]) }, text(run.name))),
          el("td", { class: "chart" }, phonebench.rateBar(run.rates.success, run.corrected)),
          el("td", { class: "number" }, `${run.rates.success.text}  (${run.rates.success.interval})`))))),
        pair ? [phonebench.balance(pair.counts), ...verdict(pair)] : el("p", {}, "These two runs were not compared.")),
      el("section", { class: "card" }, el("h2", {}, "Episode by episode"),
        part("first", `${names[0]} passed, ${names[1]} failed`, true), part(
          "second",
          `${names[1]} passed, ${names[0]} failed`,
          true,
        ),
        part("failed", "Both failed", false), part("passed", "Both passed", false), part("open", "Not scored in both", false)));
    return { title: `${names[0]} against ${names[1]}`, root };
  };

  function fold(title, pairs, names, open) {
    return phonebench.fold(title, () => (pairs.length ? listing(pairs, names) : el("p", { class: "quiet" }, "None.")), open);
  }
})();
