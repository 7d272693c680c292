"use strict";

// What can be read beside the screenshot: the step, its prompt, the UI tree, the verdict, the episode.
(() => {
  const { el, text, block, fold, facts, badge, chip, decider, seconds } = phonebench;

  const titled = (title, body) => el("section", { class: "part" }, el("h3", {}, title), body);
  const nothing = (words) => el("p", { class: "quiet" }, words);

  function calls(list) {
    const columns = [["Role", "text", ""], ["Model", "text", ""], ["First token", "seconds", "seconds to the first token"], ["Total", "seconds", ""],
      ["Prompt", "count", "tokens"], ["Cached", "count", "tokens of the prompt that the server had cached"], ["Completion", "count", "tokens"],
      ["Tries", "count", ""], ["Finish", "text", ""]];
    const rows = list.map((call) => [call.role, call.model, [call.ttft_s ?? -1, seconds(call.ttft_s)], [call.total_s, seconds(call.total_s)],
      [call.prompt, String(call.prompt)], [call.cached, String(call.cached)], [call.completion, String(call.completion)], [call.attempts, String(call.attempts)], call.finish]);
    return phonebench.table(columns, rows, "Model calls");
  }

  function message(episode, { role, parts }) {
    return el("li", { class: `message role-${["system", "user", "assistant"].includes(role) ? role : "other"}` }, el("h4", {}, text(role)), parts.map((part) => {
      if (part.image === undefined) return block(part.text, 4000);
      const step = episode.steps.find((one) => one.screen && one.screen.path === part.image);
      return el("figure", { class: "sent" }, el("div", { class: "shot" }, phonebench.picture(episode, step && step.screen, `screenshot ${part.image}`),
        step && phonebench.overlay({ marks: step.marks }, phonebench.sizeOf(step), { marks: true })),
        el("figcaption", { class: "quiet" }, text(part.image), part.size ? ` sent as ${part.size.join("×")}` : ""));
    }));
  }

  const messages = (episode, list) => el("ol", { class: "messages" }, list.map((one) => message(episode, one)));

  function safety(events) {
    return events.map((event) => el("p", { class: "note" }, el("b", {}, `Safety, ${event.rule}: ${event.done} by ${event.by}. `), text(event.about),
      event.told ? [" Told: ", text(event.told)] : null, event.waited_s ? ` Waited ${seconds(event.waited_s)}.` : null));
  }

  function step(episode, at) {
    const now = episode.steps[at];
    if (!now) return el("div", {}, el("h2", {}, "The screen at the end"), nothing("No step follows."), ending(episode));
    const longest = Math.max(...episode.steps.map((one) => one.timings.total_s));
    return el("div", {},
      el("h2", { class: "action" }, text(phonebench.actionText(now.action))),
      el("p", { class: "chips" }, decider(now.by), now.effect === "none" ? null : chip(`screen ${now.effect}`, now.effect), now.keyboard ? chip("keyboard") : null),
      now.handed_over === null ? null : el("p", { class: "note" }, el("b", {}, "Handed over to the cloud: "), text(now.handed_over)),
      now.action && now.action.sensitive ? el("p", { class: "note" }, el("b", {}, "The model warns: "), text(now.action.sensitive)) : null,
      safety(now.safety),
      now.error === null ? null : el("div", { class: "error" }, el("b", {}, "Error"), block(now.error)),
      now.thought ? titled("Thought", block(now.thought)) : null,
      now.reply ? titled("Reply", block(now.reply)) : null,
      titled("Time", phonebench.timeBar(now.timings, longest)),
      now.calls.length ? titled("Model calls", calls(now.calls)) : null,
      titled("Screen before the step", facts([["App", now.package || "-"], ["Activity", now.activity || "-"], ["Phone's clock", now.time || "-"],
        ["Size", now.width ? `${now.width}×${now.height}` : "-"]])),
      now.asked.length ? fold(`Asked before this step (${now.asked.length})`, () => el("div", {}, now.asked.map((one) =>
        [messages(episode, one.messages), el("h4", {}, "Reply"), block(one.reply)]))) : null,
      now.extra === null ? null : fold("Further notes of the agent", () => block(now.extra)),
      now.action ? fold("Action as recorded", () => block(JSON.stringify(now.action, null, 1))) : null);
  }

  const more = (episode) => phonebench.need(`more/${episode.run}/${episode.key}`);

  async function prompt(episode, at) {
    const now = episode.steps[at];
    if (!now || !now.heavy[0]) return nothing("No prompt was recorded: no model was asked in this step.");
    const { messages: all, prompts } = await more(episode);
    return prompts[at] === null ? nothing("The prompt's file is missing or damaged.") : messages(episode, prompts[at].map((number) => all[number]));
  }

  async function tree(episode, at, light) {
    const now = episode.steps[at];
    if (!now || !now.heavy[1]) return nothing("No UI tree was recorded here.");
    const { trees, ui } = await more(episode);
    if (ui[at] === null) return nothing("The UI tree's file is missing or damaged.");
    return trees[ui[at]].length ? phonebench.uiTree(trees[ui[at]], light) : nothing("The UI tree is empty.");
  }

  const SIGNS = new Map([[true, ["✓", "pass", "met"]], [false, ["✕", "fail", "not met"]], [null, ["?", "unscored", "not decided"]]]);

  function goal({ says, passed, reason }) {
    const [sign, css, words] = SIGNS.get(passed);
    return el("li", {}, el("span", { class: `sign ${css}`, role: "img", "aria-label": words }, sign), el("div", {}, text(says), reason ? text(reason, "div", "quiet") : null));
  }

  function judged(verdict) {
    const changes = verdict.side_effects;
    return el("section", { class: "part verdict" },
      el("h3", {}, badge(verdict.result), " judge ", text(verdict.judge), verdict.counts ? null : chip("does not count here")),
      verdict.reason ? text(verdict.reason, "p", "reason") : null,
      verdict.goals.length ? el("ul", { class: "goals" }, verdict.goals.map(goal)) : null,
      changes.length ? [el("h4", {}, `Side effects (${changes.length}): changes that the task does not allow`),
        phonebench.table([["Path", "text", ""], ["Before", "text", ""], ["After", "text", ""]], changes.map((one) => [one.path, one.before, one.after]), "Side effects")] : null,
      verdict.calls.length ? calls(verdict.calls) : null,
      verdict.raw_reply ? fold("The judge's reply", () => block(verdict.raw_reply)) : null,
      verdict.prompt ? fold("The judge's prompt", () => block(verdict.prompt)) : null);
  }

  const verdicts = (episode) => el("div", {}, episode.verdicts.length ? episode.verdicts.map(judged) : nothing("No judge has seen this episode."), ending(episode));

  function ending(episode) {
    return el("section", { class: "part" }, el("h3", {}, "How it ended"), facts([["Ended", episode.outcome.replace("_", " ")],
      ["Claimed", episode.claimed === null ? "nothing" : episode.claimed ? "done" : "not done"], ["Steps", `${episode.steps.length} (a person: ${episode.reference_steps})`],
      ["Seconds", seconds(episode.seconds)]]),
    episode.answer === null ? null : [el("h4", {}, "Answer"), block(episode.answer)],
    episode.error === null ? null : el("div", { class: "error" }, text(episode.error.type, "b"), block(episode.error.message)));
  }

  function whole(episode) {
    const sum = (field) => episode.steps.flatMap((one) => one.calls).reduce((total, call) => total + call[field], 0);
    const deciders = new Map();
    for (const one of episode.steps) deciders.set(one.by, (deciders.get(one.by) || 0) + 1);
    return el("div", {},
      titled("Instruction", block(episode.instruction)),
      titled("Episode", facts([["Task", episode.task], ["Attempt", String(episode.attempt)], ["App", `${episode.app} (${episode.package})`], ["Kind", episode.kind], ["Agent", episode.agent],
        ["Seed", String(episode.seed)], ["Started", episode.started], ["Preparation", seconds(episode.setup_seconds)],
        ["Decided by", [...deciders].map(([by, many]) => `${by}: ${many}`).join(", ") || "-"],
        ["Tokens", `${sum("prompt").toLocaleString("en")} prompt, ${sum("completion").toLocaleString("en")} completion`]])),
      titled("Phone", facts(episode.device)),
      ending(episode),
      episode.retries.length ? titled("Lost to the machinery and repeated", el("ul", {}, episode.retries.map((one) => el("li", {}, text(one.type, "b"), " ", text(one.message))))) : null,
      episode.trace === null ? null : el("p", {}, el("a", { href: `${episode.trace}/` }, "The trace's folder"), el("span", { class: "quiet" }, " (while the logs stay where they are)")));
  }

  phonebench.panels = [["Step", step], ["Prompt", prompt], ["UI tree", tree], ["Verdict", verdicts], ["Episode", whole]];
})();
