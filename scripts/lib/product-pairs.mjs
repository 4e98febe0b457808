// Reads labelled product pairs (`COL name VAL ...` records, tab, record, tab, 0 or 1; gzip) as the matcher's sides.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

export const SETS = ['abt-buy', 'walmart-amazon', 'amazon-google']

/** Column names of the sets -> fields of a product side. */
const FIELD = {
  name: 'title',
  title: 'title',
  description: 'description',
  price: 'price',
  manufacturer: 'brand',
  brand: 'brand',
  category: 'category',
  modelno: 'mpn',
}

/** The pairs of one set and split: `{ a, b, label, textA, textB, set }`. */
export function readPairs(folder, set, split) {
  const text = gunzipSync(readFileSync(join(folder, `${set}.${split}.txt.gz`))).toString('utf8')
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [textA, textB, label] = line.split('\t')
      return { a: readSide(textA), b: readSide(textB), label: Number(label), textA, textB, set }
    })
}

function readSide(record) {
  const side = {}
  for (const part of record.split(/(?:^|\s)COL\s+/)) {
    const match = /^(\S+)\s+VAL\s*(.*)$/s.exec(part)
    if (match && FIELD[match[1]]) side[FIELD[match[1]]] = match[2].trim()
  }
  return side
}

/** Best F1 of scores over labels and the threshold that gives it (middle of the gap, most stable of equals). */
export function bestThreshold(scores, labels) {
  const order = scores.map((score, i) => [score, labels[i]]).sort((x, y) => y[0] - x[0])
  const positives = labels.reduce((sum, label) => sum + label, 0)
  let found = 0
  let best = { f1: 0, threshold: 0.5 }
  order.forEach(([score, label], i) => {
    found += label
    const next = order[i + 1]?.[0] ?? 0
    if (next === score) return
    const f1 = (2 * found) / (i + 1 + positives)
    if (f1 > best.f1) best = { f1, threshold: (score + next) / 2 }
  })
  return best
}

/** Precision, recall and F1 at a threshold. */
export function scoreAt(scores, labels, threshold) {
  let right = 0
  let said = 0
  let positives = 0
  scores.forEach((score, i) => {
    const yes = score >= threshold
    said += yes ? 1 : 0
    positives += labels[i]
    right += yes ? labels[i] : 0
  })
  const precision = said ? right / said : 0
  const recall = positives ? right / positives : 0
  return { precision, recall, f1: said + positives ? (2 * right) / (said + positives) : 0 }
}
