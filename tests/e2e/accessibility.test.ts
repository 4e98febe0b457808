// Every page of the demo, with what opens on it, in light and dark, as narrow as a small phone: no violation, no overflow.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { axeViolations, complaintsOf, openBrowser, signedInPage, started } from './browser.ts'

const SHELL_PAGES = [
  '/',
  '/foundry',
  '/foundry/dashboards',
  '/foundry/dashboards/new',
  '/foundry/metrics',
  '/foundry/metrics/revenue',
  '/foundry/metrics/custom',
  '/foundry/metrics/custom/new',
  '/foundry/targets',
  '/foundry/alerts',
  '/foundry/alerts/new',
  '/foundry/receipts?metric=net_revenue',
  '/foundry/why?metric=revenue',
  '/foundry/what-if?price=5&ads=-20',
  '/foundry/ask?q=top+5+products+this+year+compared+to+last+year',
  '/foundry/money',
  '/foundry/stock',
  '/foundry/invoices/new',
  '/foundry/invoices/late',
  '/foundry/imports',
  '/foundry/imports/new',
  '/foundry/sources',
  '/foundry/take-away',
  '/foundry/sources/stripe/new',
  '/foundry/customers',
  '/foundry/products',
  '/foundry/invoices?status=all',
  '/palette?q=settings',
  '/settings',
  '/settings/people',
  '/settings/connections',
  '/settings/connections/shopify',
  '/settings/connections/quickbooks',
  '/settings/channels',
  '/settings/notifications',
  '/settings/mail',
  '/settings/mail/received',
  '/settings/mail/suppressions',
  '/settings/mail/new',
  '/settings/links',
  '/settings/webhooks',
  '/settings/data',
  '/ops',
  '/ops/new',
  '/ops/gallery/invoice-reminders',
  '/ops/import',
  '/ops/runs',
  '/ops/approvals',
  '/ops/tasks',
  '/ops/templates',
  '/ops/settings',
  '/contacts',
  '/contacts/new',
  '/contacts/duplicates',
  '/contacts/forms',
  '/files',
  '/notifications',
  '/operator',
  '/docs/events',
  '/settings/keys',
  '/settings/audit',
  '/settings/profile',
  '/settings/security',
  '/workspaces/new',
  '/docs/api',
  '/no-such-page',
  '/dev',
  '/dev/outbox',
  '/dev/components',
]
const OUTSIDE_PAGES = ['/sign-in', '/sign-up', '/reset', '/reset/no-such-link']

const LOOKS = [
  { colorScheme: 'light', reducedMotion: 'reduce', viewport: { width: 1280, height: 900 } },
  { colorScheme: 'dark', reducedMotion: 'reduce', viewport: { width: 360, height: 740 } },
] as const

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const overflow = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')

describe.each(LOOKS)('$colorScheme at $viewport.width px', (look) => {
  let page: Page
  let complaints: string[]
  beforeAll(async () => {
    page = await signedInPage(browser, look)
    complaints = complaintsOf(page)
  })
  afterAll(() => page.context().close())

  test.each(SHELL_PAGES)('%s is clean', async (path) => {
    await page.goto(path)
    expect(await axeViolations(page)).toEqual([])
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    const expected = path === '/no-such-page' ? /404/ : /^$/
    expect(complaints.splice(0).filter((words) => !expected.test(words) || path !== '/no-such-page')).toEqual(
      [],
    )
  })

  test('the command palette is clean, finds a page and goes there by keyboard', async () => {
    await page.goto('/settings')
    await page.keyboard.press('Control+k')
    await page.locator('#palette[open]').waitFor()
    await page.keyboard.type('metric def')
    await page.locator('#palette-results a', { hasText: 'Metric definitions' }).waitFor()
    expect(await axeViolations(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.waitForURL('**/foundry/metrics')
  })

  test('menus and a question that asks first are clean', async () => {
    await page.goto('/settings/people')
    await page.locator('details[data-menu] > summary:visible').first().click()
    // what an open menu covers half is no target as long as it is open
    expect(await axeViolations(page, ['target-size'])).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Remove' }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).waitFor()
    expect(await axeViolations(page)).toEqual([])
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  })

  test('an import is clean while it waits for its columns and when it is done, with rows left out', async () => {
    await page.goto('/foundry/imports/new')
    const csv = `Order ID,Order Date,Product Name,Sales\nX-${look.colorScheme},2025-01-02,Cup,3.50\nY-1,no day,Cup,1.00`
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'few.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
    await page.locator('main form button[type=submit]').last().click()
    await page.waitForURL(/\/foundry\/imports\/[0-9a-f-]{36}/)
    expect(await axeViolations(page)).toEqual([])
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    await page.getByRole('button', { name: /start/i }).click()
    await page.getByText('no day').first().waitFor()
    expect(await axeViolations(page)).toEqual([])
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    complaints.splice(0)
  })

  test('a form with mistakes is clean and leads to them', async () => {
    await page.goto('/settings')
    await page.getByLabel('Country').fill('zz')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.locator('[data-error-summary]').waitFor()
    expect(await page.locator('[data-error-summary]:focus').count()).toBe(1)
    expect(await page.locator('[aria-invalid=true]').count()).toBe(1)
    expect(await axeViolations(page)).toEqual([])
    complaints.splice(0)
  })
})

describe('for those who are not signed in', () => {
  test.each(OUTSIDE_PAGES)('%s is clean', async (path) => {
    const context = await browser.newContext({
      baseURL: started().url,
      viewport: { width: 360, height: 740 },
    })
    const page = await context.newPage()
    await page.goto(path)
    expect(await axeViolations(page)).toEqual([])
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    await context.close()
  })
})
