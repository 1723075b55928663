/* Which words differ between two texts. Time and memory are bounded, however long and different they are. */

const MOST_EDITS = 400;
const MOST_STEPS = 4000000;

/** Words with the marks inside them, single East Asian characters, runs of space, and single signs. */
const TOKEN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{N}\p{M}_]+|\s+|[^\p{L}\p{N}\p{M}\s]/gu;

function tokens(text) {
  return text.match(TOKEN) || [];
}

/** [[text, differs], ...] for each of two texts. */
function differences(one, other) {
  const [left, right] = [tokens(one), tokens(other)];
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start++;
  let end = 0;
  while (end < left.length - start && end < right.length - start && left[left.length - 1 - end] === right[right.length - 1 - end]) end++;
  const inner = common(left.slice(start, left.length - end), right.slice(start, right.length - end));
  const side = (words, kept) => runs(words.map((word, place) => [word, place >= start && place < words.length - end && !kept.has(place - start)]));
  return [side(left, inner[0]), side(right, inner[1])];
}

/** Joins neighbours of one kind. */
function runs(parts) {
  const joined = [];
  for (const [text, differs] of parts) {
    const last = joined[joined.length - 1];
    if (last && last[1] === differs) last[0] += text;
    else joined.push([text, differs]);
  }
  return joined;
}

/** Places in each list of the words of a longest common part (Myers 1986); none where that would take too long. */
function common(left, right) {
  const none = [new Set(), new Set()];
  if (!left.length || !right.length) return none;
  const trace = furthest(left, right);
  if (!trace) return none;
  let [x, y] = [left.length, right.length];
  for (let edits = trace.length - 1; edits > 0; edits--) {
    const before = trace[edits - 1];
    const diagonal = x - y;
    const at = (place) => before[place + edits] ?? -1;
    const down = diagonal === -edits || (diagonal !== edits && at(diagonal - 1) < at(diagonal + 1));
    const fromDiagonal = down ? diagonal + 1 : diagonal - 1;
    const fromX = at(fromDiagonal);
    const stop = down ? fromX : fromX + 1;
    while (x > stop) keep(none, --x, --y);
    [x, y] = [fromX, fromX - fromDiagonal];
  }
  while (x > 0 && y > 0) keep(none, --x, --y);
  return none;
}

function keep(sets, x, y) {
  sets[0].add(x);
  sets[1].add(y);
}

/** For each number of edits how far each diagonal reaches; entry `edits` holds diagonals from -edits - 1 on. */
function furthest(left, right) {
  const trace = [];
  let steps = 0;
  let last = new Int32Array(3);
  for (let edits = 0; edits <= MOST_EDITS; edits++) {
    const reach = new Int32Array(2 * edits + 3).fill(-1);
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const at = (place) => last[place + edits] ?? -1;
      let x = 0;
      if (edits) x = diagonal === -edits || (diagonal !== edits && at(diagonal - 1) < at(diagonal + 1)) ? at(diagonal + 1) : at(diagonal - 1) + 1;
      let y = x - diagonal;
      while (x < left.length && y < right.length && left[x] === right[y]) [x, y, steps] = [x + 1, y + 1, steps + 1];
      reach[diagonal + edits + 1] = x;
      if (x >= left.length && y >= right.length) return [...trace, reach];
    }
    steps += edits;
    if (steps > MOST_STEPS) return null;
    trace.push(reach);
    last = reach;
  }
  return null;
}
