"use strict";

// Data lies in scripts beside the page, for a page from disk may not fetch. Each is loaded when something needs it.
(() => {
  const KEPT = 24; // episodes; the rest is forgotten and loaded again when asked for
  const held = new Map();
  const coming = new Map();

  function file(name) {
    const [kind, run, key] = name.split("/").map((part) => encodeURIComponent(part));
    if (kind === "report") return "data/report.js";
    if (kind === "episodes") return `data/${run}/episodes.js`;
    return `data/${run}/${key}${kind === "more" ? ".more" : ""}.js`;
  }

  phonebench.load = (name, value) => {
    held.set(name, value);
    const old = [...held.keys()].filter((one) => /^(episode|more)\//.test(one));
    for (const one of old.slice(0, Math.max(0, old.length - KEPT))) held.delete(one);
  };

  phonebench.need = (name) => {
    if (held.has(name)) return Promise.resolve(held.get(name));
    if (coming.has(name)) return coming.get(name);
    const promise = new Promise((resolve, reject) => {
      const tag = phonebench.el("script", { src: file(name) });
      const end = () => {
        coming.delete(name);
        tag.remove();
        if (held.has(name)) resolve(held.get(name));
        else reject(new Error(`The file ${file(name)} of this report is missing or damaged.`));
      };
      tag.addEventListener("load", end);
      tag.addEventListener("error", end);
      document.head.append(tag);
    });
    coming.set(name, promise);
    return promise;
  };

  phonebench.report = () => phonebench.need("report");

  phonebench.run = async (id) => {
    const run = (await phonebench.report()).runs.find((one) => one.id === id);
    if (!run) throw new Error(`This report holds no run “${id}”.`);
    return run;
  };

  const lists = new Map();

  // The episodes of a run as objects, in the order of its tasks.
  phonebench.episodes = async (run) => {
    if (!lists.has(run)) {
      const { fields, rows } = await phonebench.need(`episodes/${run}`);
      lists.set(run, rows.map((row) => {
        const episode = { run };
        fields.forEach((field, place) => { episode[field] = row[place]; });
        return episode;
      }));
    }
    return lists.get(run);
  };

  phonebench.allEpisodes = async () => {
    const { runs } = await phonebench.report();
    return (await Promise.all(runs.map((run) => phonebench.episodes(run.id)))).flat();
  };

  // The list that n and p walk through: what was last filtered, else all of the run.
  let walk = [];
  phonebench.setWalk = (episodes) => { walk = episodes; };
  phonebench.walk = async (run, key) => {
    const here = (one) => one.run === run && one.key === key;
    if (!walk.some(here)) walk = (await phonebench.episodes(run)).slice();
    const list = walk.filter((one) => one.recorded || here(one));
    return { list, at: list.findIndex(here) };
  };
})();
