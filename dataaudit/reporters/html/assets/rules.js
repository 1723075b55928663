/* What the catalogue says of a rule, in a panel over the page. */

function explain(rule) {
  if (!data.rules[rule]) return;
  const panel = byId("panel");
  refill(panel, panelContent(rule, data.rules[rule]));
  state.explained = rule;
  writeAddress();
  if (!panel.open) panel.showModal();
  panel.scrollTop = 0;
}

function closePanel() {
  byId("panel").close();
}

function panelContent(code, rule) {
  const total = data.counts[code] || 0;
  return [
    el(
      "div", { class: "panel-head" },
      el("p", { class: "small quiet" }, severityMark(rule.severity), ` ${code} ${rule.name}${rule.status === "stable" ? "" : `, ${rule.status}`}`),
      el("button", { type: "button", class: "icon", "aria-label": "Close", on: { click: closePanel } }, "✕"),
    ),
    heading(2, rule.title, "panel-title"),
    el("p", {}, rule.summary),
    heading(3, "Why"), el("p", {}, rule.why),
    heading(3, "How to fix it"), el("p", {}, rule.how_to_fix),
    rule.fix ? el("p", {}, el("span", { class: "tag info" }, `${rule.fix.safety} fix`), ` ${rule.fix.summary}`) : null,
    rule.thresholds.length ? [heading(3, "Thresholds"), el("dl", { class: "small" }, rule.thresholds.map((entry) => [
      el("dt", {}, el("code", {}, `${entry.name} = ${entry.value}`), ` ${entry.unit}`), el("dd", { class: "quiet" }, entry.why),
    ]))] : null,
    heading(3, "Sources"), el("ul", { class: "small" }, rule.sources.map((source) => el("li", {}, sourceLink(source), `, ${source.date}`))),
    total ? el("p", {}, el("button", { type: "button", class: "button", on: { click: () => { closePanel(); showOnly("rule", code); } } }, `Show the ${count(total, "finding")}`)) : null,
  ];
}

function sourceLink(source) {
  return /^https:\/\//.test(source.url || "") ? el("a", { href: source.url, rel: "noreferrer noopener", target: "_blank" }, source.title) : source.title;
}

const MARKS = { error: "■", warning: "▲", info: "●" };

/** A severity by shape, colour and word. */
function severityMark(severity) {
  return el("span", { class: `severity ${severity}` }, el("span", { "aria-hidden": "true" }, MARKS[severity]), ` ${SEVERITY_WORDS[severity][0]}`);
}

function startPanel() {
  const panel = byId("panel");
  panel.addEventListener("close", () => {
    state.explained = "";
    writeAddress();
  });
  panel.addEventListener("click", (event) => {
    if (event.target === panel) closePanel();
  });
}
