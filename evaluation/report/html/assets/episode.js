"use strict";

// An episode as a film strip, with one step enlarged and all that is known of it beside.
(() => {
  const { el, text, link, pages, badge, chip } = phonebench;
  let tab = 0; // stays when one goes to another step or episode
  let marks = true;

  const frames = (episode) => {
    const shots = episode.steps.map((step) => ({ step, shot: step.screen }));
    const last = episode.final || (episode.steps.length ? episode.steps[episode.steps.length - 1].after : null);
    return last ? [...shots, { step: null, shot: last }] : shots;
  };

  const label = (frame, at) => (frame.step ? String(at + 1) : "end");

  function size(episode, frame) {
    if (frame.step) return phonebench.sizeOf(frame.step);
    const last = episode.steps[episode.steps.length - 1];
    return (last && phonebench.sizeOf(last)) || (frame.shot && frame.shot.size);
  }

  function still(episode, frame, at) {
    const box = size(episode, frame);
    const action = frame.step ? phonebench.actionText(frame.step.action) : "at the end";
    const css = frame.step ? `by-${frame.step.by}${frame.step.error === null ? "" : " broken"}` : "final";
    const shot = el(
      "span",
      { class: "shot", css: box ? { "aspect-ratio": `${box[0]} / ${box[1]}` } : {} },
      phonebench.picture(episode, frame.shot, `screen before step ${label(frame, at)}`),
      frame.step ? phonebench.overlay(frame.step, box) : null,
    );
    const address = link(["episode", episode.run, episode.key, label(frame, at)]);
    const caption = el("span", { class: "caption" }, el("b", {}, label(frame, at)), " ", text(action));
    return el("a", { class: `frame ${css}`, href: address, title: action }, shot, caption);
  }

  function head(episode, verdict, walk) {
    const step = (by, name, key) => {
      const next = walk.list[walk.at + by];
      const address = next ? link(["episode", next.run, next.key]) : null;
      const said = { title: `${name} episode (${key})`, "aria-label": `${name} episode`, "aria-disabled": !next };
      return el("a", { class: "button", rel: by > 0 ? "next" : "prev", href: address, ...said }, by > 0 ? "›" : "‹");
    };
    const where = el("span", { class: "quiet" }, `${walk.at + 1} of ${walk.list.length}`);
    const title = [
      badge(verdict),
      el("h1", {}, text(episode.key)),
      el("a", { href: link(["run", episode.run]) }, text(episode.name)),
      chip(episode.app),
      chip(episode.outcome.replace("_", " ")),
      el("nav", { "aria-label": "Episodes" }, where, step(-1, "Previous", "p"), step(1, "Next", "n")),
    ];
    const instruction = text(episode.instruction, "p", "instruction");
    return el("header", { class: "card head" }, el("div", { class: "titled" }, title), instruction);
  }

  // Where on the phone's screen the pointer is, in its pixels.
  function pixel(event, shown, size) {
    if (!size) return null;
    const area = shown.getBoundingClientRect();
    return { x: ((event.clientX - area.left) / area.width) * size[0], y: ((event.clientY - area.top) / area.height) * size[1] };
  }

  async function loaded(run, key) {
    const about = await phonebench.run(run);
    const listed = (await phonebench.episodes(run)).find((one) => one.key === key);
    if (!listed) throw new Error(`Run “${about.name}” has no episode “${key}”.`);
    if (!listed.recorded) throw new Error(`Episode “${key}” of run “${about.name}” cannot be shown: ${listed.reason}`);
    const episode = await phonebench.need(`episode/${run}/${key}`);
    return Object.assign(episode, { run, key, name: about.name, verdict: listed.verdict });
  }

  pages.episode = async ({ segments: [, run, key, asked] }) => {
    const episode = await loaded(run, key);
    const walk = await phonebench.walk(run, key);
    const film = frames(episode);
    const strip = el(
      "nav",
      { class: "strip", "aria-label": "Steps", tabindex: "-1" },
      film.map((frame, at) => still(episode, frame, at)),
    );
    const screen = el("figure", { class: "screen" });
    const panel = el("div", { class: "panel", role: "tabpanel", id: "panel", tabindex: "0" });
    const tabs = phonebench.panels.map(([name], n) => el(
      "button",
      {
        type: "button",
        role: "tab",
        id: `tab-${n}`,
        "aria-controls": "panel",
        title: `${name} (${n + 1})`,
        on: { click: () => choose(n) },
      },
      name,
    ));
    const stage = el(
      "div",
      { class: "stage" },
      strip,
      screen,
      el(
        "section",
        { class: "card beside" },
        el("div", { class: "tabs", role: "tablist", on: { keydown: walkTabs } }, tabs),
        panel,
      ),
    );
    let at = place(asked);
    let layer = null;
    let turn = 0;

    function walkTabs(event) {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!by) return;
      event.stopPropagation();
      choose((tab + by + tabs.length) % tabs.length);
      tabs[tab].focus();
    }

    function place(name) {
      if (name === "end") return film.length - 1;
      const number = Number.parseInt(name || "1", 10);
      return Math.max(0, Math.min(film.length - 1, (Number.isNaN(number) ? 1 : number) - 1));
    }

    async function fill() {
      const mine = ++turn;
      tabs.forEach((one, n) => { one.setAttribute("aria-selected", n === tab); one.tabIndex = n === tab ? 0 : -1; });
      panel.setAttribute("aria-labelledby", `tab-${tab}`);
      const light = (bounds) => { if (layer) phonebench.overlayBox(layer, bounds); };
      let body;
      try {
        body = await phonebench.panels[tab][1](episode, film[at] && film[at].step ? at : -1, light);
      } catch (problem) {
        body = text(problem.message, "p", "error");
      }
      if (mine !== turn) return;
      panel.replaceChildren(body);
      panel.scrollTop = 0;
    }

    function choose(n) {
      tab = n;
      fill();
    }

    function pick(point) {
      const tree = panel.querySelector(".tree");
      if (tree) tree.pick(point);
    }

    function marksSwitch(many) {
      const change = (event) => { marks = event.target.checked; enlarge(); };
      return el("label", {}, el("input", { type: "checkbox", checked: marks, on: { change } }), ` ${many} marks`);
    }

    function enlarge() {
      const frame = film[at];
      if (!frame) {
        screen.replaceChildren(el("p", { class: "quiet" }, "No step was recorded."));
        return;
      }
      const box = size(episode, frame);
      layer = box ? phonebench.overlay(frame.step || {}, box, { marks }) : null;
      const alt = `screen ${frame.step ? `before step ${at + 1}` : "at the end"}`;
      const large = el(
        "div",
        {
          class: "shot large",
          css: box ? { "aspect-ratio": `${box[0]} / ${box[1]}`, "--tall": box[1] / box[0] } : {},
          on: { mousemove: (event) => pick(pixel(event, large, box)), mouseleave: () => pick(null) },
        },
        phonebench.picture(episode, frame.shot, alt, { large: true }),
        layer,
      );
      const many = frame.step && frame.step.marks ? frame.step.marks.length : 0;
      const whole = frame.shot && frame.shot.full;
      const caption = [
        el("span", { class: "quiet" }, frame.step ? `Step ${at + 1} of ${episode.steps.length}` : "At the end"),
        whole ? el("a", { href: whole, target: "_blank", rel: "noopener" }, "full size") : null,
        many ? marksSwitch(many) : null,
      ];
      screen.replaceChildren(large, el("figcaption", {}, caption));
    }

    function go(to, address = true) {
      at = Math.max(0, Math.min(film.length - 1, to));
      [...strip.children].forEach((frame, n) => {
        if (n === at) frame.setAttribute("aria-current", "step");
        else frame.removeAttribute("aria-current");
      });
      const current = strip.children[at];
      if (current) strip.scrollTo({ left: current.offsetLeft - strip.clientWidth / 2 + current.clientWidth / 2 });
      enlarge();
      fill();
      if (address && film[at]) history.replaceState(null, "", link(["episode", run, key, label(film[at], at)]));
    }

    function neighbour(by) {
      const next = walk.list[walk.at + by];
      if (next) phonebench.replace(link(["episode", next.run, next.key]));
    }

    const KEYS = {
      j: () => go(at + 1), ArrowRight: () => go(at + 1), k: () => go(at - 1), ArrowLeft: () => go(at - 1),
      Home: () => go(0), End: () => go(film.length - 1), n: () => neighbour(1), p: () => neighbour(-1),
      m: () => { marks = !marks; enlarge(); },
    };
    phonebench.panels.forEach((_, n) => { KEYS[n + 1] = () => choose(n); });

    return {
      title: `${key}, ${episode.name}`,
      root: el("div", { class: "episode" }, head(episode, episode.verdict, walk), stage),
      shown: () => { window.scrollTo(0, 0); go(at, false); },
      move({ segments }) {
        if (segments[1] !== run || segments[2] !== key) return false;
        go(place(segments[3]), false);
        return true;
      },
      key(name) {
        if (!KEYS[name]) return false;
        KEYS[name]();
        return true;
      },
    };
  };
})();
