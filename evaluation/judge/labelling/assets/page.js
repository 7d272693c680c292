// The page of a person who labels episodes. One episode is shown at a time; one key decides it.
"use strict";

const WORDS = { p: "pass", f: "fail", s: "skip", u: "undo" };

const at = (id) => document.getElementById(id);
let number = null;
let busy = false;

async function ask(path, options = {}) {
  const answer = await fetch(path, options);
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(said.error || `the server answers ${answer.status}`);
  return said;
}

async function next() {
  const shown = await ask("next");
  number = shown.number;
  at("count").textContent = `${shown.done} of ${shown.total} labelled`;
  at("main").hidden = at("keys").hidden = number === null;
  at("over").hidden = number !== null;
  if (number !== null) show(shown);
}

function show(episode) {
  at("simulated").hidden = !episode.simulated;
  at("instruction").textContent = episode.instruction;
  at("ended").textContent = `${episode.ended}; answer: ${episode.answer ?? "-"}`;
  fill("goals", episode.goals);
  fill("actions", episode.actions);
  at("strip").replaceChildren(...episode.frames.map(film));
  window.scrollTo(0, 0);
  const last = at("strip").querySelector("li:last-child img");
  if (last) last.onload = () => (at("strip").scrollLeft = at("strip").scrollWidth);
}

function fill(id, lines) {
  at(id).replaceChildren(...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
}

function film(frame) {
  const item = document.createElement("li");
  const button = Object.assign(document.createElement("button"), { title: "larger" });
  const image = Object.assign(document.createElement("img"), { src: frame.url, alt: `Screenshot: ${frame.caption}` });
  button.append(image);
  button.addEventListener("click", () => {
    at("picture").src = frame.url;
    at("large").showModal();
  });
  item.append(button, Object.assign(document.createElement("span"), { textContent: frame.caption, title: frame.caption }));
  return item;
}

async function say(word) {
  if (busy || number === null || at("large").open) return;
  busy = true;
  await tell(async () => {
    await ask("label", { method: "POST", body: JSON.stringify({ number, word }) });
    await next();
  });
  busy = false;
}

async function tell(work) {
  try {
    await work();
    at("error").hidden = true;
  } catch (problem) {
    at("error").textContent = problem instanceof TypeError ? "the command has ended, or is out of reach" : problem.message;
    at("error").hidden = false;
  }
}

document.addEventListener("keydown", (event) => {
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.repeat;
  if (plain && WORDS[event.key]) say(WORDS[event.key]);
});
for (const word of Object.values(WORDS)) at(word).addEventListener("click", () => say(word));
tell(next);
