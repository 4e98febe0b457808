// Which sites may be named for a frame, and that nothing else gets into the policy.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { frameSnippet, parseSites, siteScope, sitesOf } from '../../src/modules/mini-foundry/domain/embed.ts'

const sites = (...texts: string[]) => {
  const parsed = parseSites(texts)
  return parsed.ok ? parsed.value : parsed.error.errors?.map(({ message }) => message)
}

test('a site is a name under https, with its port, however it is written', () => {
  expect(
    sites('https://a.example.com', 'b.example.com/', ' HTTPS://A.EXAMPLE.COM:443 ', 'https://c.example:8443'),
  ).toEqual(['https://a.example.com', 'https://b.example.com', 'https://c.example:8443'])
  expect(sites('https://bücher.example')).toEqual(['https://xn--bcher-kva.example'])
})

test.each([
  'http://a.example.com',
  'https://a.example.com/page',
  'https://a.example.com?x=1',
  'https://user@a.example.com',
  'https://*.example.com',
  'https://127.0.0.1',
  'https://[::1]',
  'https://localhost',
  '*',
  "'self'",
  'data:',
  'https://a.example.com;script-src',
  'javascript:alert(1)',
])('%s is refused', (text) => {
  expect(sites(text)?.[0]).toContain('is no site')
})

test('at most six sites are named', () => {
  expect(sites(...Array.from({ length: 7 }, (_, index) => `s${index}.example.com`))).toEqual([
    'At most 6 sites.',
  ])
})

test('whatever is typed, what comes out is an https origin and stands in the policy as one word', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), fc.webUrl(), fc.domain()), (text) => {
      const parsed = parseSites([text])
      if (!parsed.ok) return
      for (const origin of parsed.value) {
        expect(origin).toMatch(/^https:\/\/[a-z0-9.-]+(:\d+)?$/)
        expect(new URL(origin).origin).toBe(origin)
      }
    }),
  )
})

test('a scope gives its sites back and nothing else of it', () => {
  expect(sitesOf(['view', 'query:range=this_month', ...siteScope(['https://a.example.com'])])).toEqual([
    'https://a.example.com',
  ])
})

test('the name of a dashboard cannot break out of the HTML to paste', () => {
  expect(frameSnippet('https://x.example/embed/t', '"><script>&')).toContain(
    'title="&#34;&#62;&#60;script&#62;&#38;"',
  )
})
