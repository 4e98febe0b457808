/** Functions of n8n's expressions as filters of templates. */

/** Text between quotes; null: it holds both kinds of them. */
export const quoted = (text: string): string | null =>
  text.includes("'") ? (text.includes('"') ? null : `"${text}"`) : `'${text}'`

/** The filter that does the same; empty: nothing is to be done; null: there is none. */
export function filterOf(name: string, given: string[]): string | null {
  const [first, second] = given.map(quoted)
  switch (name) {
    case 'toUpperCase':
      return 'upcase'
    case 'toLowerCase':
      return 'downcase'
    case 'trim':
      return 'strip'
    case 'toString':
      return ''
    case 'split':
      return first ? `split: ${first}` : null
    case 'join':
      return first ? `join: ${first}` : null
    case 'replaceAll':
      return first && second ? `replace: ${first}, ${second}` : null
    case 'replace':
      return first && second ? `replace_first: ${first}, ${second}` : null
    case 'toFixed':
      return given.length === 1 && /^\d$/.test(given[0] ?? '') ? `round: ${given[0]}` : null
    default:
      return null
  }
}

const DATE_PARTS: readonly (readonly [RegExp, string])[] = [
  [/^(yyyy|YYYY)/, '%Y'],
  [/^(MMMM)/, '%B'],
  [/^(MMM)/, '%b'],
  [/^(MM)/, '%m'],
  [/^(dd|DD)/, '%d'],
  [/^(HH)/, '%H'],
  [/^(mm)/, '%M'],
  [/^(ss)/, '%S'],
  [/^([-/.: ,_])/, ''],
]

/** Luxon's letters as those of the `date` filter; null: it has others. */
export function dateFormatOf(format: string): string | null {
  let [rest, made] = [format, '']
  while (rest !== '') {
    const part = DATE_PARTS.find(([pattern]) => pattern.test(rest))
    const match = part?.[0].exec(rest)?.[0]
    if (!part || !match) return null
    made += part[1] || match
    rest = rest.slice(match.length)
  }
  return made
}
