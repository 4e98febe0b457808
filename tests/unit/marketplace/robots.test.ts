// What a robots.txt allows: RFC 9309's examples, and Google's order of precedence.
import { describe, expect, test } from 'vitest'
import { robotsAllows } from '../../../src/modules/marketplace/domain/robots.ts'

const at = (path: string) => `https://shop.example${path}`
const only = (rules: string) => `User-agent: *\n${rules}`

describe('a robots.txt', () => {
  test.each([
    ['nothing at all', '', '/any', true],
    ['an empty disallow', only('Disallow:'), '/any', true],
    ['everything', only('Disallow: /'), '/any', false],
    ['itself always', only('Disallow: /'), '/robots.txt', true],
    ['a folder', only('Disallow: /private/'), '/private/one', false],
    ['a folder, not its neighbour', only('Disallow: /private/'), '/privately', true],
    ['the case of a path', only('Disallow: /Private'), '/private', true],
    ['the longer of two', only('Allow: /p\nDisallow: /'), '/page', true],
    ['the longer of two, however they stand', only('Disallow: /\nAllow: /p'), '/page', true],
    ['the one that allows of two equal', only('Disallow: /folder\nAllow: /folder'), '/folder/page', true],
    ['a pattern with a star', only('Allow: /page\nDisallow: /*.htm'), '/page.htm', false],
    ['a pattern with an end', only('Allow: /$\nDisallow: /'), '/', true],
    ['a pattern with an end, not more', only('Allow: /$\nDisallow: /'), '/page.htm', false],
    ['the query', only('Disallow: /*?sort='), '/list?sort=price', false],
    ['escapes as what they mean', only('Disallow: /%7Ejoe/'), '/~joe/index.html', false],
    ['other letters escaped or not', only('Disallow: /prix/é'), '/prix/%C3%A9t%C3%A9', false],
    ['an escaped slash as no slash', only('Disallow: /a%2fb'), '/a/b', true],
  ])('decides %s', (_, text, path, allowed) => {
    expect(robotsAllows(text, 'PriceBot/1.0 (+https://example.com)', at(path))).toBe(allowed)
  })

  test('has a group for a crawler before the one for everybody, in any case, all its parts together', () => {
    const text =
      'User-agent: *\nDisallow: /\n\nUser-agent: pricebot\nDisallow: /a\n\nUser-agent: other\nDisallow: /b\n\nUser-Agent: PriceBot\nDisallow: /c'
    const allowed = (path: string) => robotsAllows(text, 'PriceBot/2.1', at(path))
    expect(['/a', '/b', '/c', '/d'].map(allowed)).toEqual([false, true, false, true])
  })

  test('gives several agents one group, and a crawler without one falls back to the shorter name', () => {
    const text = 'User-agent: one\nUser-agent: two\nDisallow: /x\nUser-agent: googlebot\nDisallow: /g'
    expect(robotsAllows(text, 'two', at('/x'))).toBe(false)
    expect(robotsAllows(text, 'Googlebot-Image', at('/g'))).toBe(false)
    expect(robotsAllows(text, 'three', at('/x'))).toBe(true)
  })

  test('with marks, comments, other line ends and lines of other things is read all the same', () => {
    const text =
      '\uFEFFuser-agent : *  # all\r\nSitemap: https://shop.example/map.xml\r\ncrawl-delay: 10\r\nDISALLOW: /no # here\r\nnonsense'
    expect(robotsAllows(text, 'x', at('/no'))).toBe(false)
    expect(robotsAllows(text, 'x', at('/yes'))).toBe(true)
  })

  test('of a page in place of it allows everything, and one full of stars takes no time', () => {
    expect(robotsAllows('<html><body>Not found</body></html>', 'x', at('/any'))).toBe(true)
    const stars = only(`Disallow: /${'*a'.repeat(2000)}$`)
    expect(robotsAllows(stars, 'x', at(`/${'a'.repeat(1500)}b`))).toBe(true)
  })
})
