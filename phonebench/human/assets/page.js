// The page of a person who drives the phone. One scene is shown at a time; one action answers it.
"use strict";

const HOLD_MS = 500; // a touch held so long is a long press
const DOUBLE_MS = 280; // two clicks within this time are a double tap
const SLOP = 12; // device pixels times the scale that still count as no movement
const WHEEL_SHARE = 0.35; // of the screen's height, for a turn of the wheel

const at = (id) => document.getElementById(id);
const frame = at("frame");
const image = at("screen");
let version = -1;
let scene = null;
let touch = null;
let click = null;

async function ask(path, options = {}) {
  const answer = await fetch(path, options);
  if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).error || `the server answers ${answer.status}`);
  return answer;
}

async function follow() {
  for (;;) {
    try {
      const news = await (await ask(`scene?known=${version}`)).json();
      if (news.over) return over();
      if (news.version !== version || !image.src) await show(news);
    } catch (problem) {
      say(problem instanceof TypeError ? "the run has ended, or is out of reach" : problem.message);
      document.body.classList.add("waiting");
      await new Promise((done) => setTimeout(done, 2000));
    }
  }
}

function over() {
  scene = null;
  document.body.classList.add("waiting");
  at("busy").textContent = "the run is over";
  at("instruction").textContent = "The run is over. Thank you.";
}

async function show(news) {
  scene = null;
  document.body.classList.add("waiting");
  if (news.scene) await draw(news.scene);
  // Only now: nobody touches a screen by the picture of the one before.
  version = news.version;
  scene = news.scene;
  document.body.classList.toggle("waiting", !scene);
  document.body.dataset.version = version;
  say("");
}

async function draw(next) {
  const picture = await (await ask("screen")).blob();
  const old = image.src;
  image.src = URL.createObjectURL(picture);
  await image.decode().catch(() => {}); // keys and forms work without a picture, too
  if (old) URL.revokeObjectURL(old);
  at("simulated").hidden = !next.simulated;
  at("task").textContent = next.task;
  at("step").textContent = `step ${next.step} of ${next.most_steps}`;
  at("instruction").textContent = next.instruction;
  at("app").textContent = `${next.app} · ${next.width}×${next.height}${next.keyboard ? " · keyboard shown" : ""}`;
  at("notice").textContent = next.notice;
}

function say(text) {
  at("error").textContent = text;
}

async function act(action) {
  if (!scene) return;
  const mine = version;
  scene = null;
  document.body.classList.add("waiting");
  try {
    await ask(`act?version=${mine}`, { method: "POST", body: JSON.stringify(action) });
    say("");
  } catch (problem) {
    say(problem.message);
    version = -1; // look again
  }
}

// --- touches ---------------------------------------------------------------------------------------------------------
function point(event) {
  const box = image.getBoundingClientRect();
  const pixel = (value, start, extent, size) =>
    Math.max(0, Math.min(size - 1, Math.floor(((value - start) / extent) * size)));
  return { x: pixel(event.clientX, box.left, box.width, scene.width), y: pixel(event.clientY, box.top, box.height, scene.height) };
}

function far(from, to) {
  return Math.hypot(to.x - from.x, to.y - from.y) > SLOP * (scene.width / image.clientWidth);
}

function mark(event) {
  const box = frame.getBoundingClientRect();
  const dot = at("trace");
  dot.style.left = `${event.clientX - box.left}px`;
  dot.style.top = `${event.clientY - box.top}px`;
  dot.style.display = "block";
  setTimeout(() => (dot.style.display = "none"), 600);
}

frame.addEventListener("pointerdown", (event) => {
  if (!scene || event.button !== 0) return;
  frame.setPointerCapture(event.pointerId);
  touch = { from: point(event), since: performance.now(), moved: 0 };
  mark(event);
});
frame.addEventListener("pointermove", (event) => {
  if (scene && touch && !touch.moved && far(touch.from, point(event))) touch.moved = performance.now();
});
frame.addEventListener("pointerup", (event) => {
  if (!scene || !touch) return;
  const { from, since, moved } = touch;
  touch = null;
  const to = point(event);
  const held = Math.round(performance.now() - since);
  mark(event);
  if (far(from, to) && moved && moved - since >= HOLD_MS) act({ type: "drag", start: from, end: to });
  else if (far(from, to)) act({ type: "swipe", start: from, end: to, duration_ms: Math.max(100, Math.min(held, 3000)) });
  else if (held >= HOLD_MS) act({ type: "long_press", at: from, duration_ms: Math.min(held, 5000) });
  else tapped(from);
});
frame.addEventListener("pointercancel", () => (touch = null));

function tapped(where) {
  if (click) {
    clearTimeout(click);
    click = null;
    act({ type: "double_tap", at: where });
    return;
  }
  click = setTimeout(() => {
    click = null;
    act({ type: "tap", at: where });
  }, DOUBLE_MS);
}

frame.addEventListener(
  "wheel",
  (event) => {
    event.preventDefault();
    if (!scene) return;
    const from = point(event);
    const way = Math.round(scene.height * WHEEL_SHARE) * (event.deltaY > 0 ? -1 : 1);
    const y = Math.max(0, Math.min(scene.height - 1, from.y + way));
    act({ type: "swipe", start: from, end: { x: from.x, y }, duration_ms: 400 });
  },
  { passive: false },
);

// --- keys and forms --------------------------------------------------------------------------------------------------
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") act({ type: "key", key: "back" });
});
for (const button of document.querySelectorAll("[data-key]"))
  button.addEventListener("click", () => act({ type: "key", key: button.dataset.key }));
at("wait").addEventListener("click", () => act({ type: "wait", seconds: 2 }));
at("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.ctrlKey) at("type").requestSubmit();
});

function form(id, make) {
  at(id).addEventListener("submit", (event) => {
    event.preventDefault();
    const action = make();
    if (action) act(action);
  });
}
function taken(id) {
  const value = at(id).value;
  at(id).value = "";
  return value;
}
form("type", () => ({ type: "type", text: taken("text"), clear: at("clear").checked, enter: at("enter").checked }));
form("launch", () => (at("name").value.trim() ? { type: "launch", app: taken("name").trim() } : null));
form("finish", () => ({ type: "finish", answer: taken("answer"), success: true }));
at("fail").addEventListener("click", () => act({ type: "finish", answer: taken("answer"), success: false }));

follow();
