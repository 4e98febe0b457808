// Every event that the code tells stands in the catalogue, and the catalogue's own samples hold.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { manifest as connections } from '../../src/modules/connections/index.ts'
import { manifest as miniFoundry } from '../../src/modules/mini-foundry/index.ts'
import { manifest as opsCopilot } from '../../src/modules/ops-copilot/index.ts'
import { manifest as workspace } from '../../src/modules/workspace/index.ts'

const catalogue = [workspace, connections, miniFoundry, opsCopilot].flatMap((wing) => wing.events)
const known = new Set(catalogue.map((event) => event.type))

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !name.includes('manifest'))
  .map((name) => ({ name, text: readFileSync(join('src', name), 'utf8') }))
  .filter(({ text }) => /\brecordEvent\(|\bHookReading(Event)?\b/.test(text))

/** Words of the form of an event that stand as a type: in a literal object, or as what a map leads to. */
const typesIn = (text: string): string[] =>
  Array.from(
    text.matchAll(/\btype: '([a-z_]+\.[a-z_]+)'|'[a-z_.]+': '([a-z_]+\.[a-z_]+)'/g),
    (found) => found[1] ?? found[2] ?? '',
  )

describe('the catalogue', () => {
  test('is searched for in files that tell events', () => {
    expect(files.length).toBeGreaterThan(10)
    expect(files.flatMap(({ text }) => typesIn(text)).length).toBeGreaterThan(10)
  })

  test.each(files)('knows the events of $name', ({ text }) => {
    expect(typesIn(text).filter((type) => !known.has(type))).toEqual([])
  })

  test('knows an event of every file that writes one', () => {
    const silent = files
      .filter(({ name, text }) => /\brecordEvent\(/.test(text) && name !== 'platform/event.ts')
      // hooks are told by the readings of connectors
      .filter(({ name }) => name !== 'modules/mini-foundry/actions/hooks.ts')
      .filter(
        ({ text }) =>
          !Array.from(text.matchAll(/'([a-z_]+\.[a-z_]+)'/g)).some(([, word]) => known.has(word ?? '')),
      )
    expect(silent.map(({ name }) => name)).toEqual([])
  })

  test('names each event once, as an object and what happened to it', () => {
    expect(known.size).toBe(catalogue.length)
    for (const { type } of catalogue) expect(type).toMatch(/^[a-z_]+\.[a-z_]+$/)
  })

  test.each(catalogue)(
    '$type has a sample that is what it says',
    ({ payload, sample, title, description }) => {
      expect(payload.parse(sample)).toEqual(sample)
      expect(title).not.toBe('')
      expect(description).not.toBe('')
      for (const [name, field] of Object.entries(sample)) {
        expect(name, 'snake_case').toMatch(/^[a-z][a-z0-9_]*$/)
        const scalars = Array.isArray(field) ? field : [field]
        for (const one of scalars)
          expect(['string', 'number', 'boolean']).toContain(one === null ? 'string' : typeof one)
      }
    },
  )
})
