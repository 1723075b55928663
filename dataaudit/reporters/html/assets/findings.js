/* The table of findings: search, sort, pages. Only the rows of one page are in the document. */

const COLUMN_TITLES = { severity: "Severity", rule: "Rule", place: "Place", message: "What is wrong" };

const RELATED_SHOWN = 3;

let shownRows = [];

function findingsPart() {
  const unlisted = Object.entries(data.counts).filter(([rule, value]) => value > (data.listed[rule] || 0));
  if (!found.count) return section("findings", "Findings", el("p", { class: "empty" }, unlisted.length ? "None is listed." : "No findings. All checks passed."), unlistedNote(unlisted));
  const search = el("input", {
    type: "search", id: "search", placeholder: "Search messages, rules, files", "aria-label": "Search findings", "aria-keyshortcuts": "/", autocomplete: "off", spellcheck: "false",
    on: { input: laterRefresh, keydown: (event) => { if (event.key === "Escape" && search.value) { event.stopPropagation(); event.preventDefault(); search.value = ""; laterRefresh(); } } },
  });
  return section(
    "findings", "Findings", unlistedNote(unlisted), excerptNote(),
    el(
      "div", { class: "workbench" }, facetPanel(),
      el(
        "div", { class: "results", on: { keydown: turnPage } },
        el("div", { class: "bar-top" }, el("div", { class: "search" }, search, el("kbd", { "aria-hidden": "true" }, "/")), el("p", { id: "result-count", class: "small" })),
        findingTable(), pager(),
      ),
    ),
  );
}

function unlistedNote(unlisted) {
  if (!unlisted.length) return null;
  const total = unlisted.reduce((sum, [rule, value]) => sum + value - (data.listed[rule] || 0), 0);
  const parts = unlisted.slice(0, 6).map(([rule, value]) => `${rule} lists ${number(data.listed[rule] || 0)} of ${number(value)}`);
  const more = unlisted.length > 6 ? `, and ${number(unlisted.length - 6)} rules more` : "";
  return el("p", { class: "notice" }, `${count(total, "finding")} more ${total === 1 ? "was" : "were"} counted but ${total === 1 ? "is" : "are"} not in this report: ${parts.join(", ")}${more}. The setting max_findings lists more.`);
}

/** What a search cannot find: most findings of a long list have no excerpt. */
function excerptNote() {
  const excerpts = Object.keys(found.excerpt).length;
  if (excerpts >= found.count || !excerpts) return null;
  return el("p", { class: "small quiet" }, `The first findings of each rule and file show a piece of their row, ${number(excerpts)} in all. The search looks at rules, places, categories, messages and these pieces. Rows are side by side for the largest groups.`);
}

function findingTable() {
  const sortButton = (column) => el("button", { type: "button", class: "sort", on: { click: () => sortBy(column) } }, COLUMN_TITLES[column], el("span", { class: "arrow", "aria-hidden": "true" }));
  return el(
    "table", { class: "findings", role: "table", "aria-label": "Findings" },
    el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, COLUMNS.map((column) => el("th", { scope: "col", role: "columnheader", id: `column-${column}` }, sortButton(column))))),
    el("tbody", { role: "rowgroup", id: "rows" }),
  );
}

function sortBy(column) {
  if (state.sort === column) state.down = !state.down;
  else Object.assign(state, { sort: column, down: column === "severity" });
  state.page = 1;
  refresh();
}

let waiting = 0;

function laterRefresh() {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    state.query = byId("search").value.trim();
    state.page = 1;
    refresh();
  }, 80);
}

/** Filters, sorts and draws anew. */
function refresh() {
  if (!found.count) return;
  const { rows, counts } = selected();
  shownRows = rows;
  drawFacets(counts);
  drawPage();
  byId("result-count").textContent = rows.length === found.count ? count(rows.length, "finding") : `${number(rows.length)} of ${count(found.count, "finding")}`;
  say(`${count(rows.length, "finding")} shown`);
}

function pages() {
  return Math.max(1, Math.ceil(shownRows.length / state.size));
}

function drawPage() {
  state.page = Math.min(Math.max(1, state.page), pages());
  const first = (state.page - 1) * state.size;
  const rows = shownRows.slice(first, first + state.size);
  refill(byId("rows"), rows.length ? Array.from(rows, findingRow) : el("tr", { role: "row" }, el("td", { colspan: "4", role: "cell", class: "empty" }, "No finding passes all filters.")));
  for (const column of COLUMNS) {
    const sort = state.sort === column ? (state.down ? "descending" : "ascending") : null;
    if (sort) byId(`column-${column}`).setAttribute("aria-sort", sort);
    else byId(`column-${column}`).removeAttribute("aria-sort");
  }
  drawPager(first, rows.length);
  writeAddress();
}

