"use strict";
// The panel beside the map: the list of places in words, or the history of one with what its holds rest on.

const LISTED = 60;
const OPEN = 3; // quotes of a hold that are shown unfolded
const FOLDED = 40; // and folded, at most
const ATTRIBUTED = { own_voice: "in its own voice", belligerent: "quoting a party to the fighting", opposing_belligerent: "quoting the other party", monitor: "quoting monitors", official: "quoting officials", anonymous: "quoting nobody by name", other_outlet: "quoting another outlet" };

class Panel {
  constructor(world, element, search, onPick) {
    Object.assign(this, { world, element, search, onPick });
    const { places } = world;
    this.haystack = places.name.map((name, i) => `${name} ${places.aliases[i]} ${kindWords(places.kind[i])} ${places.admin1[i]}`.toLowerCase());
  }

  // What an input of words finds: every word must occur; names that begin so come first, then the most populous.
  found(text) {
    const words = text.toLowerCase().split(/[\s,]+/).filter(Boolean), { name, population } = this.world.places;
    const hits = [...this.haystack.keys()].filter((place) => words.every((word) => this.haystack[place].includes(word)));
    const begins = (place) => (words.length && name[place].toLowerCase().startsWith(words[0]) ? 1 : 0);
    return hits.sort((a, b) => begins(b) - begins(a) || (population[b] ?? 0) - (population[a] ?? 0) || name[a].localeCompare(name[b]));
  }

  list(current, shown, faint) {
    const { places } = this.world, text = this.search.value.trim();
    const hits = this.found(text).filter((place) => text || (current[place] >= 0 && shown(current[place])));
    const rows = hits.slice(0, LISTED).map((place) => {
      const row = current[place];
      const where = [kindWords(places.kind[place]), places.admin1[place]].filter(Boolean).join(", ");
      return el("li", {}, signOf(this.world, row, row >= 0 && faint(row)), el("div", {}, el("button", { type: "button", class: "link", onclick: () => this.onPick(place) }, places.name[place]),
        el("span", { class: "soft" }, ` ${where}`), el("br"), `${capital(holdWords(this.world, row))}${row >= 0 && faint(row) ? " (old news)" : ""}`));
    });
    const rest = hits.length - rows.length;
    const none = text ? "No place of that name of which a report tells who held it." : "No report tells who held any place on this day.";
    fill(this.element, el("ul", { class: "places" }, ...rows), rest > 0 ? el("p", { class: "soft" }, `and ${count(rest, "more place")}: type a name to find one`) : hits.length ? null : el("p", {}, none));
  }

  history(place, state, spans, current) {
    const { places, holds } = this.world, mine = [];
    for (let i = 0; i < spans.rows.length; i++) if (holds.place[spans.rows[i]] === place) mine.push(i);
    const where = [kindWords(places.kind[place]), places.admin1[place], places.population[place] ? `${places.population[place].toLocaleString("en")} inhabitants` : ""].filter(Boolean).join(", ");
    const chart = el("div", { class: "canvas low", role: "img" });
    fill(this.element,
      el("button", { type: "button", class: "link", onclick: () => this.onPick(-1) }, "‹ All places"),
      el("h3", { id: "place", tabindex: "-1" }, places.name[place]), el("p", { class: "soft" }, where, places.aliases[place] ? `; also ${places.aliases[place]}` : "",
        places.lat[place] === null ? "; nobody knows where it lies, so it is not on the map" : places.vague[place] ? "; its location is only near" : ""),
      el("p", { class: "answer" }, this.answer(place, state, current[place])),
      el("figure", {}, chart, el("figcaption", {}, "Above: who is believed to hold it. Below: claims that bear on it, by day of publication; shaded where there is none.")),
      el("h4", {}, "All that is believed of it, latest first"),
      el("ol", { class: "history" }, ...mine.reverse().map((i) => this.entry(spans, i, state, current[place]))));
    return chart;
  }

  answer(place, state, row) {
    const { places, holds } = this.world, on = `On ${dayWords(state.day)} ${places.name[place]}`;
    if (row < 0) return `${on}: no report tells who held it.`;
    const since = holds.status[row] === CONTESTED || holds.status[row] === UNKNOWN ? ` since ${dayWords(holds.valid_from[row])}` : `, so far as is told since ${dayWords(holds.valid_from[row])}`;
    return `${on} was ${holdWords(this.world, row)}${since}. ${this.certainty(row, state.day, state.known)}`;
  }

