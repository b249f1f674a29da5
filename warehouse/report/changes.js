"use strict";
// The table of changes of hands: sorted and filtered here, and shown a page at a time.

const ROWS = 40;
const COLUMNS = [["day", "Day"], ["place", "Place"], ["loser", "Lost by"], ["winner", "Taken by"], ["sure", "Certainty"], ["known", "Known from"]];

class ChangesTable {
  constructor(world, elements, onPick, onSort) {
    Object.assign(this, { world, onPick, ...elements });
    this.heads = COLUMNS.map(([key, words]) => el("th", { scope: "col" }, el("button", { type: "button", onclick: () => onSort(key) }, words)));
    this.body = el("tbody");
    fill(this.table, el("caption", { hidden: true }, "Changes of hands"), el("thead", {}, el("tr", {}, ...this.heads)), this.body);
    const order = [...world.places.name.keys()].sort((a, b) => world.places.name[a].localeCompare(world.places.name[b]));
    this.rank = new Int32Array(order.length);
    order.forEach((place, rank) => (this.rank[place] = rank));
    this.text = world.places.name.map((name, i) => `${name} ${world.places.aliases[i]} ${world.places.admin1[i]}`.toLowerCase());
  }

  // `state` has q, loser, winner, sure, since, until, sort and page, as they stand in the address.
  show(changes, state) {
    const { holds, sides } = this.world, { row, loser, day } = changes, q = state.q.toLowerCase();
    const from = sides.id.indexOf(state.loser), to = sides.id.indexOf(state.winner), since = dayOf(state.since) ?? -FOREVER, until = dayOf(state.until) ?? FOREVER;
    const kept = [...row.keys()].filter((i) => (!q || this.text[holds.place[row[i]]].includes(q)) && (from < 0 || loser[i] === from) && (to < 0 || holds.side[row[i]] === to) &&
      (!state.sure || (holds.claimed[row[i]] === 1) === (state.sure === "claimed")) && day[i] >= since && day[i] <= until);
    const falling = state.sort.startsWith("-"), key = state.sort.replace("-", "");
    const value = { day: (i) => day[i], place: (i) => this.rank[holds.place[row[i]]], loser: (i) => loser[i], winner: (i) => holds.side[row[i]],
      sure: (i) => holds.confidence[row[i]] - 1000 * holds.claimed[row[i]], known: (i) => holds.known_from[row[i]] }[key];
    kept.sort((i, j) => (falling ? value(j) - value(i) : value(i) - value(j)) || day[i] - day[j]);
    const pages = Math.max(1, Math.ceil(kept.length / ROWS)), page = Math.min(Math.max(1, state.page), pages);
    this.heads.forEach((head, i) => (COLUMNS[i][0] === key ? head.setAttribute("aria-sort", falling ? "descending" : "ascending") : head.removeAttribute("aria-sort")));
    fill(this.body, ...kept.slice((page - 1) * ROWS, page * ROWS).map((i) => this.line(changes, i)));
    this.words.textContent = `${count(kept.length, "change")} of hands${kept.length < row.length ? ` of ${row.length.toLocaleString("en")}` : ""}.`;
    this.pageNo.textContent = `Page ${page} of ${pages}`;
    this.previous.disabled = page <= 1;
    this.next.disabled = page >= pages;
    return page;
  }

  line(changes, i) {
    const { world } = this, { holds, sides, places } = world, row = changes.row[i], place = holds.place[row];
    const side = (n, claimed) => [sign({ shape: sides.shape[n], colour: sides.colour[n], letter: sides.letter[n], hollow: claimed }), sides.name[n]];
    return el("tr", {}, el("td", { class: "day" }, dayWords(changes.day[i])), el("th", { scope: "row" }, el("button", { type: "button", class: "link", onclick: () => this.onPick(place, changes.day[i]) }, places.name[place]),
      el("span", { class: "soft" }, ` ${places.admin1[place]}`)), el("td", { class: "loser" }, ...side(changes.loser[i], false)), el("td", {}, ...side(holds.side[row], holds.claimed[row] === 1)),
      el("td", {}, holds.claimed[row] === 1 ? "only their own word" : holds.confidence[row] >= 90 ? "well supported" : "supported"), el("td", { class: "known" }, dayWords(holds.known_from[row])));
  }
}
