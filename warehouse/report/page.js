"use strict";
// The page itself: what is shown is a state, the state stands in the address, and every control changes the state.

const byId = (id) => document.getElementById(id);
const BLANK = { day: null, known: "all", place: "", side: "", weigh: "places", early: false, q: "", loser: "", winner: "", sure: "", since: "", until: "", sort: "-day", page: 1 };
const FILTERS = ["q", "loser", "winner", "sure", "since", "until"];

async function start() {
  const { meta, outlines, tables } = await unpacked("data-first");
  const { sides, places, sources, coverage } = tables;
  Object.assign(sides, { letter: meta.letters, shape: sides.id.map((_, side) => SHAPES[side % SHAPES.length]) });
  const world = { meta, outlines, sides, places, sources, coverage, evidence: null, sideNamed: new Map(sides.id.map((id, side) => [id, sides.name[side]])) };
  const holds = (world.holds = new Holds(tables.holds, tables.evidence, places.id.length, meta.carried_after));
  const placeNamed = new Map(places.id.map((id, place) => [id, place]));
  const earliest = meta.first_day, latest = Math.max(meta.last_day ?? earliest, earliest), usual = Math.min(latest, Math.max(earliest, (meta.first_published ?? earliest) - 30));
  let state = read(), spans, changes, current, waiting = 0, playing = false, stale = {};
  let placeChart, placed = false;

  const pick = (place, day) => {
    set({ place: place < 0 ? "" : places.id[place], ...(day === undefined ? {} : { day: Math.min(Math.max(day, first()), latest) }) });
    if (place >= 0) requestAnimationFrame(() => byId("place")?.focus());
  };
  const map = new PlaceMap(byId("map"), world, (place) => pick(place));
  const panel = new Panel(world, byId("panel"), byId("search"), pick);
  const setDay = (day) => set({ day: Math.min(Math.max(day, first()), latest) });
  const charts = ["coverage", "timeline", "bars"].map((id) => new TimeChart(byId(id), setDay));
  const table = new ChangesTable(world, { table: byId("changes"), words: byId("table-words"), pageNo: byId("page-no"), previous: byId("previous"), next: byId("next") }, pick,
    (key) => set({ sort: state.sort === key ? `-${key}` : key, page: 1 }));

  function first() {
    return state.early ? earliest : usual;
  }

  function read() {
    const given = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
    const known = ["all", "then"].includes(given.known) ? given.known : dayOf(given.known) ?? "all";
    const read = { ...BLANK, ...Object.fromEntries(Object.entries(given).filter(([key]) => key in BLANK)), known, early: given.early === "1", page: Math.max(1, parseInt(given.page) || 1) };
    const day = dayOf(given.day) ?? latest;
    if (day < usual) read.early = true;
    if (!COLUMNS.some(([key]) => key === read.sort.replace("-", ""))) read.sort = BLANK.sort;
    if (!placeNamed.has(read.place)) read.place = "";
    if (!sides.id.includes(read.side)) read.side = "";
    if (read.weigh !== "population") read.weigh = "places";
    return { ...read, day: Math.min(Math.max(day, earliest), latest) };
  }

  const written = (value) => (value === true ? "1" : typeof value === "number" && value > 999 ? iso(value) : String(value));
  let lastWrite = 0;
  function write() {
    clearTimeout(lastWrite);
    lastWrite = setTimeout(() => {
      const kept = Object.entries(state).filter(([key, value]) => value !== BLANK[key] && value !== false).map(([key, value]) => [key, key === "day" || (key === "known" && typeof value === "number") ? iso(value) : written(value)]);
      history.replaceState(null, "", `#${new URLSearchParams(kept)}`);
    }, 200);
  }

  function set(part) {
    for (const key of Object.keys(part)) if (part[key] !== state[key]) stale[key] = true;
    state = { ...state, ...part };
    write();
    if (!waiting) waiting = requestAnimationFrame(render);
  }

  const shown = (row) => !state.side || holds.side[row] === sides.id.indexOf(state.side) || (holds.sides[row] ?? []).includes(sides.id.indexOf(state.side));
  const faint = (row) => holds.isCarried(row, state.day, state.known);
  let slow = 0;

  function render() {
    waiting = 0;
    const was = stale;
    stale = {};
    if (was.known || !spans) {
      spans = holds.spans(state.known);
      changes = holds.changes(spans);
      was.known = true;
    }
    current = holds.on(state.day, spans);
    if (was.place || !placed) map.pick(placeNamed.get(state.place)), (placed = true);
    map.show(current, shown, faint);
    fields();
    charts.forEach((chart) => chart.point(state.day));
    placeChart?.point(state.day);
    if (was.known || was.early || was.weigh || was.colours) drawCharts();
    if (was.known || FILTERS.some((key) => was[key]) || was.sort || was.page) state.page = table.show(changes, state);
    // Words change at most some times a second while the day runs.
    clearTimeout(slow);
    if (playing || was.sliding) slow = setTimeout(() => tell(was), 150);
    else tell(was);
  }

  // Only what differs is written: a browser lays the page out anew even for a value that stays.
  const put = (id, values) => Object.entries(values).forEach(([key, value]) => byId(id)[key] !== String(value) && (byId(id)[key] = value));

  function fields() {
    const fixed = typeof state.known === "number", since = meta.first_published ?? earliest, known = fixed ? state.known : latest;
    put("day", { min: first(), max: latest, value: state.day, ariaValueText: dayWords(state.day) });
    put("day-field", { min: iso(first()), max: iso(latest), value: iso(state.day) });
    put("known-mode", { value: fixed ? "fixed" : state.known });
    byId("known-row").hidden = !fixed;
    put("known", { min: since, max: latest, value: known, ariaValueText: dayWords(known) });
    put("known-field", { min: iso(since), max: iso(latest), value: iso(known) });
    byId("early-row").hidden = usual === earliest;
    byId("early").checked = state.early;
  }

  function tell() {
    const place = placeNamed.get(state.place);
    fill(byId("legend"), ...legend());
    byId("summary").textContent = summary();
    byId("map-coverage").textContent = `Reports published; shaded where there is none. ${covered(state.day)}`;
    byId("map-title").textContent = `${dayWords(state.day)}${knownWords()}`;
    byId("panel-title").textContent = place === undefined ? "Places" : "One place";
    if (place === undefined) {
      placeChart = null;
      panel.list(current, shown, faint);
    } else {
      const container = panel.history(place, state, spans, current);
      placeChart = new TimeChart(container, setDay);
      drawPlace(place);
    }
    fill(byId("doubts"), ...doubts().map((words) => el("li", {}, words)));
  }

  function legend() {
    const held = new Map();
    for (const row of current) if (row >= 0 && holds.side[row] >= 0) held.set(holds.side[row], (held.get(holds.side[row]) ?? 0) + 1);
    return [...sides.id.keys()].filter((side) => world.ever.has(side)).map((side) => el("li", {}, el("button", { type: "button", "aria-pressed": String(state.side === sides.id[side]), onclick: () => set({ side: state.side === sides.id[side] ? "" : sides.id[side] }) },
      sign({ shape: sides.shape[side], colour: sides.colour[side], letter: sides.letter[side] }), `${sides.name[side]} ${(held.get(side) ?? 0).toLocaleString("en")}`)));
  }

  const covered = (day) => {
    const week = [...coverage.day.keys()].filter((i) => coverage.day[i] > day - 7 && coverage.day[i] <= day), sum = (column) => week.reduce((total, i) => total + column[i], 0);
    return week.length ? `In the seven days up to this one ${count(sum(coverage.reports), "report")} appeared.` : "In the seven days up to this one nobody wrote: that is silence, not calm.";
  };

  function numbers() {
    const n = { told: 0, contested: 0, besieged: 0, claimed: 0, old: 0, nobody: 0, bySide: new Map() };
    for (const row of current) {
      if (row < 0) continue;
      n.told++;
      n.contested += holds.status[row] === CONTESTED;
      n.besieged += holds.status[row] === BESIEGED;
      n.nobody += holds.status[row] === UNKNOWN;
      n.claimed += holds.claimed[row] === 1 && holds.side[row] >= 0;
      n.old += faint(row);
      if (holds.side[row] >= 0) n.bySide.set(holds.side[row], (n.bySide.get(holds.side[row]) ?? 0) + 1);
    }
    return n;
  }

  const knownWords = () => (state.known === "all" ? "" : state.known === "then" ? ", as could be known on that day" : `, as known on ${dayWords(state.known)}`);

  function summary() {
    const n = numbers(), known = knownWords();
    if (!n.told) return `On ${dayWords(state.day)}${known}: no report tells who held any place.`;
    const most = [...n.bySide].sort((a, b) => b[1] - a[1]), rest = most.slice(4).reduce((total, [, many]) => total + many, 0);
    const sidesTold = most.slice(0, 4).map(([side, many]) => `${sides.name[side]} ${many.toLocaleString("en")}`).concat(rest ? [`others ${rest.toLocaleString("en")}`] : []);
    return `On ${dayWords(state.day)}${known}, of ${count(n.told, "place")} of which anything is told: ${listed(sidesTold)}; ${n.contested} contested, ${n.besieged} besieged. ${covered(state.day)}`;
  }

  function doubts() {
    const n = numbers(), unlocated = places.lat.filter((lat) => lat === null).length;
    return [
      `On ${dayWords(state.day)}: ${count(n.claimed, "hold")} rest${n.claimed === 1 ? "s" : ""} on the winner's own word only; ${n.contested} ${n.contested === 1 ? "is" : "are"} contested; ${n.nobody} ${n.nobody === 1 ? "was" : "were"} left without a known holder; of ${n.old} nothing was heard for more than ${meta.carried_after} days.`,
      `${count(unlocated, "place")} of ${places.id.length.toLocaleString("en")} ${unlocated === 1 ? "is" : "are"} on no map because nobody knows where ${unlocated === 1 ? "it lies" : "they lie"}: the list beside the map has ${unlocated === 1 ? "it" : "them"}.`,
      `Of ${count(meta.reports, "report")} ${meta.repeats} repeat${meta.repeats === 1 ? "s" : ""} another nearly word for word, and ${meta.undated_reports} ${meta.undated_reports === 1 ? "has" : "have"} no day of publication. ${count(meta.unresolved, "finding")} could not be resolved (whoheld issues).`,
    ];
  }

  function colours() {
    const style = getComputedStyle(document.documentElement), of = (name) => style.getPropertyValue(`--${name}`).trim();
    return Object.fromEntries(["paper", "ink", "soft", "line", "land", "sea", "water", "border", "card", "silent", "accent"].map((name) => [name, of(name)]));
  }

  function drawCharts() {
    const from = first(), buckets = bucketsOf(from, latest), reports = bucketed(coverage.day, coverage.reports, buckets);
    const weight = state.weigh === "places" ? places.id.map(() => 1) : places.population.map((people) => people ?? 0);
    const totals = holds.totals(spans, from, latest, weight, sides.id.length), common = { first: from, last: latest, coverage: reports, covered: `reports a ${buckets.unit}`, colours: colours() };
    const noFigure = places.population.filter((people) => people === null).length;
    charts[0].draw({ ...common, upper: [], label: `Reports published from ${dayWords(from)} to ${dayWords(latest)}` });
    charts[1].draw({ ...common, upper: bands(world, totals, latest, colours()), yName: state.weigh === "places" ? "places" : "inhabitants", label: "Places by side over time; the sentence above the map gives the numbers of the day shown" });
    charts[2].draw({ ...common, upper: winners(world, changes, buckets, colours(), byId("bars").clientWidth - 70), yName: `changes a ${buckets.unit}, by winner`, label: "Changes of hands over time by winner; the table below has them all" });
    byId("timeline-words").textContent = `Bands grow when a first report tells of a place, too: a rising sum is news, not conquest. Below: reports published; shaded where there is none.${state.weigh === "population" ? ` ${count(noFigure, "place")} without a figure count${noFigure === 1 ? "s" : ""} nothing.` : ""}`;
    byId("bars-words").textContent = "Each bar counts places that passed to another side. Below: reports published; shaded where there is none, and where nothing is told of any change.";
  }

  function drawPlace(place) {
    const mine = { ...spans, ...Object.fromEntries(["rows", "from", "to"].map((key) => [key, spans[key].filter((_, i) => holds.place[spans.rows[i]] === place)])) };
    const from = first(), buckets = bucketsOf(from, latest), days = new Map();
    for (let row = 0; row < holds.n; row++)
      if (holds.place[row] === place) for (let i = holds.evidenceFrom[row]; i < holds.evidenceFrom[row + 1]; i++) days.set(holds.evidence.claim[i], holds.evidence.published[i]);
    const totals = holds.totals(mine, from, latest, places.id.map(() => 1), sides.id.length), told = [...days.values()];
    placeChart.draw({ first: from, last: latest, upper: bands(world, totals, latest, colours()), coverage: bucketed(told, told.map(() => 1), buckets), covered: `claims a ${buckets.unit}`, colours: colours(), label: `Who held ${places.name[place]} over time; the list below says the same in words` });
    placeChart.point(state.day);
  }

  function dress(theme) {
    document.documentElement.dataset.theme = theme;
    byId("theme").textContent = theme === "dark" ? "Light" : "Dark";
    map.dress(colours());
    stale.colours = true;
    if (!waiting) waiting = requestAnimationFrame(render);
  }

  function play(on) {
    playing = on;
    Object.assign(byId("play"), { textContent: on ? "Pause" : "Play" }).setAttribute("aria-pressed", String(on));
    const began = performance.now(), from = state.day >= latest ? first() : state.day, pace = Math.max(4, (latest - first()) / 45) / 1000;
    const step = (now) => {
      if (!playing) return;
      const day = Math.min(latest, Math.floor(from + (now - began) * pace));
      if (day !== state.day) set({ day });
      if (day >= latest) return play(false), set({ day });
      requestAnimationFrame(step);
    };
    on ? requestAnimationFrame(step) : set({});
  }

  world.ever = new Set([...holds.side].filter((side) => side >= 0));
  const choices = () => [el("option", { value: "" }, "any side"), ...[...world.ever].sort((a, b) => a - b).map((side) => el("option", { value: sides.id[side] }, sides.name[side]))];
  const filters = byId("filters").elements;
  fill(filters.loser, ...choices());
  fill(filters.winner, ...choices());
  for (const key of FILTERS) filters[key].value = state[key];
  byId("weigh").value = state.weigh;
  const aside = (look, words) => el("li", {}, sign({ shape: "circle", colour: "#5f7c94", ...look }), words);
  fill(byId("signs"), aside({}, "held"), aside({ hollow: true }, "only their own word"), aside({ ring: true }, "besieged"), aside({ shape: CROSS }, "contested"), aside({ hollow: true, letter: "?" }, "left, nobody known"), aside({ faint: true }, "faint: old news"), el("li", {}, el("span", { class: "dot" }), "dot: nothing told"));
  byId("early-row").querySelector("span").textContent = `Go back to ${dayWords(earliest)}, of which later reports tell`;
  byId("day").addEventListener("input", (event) => set({ day: +event.target.value, sliding: {} }));
  byId("day-field").addEventListener("change", (event) => dayOf(event.target.value) !== null && setDay(dayOf(event.target.value)));
  byId("back").addEventListener("click", () => setDay(state.day - 1));
  byId("forward").addEventListener("click", () => setDay(state.day + 1));
  byId("play").addEventListener("click", () => play(!playing));
  byId("known-mode").addEventListener("change", (event) => set({ known: event.target.value === "fixed" ? state.day : event.target.value }));
  byId("known").addEventListener("input", (event) => set({ known: +event.target.value }));
  byId("known-field").addEventListener("change", (event) => dayOf(event.target.value) !== null && set({ known: dayOf(event.target.value) }));
  byId("early").addEventListener("change", (event) => set({ early: event.target.checked, day: Math.max(state.day, event.target.checked ? earliest : usual) }));
  byId("weigh").addEventListener("change", (event) => set({ weigh: event.target.value }));
  byId("search").addEventListener("input", () => set({ place: "" }));
  byId("filters").addEventListener("input", (event) => set({ [event.target.name]: event.target.value, page: 1 }));
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("filters").addEventListener("reset", () => set({ ...Object.fromEntries(FILTERS.map((key) => [key, ""])), page: 1 }));
  byId("previous").addEventListener("click", () => set({ page: state.page - 1 }));
  byId("next").addEventListener("click", () => set({ page: state.page + 1 }));
  byId("theme").addEventListener("click", () => dress(document.documentElement.dataset.theme === "dark" ? "light" : "dark"));
  document.querySelectorAll("[data-zoom]").forEach((button) => button.addEventListener("click", () => map.zoom(+button.dataset.zoom)));
  addEventListener("hashchange", () => { state = read(); for (const key of FILTERS) filters[key].value = state[key]; stale = { known: true }; render(); });
  addEventListener("beforeprint", () => dress("light"));

  dress(matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", (event) => dress(event.matches ? "dark" : "light"));
  render();
  document.documentElement.dataset.ready = "drawn";
  await new Promise((done) => (document.readyState === "loading" ? addEventListener("DOMContentLoaded", done) : done()));
  world.evidence = await unpacked("data-evidence");
  document.documentElement.dataset.ready = "whole";
  set({ evidence: true });
}

start().catch((error) => {
  byId("summary").textContent = "This page could not be drawn: it needs a browser of 2023 or later.";
  throw error;
});
