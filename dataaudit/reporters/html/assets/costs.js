/* What labeling and training cost, and whether to train at all: where the run was asked for it. */

const OFFERS_SHOWN = ["open", "closing"];

function costsPart() {
  const cards = [costCard(), planCard(), adviceCard()].filter(Boolean);
  return cards.length ? section("costs", "Labeling, costs and advice", el("div", { class: "columns" }, cards)) : null;
}

function costCard() {
  if (!data.estimate) return null;
  const offers = data.estimate.offers.filter((offer) => OFFERS_SHOWN.includes(offer.status));
  const priced = offers.filter((offer) => offer.training && offer.training[1] !== null);
  // Offers come with the cheapest first month first.
  const cheapest = priced.filter((offer, place) => priced.findIndex((one) => one.provider === offer.provider) === place)
    .sort((one, other) => one.training[1] - other.training[1]);
  const name = (offer) => [offer.model, offer.tuning, offer.method === "sft" ? null : offer.method].filter(Boolean).join(", ");
  const rows = offers.map((offer) => [
    [el("strong", {}, offer.provider), " ", own(name(offer))], usdRange(offer.training), usdRange(offer.hosting_per_month), usdRange(offer.inference_per_month),
    offer.status === "closing" ? offer.status_note : "", `${offer.price_source || ""}${offer.price_date ? `, ${offer.price_date}` : ""}`,
  ]);
  const head = [{ text: "model" }, { text: "training", right: true }, { text: "hosting a month", right: true }, { text: "calls a month", right: true }, { text: "remark" }, { text: "price read from" }];
  return el(
    "div", { class: "card" }, heading(3, "Cost of one training, by provider"),
    cheapest.length ? [costTable(cheapest, name), el("p", { class: "small quiet" }, "USD, the cheapest model of each provider; a bar is what sources or tokens leave open. The scale is logarithmic.")]
      : el("p", { class: "empty" }, "No price of training is known for these rows."),
    el("details", { class: "numbers" }, el("summary", {}, `All ${count(offers.length, "offer")}`), plainTable("Offers of all providers, in USD", head, rows)),
    bullets("Not known", data.estimate.missing), bullets("Taken for granted", data.estimate.assumptions),
  );
}

function costTable(offers, name) {
  const values = offers.flatMap((offer) => offer.training).filter((value) => value > 0);
  const low = Math.log10(Math.min(0.01, ...values));
  const high = Math.log10(Math.max(10, ...values));
  const left = (value) => (100 * (Math.log10(Math.max(value, 10 ** low)) - low)) / (high - low);
  const powers = [];
  for (let power = Math.ceil(low); power <= high; power++) powers.push(power);
  const line = (offer) => el(
    "tr", {},
    el("th", { scope: "row" }, el("strong", {}, offer.provider), " ", el("span", { class: "quiet" }, own(name(offer)))),
    el(
      "td", { class: "bar" },
      el(
        "span", { class: "track dots", "aria-hidden": "true" },
        powers.map((power) => el("span", { class: "gridline", vars: { left: `${left(10 ** power)}%` } })),
        el("span", { class: "span", vars: { left: `${left(offer.training[0])}%`, width: `max(9px, ${left(offer.training[1]) - left(offer.training[0])}%)` } }),
      ),
    ),
    el("td", { class: "right" }, usdRange(offer.training)),
  );
  const axis = el("tr", { "aria-hidden": "true" }, el("td", {}), el("td", { class: "bar axis" }, el("span", { class: "track" }, powers.map((power) => el("span", { class: "tick", vars: { left: `${left(10 ** power)}%` } }, power < 0 ? String(10 ** power) : shortNumber(10 ** power))))), el("td", {}));
  return el(
    "table", { class: "bars costs" }, el("caption", { class: "hidden" }, "Cost of training in USD by provider"),
    el("thead", { class: "hidden" }, el("tr", {}, ["provider", "bar", "USD"].map((text) => el("th", { scope: "col" }, text)))),
    el("tbody", {}, offers.map(line), axis),
  );
}

function bullets(title, sentences) {
  if (!sentences || !sentences.length) return null;
  return el("details", { class: "numbers" }, el("summary", {}, `${title} (${sentences.length})`), el("ul", {}, sentences.map((text) => el("li", { class: "small" }, text))));
}

function span(range) {
  return [...new Set(range.map(rough))].join(" to ");
}

