/* What is filtered, sorted and opened, and the same in the address, so that a view can be sent to others. */

const FACETS = ["severity", "family", "category", "file", "rule"];
const COLUMNS = ["severity", "rule", "place", "message"];
const SIZES = [25, 50, 100, 250];

const state = cleared();

function cleared() {
  const chosen = Object.fromEntries(FACETS.map((name) => [name, new Set()]));
  return { query: "", chosen, sort: "place", down: false, page: 1, size: 50, group: 0, groupRule: "", explained: "" };
}

function isFiltered() {
  return state.query !== "" || FACETS.some((name) => state.chosen[name].size > 0);
}

function clearFilters() {
  Object.assign(state, { query: "", chosen: cleared().chosen, page: 1 });
}

/** Takes over what the address says; whatever it says, the state is a possible one. */
function readAddress() {
  const given = new URLSearchParams(location.hash.slice(1));
  const fresh = cleared();
  for (const name of FACETS) {
    const known = new Set(found.facets[name].values);
    fresh.chosen[name] = new Set(given.getAll(name).filter((value) => known.has(value)));
  }
  const sort = given.get("sort") || "place";
  const column = sort.replace("-", "");
  if (COLUMNS.includes(column)) Object.assign(fresh, { sort: column, down: sort.startsWith("-") });
  fresh.query = given.get("q") || "";
  fresh.page = wholeFrom(given.get("page"), 1);
  fresh.size = SIZES.includes(Number(given.get("size"))) ? Number(given.get("size")) : fresh.size;
  fresh.group = wholeFrom(given.get("group"), 1) - 1;
  fresh.groupRule = given.get("groups") || "";
  fresh.explained = given.get("explain") || "";
  Object.assign(state, fresh);
}

function wholeFrom(text, least) {
  const value = Number.parseInt(text, 10);
  return Number.isSafeInteger(value) && value >= least ? value : least;
}

function writeAddress() {
  const given = new URLSearchParams();
  if (state.query) given.set("q", state.query);
  for (const name of FACETS) for (const value of state.chosen[name]) given.append(name, value);
  if (state.sort !== "place" || state.down) given.set("sort", (state.down ? "-" : "") + state.sort);
  if (state.page > 1) given.set("page", state.page);
  if (state.size !== 50) given.set("size", state.size);
  if (state.groupRule) given.set("groups", state.groupRule);
  if (state.group > 0) given.set("group", state.group + 1);
  if (state.explained) given.set("explain", state.explained);
  const text = given.toString();
  if (text !== location.hash.slice(1)) history.replaceState(null, "", text ? `#${text}` : location.pathname + location.search);
}
