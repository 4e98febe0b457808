/** Which words of two titles stand for each other: equal, written together, shortened, misspelt, the same number. */
import { startsWithDigit } from './product-text.ts'

export interface Alignment {
  /** For each word of the first list, how surely it stands in the second, 0 to 1. */
  a: number[]
  b: number[]
}

const ROMAN = new Map(
  Object.entries({
    ii: '2',
    iii: '3',
    iv: '4',
    vi: '6',
    vii: '7',
    viii: '8',
    ix: '9',
    xi: '11',
  }),
)

/** Aligns two lists of distinct words; the answer of (b, a) is that of (a, b) exchanged. */
export function alignWords(
  a: readonly string[],
  b: readonly string[],
  inA: ReadonlySet<string>,
  inB: ReadonlySet<string>,
): Alignment {
  const scoreA = a.map((word): number => (inB.has(word) ? 1 : 0))
  const scoreB = b.map((word): number => (inA.has(word) ? 1 : 0))
  joinNeighbours(a, scoreA, b, scoreB)
  joinNeighbours(b, scoreB, a, scoreA)
  const restA = indexesOfZero(scoreA)
  const restB = indexesOfZero(scoreB)
  for (const i of restA) {
    for (const j of restB) {
      const alike = wordsAlike(a[i] as string, b[j] as string)
      if (alike > (scoreA[i] as number)) scoreA[i] = alike
      if (alike > (scoreB[j] as number)) scoreB[j] = alike
    }
  }
  return { a: scoreA, b: scoreB }
}

/** `web radio` in one list and `webradio` in the other: all three words are found. */
function joinNeighbours(
  a: readonly string[],
  scoreA: number[],
  b: readonly string[],
  scoreB: number[],
): void {
  for (let i = 0; i + 1 < a.length; i++) {
    if (scoreA[i] === 1 && scoreA[i + 1] === 1) continue
    const joined = `${a[i]}${a[i + 1]}`
    const j = b.indexOf(joined)
    if (j < 0) continue
    scoreA[i] = 1
    scoreA[i + 1] = 1
    scoreB[j] = 1
  }
}

const indexesOfZero = (scores: readonly number[]): number[] => scores.flatMap((s, i) => (s === 0 ? [i] : []))

/** How alike two different words are, 0 to 1: 0.95 the same number, 0.5-0.9 a shortening or a slip of the pen. */
export function wordsAlike(a: string, b: string): number {
  // Most pairs end here: two words that begin with different letters are strangers.
  if (a.charCodeAt(0) !== b.charCodeAt(0) && !startsWithDigit(a) && !startsWithDigit(b)) return 0
  const digitA = /\d/.test(a)
  if (digitA !== /\d/.test(b)) return ROMAN.get(a) === b || ROMAN.get(b) === a ? 0.95 : 0
  if (digitA) return sameNumber(a, b) ? 0.95 : 0
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (short.length < 3 || short[0] !== long[0]) return 0
  if (long.startsWith(short))
    return long.length - short.length <= 2 ? 0.9 : 0.5 + (0.4 * short.length) / long.length
  if (long.length - short.length > 3) return isShortening(short, long) ? 0.5 : 0
  const similarity = 1 - editDistance(short, long) / long.length
  if (similarity >= 0.72) return similarity
  return isShortening(short, long) ? 0.5 : 0
}

/** Years with and without their century (`06`, `2006`), versions with and without `v`. */
function sameNumber(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (/^\d\d$/.test(short) && /^(19|20)\d\d$/.test(long)) return long.endsWith(short)
  return `v${short}` === long || `${short}.0` === long
}

/** Consonants in order, as in `stndrd` for `standard`: first letters equal, every letter found in order. */
function isShortening(short: string, long: string): boolean {
  if (short.length < 3 || short.length > 0.75 * long.length) return false
  let at = 0
  for (const char of long) if (char === short[at]) at++
  return at === short.length && long.at(-1) === short.at(-1)
}

/** Levenshtein distance of two words. */
export function editDistance(a: string, b: string): number {
  const row: number[] = []
  for (let j = 1; j <= b.length; j++) row.push(j)
  for (let i = 0; i < a.length; i++) {
    let diagonal = i
    let left = i + 1
    for (let j = 0; j < row.length; j++) {
      const above = row[j] as number
      const changed = a.charCodeAt(i) === b.charCodeAt(j) ? diagonal : diagonal + 1
      left = Math.min(changed, above + 1, left + 1)
      row[j] = left
      diagonal = above
    }
  }
  return row.length === 0 ? a.length : (row[row.length - 1] as number)
}
