"use strict";

// Words and small parts that several pages share.
(() => {
  const { el, text } = phonebench;
  const SIGNS = { pass: "✓", fail: "✕", unscored: "–" };

  // `word` stands in place of the verdict, where there is a row of them.
  phonebench.badge = (verdict, word = verdict) =>
    el("span", { class: `badge ${verdict}` }, el("span", { "aria-hidden": "true" }, SIGNS[verdict] || "?"), word);

  phonebench.chip = (value, kind = "") => el("span", { class: `chip ${kind}`.trim() }, text(value));

  phonebench.decider = (by) => el("span", { class: `chip by-${by}` }, by);

  // 0.0625 reads 0.063, as in the spreadsheet.
  phonebench.seconds = (value) => {
    if (value === null || value === undefined) return "-";
    return `${(Math.round(Number((value * 1000).toPrecision(15))) / 1000).toFixed(3)} s`;
  };

  // A figure of a run or of a pair of runs, as text.
  phonebench.figure = (of, title) => {
    const found = of.figures.find((one) => one[0] === title);
    return found && found[1] ? found[1] : "-";
  };

  phonebench.meaningOf = (run, title) => (run.figures.find((one) => one[0] === title) || ["", "", ""])[2];

  phonebench.phoneOf = (run) => phonebench.chip(run.phone, run.simulated ? "simulated" : "");

  phonebench.agentOf = (run) => {
    const models = run.models.map(([role, name]) => `${role}: ${name}`).join(", ");
    return text(models ? `${run.agent} · ${models}` : run.agent, "div", "quiet");
  };

  const at = (point) => `${point.x}, ${point.y}`;
  const WORDS = {
    tap: (a) => `tap ${at(a.at)}`,
    double_tap: (a) => `double tap ${at(a.at)}`,
    long_press: (a) => `long press ${at(a.at)}`,
    swipe: (a) => `swipe ${at(a.start)} → ${at(a.end)}`,
    drag: (a) => `drag ${at(a.start)} → ${at(a.end)}`,
    type: (a) => `type “${a.text}”${a.enter ? " ⏎" : ""}`,
    key: (a) => `key ${a.key}`,
    launch: (a) => `launch ${a.app}`,
    wait: (a) => `wait ${a.seconds} s`,
    note: (a) => `note: ${a.text}`,
    take_over: (a) => `ask a person: ${a.message || ""}`,
    finish: (a) => `finish${a.success ? "" : " (gave up)"}: ${a.answer || ""}`,
  };
  phonebench.actionText = (action) => {
    if (!action) return "no action";
    return WORDS[action.type] ? WORDS[action.type](action) : action.type;
  };

  phonebench.facts = (rows) => el("dl", { class: "facts" }, rows.filter(Boolean).map(([name, value, meaning]) =>
    el("div", { title: meaning || null }, el("dt", {}, name), el("dd", {}, value instanceof Node ? value : text(value)))));

  // A long text in its own box; more than `most` characters wait behind a button.
  phonebench.block = (value, most = 6000) => {
    const box = text(value.length > most ? `${value.slice(0, most)}…` : value, "pre", "block");
    box.tabIndex = 0;
    if (value.length <= most) return box;
    const more = el("button", { type: "button", on: { click: () => { box.textContent = value; more.remove(); } } },
      `Show all ${value.length.toLocaleString("en")} characters`);
    return el("div", {}, box, more);
  };

  // Opens on demand, and is filled only then.
  phonebench.fold = (title, fill, open = false) => {
    const body = el("div", { class: "fold" });
    const fold = el("details", { open }, el("summary", {}, title), body);
    const once = () => { if (fold.open && !body.firstChild) body.append(fill()); };
    fold.addEventListener("toggle", once);
    if (open) once();
    return fold;
  };

  // A table whose headers sort. Cells are texts, nodes, or [value, text]; `columns` are [title, format, meaning].
  phonebench.table = (columns, rows, caption) => {
    const body = el("tbody");
    const numeric = ([, format]) => (format === "text" ? null : "number");
    const cell = (value, column) => {
      const shown = Array.isArray(value) ? value[1] : value;
      return el("td", { class: numeric(column) }, shown instanceof Node ? shown : text(shown));
    };
    const fill = (order) => body.replaceChildren(...order.map((row) => el("tr", {}, row.map((one, n) => cell(one, columns[n])))));
    const value = (one) => (Array.isArray(one) ? one[0] : one instanceof Node ? one.textContent : one);
    let sorted = { column: -1, down: false };
    const sort = (column, heads) => {
      sorted = { column, down: sorted.column === column ? !sorted.down : false };
      const order = rows.slice().sort((a, b) => {
        const [x, y] = [value(a[column]), value(b[column])];
        const result = typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y), "en", { numeric: true });
        return sorted.down ? -result : result;
      });
      heads.forEach((head, n) => head.setAttribute(
        "aria-sort",
        n === column ? (sorted.down ? "descending" : "ascending") : "none",
      ));
      fill(order);
    };
    const heads = columns.map(([title, format, meaning], column) => el("th", {
      scope: "col",
      class: numeric([title, format]),
      "aria-sort": "none",
      title: meaning || null,
    },
      el("button", { type: "button", on: { click: () => sort(column, heads) } }, title)));
    fill(rows);
    return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
      el("table", { class: "grid" }, el("caption", { class: "hidden" }, caption), el("thead", {}, el("tr", {}, heads)), body));
  };
})();
