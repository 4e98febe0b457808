// The table of docs/security.md claims only what a test shows, under the name the test has.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const rows = readFileSync('docs/security.md', 'utf8')
  .split('\n')
  .map((line) => /^\| ([\d., ]+) \| (.+) \| `(tests\/[^`]+)` `(.+)` \|$/.exec(line))
  .filter((match) => match !== null)
  .map(([, clause = '', what = '', file = '', name = '']) => ({
    clause,
    what,
    file,
    name: name.replaceAll('\\`', '`'),
  }))

/** A name as it may stand in source: quotes and backticks escaped or not. */
const stands = (source: string, name: string): boolean =>
  source.replaceAll('\\', '').includes(name) || source.includes(name)

test('the table was read', () => {
  expect(rows.length).toBeGreaterThan(40)
})

test.each(rows)('$clause is shown by a test: $what', ({ file, name }) => {
  expect(stands(readFileSync(file, 'utf8'), name)).toBe(true)
})
