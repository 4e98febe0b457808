/** From scored candidates to links: each product with its best, and only when it is the best of that one too. */

export interface ScoredPair<A, B> {
  a: A
  b: B
  probability: number
}

/**
 * Mutual-best pairs at or above `least`, surest first. A product whose two best are within `margin` of each other has no
 * best: such pairs stay for a person. Each product appears at most once on its side.
 */
export function mutualBest<A, B, P extends ScoredPair<A, B>>(
  pairs: readonly P[],
  options: { least: number; margin?: number },
): P[] {
  const margin = options.margin ?? 0
  const bestOfA = bestBy(pairs, (pair) => pair.a, margin)
  const bestOfB = bestBy(pairs, (pair) => pair.b, margin)
  return pairs
    .filter((pair) => pair.probability >= options.least)
    .filter((pair) => bestOfA.get(pair.a) === pair && bestOfB.get(pair.b) === pair)
    .sort((x, y) => y.probability - x.probability)
}

/** The best pair per key, or null when the second comes within the margin. */
function bestBy<P extends { probability: number }, K>(
  pairs: readonly P[],
  keyOf: (pair: P) => K,
  margin: number,
): Map<K, P | null> {
  const top = new Map<K, { first: P; second: number }>()
  for (const pair of pairs) {
    const key = keyOf(pair)
    const known = top.get(key)
    if (!known) top.set(key, { first: pair, second: -1 })
    else if (pair.probability > known.first.probability) {
      top.set(key, { first: pair, second: known.first.probability })
    } else known.second = Math.max(known.second, pair.probability)
  }
  const best = new Map<K, P | null>()
  for (const [key, { first, second }] of top) {
    const tied = second >= 0 && (first.probability === second || first.probability - second < margin)
    best.set(key, tied ? null : first)
  }
  return best
}
