/* Puts the parts together, and listens to keys and the address. */

const PARTS = { summary: "Summary", pictures: "Pictures", findings: "Findings", groups: "Side by side", costs: "Costs", files: "Files" };

function title() {
  const [first, ...others] = data.files;
  if (!first) return "No files";
  return [own(shortPath(first.path)), others.length ? ` and ${count(others.length, "more file")}` : ""];
}

/** A button that goes round system, light and dark. The choice lasts as long as the page where nothing may be kept. */
function themeButton() {
  const themes = ["", "light", "dark"];
  const names = { "": "Colours: system", light: "Colours: light", dark: "Colours: dark" };
  const button = el("button", { type: "button", class: "button", id: "theme", on: { click: () => show(themes[(themes.indexOf(current()) + 1) % 3]) } });
  const current = () => document.documentElement.getAttribute("data-theme") || "";
  const show = (theme) => {
    if (theme) document.documentElement.setAttribute("data-theme", theme);
    else document.documentElement.removeAttribute("data-theme");
    button.textContent = names[theme];
  };
  show(current());
  return button;
}

function topBar() {
  const links = Object.entries(PARTS).filter(([id]) => byId(id)).map(([id, text]) => el("li", {}, el("a", { href: `#${id}`, on: { click: (event) => { event.preventDefault(); goToPart(id); } } }, text)));
  put(byId("top"), [
    el("div", { class: "titles" }, el("p", { class: "brand" }, "dataaudit", folder ? [" in ", own(folder)] : null), el("h1", {}, title())),
    el("nav", { "aria-label": "Parts of the report" }, el("ul", {}, links)), themeButton(),
  ]);
}

/** Scrolls to a part and puts the focus on its heading; the address stays that of the filters. */
function goToPart(id) {
  const target = byId(`${id}-title`);
  byId(id).scrollIntoView({ block: "start" });
  target.focus({ preventScroll: true });
}

function foot() {
  const keys = [["/", "search"], ["← →", "pages, where the table has the focus"], ["Esc", "close, or empty the search"]];
  put(byId("foot"), [
    el("p", {}, `Made by ${data.tool.name} ${data.tool.version}. Personal data and secrets are masked, long texts cut. This file loads nothing and sends nothing.`),
    el("p", { class: "keys" }, keys.map(([key, what]) => [el("kbd", {}, key), ` ${what} `])),
  ]);
}

function takeAddress() {
  const asked = location.hash.slice(1);
  readAddress();
  if (found.count) byId("search").value = state.query;
  refresh();
  drawGroups();
  if (state.explained) explain(state.explained);
  else if (byId("panel").open) closePanel();
  if (Object.hasOwn(PARTS, asked) && byId(asked)) goToPart(asked);
}

function onKey(event) {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey && byId("search") && !byId("panel").open) {
    event.preventDefault();
    byId("search").focus();
    byId("search").select();
  }
}

function start() {
  readAddress();
  put(byId("main"), [summaryPart(), picturesPart(), findingsPart(), groupsPart(), costsPart(), filesPart()]);
  topBar();
  foot();
  startPanel();
  if (window.matchMedia("(max-width: 60rem)").matches && byId("facets")) byId("facets").open = false;
  takeAddress();
  window.addEventListener("hashchange", takeAddress);
  document.addEventListener("keydown", onKey);
  setTimeout(prepareSearch, 200, 0);
}

start();
