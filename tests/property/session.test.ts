// Where a sign-in leads: only to paths of our own, whatever `next` says.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { localPath } from '../../src/routes/pages/session-cookie.ts'

const ORIGIN = 'https://shop.example'

const nasty = fc
  .array(
    fc.constantFrom(
      '/',
      '\\',
      '//',
      '\t',
      '\n',
      '\r',
      ' ',
      '@',
      ':',
      '?',
      '#',
      '%2f',
      '%5c',
      '.',
      'evil.example',
      'https:',
      'javascript:',
      'a',
    ),
    {
      maxLength: 8,
    },
  )
  .map((parts) => parts.join(''))

test('no `next` leads away from our own origin', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        nasty,
        nasty.map((tail) => `/${tail}`),
        fc.webUrl(),
      ),
      (next) => {
        const target = new URL(localPath(next), ORIGIN)
        expect(target.origin).toBe(ORIGIN)
      },
    ),
    { numRuns: 2000 },
  )
})

test('a path of our own is followed as it is', () => {
  expect(localPath('/foundry?range=last_30_days#top')).toBe('/foundry?range=last_30_days#top')
  expect(localPath(undefined, '/settings')).toBe('/settings')
  expect(localPath('//evil.example')).toBe('/')
  expect(localPath('/\\evil.example')).toBe('/')
})