function planCard() {
  const plan = data.plan;
  if (!plan) return null;
  const work = (title, entry) => [el("strong", {}, title), entry.number ? number(entry.number) : "none", entry.number ? span(entry.hours) : "", entry.number ? span(entry.cost) : ""];
  const rows = [
    work(`Write to the minimum${plan.minimum ? ` of ${number(plan.minimum)}${plan.by_category ? " each" : ""}` : ""}`, plan.to_minimum),
    work(`Write to the target${plan.target ? ` of ${number(plan.target)}${plan.by_category ? " each" : ""}` : ""}`, plan.to_target),
    ...plan.reviews.map((review) => work(sentence(review.what), review.work)),
    [el("strong", {}, "Writing to the target, and reviewing"), "", span(plan.total_hours), span(plan.total_cost)],
  ];
  const missing = plan.categories.filter((entry) => entry.missing_to_target > 0);
  const bars = missing.map((entry) => ({
    label: own(entry.category), title: entry.category, parts: [[entry.effective, "main"], [entry.missing_to_target, "wanted"]], number: `+${number(entry.missing_to_target)}`,
  }));
  return el(
    "div", { class: "card" }, heading(3, "What is still to be labeled and reviewed"),
    plainTable("The labeling plan", [{ text: "work" }, { text: "number", right: true }, { text: "hours", right: true }, { text: "USD", right: true }], rows),
    plan.by_category && bars.length ? [heading(4, "Missing to the target, by category"), ...folded(bars, (some) => barTable("Examples missing by category", ["category", "bar", "missing"], some)), legend([["main", "there, and counting"], ["wanted", "missing"]])] : null,
    el("p", { class: "small quiet" }, `Task: ${plan.task}${plan.task_because ? ` (${plan.task_because})` : ""}.`),
  );
}

function adviceCard() {
  const advice = data.advice;
  if (!advice) return null;
  const sums = advice.sums.filter((entry) => entry.possible || entry.ruled_out.length).map((entry) => ({
    label: entry.title, parts: [[Math.max(0, entry.points), entry.possible ? "main" : "lost"]], number: number(entry.points), note: entry.ruled_out.length ? `ruled out: ${entry.ruled_out.join(", ")}` : "",
  }));
  const open = advice.missing.filter((entry) => entry.points || entry.blocks).map((entry) => `${entry.ask} (${entry.flag})`);
  return el(
    "div", { class: "card" }, heading(3, "Is fine-tuning the right tool?"), el("p", {}, el("strong", {}, advice.sentence)),
    advice.blockers.length ? el("ul", { class: "caps" }, advice.blockers.map((blocker) => el("li", {}, `${blocker.words} ${blocker.lasting ? "Instead" : "First"}: ${blocker.lift}.`))) : null,
    sums.length ? barTable("Points for each option", ["option", "bar", "points", "remark"], sums) : null,
    bullets("Why", advice.reasons.map((reason) => `${reason.words} [${reason.source}]`)), bullets("Questions that are open", open),
    el("p", { class: "small quiet" }, advice.weights),
  );
}

function filesPart() {
  const head = [{ text: "file" }, { text: "split" }, { text: "rows", right: true }, { text: "findings listed", right: true }, { text: "size", right: true }, { text: "shape" }, { text: "notes" }];
  const counts = totals(found.facets.file);
  const listed = new Map(found.facets.file.values.map((path, code) => [path, counts[code]]));
  const rows = data.files.map((file) => {
    const known = listed.get(file.path) || 0;
    const link = known ? el("button", { type: "button", class: "link", "aria-label": `Show the ${count(known, "finding")} of ${file.path}`, on: { click: () => showOnly("file", file.path) } }, number(known)) : "0";
    return [own(shortPath(file.path), "bdi", { class: "path", title: file.path }), file.split, number(file.rows), link, bytes(file.bytes), file.shape, file.notes.map((note) => own(note, "div"))];
  });
  const parts = [plainTable("Files", head, rows, "plain cards")];
  if (data.suppressed.length) {
    const total = data.suppressed.reduce((sum, entry) => sum + entry.count, 0);
    parts.push(heading(3, `Not shown: ${count(total, "finding")} suppressed`), plainTable("Suppressed findings", [{ text: "rule" }, { text: "file" }, { text: "by" }, { text: "findings", right: true }], data.suppressed.map((entry) => [ruleTag(entry.rule), entry.path === null ? "all files" : own(entry.path), entry.by, number(entry.count)])));
  }
  if (data.unused.length) {
    parts.push(heading(3, `Unused suppressions: ${number(data.unused.length)}`), plainTable("Unused suppressions", [{ text: "place" }, { text: "rule" }, { text: "what" }], data.unused.map((entry) => [own(placeOf(entry.file, entry.line, 0)), entry.rule, own(entry.message)])));
  }
  if (data.unchecked.length) {
    const causes = new Map();
    for (const entry of data.unchecked) causes.set(entry.because, [...(causes.get(entry.because) || []), entry.rule]);
    parts.push(heading(3, "Not checked"), plainTable("Rules that were not checked", [{ text: "because" }, { text: "rules" }], [...causes].map(([because, rules]) => [because, ruleTags(rules)])));
  }
  return section("files", "Files, and what was left out", parts);
}
