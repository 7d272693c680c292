"use strict";

// The one global name. Each file adds its own; texts from models, phones and judges only ever become text nodes.
const phonebench = { pages: {} };

(() => {
  const SVG = "http://www.w3.org/2000/svg";

  // An element. Attributes: `on` holds listeners, `css` custom properties; null and false leave an attribute out.
  function build(node, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (name === "on") for (const [event, act] of Object.entries(value)) node.addEventListener(event, act);
      else if (name === "css") for (const [key, text] of Object.entries(value)) node.style.setProperty(key, text);
      else node.setAttribute(name, value === true && !name.startsWith("aria-") ? "" : String(value));
    }
    append(node, children);
    return node;
  }

  // A child that is null or false is left out.
  function append(node, children) {
    for (const child of children) {
      if (child === null || child === undefined || child === false) continue;
      if (Array.isArray(child)) append(node, child);
      else node.append(child instanceof Node ? child : document.createTextNode(String(child)));
    }
  }

  phonebench.el = (tag, attributes, ...children) => build(document.createElement(tag), attributes, children);
  phonebench.svg = (tag, attributes, ...children) => build(document.createElementNS(SVG, tag), attributes, children);

  // A text from outside: its own direction of writing, whatever it is.
  phonebench.text = (value, kind = "span", css = "") =>
    phonebench.el(kind, { dir: "auto", class: `data ${css}`.trim() }, value);

  phonebench.link = (segments, query = {}) => {
    const path = segments.map((segment) => encodeURIComponent(segment)).join("/");
    const asked = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== "" && value != null));
    return `#/${path}${asked.size ? `?${asked}` : ""}`;
  };

  phonebench.place = () => {
    const [path, asked = ""] = location.hash.replace(/^#\/?/, "").split("?");
    const segments = path.split("/").filter(Boolean).map((segment) => {
      try {
        return decodeURIComponent(segment);
      } catch {
        return segment;
      }
    });
    return { segments, query: Object.fromEntries(new URLSearchParams(asked)) };
  };

  // Changes the address without a new entry in the history, and shows what it names.
  phonebench.replace = (address) => {
    history.replaceState(null, "", address);
    phonebench.show();
  };

  let shown = { page: null, view: null };
  let turn = 0;

  // Shows what the address names. A page returns a view; `view.move(place)` may say that it went there by itself.
  phonebench.show = async () => {
    const place = phonebench.place();
    const name = place.segments[0] || "runs";
    const page = phonebench.pages[name];
    if (shown.page === name && shown.view && shown.view.move && shown.view.move(place)) return;
    const mine = ++turn;
    const main = document.getElementById("main");
    try {
      if (!page) throw new Error(`There is no page “${name}” in this report.`);
      const view = await page(place);
      if (mine !== turn) return;
      if (shown.view && shown.view.leave) shown.view.leave();
      shown = { page: name, view };
      main.replaceChildren(view.root);
      document.title = `${view.title} – phonebench`;
      if (view.shown) view.shown();
      else window.scrollTo(0, 0);
    } catch (problem) {
      if (mine !== turn) return;
      shown = { page: null, view: null };
      main.replaceChildren(
        phonebench.el("div", { class: "card empty", role: "alert" }, phonebench.el("h1", {}, "Nothing to show here"),
          phonebench.text(problem.message, "p"), phonebench.el("a", { href: "#/runs" }, "To the leaderboard")),
      );
    }
    phonebench.mark(name);
  };

  // Keys of the page that is shown; returns true when it knew the key.
  phonebench.pressed = (key) => Boolean(shown.view && shown.view.key && shown.view.key(key));
})();
