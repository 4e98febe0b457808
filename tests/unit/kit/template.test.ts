// Templates: what people can write, and what no template or value gets to do.
import { describe, expect, test } from 'vitest'
import { renderTemplate, templateProblem, templateVariables } from '../../../src/kit/template.ts'

const text = (source: string, data: unknown = {}, options = {}): string => {
  const rendered = renderTemplate(source, data, options)
  if (!rendered.ok) throw new Error(rendered.error.detail)
  return rendered.value
}
const refusal = (source: string, data: unknown = {}, options = {}): string => {
  const rendered = renderTemplate(source, data, options)
  return rendered.ok ? `not refused: ${rendered.value.slice(0, 100)}` : rendered.error.detail
}

describe('what a template says', () => {
  test.each([
    ['Hello {{ name }}', { name: 'Ann' }, 'Hello Ann'],
    ['Hello {{ name | default: "there" }}', {}, 'Hello there'],
    ['{% if total > 100 %}large{% else %}small{% endif %}', { total: 120 }, 'large'],
    [
      '{% for line in lines %}{{ line.name }};{% endfor %}',
      { lines: [{ name: 'a' }, { name: 'b' }] },
      'a;b;',
    ],
    ['{{ lines | map: "n" | join: ", " }}', { lines: [{ n: 1 }, { n: 2 }] }, '1, 2'],
    ['{% capture x %}a{{ n }}{% endcapture %}{{ x }}{{ x }}', { n: 1 }, 'a1a1'],
    ['{% unless paid %}open{% endunless %}', {}, 'open'],
  ])('%s', (source, data, expected) => {
    expect(text(source, data)).toBe(expected)
  })

  test('what is missing is empty when it counts, and an error in a preview unless it has a fallback', () => {
    expect(text('Hi {{ first_name }}!')).toBe('Hi !')
    expect(refusal('Hi {{ first_name }}!', {}, { strict: true })).toContain('first_name')
    expect(text('Hi {{ first_name | default: "you" }}!', {}, { strict: true })).toBe('Hi you!')
    expect(text('{% if first_name %}a{% else %}b{% endif %}', {}, { strict: true })).toBe('b')
  })

  test('now is the clock of whoever renders, on the clocks of their zone', () => {
    const now = Date.parse('2026-01-01T00:30:00Z')
    const at = (timeZone: string) => text(`{{ 'now' | date: '%Y-%m-%d %H:%M' }}`, {}, { now, timeZone })
    expect([at('UTC'), at('America/New_York'), at('Asia/Kathmandu')]).toEqual([
      '2026-01-01 00:30',
      '2025-12-31 19:30',
      '2026-01-01 06:15',
    ])
  })

  test('mistakes are told with their place', () => {
    expect(templateProblem('{% if a %}')).toMatchObject({ path: 'template' })
    expect(templateProblem('line one\n{{ a | shout }}')?.message).toContain('(line 2, character 1)')
    expect(templateProblem('{{ a | upcase }}')).toBeNull()
  })

  test('the variables it reads are known, and what it makes itself is none of them', () => {
    const source =
      '{{ contact.first_name }}{% for o in orders %}{{ o.total }}{% endfor %}{% assign q = 1 %}{{ q }}'
    expect(templateVariables(source)).toEqual(['contact.first_name', 'orders'])
    expect(templateVariables('{% if %}')).toEqual([])
  })
})

