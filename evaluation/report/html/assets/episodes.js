"use strict";

// The list of episodes: filters, search, and only those rows in the page that can be seen.
(() => {
  const { el, text, link, pages, badge, decider } = phonebench;
  const SPARE = 8; // rows kept above and below the visible ones

  const effects = (episode) => (episode.side_effects === null ? "unknown" : episode.side_effects ? "some" : "none");
  const FILTERS = [
    ["run", "Run", (e) => [e.run]],
    ["app", "App", (e) => [e.app]],
    ["verdict", "Verdict", (e) => [e.verdict]],
    ["outcome", "Ended", (e) => [e.outcome]],
    ["kind", "Kind", (e) => [e.kind]],
    ["by", "Decided by", (e) => e.by],
    ["effects", "Side effects", (e) => [effects(e)]],
    ["claim", "Claimed", (e) => [e.claimed === null ? "nothing" : e.claimed ? "done" : "not done"]],
    ["judge", "Judge", (e) => [e.judge || "none"]],
  ];

  function searched(episode) {
    episode.search ??= [episode.key, episode.instruction, episode.answer, episode.reason, episode.error, episode.app]
      .filter(Boolean).join("\n").toLowerCase();
    return episode.search;
  }

  function chosen(all, query) {
    const words = (query.q || "").toLowerCase().split(/\s+/).filter(Boolean);
    const active = FILTERS.filter(([name]) => query[name]);
    return all.filter((episode) => active.every(([name, , of]) => of(episode).includes(query[name]))
      && words.every((word) => searched(episode).includes(word)));
  }

  // Choices of a filter with the number of episodes that the other filters leave for each.
  function choices(all, query, [name, , of]) {
    const counts = new Map();
    for (const episode of all) for (const value of of(episode)) counts.set(value, 0);
    for (const episode of chosen(all, { ...query, [name]: "" })) for (const value of of(episode)) counts.set(value, counts.get(value) + 1);
    return [...counts].sort(([a], [b]) => String(a).localeCompare(String(b), "en", { numeric: true }));
  }

  function row(episode, names, place, many) {
    const line = (value, css = "") => text(value, "div", `line ${css}`);
    const counts = [
      `${episode.steps} ${episode.steps === 1 ? "step" : "steps"}`,
      episode.verdict !== "unscored" && episode.goals ? `${episode.goals_passed}/${episode.goals} goals` : "",
      episode.side_effects ? `${episode.side_effects} side ${episode.side_effects === 1 ? "effect" : "effects"}` : "",
    ].filter(Boolean).join(" · ");
    const ended = el("div", { class: "quiet" }, episode.outcome.replace("_", " "), " ", episode.by.map(decider));
    const name = [el("b", {}, text(episode.key)), " ", text(episode.app, "span", "quiet")];
    const answer = episode.answer === null ? null : line(`answer: ${episode.answer}`, "quiet");
    const inside = [
      badge(episode.verdict),
      el("span", { class: "what" }, name, line(episode.instruction)),
      el("span", { class: "why" }, line(episode.reason), answer),
      el("span", { class: "how" }, el("div", {}, counts), ended),
      el("span", { class: "whose quiet" }, text(names.get(episode.run), "span", "line")),
    ];
    const cells = episode.recorded
      ? el("a", { class: "cells", href: link(["episode", episode.run, episode.key]) }, inside)
      : el("div", { class: "cells missing" }, inside);
    return el("div", { class: "row", role: "listitem", "aria-posinset": place + 1, "aria-setsize": many }, cells);
  }

  // Rows of equal height, laid out by their number; `at` is the selected one.
  function virtualList(names) {
    const space = el("div", { class: "space", role: "list" });
    const box = el("div", { class: "list", tabindex: "0", "aria-label": "Episodes", role: "region" }, space);
    let list = [];
    let at = -1;
    const drawn = new Map();
    const height = () => parseFloat(getComputedStyle(box).getPropertyValue("--row")) || 60;

    function draw() {
      const tall = height();
      const from = Math.max(0, Math.floor(box.scrollTop / tall) - SPARE);
      const to = Math.min(list.length, Math.ceil((box.scrollTop + box.clientHeight) / tall) + SPARE);
      space.style.height = `${list.length * tall}px`;
      for (const [place, node] of drawn) {
        if (place < from || place >= to) {
          node.remove();
          drawn.delete(place);
        }
      }
      for (let place = from; place < to; place += 1) {
        if (!drawn.has(place)) {
          drawn.set(place, row(list[place], names, place, list.length));
          space.append(drawn.get(place));
        }
        const node = drawn.get(place);
        node.style.top = `${place * tall}px`;
        node.classList.toggle("selected", place === at);
      }
    }

    function select(place) {
      if (!list.length) return;
      at = Math.max(0, Math.min(list.length - 1, place));
      const tall = height();
      if (at * tall < box.scrollTop) box.scrollTop = at * tall;
      if ((at + 1) * tall > box.scrollTop + box.clientHeight) box.scrollTop = (at + 1) * tall - box.clientHeight;
      draw();
    }

    box.addEventListener("scroll", draw, { passive: true });
    return {
      box, draw, select,
      get at() { return at; },
      get selected() { return list[at]; },
      show(episodes) {
        list = episodes;
        at = -1;
        drawn.forEach((node) => node.remove());
        drawn.clear();
        box.scrollTop = 0;
        draw();
      },
    };
  }

  pages.episodes = async (place) => {
    const report = await phonebench.report();
    const all = await phonebench.allEpisodes();
    const names = new Map(report.runs.map((run) => [run.id, run.name]));
    const list = virtualList(names);
    const count = el("p", { class: "quiet", role: "status" });
    const bar = el("div", { class: "filters" });
    let query = place.query;

    const set = (name, value) => phonebench.replace(link(["episodes"], { ...phonebench.place().query, [name]: value }));
    const selects = new Map(FILTERS.map(([name, label]) => {
      const select = el("select", { "aria-label": label, on: { change: () => set(name, select.value) } });
      return [name, select];
    }));
    const search = el(
      "input",
      {
        type: "search",
        id: "search",
        placeholder: "Search task, instruction, answer, reason",
        "aria-label": "Search episodes",
        on: { input: () => set("q", search.value) },
      },
    );

    function refresh() {
      const found = chosen(all, query);
      phonebench.setWalk(found);
      for (const filter of FILTERS) {
        const [name, label] = filter;
        const options = choices(all, query, filter);
        const select = selects.get(name);
        select.replaceChildren(el("option", { value: "" }, label), ...options.map(([value, number]) =>
          el("option", { value, selected: value === query[name] }, `${name === "run" ? names.get(value) : value} (${number})`)));
        select.classList.toggle("active", Boolean(query[name]));
        select.hidden = options.length < 2 && !query[name];
      }
      if (search.value !== (query.q || "")) search.value = query.q || "";
      const number = (list) => list.length.toLocaleString("en");
      const scored = found.filter((episode) => episode.verdict !== "unscored");
      const passed = scored.filter((episode) => episode.verdict === "pass");
      count.textContent = `${number(found)} of ${number(all)} episodes; ${number(passed)} of ${number(scored)} scored passed`;
      list.show(found);
    }

    bar.append(search, ...selects.values(), el("a", { class: "button", href: "#/episodes" }, "Clear"));
    const root = el("section", { class: "card fill" }, el("h1", { class: "hidden" }, "Episodes"), bar, count, list.box);
    const resized = () => list.draw();
    window.addEventListener("resize", resized);
    return {
      title: "Episodes",
      root,
      shown: refresh,
      move(next) {
        query = next.query;
        refresh();
        return true;
      },
      leave: () => window.removeEventListener("resize", resized),
      key(key) {
        if (key === "j" || key === "ArrowDown") list.select(list.at + 1);
        else if (key === "k" || key === "ArrowUp") list.select(list.at - 1);
        else if (key === "Enter" && list.selected && list.selected.recorded) {
          location.hash = link(["episode", list.selected.run, list.selected.key]);
        } else return false;
        return true;
      },
    };
  };
})();
