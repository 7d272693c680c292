"use strict";

// What an agent did, drawn over the screenshot in device pixels.
(() => {
  const { svg } = phonebench;

  function arrow(from, to, unit) {
    const angle = Math.atan2(to.y - from.y, to.x - from.x);
    const tip = (turn) => `${to.x - 34 * unit * Math.cos(angle + turn)},${to.y - 34 * unit * Math.sin(angle + turn)}`;
    return svg("polygon", { class: "solid", points: `${to.x},${to.y} ${tip(0.45)} ${tip(-0.45)}` });
  }

  function touch(point, unit, rings) {
    return [
      ...rings.map((radius) => svg("circle", { class: "ring", cx: point.x, cy: point.y, r: radius * unit })),
      svg("circle", { class: "solid", cx: point.x, cy: point.y, r: 9 * unit }),
    ];
  }

  const DRAWN = {
    tap: (a, unit) => touch(a.at, unit, [40]),
    double_tap: (a, unit) => touch(a.at, unit, [34, 56]),
    long_press: (a, unit) => [
      svg("circle", { class: "press", cx: a.at.x, cy: a.at.y, r: 48 * unit }),
      ...touch(a.at, unit, [48]),
    ],
    swipe: (a, unit) => stroke(a, unit, ""),
    drag: (a, unit) => [
      svg("circle", { class: "press", cx: a.start.x, cy: a.start.y, r: 44 * unit }),
      ...stroke(a, unit, "dashed"),
    ],
  };

  function stroke(action, unit, css) {
    return [
      svg("circle", { class: "ring", cx: action.start.x, cy: action.start.y, r: 22 * unit }),
      svg("line", { class: `stroke ${css}`, x1: action.start.x, y1: action.start.y, x2: action.end.x, y2: action.end.y }),
      arrow(action.start, action.end, unit),
    ];
  }

  function box([left, top, right, bottom], number, unit) {
    const hue = (number * 67) % 360;
    const tag = { x: left, y: top, width: (String(number).length * 24 + 14) * unit, height: 44 * unit };
    return svg("g", { class: "mark", css: { "--hue": hue } },
      svg("rect", { x: left, y: top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) }),
      svg("rect", { class: "tag", ...tag }),
      svg("text", { x: left + tag.width / 2, y: top + 36 * unit, "font-size": 40 * unit, "text-anchor": "middle" }, number));
  }

  // An SVG of the screen's size, to be laid over the picture; null when the size is not known.
  phonebench.overlay = (step, size, { marks = false } = {}) => {
    if (!size) return null;
    const [width, height] = size;
    const unit = width / 1080;
    const layer = svg("svg", {
      class: "overlay", viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", "aria-hidden": "true", css: { "--unit": unit },
    });
    if (marks && step.marks) step.marks.forEach((mark, n) => layer.append(box(mark, n + 1, unit)));
    const draw = step.action && DRAWN[step.action.type];
    if (draw) layer.append(svg("g", { class: `touch by-${step.by}` }, draw(step.action, unit)));
    return layer;
  };

  phonebench.overlayBox = (layer, bounds) => {
    layer.querySelectorAll(".node").forEach((node) => node.remove());
    if (!bounds) return;
    const [left, top, right, bottom] = bounds;
    layer.append(svg(
      "rect",
      { class: "node", x: left, y: top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) },
    ));
  };

  // Width and height in device pixels: as recorded, else of the picture itself.
  phonebench.sizeOf = (step) => (step.width && step.height ? [step.width, step.height] : (step.screen && step.screen.size) || null);

  // An image of a shot: the small copy at once; the whole one in its place once it has come, where it still lies there.
  phonebench.picture = (episode, shot, alt, { large = false } = {}) => {
    const none = (words) => phonebench.el("span", { class: "noshot" }, words);
    if (!shot) return none("no screenshot");
    const copy = shot.copy && ["screens", episode.run, episode.key, shot.copy].map(encodeURIComponent).join("/");
    if (!copy && !shot.full) return none("no screenshot copied");
    const loading = large ? "eager" : "lazy";
    const image = phonebench.el("img", { src: copy || shot.full, alt, loading, decoding: "async", draggable: "false" });
    image.addEventListener("error", () => image.replaceWith(none("screenshot not found")), { once: true });
    if (large && copy && copy.endsWith(".webp") && shot.full) {
      const whole = new Image();
      whole.addEventListener("load", () => { image.src = whole.src; }, { once: true });
      whole.src = shot.full;
    }
    return image;
  };
})();