  certainty(row, day, known) {
    const { holds } = this.world, words = [];
    const outlets = new Set(this.voices(row, known, day).filter((voice) => voice.role !== CONTRADICTS).map((voice) => voice.source));
    if (this.world.evidence) words.push(`${capital(count(outlets.size, "outlet"))} ${outlets.size === 1 ? "says" : "say"} so${outlets.size && outlets.size < 4 ? `: ${listed([...outlets])}` : ""}.`);
    if (holds.claimed[row] === 1) words.push("Only the winner's own people or outlets said so when it became known.");
    const against = this.voices(row, known, day).filter((voice) => voice.role === CONTRADICTS).length;
    if (against) words.push(`${capital(count(against, "claim"))} ${against === 1 ? "speaks" : "speak"} against it.`);
    if (holds.isCarried(row, day, known)) words.push(`Old news: nothing was heard of it for more than ${holds.carriedAfter} days before this one.`);
    return words.join(" ");
  }

  // The claims that bear on a hold as far as the knowledge reaches: those that made it first, then those against it, then the rest.
  voices(row, known, day) {
    const { holds, evidence } = this.world, { claim, role, published, told } = holds.evidence, last = known === "all" ? FOREVER : known === "then" ? day : known;
    const found = [];
    for (let i = holds.evidenceFrom[row]; i < holds.evidenceFrom[row + 1]; i++) {
      if (published[i] > last) continue;
      const report = evidence?.claims.report[claim[i]];
      found.push({ claim: claim[i], role: role[i], published: published[i], told: told[i], report, source: evidence ? this.world.sources.name[evidence.reports.source[report]] : "" });
    }
    return found.sort((a, b) => [0, 2, 1][a.role] - [0, 2, 1][b.role] || a.published - b.published);
  }

  entry(spans, i, state, currentRow) {
    const { world } = this, row = spans.rows[i], { holds } = world;
    const until = spans.to[i] === FOREVER ? "as far as is known" : `to ${dayWords(spans.to[i] - 1)}`;
    const shownOn = Math.min(Math.max(state.day, spans.from[i]), spans.to[i] - 1);
    const reason = world.evidence ? reasonWords(world, world.evidence.holds.reason[row]) : "";
    const voices = this.voices(row, state.known, shownOn);
    return el("li", { "aria-current": row === currentRow ? "date" : null },
      el("h4", {}, signOf(world, row, false), capital(holdWords(world, row))),
      el("p", { class: "soft" }, el("button", { type: "button", class: "link", onclick: () => this.onPick(holds.place[row], spans.from[i]) }, dayWords(spans.from[i])), ` ${until}`, holds.known_from[row] > holds.valid_from[row] ? `; known from ${dayWords(holds.known_from[row])}` : ""),
      el("p", {}, reason ? `${reason}.` : "", holds.claimed[row] === 1 ? " Only their own word." : ""),
      ...(world.evidence ? this.quotes(voices) : [el("p", { class: "soft" }, "Reading the quotes …")]));
  }

  // The weightiest open, the rest folded: a place that is much written of would fill pages.
  quotes(voices) {
    const open = voices.length > OPEN + 1 ? OPEN : voices.length, rest = voices.slice(open, open + FOLDED), left = voices.length - open - rest.length;
    const shown = voices.slice(0, open).flatMap((voice) => this.quote(voice));
    if (!rest.length) return shown;
    return [...shown, el("details", {}, el("summary", {}, count(voices.length - open, "further claim")), ...rest.flatMap((voice) => this.quote(voice)),
      left ? el("p", { class: "soft" }, `and ${left} more`) : null)];
  }

  quote(voice) {
    const { claims, reports } = this.world.evidence, { sources } = this.world, n = voice.claim, source = reports.source[voice.report];
    const role = ["made it so", "confirms it", "speaks against it"][voice.role] + (claims.denied[n] ? ", a denial" : "");
    const serves = sources.leaning[source] === null ? "" : `, which serves ${sideName(this.world, sources.leaning[source])}`;
    const by = claims.by[n] ? `quoting ${claims.by[n]}` : ATTRIBUTED[claims.attribution[n]] ?? "";
    const title = reports.title[voice.report], url = reports.url[voice.report];
    return [el("blockquote", { cite: url || null }, `“${claims.quote[n]}”`),
      el("cite", {}, el("span", { class: "mark" }, voice.source), `${serves}, ${dayWords(voice.published)}${by ? `, ${by}` : ""}: `, el("span", { class: "mark" }, role),
        claims.against_interest[n] ? " (against its own interest)" : "", claims.is_repeat[n] ? " (repeats an earlier report)" : "", title || url ? " · " : "",
        url ? el("a", { href: url, rel: "noopener noreferrer nofollow" }, title || "the report") : title ? `“${title}”` : "", ` · claim ${claims.id[n]}`)];
  }
}
