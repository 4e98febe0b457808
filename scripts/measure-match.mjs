// `node scripts/measure-match.mjs FOLDER [SPLIT]`: F1 of the shipped matcher per set, with the threshold chosen on valid,
// and the cost of a pair. SPLIT (default valid) is scored; with test, the valid thresholds are carried over.
import { continueOnLockedNode } from './lib/node.mjs'
import { bestThreshold, readPairs, SETS, scoreAt } from './lib/product-pairs.mjs'

await continueOnLockedNode()
const [folder, split = 'valid'] = process.argv.slice(2)
if (!folder) {
  console.error('usage: node scripts/measure-match.mjs FOLDER [train|valid|test]')
  process.exit(2)
}
const { matchProducts } = await import(
  new URL('../src/modules/marketplace/domain/product-match.ts', import.meta.url)
)

for (const set of SETS) {
  const valid = readPairs(folder, set, 'valid')
  const { threshold, f1 } = bestThreshold(score(valid), labelsOf(valid))
  const pairs = split === 'valid' ? valid : readPairs(folder, set, split)
  const started = process.cpuUsage()
  const scores = score(pairs)
  // Processor time: what a Worker is charged, and the same on a busy machine.
  const used = process.cpuUsage(started)
  const cost = (used.user + used.system) / pairs.length
  const at = scoreAt(scores, labelsOf(pairs), threshold)
  const half = scoreAt(scores, labelsOf(pairs), 0.5)
  console.log(
    `${set} ${split}: F1 ${percent(at.f1)} (precision ${percent(at.precision)}, recall ${percent(at.recall)}) ` +
      `at threshold ${threshold.toFixed(3)} from valid (F1 there ${percent(f1)}); ` +
      `at 0.5 F1 ${percent(half.f1)}; ${cost.toFixed(0)} us of processor a pair, ${pairs.length} pairs`,
  )
}

function score(pairs) {
  return pairs.map((pair) => matchProducts(pair.a, pair.b).probability)
}

function labelsOf(pairs) {
  return pairs.map((pair) => pair.label)
}

function percent(share) {
  return (100 * share).toFixed(1)
}
