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

  // A task with its attempts in both runs. Attempts that both runs have scored count, as in the tests.
  function sorted(task) {
    const other = new Map(task.second.map((episode) => [episode.attempt, episode.verdict]));
    const both = task.first.filter((one) => one.verdict !== "unscored" && (other.get(one.attempt) || "unscored") !== "unscored");
    const [a, b] = [both, both.map((one) => ({ verdict: other.get(one.attempt) }))]
      .map((side) => side.filter((one) => one.verdict === "pass").length);
    if (!both.length) return "open";
    if (a !== b) return a > b ? "first" : "second";
    return a === 0 ? "failed" : a === both.length ? "passed" : "equal";
  }

  function group(first, second) {
    const tasks = new Map();
    for (const [name, episodes] of [["first", first], ["second", second]]) {
      for (const one of episodes) {
        if (!tasks.has(one.task)) tasks.set(one.task, { task: one.task, instruction: "", first: [], second: [] });
        const task = tasks.get(one.task);
        task.instruction ||= one.instruction;
        task[name].push(one);
      }
    }
    const groups = { first: [], second: [], equal: [], failed: [], passed: [], open: [] };
    for (const task of tasks.values()) groups[sorted(task)].push(task);
    return groups;
  }

  // A badge per attempt; a single one has its steps beside it.
  function side(episodes, several) {
    if (!episodes.length) return el("td", { class: "quiet" }, "not asked for");
    return el("td", {}, episodes.map((one) => {
      const steps = `${one.steps} ${one.steps === 1 ? "step" : "steps"}`;
      const label = several ? badge(one.verdict, one.attempt) : [badge(one.verdict), el("span", { class: "steps" }, ` ${steps}`)];
      const title = [several ? `attempt ${one.attempt}: ${one.verdict}, ${steps}` : "", one.reason].filter(Boolean).join("\n");
      return one.recorded
        ? el("a", { class: "attempt", href: link(["episode", one.run, one.key]), title }, label)
        : el("span", { class: "attempt", title }, label);
    }));
  }

  function listing(tasks, names, several) {
    const body = el("tbody");
    const line = (task) => el("tr", {}, el("th", { scope: "row" }, text(task.task)), el("td", { class: "wide" }, text(task.instruction)),
      side(task.first, several), side(task.second, several));
    body.append(...tasks.slice(0, AT_ONCE).map(line));
    const heads = ["Task", "Instruction", ...names].map((name) => el("th", { scope: "col" }, text(name)));
    const box = el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Tasks" },
      el("table", { class: "grid sides" }, el("thead", {}, el("tr", {}, heads)), body));
    if (tasks.length <= AT_ONCE) return box;
    const more = el(
      "button",
      { type: "button", on: { click: () => { body.append(...tasks.slice(AT_ONCE).map(line)); more.remove(); } } },
      `Show all ${tasks.length}`,
    );
    return el("div", {}, box, more);
  }

  function verdict(pair) {
    const words = phonebench.figure(pair, "In words");
    return [
      words === "-" ? null : text(words, "p", "lead"),
      phonebench.facts(pair.figures.slice(2).filter(([title, shown]) => shown && title !== "In words")),
      el("p", { class: "quiet" }, phonebench.DETECTABLE),
    ];
  }

  function parts(groups, names, several) {
    const [a, b] = names;
    const titles = several
      ? { first: `${a} passed more often`, second: `${b} passed more often`, equal: "Both passed equally often, but not always" }
      : { first: `${a} passed, ${b} failed`, second: `${b} passed, ${a} failed` };
    Object.assign(titles, { failed: "Both failed", passed: "Both passed", open: "Not scored in both" });
    return Object.entries(titles).map(([name, title]) => phonebench.fold(`${title} (${groups[name].length})`,
      () => (groups[name].length ? listing(groups[name], names, several) : el("p", { class: "quiet" }, "None.")),
      name === "first" || name === "second"));
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
    const episodes = [await phonebench.episodes(first), await phonebench.episodes(second)];
    const groups = group(...episodes);
    const several = episodes.flat().some((one) => one.attempt > 1);
    phonebench.setWalk([...groups.first, ...groups.second].flatMap((task) => [...task.first, ...task.second]));
    const root = el("div", {},
      el("section", { class: "card" }, el("h1", {}, text(names[0]), " against ", text(names[1])), chooser(report, first, second),
        el("table", { class: "board narrow" }, el("tbody", {}, runs.map((run) => el("tr", {},
          el("th", { scope: "row" }, el("a", { href: link(["run", run.id]) }, text(run.name))),
          el("td", { class: "chart" }, phonebench.rateBar(run.rates.success, run.corrected)),
          el("td", { class: "number" }, `${run.rates.success.text}  (${run.rates.success.interval})`))))),
        pair ? [phonebench.balance(pair.counts, names), ...verdict(pair)] : el("p", {}, "These two runs were not compared.")),
      el("section", { class: "card" }, el("h2", {}, "Task by task"),
        several ? el("p", { class: "quiet" }, "A badge per attempt; attempts that both runs have scored count.") : null,
        parts(groups, names, several)));
    return { title: `${names[0]} against ${names[1]}`, root };
  };
})();
