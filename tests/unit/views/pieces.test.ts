import { describe, expect, test } from 'vitest'
import { Chart } from '../../../src/views/chart.tsx'
import { DataTable } from '../../../src/views/data-table.tsx'
import { ErrorPage } from '../../../src/views/error-page.tsx'
import { ErrorSummary, Field, Form } from '../../../src/views/form.tsx'
import { ComponentGallery } from '../../../src/views/gallery.tsx'
import { Page } from '../../../src/views/page.tsx'
import type { ShellViewer } from '../../../src/views/viewer.ts'

const HOSTILE = `<script>alert("x")</script>' onload=1`

const viewer = (more: Partial<ShellViewer> = {}): ShellViewer => ({
  name: 'Ada Nowak',
  email: 'ada@example.com',
  role: 'owner',
  workspace: { id: 'w1', name: 'Ceramics' },
  workspaces: [{ id: 'w1', name: 'Ceramics' }],
  theme: 'system',
  locale: 'pl',
  development: false,
  erasedOn: null,
  now: '2026-11-22T10:00:00Z',
  unread: 0,
  nav: [{ href: '/', label: 'Home', icon: 'home', section: 'home' }],
  ...more,
})

const shell = (more: Partial<ShellViewer> = {}, children = 'Hello') =>
  html(Page({ title: 'Home', viewer: viewer(more), section: 'home', children }))

async function html(node: unknown): Promise<string> {
  return String(await (node as { toString(): string | Promise<string> }).toString())
}

describe('the shell', () => {
  test('says its language, its title and where the reader is', async () => {
    const page = await shell()
    expect(page).toContain('<html lang="pl"')
    expect(page).toContain('<title>Home · SMB Command</title>')
    expect(page).toMatch(/<a href="\/"[^>]*aria-current="page"/)
  })

  test('follows the device unless the person chose', async () => {
    expect(await shell()).not.toContain('data-theme')
    expect(await shell({ theme: 'dark' })).toContain('data-theme="dark"')
  })

  test('shows the development bar in development only', async () => {
    expect(await shell()).not.toContain('href="/dev"')
    expect(await shell({ development: true })).toContain('href="/dev"')
  })

  test('escapes what people wrote', async () => {
    const page = await shell({ name: HOSTILE, workspace: { id: 'w1', name: HOSTILE } }, HOSTILE)
    expect(page).not.toContain('<script>alert')
  })
})

describe('every component', () => {
  test('is free of inline styles and scripts, which the policy forbids', async () => {
    const page = await html(Page({ title: 'x', viewer: viewer(), section: '', children: ComponentGallery() }))
    expect(page).not.toMatch(/\sstyle=/)
    expect(page).not.toMatch(/\son[a-z]+=/)
    expect(page).not.toMatch(/<script(?![^>]*\ssrc=)/)
    expect(page).not.toMatch(/hx-on|"js:/)
  })

  test('has ids of its own', async () => {
    const page = await html(Page({ title: 'x', viewer: viewer(), section: '', children: ComponentGallery() }))
    const ids = Array.from(page.matchAll(/\sid="([^"]+)"/g), (match) => match[1])
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
  })
})

describe('a chart', () => {
  const data = {
    labels: [HOSTILE, 'February'],
    series: [{ name: HOSTILE, values: [1, null] }],
    format: (value: number) => `€${value}`,
    formatShort: (value: number) => `€${value}`,
  }

  test('says in words and in a table what it draws', async () => {
    const figure = await html(Chart({ kind: 'line', title: 'Revenue', data, labelName: 'Month', id: 'c1' }))
    expect(figure).toMatch(/<svg[^>]*role="img"[^>]*aria-label="Revenue\. /)
    expect(figure).toMatch(/<th scope="row"[^>]*>February<\/th><td[^>]*>–<\/td>/)
  })

  test('escapes its labels', async () => {
    for (const kind of ['line', 'bar'] as const) {
      const figure = await html(Chart({ kind, title: HOSTILE, data, labelName: HOSTILE, id: 'c1' }))
      expect(figure).not.toContain('<script>')
      expect(figure).not.toMatch(/\sstyle=/)
    }
  })
})

describe('a form', () => {
  test('ties each mistake to its field', async () => {
    const field = await html(
      Field({ label: 'E-mail', name: 'email', error: 'Write your address.', hint: 'Yours.' }),
    )
    expect(field).toContain('aria-invalid="true"')
    expect(field).toContain('aria-describedby="email-error email-hint"')
    expect(field).toContain('id="email-error"')
    const summary = await html(ErrorSummary({ errors: [{ path: 'email', message: 'Write your address.' }] }))
    expect(summary).toContain('href="#email"')
    expect(summary).toContain('role="alert"')
  })

  test('goes to the same address with and without scripts', async () => {
    const form = await html(Form({ action: '/orders', swap: { target: '#list' }, children: '' }))
    expect(form).toMatch(/action="\/orders" method="post"/)
    expect(form).toMatch(/hx-post="\/orders" hx-target="#list"/)
  })
})

describe('a table', () => {
  const columns = [
    {
      key: 'name',
      label: 'Name',
      cell: (row: { name: string }) => row.name,
      sort: { href: '/x?sort=-name', direction: 'ascending' as const },
    },
  ]

  test('tells how it is sorted', async () => {
    const table = await html(DataTable({ caption: 'Customers', columns, rows: [{ name: 'Ada' }] }))
    expect(table).toContain('aria-sort="ascending"')
    expect(table).toContain('href="/x?sort=-name"')
  })

  test('of nothing shows what to do instead', async () => {
    const table = await html(
      DataTable({ caption: 'Customers', columns, rows: [], empty: 'No customers yet' }),
    )
    expect(table).toContain('No customers yet')
    expect(table).not.toContain('<table')
  })
})

describe('an error page', () => {
  test.each([
    [401, '/sign-in'],
    [404, 'Check the address'],
    [409, 'Load the page again'],
    [429, 'Wait a moment'],
    [503, 'Try again'],
  ])('of status %i says what to do next', async (status, words) => {
    const page = await html(ErrorPage({ status, title: 'Title', detail: 'Detail.', requestId: 'req-1' }))
    expect(page).toContain(words)
    expect(page).toContain('req-1')
  })
})
