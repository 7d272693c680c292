"use strict";

// The UI tree of a step: what opens and shuts, and lights up on the screenshot.
(() => {
  const { el, text } = phonebench;
  const OPEN = 400; // nodes that are shown at once

  function label([, cls, words, description, id, flags]) {
    return [
      el("b", {}, cls.split(".").pop() || "node"),
      words ? [" ", text(`“${words}”`, "span", "words")] : null,
      description ? [" ", text(`[${description}]`, "span", "described")] : null,
      id ? [" ", text(`#${id.split("/").pop()}`, "span", "quiet")] : null,
      flags ? [" ", el("small", {}, flags)] : null,
    ];
  }

  // `light(bounds)` is called with the bounds of the node under the pointer or focus, null when there is none.
  phonebench.uiTree = (rows, light) => {
    const shallow = rows.length > OPEN ? 3 : Infinity;
    const children = rows.map(() => []);
    const names = new Map(); // of the nodes that were opened
    const top = [];
    const above = [];
    rows.forEach((row, n) => {
      above.length = row[0];
      (row[0] ? children[above[row[0] - 1]] || top : top).push(n);
      above[row[0]] = n;
    });

    function item(n) {
      const bounds = rows[n].slice(6, 10);
      const show = () => light(bounds);
      const name = el("span", { class: "name", tabindex: "0", title: `${rows[n][1]} ${rows[n][4]} [${bounds.join(", ")}]`,
        on: { mouseenter: show, focus: show, mouseleave: () => light(null), blur: () => light(null) } }, label(rows[n]));
      names.set(n, name);
      if (!children[n].length) return el("li", {}, el("span", { class: "toggle" }), name);
      const list = el("ul");
      const fill = () => { if (!list.firstChild) list.append(...children[n].map(item)); };
      const open = rows[n][0] < shallow;
      const toggle = el("button", { type: "button", class: "toggle", "aria-expanded": open, "aria-label": "Children", on: { click: () => {
        const now = toggle.getAttribute("aria-expanded") !== "true";
        toggle.setAttribute("aria-expanded", now);
        if (now) fill();
        list.hidden = !now;
      } } });
      if (open) fill();
      list.hidden = !open;
      return el("li", {}, toggle, name, list);
    }

    const root = el("ul", { class: "tree" }, top.map(item));
    // Lights up the smallest node at a point of the screen, here and there; null for none.
    root.pick = (point) => {
      const holds = ([left, up, right, down]) => point && left <= point.x && point.x < right && up <= point.y && point.y < down;
      const area = ([left, up, right, down]) => (right - left) * (down - up);
      const under = rows.map((row, n) => [row.slice(6, 10), n]).filter(([bounds]) => holds(bounds));
      const [found] = under.sort(([a, m], [b, n]) => area(a) - area(b) || n - m);
      names.forEach((name, n) => name.classList.toggle("lit", Boolean(found) && n === found[1]));
      light(found ? found[0] : null);
      if (found && names.has(found[1])) names.get(found[1]).scrollIntoView({ block: "nearest" });
    };
    return root;
  };
})();
