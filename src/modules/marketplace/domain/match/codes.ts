/** How the model codes of two products stand to each other. */
import { editDistance } from './align.ts'
import type { ProductView } from './view.ts'

export interface CodeRelation {
  /** 1 equal, 0.8 one holds the other, 0-0.7 alike, 0 strangers, -1 a side names none. */
  best: number
  /** 1 a code stands in the other's texts, 0 none does, -1 there is no code at all. */
  inText: number
  /** Shared start of the closest pair, 0 to 1 of the shorter; how much of the longer is left after it. */
  prefix: number
  tail: number
  sharedLength: number
  /** Codes of each side that the other's texts do not hold. */
  unmatchedA: number
  unmatchedB: number
  /** The code that both name, or null. */
  bestCode: string | null
}

/** Compares squashed codes; longer equal codes win over shorter. */
export function compareCodes(a: ProductView, b: ProductView): CodeRelation {
  const relation: CodeRelation = {
    best: a.codes.length && b.codes.length ? 0 : -1,
    inText: a.codes.length || b.codes.length ? 0 : -1,
    prefix: -1,
    tail: -1,
    sharedLength: 0,
    unmatchedA: 0,
    unmatchedB: 0,
    bestCode: null,
  }
  for (const x of a.codes) for (const y of b.codes) weigh(relation, x, y)
  relation.unmatchedA = missingIn(a.codes, b, relation)
  relation.unmatchedB = missingIn(b.codes, a, relation)
  return relation
}

function weigh(relation: CodeRelation, x: string, y: string): void {
  const [short, long] = x.length <= y.length ? [x, y] : [y, x]
  const same = x === y ? 1 : long.includes(short) ? 0.8 : near(short, long)
  const prefix = commonStart(short, long)
  if (same > relation.best || (same === relation.best && prefix / short.length > relation.prefix)) {
    relation.best = same
    relation.prefix = prefix / short.length
    relation.tail = long.length - prefix
  }
  if (same >= 0.8 && short.length > relation.sharedLength) {
    relation.sharedLength = short.length
    relation.bestCode = short
  }
}

function near(short: string, long: string): number {
  if (long.length - short.length > 4) return 0
  return 0.7 * Math.max(0, 1 - editDistance(short, long) / long.length)
}

/** How many characters two texts begin with in common. */
export function commonStart(a: string, b: string): number {
  let at = 0
  while (at < a.length && a.charCodeAt(at) === b.charCodeAt(at)) at++
  return at
}

function missingIn(codes: readonly string[], other: ProductView, relation: CodeRelation): number {
  let missing = 0
  for (const code of codes) {
    if (!other.anySquashed.includes(code)) missing++
    else {
      relation.inText = 1
      relation.sharedLength = Math.max(relation.sharedLength, code.length)
      relation.bestCode ??= code
    }
  }
  return missing
}
