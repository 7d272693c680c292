"use strict";

// The leaderboard: runs by success, in pairs, by app.
(() => {
  const { el, text, link, pages, figure, meaningOf, phoneOf, agentOf, fold } = phonebench;

  const bySuccess = (a, b) => (b.rates.success.value ?? -1) - (a.rates.success.value ?? -1);

  function stands(run) {
    return el("div", { class: "stands" },
      el("b", {}, run.rates.success.percent), el("span", { class: "quiet" }, ` ${run.rates.success.interval}`),
      run.corrected.map((one) => el(
        "div",
        { class: "corrected", title: one.note },
        `corrected (${one.method}) `,
        el("b", {}, one.percent),
        " ",
        el("span", { class: "range" }, one.interval),
      )));
  }

  const cell = (name, value, meaning = "") =>
    el("td", { class: "number", "data-name": name, title: meaning || null }, value);

  function row(run) {
    const both = (first, second) => (figure(run, first) === "-" ? "-" : `${figure(run, first)} / ${figure(run, second)}`);
    return el("tr", {},
      el("th", { scope: "row" }, el("a", { href: link(["run", run.id]) }, text(run.name)), agentOf(run)),
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
      el("td", { "data-name": "Phone" }, phoneOf(run)));
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
    const few = apps.filter((app) => report.runs.some((run) => run.apps.some((one) => one.app === app && one.caution)));
    const caution = few.length
      ? el("p", { class: "quiet" }, `${few.length} of ${apps.length} apps have fewer than 20 tasks: too few to tell runs apart there.`) : null;
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
          ))), caution);
  }

  // [title of the column, its format, titles of the pair's figures in it]
  const PAIRED = [
    ["Difference", "number", ["Difference"]],
    ["95% interval", "number", ["Difference low", "Difference high"]],
    ["p (Holm)", "number", ["p (Holm)"]],
    ["Detectable", "number", ["Detectable"]],
    ["In words", "text", ["In words"]],
  ];

  function pairs(report) {
    if (!report.pairs.length) return null;
    const name = (id) => report.runs.find((run) => run.id === id).name;
    const columns = PAIRED.map(([title, format, [first]]) => [title, format, meaningOf(report.pairs[0], first)]);
    const cells = (pair) => PAIRED.map(([, , titles]) => [...new Set(titles.map((title) => figure(pair, title)))].join(" to "));
    const rows = report.pairs.map((pair) => [
      el("a", { href: link(["compare", pair.first, pair.second]) }, text(`${name(pair.first)} against ${name(pair.second)}`)),
      phonebench.balance(pair.counts), ...cells(pair)]);
    return el("section", { class: "card" }, el("h2", {}, "Pairs of runs, on the tasks that both did"),
      phonebench.table([["Pair", "text", ""], ["Wins, ties, losses", "text", ""], ...columns], rows, "Pairs of runs"),
      el("p", { class: "quiet" }, phonebench.DETECTABLE));
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
})();