function findingRow(row) {
  const severity = found.severities[found.severity[row]];
  const cell = (column, content) => el("td", { role: "cell", class: `of-${column}` }, content);
  return el(
    "tr", { role: "row", class: severity },
    cell("severity", severityMark(severity)), cell("rule", ruleTag(found.rules[found.rule[row]], true)),
    cell("place", [own(shortPath(findingPlace(row)), "bdi", { class: "path", title: findingPlace(row) }), found.field[row] ? own(strings[found.field[row]], "code", { class: "field" }) : null]),
    cell("message", [own(messageOf(row), "div", { class: "message" }), excerptOf(row), detailsOf(row)]),
  );
}

function excerptOf(row) {
  const [place, caret] = found.excerpt[row] || [0, -1];
  const text = strings[place];
  if (!text) return null;
  if (caret < 0 || caret >= text.length) return el("code", { class: "excerpt", dir: "auto" }, text);
  const end = caret + String.fromCodePoint(text.codePointAt(caret)).length;
  return el("code", { class: "excerpt", dir: "auto" }, text.slice(0, caret), el("mark", {}, text.slice(caret, end)), text.slice(end));
}

function detailsOf(row) {
  const category = strings[found.category[row]];
  const others = relatedTo(row).slice(0, RELATED_SHOWN).map((text) => own(text));
  const parts = [
    category ? el("span", { class: "chip" }, own(category)) : null,
    others.length ? el("span", { class: "quiet path" }, "see ", others.map((other, place) => [place ? ", " : "", other])) : null,
    found.group[row] ? el("button", { type: "button", class: "link", on: { click: () => showGroup(found.group[row][0]) } }, "Compare side by side") : null,
  ].filter(Boolean);
  return parts.length ? el("div", { class: "details" }, parts) : null;
}

/** The places that a finding is about besides its own, with how alike they are where that says something. */
function relatedTo(row) {
  const places = [];
  for (let entry = found.relatedFrom[row]; entry < found.relatedFrom[row + 1]; entry++) {
    const [path, line, score] = found.related.slice(3 * entry, 3 * entry + 3);
    places.push(shortPath(placeOf(strings[path], line, 0)) + (score >= 0 && score < 1000 ? ` (${decimals(score / 1000, 2)} alike)` : ""));
  }
  return places;
}

function pager() {
  const button = (name, text, step) => el("button", { type: "button", class: "button", id: `page-${name}`, "aria-label": text, on: { click: () => goTo(step()) } }, { first: "«", previous: "‹", next: "›", last: "»" }[name]);
  return el(
    "nav", { class: "pager", "aria-label": "Pages of findings" },
    button("first", "First page", () => 1), button("previous", "Previous page", () => state.page - 1),
    el("label", {}, "Page ", el("input", { id: "page", type: "number", min: "1", inputmode: "numeric", on: { change: (event) => goTo(wholeFrom(event.target.value, 1)) } }), el("span", { id: "pages" })),
    button("next", "Next page", () => state.page + 1), button("last", "Last page", pages),
    el("span", { id: "page-rows", class: "small quiet" }),
    el("label", { class: "small size" }, "Rows a page ", el("select", { id: "size", on: { change: (event) => { Object.assign(state, { size: Number(event.target.value), page: 1 }); drawPage(); } } }, SIZES.map((size) => el("option", { value: size }, String(size))))),
  );
}

function drawPager(first, length) {
  byId("page").value = state.page;
  byId("page").max = pages();
  byId("pages").textContent = ` of ${number(pages())}`;
  byId("size").value = state.size;
  byId("page-rows").textContent = length ? `${number(first + 1)} to ${number(first + length)} of ${number(shownRows.length)}` : "";
  for (const [name, off] of [["first", state.page <= 1], ["previous", state.page <= 1], ["next", state.page >= pages()], ["last", state.page >= pages()]]) byId(`page-${name}`).setAttribute("aria-disabled", off);
}

function goTo(page) {
  const before = state.page;
  state.page = page;
  drawPage();
  if (state.page !== before) say(`Page ${number(state.page)} of ${number(pages())}`);
}

/** Arrow keys, Home and End turn pages, but in fields that know these keys themselves. */
function turnPage(event) {
  if (event.altKey || event.ctrlKey || event.metaKey || /^(INPUT|SELECT)$/.test(event.target.tagName)) return;
  const step = { ArrowLeft: state.page - 1, ArrowRight: state.page + 1, Home: 1, End: pages() }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const row = event.target.closest("#rows");
  goTo(step);
  if (row) focusFirstRow();
}

function focusFirstRow() {
  const button = byId("rows").querySelector("button");
  if (button) button.focus();
}

/** Filters by one value alone, and goes to the table. */
function showOnly(facet, value) {
  clearFilters();
  state.chosen[facet].add(value);
  byId("search").value = "";
  refresh();
  goToPart("findings");
}
