"use strict";

// The frame around all pages: navigation, theme, keys, help.
(() => {
  const { el } = phonebench;
  const PAGES = [["runs", "Runs"], ["episodes", "Episodes"], ["compare", "Compare"], ["about", "About"]];
  const KEYS = [
    [
      "j k or → ←",
      "next, previous step; in lists next, previous row",
    ], ["n p", "next, previous episode"], ["Home End", "first, last step"],
    ["1 … 5", "step, prompt, UI tree, verdict, episode"], ["m", "marks on or off"], ["Enter", "open the selected episode"],
    ["/", "search"], ["g", "leaderboard"], ["e", "episodes"], ["c", "compare"], ["t", "light or dark"], ["?", "this help"],
  ];

  const remembered = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
  const remember = (name, value) => { try { localStorage.setItem(name, value); } catch { /* a page from disk may not */ } };

  const wished = () => (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  const dark = () => (document.documentElement.dataset.theme || wished()) === "dark";
  function turnTheme() {
    document.documentElement.dataset.theme = dark() ? "light" : "dark";
    remember("phonebench.theme", document.documentElement.dataset.theme);
  }

  const help = el("dialog", { class: "help", "aria-label": "Keys" }, el("h2", {}, "Keys"),
    el(
      "dl",
      {},
      KEYS.map(([keys, what]) => el(
        "div",
        {},
        el("dt", {}, keys.split(" ").map((key) => (key === "or" || key === "…" ? ` ${key} ` : el("kbd", {}, key)))),
        el("dd", {}, what),
      )),
    ),
    el("form", { method: "dialog" }, el("button", {}, "Close")));

  const links = new Map(PAGES.map(([name, title]) => [name, el("a", { href: `#/${name}` }, title)]));
  const HOME = { run: "runs", episode: "episodes" };
  phonebench.mark = (page) => links.forEach((link, name) =>
    (name === (HOME[page] || page) ? link.setAttribute("aria-current", "page") : link.removeAttribute("aria-current")));

  function search() {
    const field = document.getElementById("search");
    if (field) field.focus();
    else {
      location.hash = "#/episodes";
      window.addEventListener(
        "hashchange",
        () => setTimeout(() => document.getElementById("search")?.focus(), 100),
        { once: true },
      );
    }
  }

  const EVERYWHERE = {
    "?": () => help.showModal(), "/": search, t: turnTheme,
    g: () => { location.hash = "#/runs"; }, e: () => { location.hash = "#/episodes"; }, c: () => { location.hash = "#/compare"; },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    const field = event.target.closest("input, select, textarea");
    if (field && field.type !== "checkbox") {
      if (event.key === "Escape") field.blur();
      return;
    }
    if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
    if (phonebench.pressed(event.key)) event.preventDefault();
    else if (EVERYWHERE[event.key]) {
      event.preventDefault();
      EVERYWHERE[event.key]();
    }
  });

  async function start() {
    const theme = remembered("phonebench.theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
    document.getElementById("top").append(
      el("a", { class: "brand", href: "#/runs" }, "phonebench"),
      el("nav", { "aria-label": "Pages" }, [...links.values()]),
      el("button", { type: "button", title: "Search (/)", "aria-label": "Search", on: { click: search } }, "⌕"),
      el("button", { type: "button", title: "Light or dark (t)", "aria-label": "Light or dark", on: { click: turnTheme } }, "◐"),
      el("button", { type: "button", title: "Keys (?)", "aria-label": "Keys", on: { click: () => help.showModal() } }, "?"));
    document.body.append(help);
    window.addEventListener("hashchange", phonebench.show);
    await phonebench.show();
    const report = await phonebench.report().catch(() => null); // the page has said so
    if (!report) return;
    const label = document.getElementById("label");
    label.textContent = report.label;
    label.classList.toggle("simulated", report.simulated);
    links.get("compare").hidden = report.runs.length < 2;
  }

  start();
})();
