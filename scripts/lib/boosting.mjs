// Gradient boosted trees with logistic loss over binned columns; deterministic for a seed.

/** A small repeatable random source (mulberry32), 0 to 1. */
export function seeded(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export const sigmoid = (x) => 1 / (1 + Math.exp(-x))

const BINS = 64

/** Cut points per column: quantiles of the distinct values, at most 63. */
function cutPoints(rows, columns) {
  return Array.from({ length: columns }, (_, column) => {
    const values = rows.map((row) => row[column]).sort((x, y) => x - y)
    const distinct = values.filter((value, i) => i === 0 || value !== values[i - 1])
    if (distinct.length <= BINS) return distinct.slice(1).map((value, i) => (value + distinct[i]) / 2)
    const cuts = new Set()
    for (let k = 1; k < BINS; k++) {
      // Half of the cuts by rank over all rows, half by rank over distinct values: rare values keep some.
      const pool = k % 2 ? values : distinct
      cuts.add(pool[Math.floor((k * pool.length) / BINS)])
    }
    return [...cuts].sort((x, y) => x - y)
  })
}

function binOf(cuts, value) {
  let low = 0
  let high = cuts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (value >= cuts[middle]) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * Trains `trees` trees over `rows` (arrays of numbers) and 0/1 `labels`. A tree is `{ splits: [[column, cut, left,
 * right]...], leaves: [...] }`; a child >= 0 is a split, < 0 the leaf ~child; left is `value < cut`.
 */
export function boost(rows, labels, options) {
  const { trees, leaves, rate, l2, least, rowShare, columnShare, seed, weights, offsets } = options
  const random = seeded(seed)
  const columns = rows[0].length
  const cuts = cutPoints(rows, columns)
  const binned = cuts.map((cut, column) => Uint8Array.from(rows, (row) => binOf(cut, row[column])))
  const weight = weights ?? new Float64Array(rows.length).fill(1)
  const mean =
    labels.reduce((sum, label, i) => sum + label * weight[i], 0) / weight.reduce((x, y) => x + y, 0)
  const bias = offsets ? 0 : Math.log(mean / (1 - mean))
  const score = Float64Array.from(rows, (_, i) => bias + (offsets?.[i] ?? 0))
  const gradient = new Float64Array(rows.length)
  const hessian = new Float64Array(rows.length)
  const model = { bias, trees: [] }
  for (let t = 0; t < trees; t++) {
    for (let i = 0; i < rows.length; i++) {
      const p = sigmoid(score[i])
      gradient[i] = (p - labels[i]) * weight[i]
      hessian[i] = Math.max(1e-6, p * (1 - p)) * weight[i]
    }
    const used = []
    for (let i = 0; i < rows.length; i++) if (random() < rowShare) used.push(i)
    const open = cuts.map((_, column) => column).filter(() => random() < columnShare)
    const tree = grow(Uint32Array.from(used), open, {
      binned,
      cuts,
      gradient,
      hessian,
      leaves,
      l2,
      least,
      rate,
    })
    model.trees.push(tree)
    for (let i = 0; i < rows.length; i++) score[i] += leafOf(tree, rows[i])
  }
  return model
}

function grow(used, open, context) {
  const { leaves, rate, l2, gradient, hessian } = context
  const root = { rows: used, parent: null, side: 0 }
  root.split = bestSplit(root.rows, open, context)
  const front = [root]
  const splits = []
  while (front.length < leaves) {
    let at = -1
    for (let k = 0; k < front.length; k++) {
      if (front[k].split && (at < 0 || front[k].split.gain > front[at].split.gain)) at = k
    }
    if (at < 0) break
    const node = front[at]
    const { column, bin } = node.split
    const index = splits.length
    splits.push([column, context.cuts[column][bin], 0, 0])
    if (node.parent !== null) splits[node.parent][node.side] = index
    const left = { rows: node.rows.filter((i) => context.binned[column][i] <= bin), parent: index, side: 2 }
    const right = { rows: node.rows.filter((i) => context.binned[column][i] > bin), parent: index, side: 3 }
    left.split = bestSplit(left.rows, open, context)
    right.split = bestSplit(right.rows, open, context)
    front.splice(at, 1, left, right)
  }
  const values = front.map((node, k) => {
    let g = 0
    let h = 0
    for (const i of node.rows) {
      g += gradient[i]
      h += hessian[i]
    }
    if (node.parent !== null) splits[node.parent][node.side] = ~k
    return (-rate * g) / (h + l2)
  })
  return { splits, leaves: values }
}

function bestSplit(rows, open, { binned, cuts, gradient, hessian, l2, least }) {
  let total = 0
  let mass = 0
  for (const i of rows) {
    total += gradient[i]
    mass += hessian[i]
  }
  if (mass < 2 * least) return null
  const base = (total * total) / (mass + l2)
  let best = null
  const g = new Float64Array(BINS + 1)
  const h = new Float64Array(BINS + 1)
  for (const column of open) {
    const bins = binned[column]
    g.fill(0)
    h.fill(0)
    for (let k = 0; k < rows.length; k++) {
      const i = rows[k]
      const bin = bins[i]
      g[bin] += gradient[i]
      h[bin] += hessian[i]
    }
    let left = 0
    let leftMass = 0
    for (let bin = 0; bin < cuts[column].length; bin++) {
      left += g[bin]
      leftMass += h[bin]
      const rightMass = mass - leftMass
      if (leftMass < least || rightMass < least) continue
      const right = total - left
      const gain = (left * left) / (leftMass + l2) + (right * right) / (rightMass + l2) - base
      if (gain > 1e-6 && (best === null || gain > best.gain)) best = { column, bin, gain }
    }
  }
  return best
}

/** What a tree adds to the log-odds of a row. */
export function leafOf(tree, row) {
  if (tree.splits.length === 0) return tree.leaves[0]
  let at = 0
  while (at >= 0) {
    const split = tree.splits[at]
    at = row[split[0]] < split[1] ? split[2] : split[3]
  }
  return tree.leaves[~at]
}

/** Log-odds of a row. */
export function logOdds(model, row) {
  let sum = model.bias
  for (const tree of model.trees) sum += leafOf(tree, row)
  return sum
}
