// A dashboard on paper: every kind of widget, every script, and the same figures as on the page.
import { beforeAll, expect, test } from 'vitest'
import { NO_LETTER } from '../../src/kit/pdf/letters.ts'
import { takePaper } from '../../src/kit/pdf/paper.ts'
import { paintTable } from '../../src/kit/pdf/table.ts'
import {
  createDashboard,
  printDashboard,
  scheduleDashboard,
  sendDashboard,
  setTarget,
  steerSchedule,
} from '../../src/modules/mini-foundry/index.ts'
import type { Actor } from '../../src/platform/actor.ts'
import { ask } from '../support/browser.ts'
import { makeBusiness } from '../support/business.ts'
import { pdfText } from '../support/pdf-text.ts'
import { keyFor, signInAs } from '../support/people.ts'
import { makeWorld, testEnv, type World } from '../support/world.ts'

const JANUARY = { from: '2026-01-01', to: '2026-01-31', granularity: 'day', compare: 'previous_period' }
const NUMBER = { kind: 'number', metrics: ['revenue'] }

let world: World
let shop: Actor

beforeAll(async () => {
  world = await makeWorld('2026-01-20T12:00:00Z')
  shop = await makeBusiness(world, { name: 'Łódź & Söhne' })
})

async function made(widgets: unknown[], name = 'All of it', settings = {}): Promise<string> {
  const dashboard = await createDashboard(world.services, shop, { name, widgets, settings })
  if (!dashboard.ok) throw new Error(JSON.stringify(dashboard.error))
  return dashboard.value.id
}

async function sheets(id: string, query = JANUARY): Promise<string[]> {
  const pdf = await printDashboard(world.services, shop, { id, query })
  if (!pdf.ok) throw new Error(pdf.error.detail)
  return pdfText(pdf.value.bytes)
}

test('Every kind of widget is printed, with its figures, over several numbered sheets', async () => {
  const target = { metric: 'revenue', granularity: 'month', value: 1000 }
  expect((await setTarget(world.services, shop, target)).ok).toBe(true)
  const money = ['revenue', 'refunds']
  const id = await made([
    { id: 'a', kind: 'number', title: 'Takings', metrics: ['revenue'], compare: 'previous_period' },
    { id: 'b', kind: 'line', title: 'Course', metrics: money },
    { id: 'c', kind: 'area', title: 'Filled', metrics: money },
    { id: 'd', kind: 'bar', title: 'Places', metrics: ['revenue'], group_by: 'country' },
    { id: 'e', kind: 'stacked', title: 'Stack', metrics: [...money, 'orders'] },
    { id: 'f', kind: 'donut', title: 'Ring', metrics: ['revenue'], group_by: 'country' },
    { id: 'g', kind: 'table', title: 'List', metrics: ['revenue', 'orders'], group_by: 'country' },
    { id: 'h', kind: 'heat_map', title: 'Times', metrics: ['orders'] },
    { id: 'i', kind: 'funnel', title: 'Steps', metrics: ['orders', 'customers'] },
    { id: 'j', kind: 'cohort', title: 'Who returns', metrics: [] },
    { id: 'k', kind: 'map', title: 'World', metrics: ['revenue'], group_by: 'country', map: 'world' },
    { id: 'l', kind: 'goal', title: 'Aim', metrics: ['revenue'] },
    {
      id: 'm',
      kind: 'text',
      title: 'Words',
      metrics: [],
      text: '## Read me\n- one\n- [two](https://two.example)',
    },
    { id: 'n', kind: 'activity', title: 'Lately', metrics: [] },
  ])
  const pages = await sheets(id)
  expect(pages.length).toBeGreaterThan(2)
  pages.forEach((page, index) => {
    expect(page).toContain(`Page ${index + 1} of ${pages.length}`)
  })
  const all = pages.join('\n')
  for (const title of 'Takings Course Filled Places Stack Ring List Times Steps World Aim Words Lately'.split(
    ' ',
  ))
    expect(all).toContain(`\n${title}\n`)
  expect(all).toContain('Who returns')
  expect(all).toContain('$200.00')
  expect(all).toContain('of $1,000')
  expect(all).toContain('Orders left out')
  expect(all).toContain('two (https://two.example)')
  expect(all).toMatch(/\d{2}\.\d% US/)
})

test('It says for which days, compared with what, when it was made and from which sources', async () => {
  const [page = ''] = await sheets(await made([{ id: 'a', title: 'Takings', ...NUMBER }]))
  expect(page).toContain('Łódź & Söhne')
  expect(page).toContain('Jan 1 – 31, 2026')
  expect(page).toContain('compared with the previous period')
  expect(page).toContain('Made Jan 20, 2026, 7:00 AM EST.')
  expect(page).toMatch(/\nstripe, read /)
})

test('Tabs come one after another, each under its name', async () => {
  const tabs = [
    { id: 'one', name: 'First tab' },
    { id: 'two', name: 'Second tab' },
  ]
  const widgets = [
    { id: 'b', title: 'Beta', tab: 'two', ...NUMBER },
    { id: 'a', title: 'Alpha', tab: 'one', ...NUMBER },
  ]
  const all = (await sheets(await made(widgets, 'Tabbed', { tabs }))).join('\n')
  const places = ['First tab', 'Alpha', 'Second tab', 'Beta'].map((word) => all.indexOf(word))
  expect(places).toEqual(places.toSorted((a, b) => a - b))
  expect(places[0]).toBeGreaterThan(0)
})

