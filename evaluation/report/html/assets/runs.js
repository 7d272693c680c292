"use strict";

// The leaderboard, a run, and what the figures mean.
(() => {
  const { el, text, link, pages, figure, facts, fold, chip } = phonebench;

  const bySuccess = (a, b) => (b.rates.success.value ?? -1) - (a.rates.success.value ?? -1);

  function phone(run) {
    return chip(run.phone, run.simulated ? "simulated" : "");
  }

  function who(run) {
    const models = run.models.map(([role, name]) => `${role}: ${name}`).join(", ");
    return text(models ? `${run.agent} · ${models}` : run.agent, "div", "quiet");
  }

  function stands(run) {
    return el("div", { class: "stands" },
      el("b", {}, run.rates.success.percent), el("span", { class: "quiet" }, ` ${run.rates.success.interval}`),
      run.corrected.map((one) => el(
        "div",
        { class: "corrected", title: one.note },
        `corrected (${one.method}) `,
        el("b", {}, one.percent),
        ` ${one.interval}`,
      )));
  }

  const cell = (name, value, meaning = "") => el("td", { class: "number", "data-name": name, title: meaning || null }, value);

  const meaningOf = (run, title) => (run.figures.find((one) => one[0] === title) || ["", "", ""])[2];

  function row(run) {
    const both = (first, second) => (figure(run, first) === "-" ? "-" : `${figure(run, first)} / ${figure(run, second)}`);
    return el("tr", {},
      el("th", { scope: "row" }, el("a", { href: link(["run", run.id]) }, text(run.name)), who(run)),
      el(
        "td",
        { class: "chart", "data-name": "Success rate" },
        phonebench.rateBar(run.rates.success, run.corrected),
        stands(run),
      ),
      cell("Passed", run.rates.success.counts),
      cell("Scored", run.rates.coverage.counts, meaningOf(run, "Coverage")),
      cell("Clean", run.rates.clean.percent, meaningOf(run, "Clean SR")),
      cell("Sub-SR", run.rates.sub_goals.percent, meaningOf(run, "Sub-SR")),
      cell("False", run.rates.false_completions.counts, meaningOf(run, "False completions")),
      cell("Steps", figure(run, "Steps"), meaningOf(run, "Steps")),
      cell("Step p50 / p95 s", both("Step p50 s", "Step p95 s"), meaningOf(run, "Step p50 s")),
      cell("Cloud", run.rates.cloud.percent, meaningOf(run, "Cloud share")),
      el("td", { "data-name": "Phone" }, phone(run)));
  }

  const HEADS = ["Passed", "Scored", "Clean", "Sub-SR", "False", "Steps", "Step p50 / p95 s", "Cloud"];

  function leaderboard(report) {
    return el("section", { class: "card" },
      el("h1", {}, "Leaderboard"),
      el("table", { class: "board" }, el("caption", { class: "hidden" }, "Runs by success rate"),
        el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Run"),
          el("th", { scope: "col", class: "chart" }, "Success rate, 95% interval", phonebench.rateAxis()),
          HEADS.map((head) => el("th", { scope: "col", class: "number" }, head)), el("th", { scope: "col" }, "Phone"))),
        el("tbody", {}, report.runs.slice().sort(bySuccess).map(row))),
      notes(report));
  }

  function notes(report) {
    const all = report.runs.flatMap((run) => [
      ...run.notes.map((note) => [run, "judge", note]), ...run.warnings.map((warning) => [run, "warning", warning])]);
    return el("ul", { class: "notes" },
      all.map(([run, kind, note]) => el("li", { class: kind }, text(run.name, "b"), " ", text(note))),
      el("li", {}, "Unscored episodes – lost to the machinery or to the judge – are no failures: ",
        "they leave the rate and lower what is scored. ",
        el("a", { href: "#/about" }, "What each figure means")));
  }

  function heat(report) {
    const apps = [...new Set(report.runs.flatMap((run) => run.apps.map((one) => one.app)))].sort();
    if (apps.length < 2) return null;
    const square = (run, app) => {
      const found = run.apps.find((one) => one.app === app);
      if (!found || found.rates.success.value === null) return el("td", { class: "number quiet" }, "-");
      const rate = found.rates.success;
      return el("td", { class: "heat", css: { "--share": rate.value } },
        el("a", { href: link(["episodes"], { run: run.id, app }), title: `95% interval ${rate.interval}` },
          el("b", {}, rate.percent), " ", el("span", { class: "quiet" }, rate.counts)));
    };
    return el("section", { class: "card" }, el("h2", {}, "Success by app"),
      el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Success by app" },
        el("table", { class: "grid" }, el("caption", { class: "hidden" }, "Success rate of each run in each app"),
          el(
            "thead",
            {},
            el("tr", {}, el("th", { scope: "col" }, "App"), report.runs.map((run) => el("th", { scope: "col" }, text(run.name)))),
          ),
          el(
            "tbody",
            {},
            apps.map((app) => el("tr", {}, el("th", { scope: "row" }, text(app)), report.runs.map((run) => square(run, app)))),
          ))));
  }

  const PAIRED = ["Difference", "Difference low", "Difference high", "p (Holm)", "In words"];

  function pairs(report) {
    if (!report.pairs.length) return null;
    const name = (id) => report.runs.find((run) => run.id === id).name;
    const shown = (pair) => pair.figures.filter(([title]) => PAIRED.includes(title));
    const titles = shown(report.pairs[0]).map(([title, , meaning]) => [title, title === "In words" ? "text" : "number", meaning]);
    const rows = report.pairs.map((pair) => [
      el("a", { href: link(["compare", pair.first, pair.second]) }, text(`${name(pair.first)} against ${name(pair.second)}`)),
      phonebench.balance(pair.counts), ...shown(pair).map((one) => one[1])]);
    return el("section", { class: "card" }, el("h2", {}, "Pairs of runs, on the tasks that both did"),
      phonebench.table([["Pair", "text", ""], ["Wins, ties, losses", "text", ""], ...titles], rows, "Pairs of runs"));
  }

  // Every figure of the sheet Summary as a line, runs as columns.
  function overview(report) {
    const lines = report.runs[0].figures.map(([title, , meaning, group], n) => ({
      title,
      meaning,
      group,
      texts: report.runs.map((run) => run.figures[n][1]),
    }));
    let group = null;
    const body = lines.slice(1).filter((line) => line.texts.some(Boolean)).flatMap((line) => {
      const heading = line.group && line.group !== group ? el(
        "tr",
        {},
        el("th", { class: "heading", colspan: report.runs.length + 2 }, line.group),
      ) : null;
      group = line.group;
      return [
        heading,
        el(
          "tr",
          {},
          el("th", { scope: "row" }, line.title),
          line.texts.map((one) => text(one || "-", "td", "figure")),
          el("td", { class: "quiet" }, line.meaning),
        ),
      ];
    });
    return el("div", {
      class: "scroll",
      tabindex: "0",
      role: "region",
      "aria-label": "All figures",
    }, el("table", { class: "grid" },
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          el("th", { scope: "col" }, "Figure"),
          report.runs.map((run) => el("th", { scope: "col" }, text(run.name))),
          el("th", { scope: "col" }, "Meaning"),
        ),
      ),
      el("tbody", {}, body.filter(Boolean))));
  }

  pages.runs = async () => {
    const report = await phonebench.report();
    const root = el("div", {}, leaderboard(report), pairs(report), heat(report),
      el("section", { class: "card" }, fold("All figures of the spreadsheet", () => overview(report))));
    return { title: "Leaderboard", root };
  };

  function tile(name, value, more = "", meaning = "") {
    return el("div", { class: "tile", title: meaning || null }, el("span", {}, name), el("b", {}, value), el("small", {}, more));
  }

  function appBars(run) {
    return el("section", { class: "card" }, el("h2", {}, "By app"),
      el("table", { class: "board narrow" }, el("caption", { class: "hidden" }, "Success rate by app"),
        el("tbody", {}, run.apps.map(({ app, rates }) => el("tr", {},
          el("th", { scope: "row" }, el("a", { href: link(["episodes"], { run: run.id, app }) }, text(app))),
          el("td", { class: "chart" }, phonebench.rateBar(rates.success)),
          cell("Passed", rates.success.text), cell("95%", rates.success.interval))))));
  }

  function endings(run) {
    return el("section", { class: "card" }, el("h2", {}, "How episodes ended"),
      phonebench.countBars(run.outcomes, (outcome) => link(["episodes"], { run: run.id, outcome })),
      run.errors.length ? [
        el("h3", {}, "Errors"),
        phonebench.countBars(run.errors, (error) => link(["episodes"], { run: run.id, q: error })),
      ] : null);
  }

  pages.run = async ({ segments }) => {
    const run = await phonebench.run(segments[1]);
    const report = await phonebench.report();
    const { success, coverage, clean, sub_goals: goals, cloud, false_completions: claims } = run.rates;
    const list = (verdict, label) => el("a", { class: "button", href: link(["episodes"], { run: run.id, verdict }) }, label);
    const root = el("div", {},
      el("section", { class: "card" },
        el("div", { class: "titled" }, el("h1", {}, text(run.name)), phone(run),
          el(
            "nav",
            { "aria-label": "Episodes of this run" },
            list("", "All episodes"),
            list("fail", "Failed"),
            list("unscored", "Unscored"),
          )),
        who(run),
        el("div", { class: "wide" }, phonebench.rateBar(success, run.corrected), phonebench.rateAxis()),
        el("div", { class: "tiles" },
          tile(
            "Success rate",
            success.percent,
            `${success.counts}, ${success.interval}`,
            "passed / scored episodes, 95% Wilson interval",
          ),
          run.corrected.map((one) => tile(`Corrected (${one.method})`, one.percent, one.interval, one.note)),
          tile("Scored", coverage.counts, coverage.percent, meaningOf(run, "Coverage")),
          tile("Clean success", clean.percent, `${clean.counts}, ${clean.interval}`, meaningOf(run, "Clean SR")),
          tile("Sub-goals", goals.percent, goals.counts, meaningOf(run, "Sub-SR")),
          tile("False completions", claims.counts, claims.percent, meaningOf(run, "False completions")),
          tile("Step, median", figure(run, "Step p50 s"), `p95 ${figure(run, "Step p95 s")} s`, meaningOf(run, "Step p50 s")),
          tile("Steps", figure(run, "Steps"), "per scored episode"),
          tile("Cloud", cloud.percent, `${cloud.counts} steps`, meaningOf(run, "Cloud share"))),
        run.notes.length + run.warnings.length ? el("ul", { class: "notes" },
          run.notes.map((note) => text(note, "li", "judge")), run.warnings.map((one) => text(one, "li", "warning"))) : null),
      el("div", { class: "columns" }, appBars(run), endings(run)),
      el("section", { class: "card" },
        fold("All figures", () => facts(run.figures.filter((one) => one[1]))),
        fold(
          "About this run",
          () => facts(report.about.filter(([subject]) => subject === run.name).map(([, item, value]) => [item, value])),
        ),
        fold("Configuration", () => phonebench.block(run.config))));
    return { title: run.name, root };
  };

  pages.about = async () => {
    const report = await phonebench.report();
    const groups = new Map();
    for (const [subject, item, value] of report.about) groups.set(subject, [...(groups.get(subject) || []), [item, value]]);
    const names = new Set(report.runs.map((run) => run.name));
    const all = [...groups];
    const group = (subject, rows) => fold(
      subject,
      () => phonebench.table([["Item", "text", ""], ["Text", "text", ""]], rows, subject),
      !names.has(subject),
    );
    const root = el("section", { class: "card" }, el("h1", {}, "About these figures"),
      el(
        "p",
        { class: "prose" },
        "The same numbers stand in the spreadsheet and on the console. Rates name their denominator; intervals cover 95%.",
      ),
      all.filter(([subject]) => !names.has(subject)).map(([subject, rows]) => group(subject, rows)),
      all.filter(([subject]) => names.has(subject)).map(([subject, rows]) => group(subject, rows)));
    return { title: "About", root };
  };
})();
