/** What was probably meant by a word that nobody knows. */

/** The known word with the fewest changed letters; null: none is near enough (a third of its letters, at most 6). */
export function nearest(word: string, known: readonly string[]): string | null {
  const most = Math.min(6, Math.max(2, Math.floor(word.length / 3)))
  let best: string | null = null
  let least = most + 1
  for (const one of known) {
    if (Math.abs(one.length - word.length) >= least) continue
    const far = distance(word.toLowerCase(), one.toLowerCase())
    if (far < least) [best, least] = [one, far]
  }
  return best
}

/** Levenshtein: letters put in, taken out or changed. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
