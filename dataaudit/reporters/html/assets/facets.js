/* The filters beside the table: a box for each value, with the number of findings that it would show. */

const FACET_TITLES = { severity: "Severity", family: "Kind of fault", rule: "Rule", file: "File", category: "Category" };
const VALUES_SHOWN = 6;
const VALUES_AT_MOST = 200;

const facetBoxes = {};

function facetPanel() {
  const groups = FACETS.filter((name) => found.facets[name].values.length > 1).map((name) => {
    const list = el("div", { class: "values" });
    const needle = found.facets[name].values.length > 12 ? el("input", {
      type: "search", class: "narrow", placeholder: `Find a ${FACET_TITLES[name].toLowerCase()}`, "aria-label": `Find a ${FACET_TITLES[name].toLowerCase()}`,
      on: { input: () => { box.all = false; drawFacet(name); } },
    }) : null;
    const box = { list, needle, all: false, counts: null };
    facetBoxes[name] = box;
    return el("fieldset", { class: "facet" }, el("legend", {}, FACET_TITLES[name]), needle, list);
  });
  const clear = el("button", { type: "button", class: "button", id: "clear", on: { click: () => { clearFilters(); byId("search").value = ""; refresh(); byId("search").focus(); } } }, "Clear filters");
  return el("details", { class: "facets", id: "facets", open: true }, el("summary", {}, "Filters"), clear, groups);
}

function drawFacets(counts) {
  for (const name of Object.keys(facetBoxes)) {
    facetBoxes[name].counts = counts[name];
    drawFacet(name);
  }
  byId("clear").disabled = !isFiltered();
}

/** Values with most findings first, those chosen always; the one that has the focus keeps it. */
function drawFacet(name) {
  const box = facetBoxes[name];
  const { values } = found.facets[name];
  const chosen = state.chosen[name];
  const words = box.needle ? box.needle.value.toLowerCase() : "";
  let places = values.map((_, place) => place).filter((place) => facetText(name, values[place]).toLowerCase().includes(words));
  if (name === "severity") places.reverse();
  else places.sort((one, other) => box.counts[other] - box.counts[one] || one - other);
  const most = box.all ? VALUES_AT_MOST : VALUES_SHOWN;
  const hidden = Math.max(0, places.length - most);
  places = places.filter((place, rank) => rank < most || chosen.has(values[place]));
  const active = box.list.contains(document.activeElement) ? document.activeElement.value : null;
  refill(box.list, places.map((place) => facetValue(name, values[place], box.counts[place], chosen.has(values[place]))), moreButton(name, box, hidden));
  if (active !== null) for (const input of box.list.querySelectorAll("input")) if (input.value === active) input.focus();
}

function facetValue(name, value, number_, checked) {
  const input = el("input", { type: "checkbox", value, checked, on: { change: () => {
    state.chosen[name][input.checked ? "add" : "delete"](value);
    state.page = 1;
    refresh();
  } } });
  return el("label", { class: number_ || checked ? "value" : "value none" }, input, facetLabel(name, value), el("span", { class: "number" }, number(number_)));
}

function moreButton(name, box, hidden) {
  if (!box.all && !hidden) return null;
  if (box.all && hidden) return el("p", { class: "small quiet" }, `${number(hidden)} more: narrow them down.`);
  const text = box.all ? "Show fewer" : `Show ${number(hidden)} more`;
  return found.facets[name].values.length > VALUES_SHOWN
    ? el("button", { type: "button", class: "link", on: { click: () => { box.all = !box.all; drawFacet(name); box.list.querySelector("input").focus(); } } }, text) : null;
}

function facetLabel(name, value) {
  if (name === "severity") return severityMark(value);
  if (name === "rule") return el("span", { class: "text" }, el("span", { class: "code" }, value), ` ${nameOf(value)}`);
  return own(facetText(name, value), "span", { class: "text", title: value });
}

function facetText(name, value) {
  if (name === "family") return data.families[value] ? sentence(data.families[value]) : value;
  if (name === "rule") return `${value} ${nameOf(value)}`;
  if (name === "file") return value ? shortPath(value) : "all files";
  if (name === "category") return value || "no category";
  return value;
}
