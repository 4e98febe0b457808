// `node scripts/train-match.mjs FOLDER`: trains the shipped product matcher on the train splits of FOLDER and writes
// src/modules/marketplace/domain/match/weights.ts. Same data, same file. `--folds` cross-validates by entity instead.
import { statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { boost, logOdds, sigmoid } from './lib/boosting.mjs'
import { continueOnLockedNode } from './lib/node.mjs'
import { bestThreshold, readPairs, SETS } from './lib/product-pairs.mjs'

await continueOnLockedNode()
/** Leaves are written as whole numbers: this many to one of log-odds. `model.ts` divides by it. */
const LEAF_SCALE = 10_000
const MATCH = new URL('../src/modules/marketplace/domain/match/', import.meta.url)
const { viewProduct } = await import(new URL('view.ts', MATCH))
const { readPair } = await import(new URL('features.ts', MATCH))
const { rarity } = await import(new URL('word-table.ts', MATCH))

const OPTIONS = { trees: 280, leaves: 12, rate: 0.055, l2: 3, least: 2, rowShare: 0.7, columnShare: 0.35 }
/** One forest a seed; their log-odds are averaged, which steadies the score more than more trees of one seed. */
const SEEDS = [7, 11]
/** Words in fewer titles than this are left out of the shipped counts: they read as unseen. */
const LEAST_TITLES = 2

const folder = process.argv.slice(2).find((argument) => !argument.startsWith('--'))
if (!folder) {
  console.error('usage: node scripts/train-match.mjs FOLDER [--folds]')
  process.exit(2)
}
const pairs = SETS.flatMap((set) => readPairs(folder, set, 'train'))
const views = new Map()
for (const pair of pairs) {
  pair.viewA = remember(pair.textA, pair.a)
  pair.viewB = remember(pair.textB, pair.b)
}
if (process.argv.includes('--folds')) crossValidate()
else ship()

function remember(text, side) {
  const known = views.get(text) ?? viewProduct(side)
  views.set(text, known)
  return known
}

/** Titles with each word, over the distinct records of some pairs. */
function countWords(some) {
  const records = new Map(
    some.flatMap((pair) => [
      [pair.textA, pair.viewA],
      [pair.textB, pair.viewB],
    ]),
  )
  const counts = new Map()
  for (const view of records.values())
    for (const word of view.words) counts.set(word, (counts.get(word) ?? 0) + 1)
  for (const [word, count] of counts) {
    if (count < LEAST_TITLES) counts.delete(word)
    else counts.set(word, rounded(count))
  }
  return { titles: records.size, counts }
}

/** Counts above 8 in steps of a tenth: the file stays small, the rarity is the same to 5 %. */
function rounded(count) {
  return count <= 8 ? count : Math.round(1.1 ** Math.round(Math.log(count) / Math.log(1.1)))
}

function tableOf({ titles, counts }) {
  return { idf: (word) => rarity(titles, counts.get(word) ?? 1) }
}

function matrix(some, table, names) {
  const rows = some.map((pair) => readPair(pair.viewA, pair.viewB, table).figures)
  const columns = names ?? Object.keys(rows[0])
  return { columns, rows: rows.map((row) => columns.map((name) => row[name])) }
}

/** The forests of all seeds as one model. */
function bag(rows, labels) {
  const forests = SEEDS.map((seed) => boost(rows, labels, { ...OPTIONS, seed }))
  const share = 1 / SEEDS.length
  return {
    bias: forests.reduce((sum, forest) => sum + share * forest.bias, 0),
    trees: forests.flatMap((forest) =>
      forest.trees.map((tree) => ({ splits: tree.splits, leaves: tree.leaves.map((leaf) => leaf * share) })),
    ),
  }
}

function ship() {
  const words = countWords(pairs)
  const { columns, rows } = matrix(pairs, tableOf(words))
  const model = bag(
    rows,
    pairs.map((pair) => pair.label),
  )
  const file = fileURLToPath(new URL('weights.ts', MATCH))
  writeFileSync(file, weightsFile(columns, model, words))
  console.log(
    `${pairs.length} pairs, ${columns.length} figures, ${model.trees.length} trees, ${words.counts.size} words`,
  )
  console.log(`${file}: ${statSync(file).size} bytes`)
}

function weightsFile(columns, model, { titles, counts }) {
  const byCount = new Map()
  for (const [word, count] of [...counts].sort(([x], [y]) => (x < y ? -1 : 1))) {
    byCount.set(count, [...(byCount.get(count) ?? []), word])
  }
  const lists = [...byCount].sort(([x], [y]) => x - y).map(([count, words]) => `${count}:${words.join(' ')}`)
  return `/** Weights of the product matcher, written by \`scripts/train-match.mjs\`; not edited by hand. */

/** Boosted trees: starting log-odds, names of the figures, trees in the form \`model.ts\` reads. */
export const MODEL = {
  bias: ${Number(model.bias.toFixed(4))},
  figures:
    '${columns.join(' ')}',
  trees:
    '${model.trees.map(treeText).join(';')}',
}

/** Distinct products counted, and the words by how many of their titles hold them. */
export const WORDS = {
  titles: ${titles},
  counts:
    '${lists.join(';')}',
}
`
}

function treeText(tree) {
  const write = (at) => {
    if (at < 0) return `~${Math.round(tree.leaves[~at] * LEAF_SCALE)}`
    const [column, cut, left, right] = tree.splits[at]
    return `${column} ${Number(cut.toPrecision(5))} ${write(left)} ${write(right)}`
  }
  return write(tree.splits.length ? 0 : -1)
}

/** Folds by product: all pairs of a left record share a fold, so no left product is seen in training. */
function crossValidate() {
  const folds = 5
  const groups = [...new Set(pairs.map((pair) => pair.textA))]
  const foldOf = new Map(groups.map((text, i) => [text, (i * 7 + (i >> 3)) % folds]))
  const scores = new Float64Array(pairs.length)
  for (let fold = 0; fold < folds; fold++) {
    const seen = pairs.filter((pair) => foldOf.get(pair.textA) !== fold)
    const table = tableOf(countWords(seen))
    const train = matrix(seen, table)
    const model = bag(
      train.rows,
      seen.map((pair) => pair.label),
    )
    pairs.forEach((pair, i) => {
      if (foldOf.get(pair.textA) !== fold) return
      const row = readPair(pair.viewA, pair.viewB, table).figures
      scores[i] = sigmoid(
        logOdds(
          model,
          train.columns.map((name) => row[name]),
        ),
      )
    })
  }
  for (const set of SETS) {
    const at = pairs.flatMap((pair, i) => (pair.set === set ? [i] : []))
    const best = bestThreshold(
      at.map((i) => scores[i]),
      at.map((i) => pairs[i].label),
    )
    console.log(
      `${set}: F1 ${(100 * best.f1).toFixed(1)} at ${best.threshold.toFixed(3)} (${folds} folds by entity)`,
    )
  }
}
