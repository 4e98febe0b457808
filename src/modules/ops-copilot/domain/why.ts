/** Why a run went this way, in one sentence with the values that decided. */
import { type Judgement, lineWords } from '../../../kit/condition.ts'

/** `yes, because total (420.00) is more than 100`. */
export function judgementWords({ holds, lines }: Judgement): string {
  const answer = holds ? 'Yes' : 'No'
  const deciding = lines.filter((line) => line.holds === holds)
  if (deciding.length === 0) return `${answer}, whatever the values are.`
  const words = deciding.map(({ line, found, holds: held }) => {
    const name = line.field.split('.').at(-1) ?? line.field
    const text = lineWords(line, () => `${name} (${shown(found)})`)
    return held ? text : `it is not so that ${text}`
  })
  return `${answer}, because ${words.join(' and ')}.`
}

function shown(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'empty'
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}
