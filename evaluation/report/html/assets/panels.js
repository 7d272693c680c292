"use strict";

// What can be read beside the screenshot: the step, its prompt, the UI tree, the verdict, the episode.
(() => {
  const { el, text, block, fold, facts, badge, chip, decider, seconds } = phonebench;

  const titled = (title, body) => el("section", { class: "part" }, el("h3", {}, title), body);
  const nothing = (words) => el("p", { class: "quiet" }, words);

  const CALLS = [
    ["Role", "text", ""],
    ["Model", "text", ""],
    ["First token", "seconds", "seconds to the first token"],
    ["Total", "seconds", ""],
    ["Prompt", "count", "tokens"],
    ["Cached", "count", "tokens of the prompt that the server had cached"],
    ["Completion", "count", "tokens"],
    ["Tries", "count", ""],
    ["Finish", "text", ""],
  ];

  function calls(list) {
    const number = (value) => [value, value.toLocaleString("en")];
    const time = (value) => [value ?? -1, seconds(value)];
    const rows = list.map((call) => [
      call.role, call.model, time(call.ttft_s), time(call.total_s), number(call.prompt), number(call.cached),
      number(call.completion), number(call.attempts), call.finish,
    ]);
    return phonebench.table(CALLS, rows, "Model calls");
  }

  // A screenshot as the model was shown it, with the marks on it.
  function sent(episode, part) {
    const step = episode.steps.find((one) => one.screen && one.screen.path === part.image);
    const shot = el(
      "div",
      { class: "shot" },
      phonebench.picture(episode, step && step.screen, `screenshot ${part.image}`),
      step && phonebench.overlay({ marks: step.marks }, phonebench.sizeOf(step), { marks: true }),
    );
    const size = part.size ? ` sent as ${part.size.join("×")}` : "";
    return el("figure", { class: "sent" }, shot, el("figcaption", { class: "quiet" }, text(part.image), size));
  }

  const ROLES = ["system", "user", "assistant"];

  function message(episode, { role, parts }) {
    const shown = parts.map((part) => (part.image === undefined ? block(part.text, 4000) : sent(episode, part)));
    return el("li", { class: `message role-${ROLES.includes(role) ? role : "other"}` }, el("h4", {}, text(role)), shown);
  }

  const messages = (episode, list) => el("ol", { class: "messages" }, list.map((one) => message(episode, one)));

  const note = (title, ...words) => el("p", { class: "note" }, el("b", {}, title), " ", words);

  function safety(event) {
    return note(
      `Safety, ${event.rule}: ${event.done} by ${event.by}.`,
      text(event.about),
      event.told ? [" Told: ", text(event.told)] : null,
      event.waited_s ? ` Waited ${seconds(event.waited_s)}.` : null,
    );
  }

  function asked(episode, questions) {
    const answers = (one) => [messages(episode, one.messages), el("h4", {}, "Reply"), block(one.reply)];
    return fold(`Asked before this step (${questions.length})`, () => el("div", {}, questions.map(answers)));
  }

  function step(episode, at) {
    const now = episode.steps[at];
    if (!now) return el("div", {}, el("h2", {}, "The screen at the end"), nothing("No step follows."), ending(episode));
    const longest = Math.max(...episode.steps.map((one) => one.timings.total_s));
    const changed = now.effect === "none" ? null : chip(`screen ${now.effect}`, now.effect);
    const warning = now.action && now.action.sensitive;
    const screen = [
      ["App", now.package || "-"],
      ["Activity", now.activity || "-"],
      ["Phone's clock", now.time || "-"],
      ["Size", now.width ? `${now.width}×${now.height}` : "-"],
    ];
    return el(
      "div",
      {},
      el("h2", { class: "action" }, text(phonebench.actionText(now.action))),
      el("p", { class: "chips" }, decider(now.by), changed, now.keyboard ? chip("keyboard") : null),
      now.handed_over === null ? null : note("Handed over to the cloud:", text(now.handed_over)),
      warning ? note("The model warns:", text(warning)) : null,
      now.safety.map(safety),
      now.error === null ? null : el("div", { class: "error" }, el("b", {}, "Error"), block(now.error)),
      now.thought ? titled("Thought", block(now.thought)) : null,
      now.reply ? titled("Reply", block(now.reply)) : null,
      titled("Time", phonebench.timeBar(now.timings, longest)),
      now.calls.length ? titled("Model calls", calls(now.calls)) : null,
      titled("Screen before the step", facts(screen)),
      now.asked.length ? asked(episode, now.asked) : null,
      now.extra === null ? null : fold("Further notes of the agent", () => block(now.extra)),
      now.action ? fold("Action as recorded", () => block(JSON.stringify(now.action, null, 1))) : null,
    );
  }

  const more = (episode) => phonebench.need(`more/${episode.run}/${episode.key}`);

  async function prompt(episode, at) {
    const now = episode.steps[at];
    if (!now || !now.heavy[0]) return nothing("No prompt was recorded: no model was asked in this step.");
    const { messages: all, prompts } = await more(episode);
    if (prompts[at] === null) return nothing("The prompt's file is missing or damaged.");
    return messages(episode, prompts[at].map((number) => all[number]));
  }

  async function tree(episode, at, light) {
    const now = episode.steps[at];
    if (!now || !now.heavy[1]) return nothing("No UI tree was recorded here.");
    const { trees, ui } = await more(episode);
    if (ui[at] === null) return nothing("The UI tree's file is missing or damaged.");
    return trees[ui[at]].length ? phonebench.uiTree(trees[ui[at]], light) : nothing("The UI tree is empty.");
  }

  const SIGNS = new Map([
    [true, ["✓", "pass", "met"]],
    [false, ["✕", "fail", "not met"]],
    [null, ["?", "unscored", "not decided"]],
  ]);

  function goal({ says, passed, reason }) {
    const [sign, css, words] = SIGNS.get(passed);
    return el(
      "li",
      {},
      el("span", { class: `sign ${css}`, role: "img", "aria-label": words }, sign),
      el("div", {}, text(says), reason ? text(reason, "div", "quiet") : null),
    );
  }

  const CHANGES = [["Path", "text", ""], ["Before", "text", ""], ["After", "text", ""]];

  function sideEffects(changes) {
    const rows = changes.map((one) => [one.path, one.before, one.after]);
    const title = `Side effects (${changes.length}): changes that the task does not allow`;
    return [el("h4", {}, title), phonebench.table(CHANGES, rows, "Side effects")];
  }

  function judged(verdict) {
    const aside = verdict.counts ? null : chip("does not count here");
    return el(
      "section",
      { class: "part verdict" },
      el("h3", {}, badge(verdict.result), " judge ", text(verdict.judge), aside),
      verdict.reason ? text(verdict.reason, "p", "reason") : null,
      verdict.goals.length ? el("ul", { class: "goals" }, verdict.goals.map(goal)) : null,
      verdict.side_effects.length ? sideEffects(verdict.side_effects) : null,
      verdict.calls.length ? calls(verdict.calls) : null,
      verdict.raw_reply ? fold("The judge's reply", () => block(verdict.raw_reply)) : null,
      verdict.prompt ? fold("The judge's prompt", () => block(verdict.prompt)) : null,
    );
  }

  function verdicts(episode) {
    const all = episode.verdicts.length ? episode.verdicts.map(judged) : nothing("No judge has seen this episode.");
    return el("div", {}, all, ending(episode));
  }

  function ending(episode) {
    const rows = [
      ["Ended", episode.outcome.replace("_", " ")],
      ["Claimed", episode.claimed === null ? "nothing" : episode.claimed ? "done" : "not done"],
      ["Steps", `${episode.steps.length} (a person: ${episode.reference_steps})`],
      ["Seconds", seconds(episode.seconds)],
    ];
    const error = episode.error && el("div", { class: "error" }, text(episode.error.type, "b"), block(episode.error.message));
    const answer = episode.answer === null ? null : [el("h4", {}, "Answer"), block(episode.answer)];
    return el("section", { class: "part" }, el("h3", {}, "How it ended"), facts(rows), answer, error);
  }

  function whole(episode) {
    const calls = episode.steps.flatMap((one) => one.calls);
    const sum = (field) => calls.reduce((total, call) => total + call[field], 0).toLocaleString("en");
    const deciders = new Map();
    for (const one of episode.steps) deciders.set(one.by, (deciders.get(one.by) || 0) + 1);
    const rows = [
      ["Task", episode.task],
      ["Attempt", String(episode.attempt)],
      ["App", `${episode.app} (${episode.package})`],
      ["Kind", episode.kind],
      ["Agent", episode.agent],
      ["Seed", String(episode.seed)],
      ["Started", episode.started],
      ["Preparation", seconds(episode.setup_seconds)],
      ["Decided by", [...deciders].map(([by, many]) => `${by}: ${many}`).join(", ") || "-"],
      ["Tokens", `${sum("prompt")} prompt, ${sum("completion")} completion`],
    ];
    const lost = episode.retries.map((one) => el("li", {}, text(one.type, "b"), " ", text(one.message)));
    const trace = episode.trace === null ? null : el("a", { href: `${episode.trace}/` }, "The trace's folder");
    return el(
      "div",
      {},
      titled("Instruction", block(episode.instruction)),
      titled("Episode", facts(rows)),
      titled("Phone", facts(episode.device)),
      ending(episode),
      lost.length ? titled("Lost to the machinery and repeated", el("ul", {}, lost)) : null,
      trace && el("p", {}, trace, el("span", { class: "quiet" }, " (while the logs stay where they are)")),
    );
  }

  phonebench.panels = [["Step", step], ["Prompt", prompt], ["UI tree", tree], ["Verdict", verdicts], ["Episode", whole]];
})();
