// One home per concern: each of these words may stand in the files named beside it and nowhere else.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const HOMES: { concern: string; pattern: RegExp; homes: RegExp[] }[] = [
  {
    concern: 'outgoing HTTP',
    pattern: /(?<![.\w]|async )fetch\(/,
    homes: [/^src\/platform\/safe-fetch\.ts$/],
  },
  { concern: 'raw sockets', pattern: /(?<![.\w])connect\(/, homes: [/^src\/platform\/safe-connect\.ts$/] },
  {
    concern: 'the drizzle handle',
    pattern: /\bdrizzle\(/,
    homes: [/^src\/platform\/tenant-db\.ts$/, /^src\/platform\/directory/],
  },
  { concern: 'the time', pattern: /\bDate\.now\(|\bnew Date\(\)/, homes: [/^src\/platform\/clock\.ts$/] },
  { concern: 'chance in rules', pattern: /\bMath\.random\(/, homes: [] },
  {
    concern: 'htmx headers',
    pattern: /['"]HX-/,
    homes: [/^src\/http\/(respond\.tsx|audience\.ts|authorize\.ts)$/],
  },
  { concern: 'the Stripe signature', pattern: /stripe-signature/i, homes: [/^src\/connectors\/stripe\//] },
  { concern: 'console', pattern: /\bconsole[.[]/, homes: [/^src\/platform\/log\.ts$/] },
  {
    concern: 'formats of numbers and dates, which are slow to make',
    pattern: /new Intl\.(NumberFormat|DateTimeFormat)\(/,
    homes: [
      /^src\/kit\/(format|calendar\/business-day)\.ts$/,
      // whether a zone exists, and one formatter a zone
      /^src\/modules\/workspace\/domain\/(account|notice|quiet-hours)\.ts$/,
    ],
  },
  { concern: 'raw HTML', pattern: /dangerouslySetInnerHTML|\braw\(|html`/, homes: [] },
  { concern: 'inline style', pattern: /\sstyle=/, homes: [/^src\/modules\/[^/]+\/documents\//] },
  { concern: 'inline handlers', pattern: /\son(click|change|submit|load)=|hx-on/, homes: [] },
]

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sources(path)
    return /\.tsx?$/.test(entry.name) ? [path.replaceAll('\\', '/')] : []
  })
}

const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')

const offenders = (files: { path: string; text: string }[], home: (typeof HOMES)[number]): string[] =>
  files
    .filter(({ path, text }) => home.pattern.test(text) && !home.homes.some((h) => h.test(path)))
    .map(({ path }) => path)

const tree = sources('src').map((path) => ({ path, text: withoutComments(readFileSync(path, 'utf8')) }))

test.each(HOMES)('$concern has one home', (home) => {
  expect(offenders(tree, home)).toEqual([])
})

test('a file outside the home is named', () => {
  const planted = [{ path: 'src/modules/x/actions/y.ts', text: 'const now = Date.now()' }]
  const time = HOMES.find((home) => home.concern === 'the time')
  expect(time && offenders(planted, time)).toEqual(['src/modules/x/actions/y.ts'])
})

test('no source file is over 300 lines', () => {
  const long = tree
    .filter(({ path }) => readFileSync(path, 'utf8').split('\n').length > 300)
    .map(({ path }) => path)
  expect(long).toEqual([])
})