test('No text throws: what the font can write is written, any other letter is seen to be missing', async () => {
  const title = 'Łódź ₹ Ωжя \u202f日本\u200d 👩‍💻 \u0000\u2028العربية'
  const long = 'W'.repeat(70)
  const widgets = [
    { id: 'a', title, ...NUMBER },
    { id: 'b', title: long, kind: 'text', metrics: [], text: `${'x'.repeat(900)}\n\n${title}` },
  ]
  const all = (await sheets(await made(widgets, title.slice(0, 60)))).join('\n')
  expect(all).toContain(`Łódź ₹ Ωжя ${NO_LETTER.repeat(2)}`)
  expect(all).not.toContain('日')
  expect(all.replaceAll('\n', '')).toContain('x'.repeat(900))
})

test('A long text goes on over sheets', async () => {
  const text = Array.from({ length: 120 }, (_, line) => `- line ${line + 1}`).join('\n')
  const pages = await sheets(await made([{ id: 'a', kind: 'text', title: 'Long', metrics: [], text }]))
  expect(pages.length).toBeGreaterThan(1)
  expect(pages.join('\n')).toContain('• line 120')
})

test('A long table has its head on each sheet and no row twice', async () => {
  const facts = { title: 'T', author: 'A', at: 0, locale: 'en' }
  const paper = await takePaper(await world.services.fonts.sans(), facts)
  const rows = Array.from({ length: 90 }, (_, row) => [`row ${row}`, `${row * 2}`])
  paintTable(paper, {
    columns: [
      { name: 'Head', part: 1 },
      { name: 'Sum', part: 1, right: true },
    ],
    rows,
  })
  const pages = await pdfText(await paper.finish('foot'))
  expect(pages.length).toBeGreaterThan(1)
  for (const page of pages) expect(page.startsWith('Head\nSum\n')).toBe(true)
  const found = pages.flatMap((page) => page.match(/^row \d+$/gm) ?? [])
  expect(found).toEqual(rows.map(([name]) => name))
})

test('A dashboard without widgets or data is a sheet all the same', async () => {
  const pages = await sheets(await made([]), { ...JANUARY, from: '2020-01-01', to: '2020-01-31' })
  expect(pages).toHaveLength(1)
})

test('The page and the API give the file to who may read, with a name that says what it is', async () => {
  const id = await made([{ id: 'a', title: 'Takings', ...NUMBER }], 'Łódź / "week"')
  const now = world.services.clock.now()
  const { cookie } = await signInAs(shop.tenantId, 'viewer', Date.now())
  const page = await ask(`/foundry/dashboards/${id}/pdf?from=2026-01-01&to=2026-01-31`, {
    headers: { Cookie: cookie },
  })
  expect(page.status).toBe(200)
  expect(page.headers.get('Content-Type')).toBe('application/pdf')
  expect(page.headers.get('Content-Disposition')).toContain("filename*=UTF-8''%C5%81%C3%B3d%C5%BA")
  const bytes = new Uint8Array(await page.arrayBuffer())
  expect(new TextDecoder().decode(bytes.slice(0, 5))).toBe('%PDF-')
  expect((await pdfText(bytes)).join('\n')).toContain('Takings')

  const { authorization } = await keyFor(shop.tenantId, ['foundry:read'], now)
  const path = `/modules/mini-foundry/dashboards/${id}/pdf`
  const headers = { Authorization: authorization }
  expect((await ask(path, { headers })).headers.get('Content-Type')).toBe('application/pdf')
  expect((await ask(`${path}?range=nonsense`, { headers })).status).toBe(422)
  expect((await ask(path)).status).toBe(401)
  const stranger = await keyFor((await world.workspace()).tenantId, ['foundry:read'], now)
  expect((await ask(path, { headers: { Authorization: stranger.authorization } })).status).toBe(404)
})

test('A mail on a rhythm brings the file when it was asked for, and only then', async () => {
  const id = await made([{ id: 'a', title: 'Takings', ...NUMBER }], 'Weekly "Łódź"')
  const person = await signInAs(shop.tenantId, 'owner', world.services.clock.now())
  const members = await world.services.directory.membersOf(shop.tenantId)
  const email = members.find((member) => member.personId === person.personId)?.email ?? ''
  const owner = { ...shop, kind: 'person' as const, id: person.personId }
  const rhythm = { every: 'day', hour: 8, minute: 0 }
  const sent = async (with_pdf: boolean) => {
    const wish = { rhythm, recipients: [email], with_pdf, query: JANUARY }
    const schedule = await scheduleDashboard(world.services, owner, id, wish)
    if (!schedule.ok) throw new Error(schedule.error.detail)
    await steerSchedule(world.services, owner, id, schedule.value.id, 'send')
    await sendDashboard(world.services, shop, schedule.value.id)
    const mail = await testEnv.DB.prepare(
      'SELECT attachments FROM mails WHERE tenant_id = ?1 AND dedupe_key LIKE ?2',
    )
      .bind(shop.tenantId, `dashboard:${schedule.value.id}:%`)
      .first<{ attachments: string }>()
    return JSON.parse(mail?.attachments ?? 'null')
  }
  const [file] = await sent(true)
  expect(file).toMatchObject({ name: 'Weekly  Łódź  2026-01-31.pdf', contentType: 'application/pdf' })
  const bytes = Uint8Array.from(atob(file.base64), (char) => char.charCodeAt(0))
  expect((await pdfText(bytes)).join('\n')).toContain('Takings')
  expect(await sent(false)).toEqual([])
})