describe('in HTML', () => {
  const html = { html: true }

  test('every value is escaped, once, whatever filters it went through', () => {
    const data = { x: '<img src=x onerror="a()">&' }
    const safe = '&lt;img src=x onerror=&#34;a()&#34;&gt;&amp;'
    for (const source of ['{{ x }}', '{{ x | escape }}', '{{ x | upcase | downcase }}', '{{ x | h }}']) {
      expect(text(source, data, html)).toBe(safe)
    }
    expect(text('{% echo x %}{% assign y = x %}{{ y }}', data, html)).toBe(safe + safe)
    expect(text('{% capture y %}{{ x }}{% endcapture %}{{ y }}', { x: '<b>' }, html)).not.toContain('<b>')
    expect(text('{{ x | newline_to_br }}', { x: '<b>\n' }, html)).toBe('&lt;b&gt;<br />\n')
    expect(text('{{ x | escape_once }}', { x: '&lt;<' }, html)).toBe('&lt;&lt;')
    expect(refusal('{{ x | raw }}', data, html)).toContain('raw')
  })

  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' java\tscript:alert(1)',
    'java\nscript:alert(1)',
    '&#106;avascript:alert(1)',
    '&#x6A;avascript&colon;alert(1)',
    'vbscript:x',
    'data:text/html,<script>x</script>',
    'file:///etc/passwd',
  ])('a link to %j is refused', (address) => {
    for (const source of [
      `<a href="${address}">x</a>`,
      `<a href='${address}'>x</a>`,
      `<img\nsrc="${address}">`,
    ]) {
      expect(refusal(source)).toContain('Links may lead to')
    }
    expect(refusal('<a href="{{ u }}">x</a>', { u: address })).toContain('Links may lead to')
    expect(refusal('<a href={{ u }}>x</a>', { u: address.trim().replace(/\s/g, '') })).toContain(
      'Links may lead to',
    )
  })

  test.each([
    'https://example.com/?a=1',
    'mailto:a@b.example',
    'tel:+491',
    '/path',
    '#part',
    '?q=a:b',
    'cid:logo',
  ])('a link to %j stays', (address) => {
    expect(text(`<a href="${address}">x</a>`)).toContain(address)
  })
})

describe('what no template gets to do', () => {
  test('prototypes, functions and getters do not exist', () => {
    const data = {
      text: 'abc',
      list: [1],
      own: {
        method: () => 'called',
        get trap() {
          return 'trap'
        },
      },
    }
    for (const path of ['constructor', 'constructor.name', '__proto__', 'toString', 'valueOf', 'method']) {
      for (const name of ['text', 'list', 'own']) expect(text(`{{ ${name}.${path} }}`, data)).toBe('')
    }
    expect(text('{{ own["constructor"]["constructor"] }}', data)).toBe('')
  })

  test('other templates and files are out of reach', () => {
    for (const tag of ['include "x"', 'render "x"', 'layout "x"', 'block a']) {
      expect(refusal(`{% ${tag} %}`)).toContain('not found')
    }
  })

  test.each([
    ['{% for i in (1..100000000) %}x{% endfor %}'],
    [
      '{% for i in (1..1000) %}{% for j in (1..1000) %}{% for k in (1..1000) %}{% endfor %}{% endfor %}{% endfor %}',
    ],
    ['{% for i in (1..9000) %}{{ big }}{% endfor %}'],
    ['{% capture a %}{% for i in (1..9000) %}{{ big }}{% endfor %}{% endcapture %}'],
    ['{% assign s = big %}{% for i in (1..100) %}{% assign s = s | append: s %}{% endfor %}{{ s }}'],
    ["{{ 'now' | date: '%999999999d' }}"],
    ['x'.repeat(100_001)],
  ])('a bomb is put out: %.60s', (source) => {
    expect(refusal(source, { big: 'x'.repeat(100_000) })).not.toContain('not refused')
  })

  test('a line stays one line', () => {
    for (const sly of ['a\r\nBcc: b@c.example', 'a\nb', 'a\u2028b', 'a\0b']) {
      expect(refusal('Invoice for {{ name }}', { name: sly }, { line: true })).toContain('line break')
    }
    expect(text('Invoice for {{ name }}', { name: 'Łódź & Söhne' }, { line: true })).toBe(
      'Invoice for Łódź & Söhne',
    )
  })

  test('data that is too large or goes in circles is refused', () => {
    const circle: Record<string, unknown> = {}
    circle.self = circle
    expect(refusal('x', circle)).toContain('data')
    expect(refusal('x', { big: 'x'.repeat(1_000_001) })).toContain('data')
  })
})
