"use strict";

// One run, and what the figures mean.
(() => {
  const { el, text, link, pages, figure, facts, fold, meaningOf } = phonebench;

  function tile(name, value, more = "", meaning = "") {
    const parts = [el("span", {}, name), el("b", {}, value), el("small", {}, more)];
    return el("div", { class: "tile", title: meaning || null }, parts);
  }

  function tiles(run) {
    const { success, coverage, clean, sub_goals: goals, cloud, false_completions: claims } = run.rates;
    const [low, high] = ["SR by app low", "SR by app high"].map((title) => figure(run, title));
    return el(
      "div",
      { class: "tiles" },
      tile("Success rate", success.percent, `${success.counts}, ${success.interval}`, meaningOf(run, "SR")),
      low === "-" ? null : tile("Interval by apps", `${low}–${high}`, "apps as clusters", meaningOf(run, "SR by app low")),
      run.corrected.map((one) => tile(`Corrected (${one.method})`, one.percent, one.interval, one.note)),
      figure(run, "Attempts") === "-" ? null : attempts(run),
      tile("Scored", coverage.counts, coverage.percent, meaningOf(run, "Coverage")),
      tile("Clean success", clean.percent, `${clean.counts}, ${clean.interval}`, meaningOf(run, "Clean SR")),
      tile("Sub-goals", goals.percent, goals.counts, meaningOf(run, "Sub-SR")),
      tile("False completions", claims.counts, claims.percent, meaningOf(run, "False completions")),
      tile("Step, median s", figure(run, "Step p50 s"), `p95 ${figure(run, "Step p95 s")} s`, meaningOf(run, "Step p50 s")),
      tile("Steps", figure(run, "Steps"), "per scored episode"),
      figure(run, "Cost") === "-" ? null : tile("Cost", figure(run, "Cost"), `${figure(run, "Cost per success")} per success`, meaningOf(run, "Cost")),
      tile("Cloud", cloud.percent, `${cloud.counts} steps`, meaningOf(run, "Cloud share")),
    );
  }

  function attempts(run) {
    const [many, some, all] = ["Attempts", "pass@k", "pass^k"].map((title) => figure(run, title));
    return tile(`pass^${many} / pass@${many}`, `${all} / ${some}`, `all of ${many}, at least one of ${many}`, meaningOf(run, "Complete tasks"));
  }

  function appBar(run, { app, rates, caution }) {
    return el(
      "tr",
      { title: caution || null },
      el("th", { scope: "row" }, el("a", { href: link(["episodes"], { run: run.id, app }) }, text(app))),
      el("td", { class: "chart" }, phonebench.rateBar(rates.success)),
      el("td", { class: "number" }, rates.success.text),
      el("td", { class: "number" }, rates.success.interval),
    );
  }

  function appBars(run) {
    const few = run.apps.filter((one) => one.caution).length;
    const caution = few ? el("p", { class: "quiet" }, `${few} of ${run.apps.length} apps have fewer than 20 tasks: too few to tell runs apart there.`) : null;
    const caption = el("caption", { class: "hidden" }, "Success rate by app");
    const rows = el("tbody", {}, run.apps.map((one) => appBar(run, one)));
    return el("section", { class: "card" }, el("h2", {}, "By app"), el("table", { class: "board narrow" }, caption, rows), caution);
  }

  function endings(run) {
    const ended = phonebench.countBars(run.outcomes, (outcome) => link(["episodes"], { run: run.id, outcome }));
    const errors = phonebench.countBars(run.errors, (error) => link(["episodes"], { run: run.id, q: error }));
    const more = run.errors.length ? [el("h3", {}, "Errors"), errors] : null;
    return el("section", { class: "card" }, el("h2", {}, "How episodes ended"), ended, more);
  }

  function head(run) {
    const list = (label, query) => el("a", { class: "button", href: link(["episodes"], { run: run.id, ...query }) }, label);
    const lists = [list("All episodes", {}), list("Failed", { verdict: "fail" }), list("Unscored", { verdict: "unscored" })];
    const notes = [...run.notes.map((one) => text(one, "li", "judge")), ...run.warnings.map((one) => text(one, "li", "warning"))];
    return el(
      "section",
      { class: "card" },
      el("div", { class: "titled" }, el("h1", {}, text(run.name)), phonebench.phoneOf(run), el("nav", { "aria-label": "Episodes of this run" }, lists)),
      phonebench.agentOf(run),
      el("div", { class: "wide" }, phonebench.rateBar(run.rates.success, run.corrected), phonebench.rateAxis()),
      tiles(run),
      notes.length ? el("ul", { class: "notes" }, notes) : null,
    );
  }

  pages.run = async ({ segments }) => {
    const run = await phonebench.run(segments[1]);
    const { about } = await phonebench.report();
    const own = about.filter(([subject]) => subject === run.name).map(([, item, value]) => [item, value]);
    const folds = [
      fold("All figures", () => facts(run.figures.filter((one) => one[1]))),
      fold("About this run", () => facts(own)),
      fold("Configuration", () => phonebench.block(run.config)),
    ];
    const columns = el("div", { class: "columns" }, appBars(run), endings(run));
    return { title: run.name, root: el("div", {}, head(run), columns, el("section", { class: "card" }, folds)) };
  };

  const ABOUT = "The same numbers stand in the spreadsheet and on the console. Rates name their denominator; intervals cover 95%.";

  // Meanings stand open, runs folded below them.
  pages.about = async () => {
    const report = await phonebench.report();
    const names = new Set(report.runs.map((run) => run.name));
    const groups = new Map();
    for (const [subject, item, value] of report.about) {
      groups.set(subject, [...(groups.get(subject) || []), [item, value]]);
    }
    const columns = [["Item", "text", ""], ["Text", "text", ""]];
    const folds = [...groups].map(([subject, rows]) =>
      [names.has(subject), fold(subject, () => phonebench.table(columns, rows, subject), !names.has(subject))]);
    const some = (runs) => folds.filter(([isRun]) => isRun === runs).map(([, one]) => one);
    const title = [el("h1", {}, "About these figures"), el("p", { class: "prose" }, ABOUT)];
    return { title: "About", root: el("section", { class: "card" }, title, some(false), some(true)) };
  };
})();
