/* Which findings are shown, in which order, and how many each filter would show. One pass over the columns. */

/** {rows: numbers of the findings in order, counts: by facet and code}: a facet is counted as if it were not chosen. */
function selected() {
  const facets = FACETS.map((name) => {
    const { codes, values } = found.facets[name];
    const chosen = state.chosen[name];
    return { name, codes, passing: Uint8Array.from(values, (value) => (!chosen.size || chosen.has(value) ? 1 : 0)), counts: new Uint32Array(values.length) };
  });
  const words = state.query.toLowerCase().split(/\s+/).filter(Boolean);
  const rows = new Uint32Array(found.count);
  let length = 0;
  for (let row = 0; row < found.count; row++) {
    let missed = 0;
    let missing = null;
    for (const facet of facets) {
      if (!facet.passing[facet.codes[row]]) {
        missed++;
        missing = facet;
      }
    }
    if (missed > 1 || (words.length && !holdsAll(searchText(row), words))) continue;
    if (missed) {
      missing.counts[missing.codes[row]]++;
      continue;
    }
    rows[length++] = row;
    for (const facet of facets) facet.counts[facet.codes[row]]++;
  }
  return { rows: sorted(rows.subarray(0, length)), counts: Object.fromEntries(facets.map((facet) => [facet.name, facet.counts])) };
}

function holdsAll(text, words) {
  for (const word of words) if (!text.includes(word)) return false;
  return true;
}

/** By the column of the state; findings that are equal in it stay in the order of their places. */
function sorted(rows) {
  const ranks = ranksOf(state.sort);
  if (!ranks) return state.down ? rows.slice().reverse() : rows;
  let most = 0;
  for (const row of rows) most = Math.max(most, ranks[row]);
  const keys = new Float64Array(rows.length);
  for (let place = 0; place < rows.length; place++) {
    const rank = ranks[rows[place]];
    keys[place] = (state.down ? most - rank : rank) * found.count + rows[place];
  }
  return Uint32Array.from(keys.sort(), (key) => key % found.count);
}

let messageRanks = null;

/** The rank of each finding by a column; null for the place, by which findings are in order already. */
function ranksOf(column) {
  if (column === "severity") return found.severity;
  if (column === "rule") return found.rule;
  if (column === "message") return (messageRanks ||= coded(found.message).codes);
  return null;
}
