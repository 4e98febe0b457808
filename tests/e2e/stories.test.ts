// A shop owner's first hour and every day after, in a real browser: with scripts, without them, and by keyboard.
import { createHmac } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { complaintsOf, openBrowser, signedInPage, started } from './browser.ts'

const CSV = [
  'Order ID,Order Date,Customer ID,Customer Name,Product Name,Category,Country,Quantity,Unit Price,Sales',
  'A-1,2024-02-03,C-1,Ann,Teapot,Kitchen,US,2,30.50,61.00',
  'A-1,2024-02-03,C-1,Ann,Cup,Kitchen,US,4,7.25,29.00',
  'A-2,2024-03-04,C-2,Bo,Teapot,Kitchen,CA,1,30.50,30.50',
  'A-3,not a day,C-3,Cy,Cup,Kitchen,US,1,7.25,7.25',
].join('\n')

const PASSWORD = 'kettle meadow lantern 47'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const api = (path: string, init: RequestInit = {}) =>
  fetch(started().url + path, {
    ...init,
    headers: { Authorization: `Bearer ${started().apiKey}`, ...init.headers },
  })

/** Signs a newcomer up with the real forms and mail, up to the home page of their empty workspace. */
async function signUp(page: Page, name: string): Promise<void> {
  const email = `${name}@newcomer.example`
  await page.goto('/sign-up')
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('Work e-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByLabel('Name of the business').fill(`Shop of ${name}`)
  await page.getByRole('button', { name: 'Make the account' }).click()
  await page.getByRole('heading', { name: 'Check your mail' }).waitFor()
  await page.goto('/dev/outbox')
  const mail = page.locator('details', { hasText: email }).first()
  await mail.locator('summary').click()
  await mail.getByRole('link', { name: 'Follow the link' }).first().click()
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Yes, this is my address' }).click()
  await page.getByRole('heading', { name: /^Good / }).waitFor()
}

async function importOrders(page: Page): Promise<void> {
  await page.goto('/foundry/imports/new')
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'orders.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) })
  await page.locator('main form button[type=submit]').last().click()
  await page.waitForURL(/\/foundry\/imports\/[0-9a-f-]{36}/)
  await page.getByRole('button', { name: /start/i }).click()
}

test('a newcomer without scripts signs up, imports a file and sees the first number', async () => {
  const context = await browser.newContext({ baseURL: started().url, javaScriptEnabled: false })
  const page = await context.newPage()
  await signUp(page, 'quinn')
  await page.getByText('Three steps to your first number').waitFor()
  await importOrders(page)
  await page.waitForLoadState()
  for (
    let look = 0;
    look < 40 && (await page.getByText(/left out|could not be read|1 row/i).count()) === 0;
    look++
  ) {
    await page.reload()
  }
  expect(await page.locator('main').innerText()).toMatch(/not a day/)
  await page.goto('/foundry?from=2024-01-01&to=2024-12-31')
  const words = await page.locator('main').innerText()
  expect(words).toContain('120.50')
  await context.close()
}, 120_000)

test('a charge at Stripe moves the open dashboard within seconds, without a reload', async () => {
  const page = await signedInPage(browser)
  const complaints = complaintsOf(page)
  const secret = 'whsec_endtoend0123456789'
  const made = await api('/modules/mini-foundry/sources', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      source_type: 'stripe',
      name: 'Live till',
      signing_secret: secret,
      counts_as_sales: true,
    }),
  })
  expect(made.status).toBe(201)
  const { webhook_url } = (await made.json()) as { webhook_url: string }
  await page.goto('/foundry')
  await page.evaluate("globalThis.stayed = 'here'")
  const before = await page.locator('main').innerText()
  const at = Math.floor(Date.now() / 1000)
  const charge = {
    id: 'ch_e2e',
    object: 'charge',
    amount: 98_765_00,
    amount_captured: 98_765_00,
    amount_refunded: 0,
    currency: 'usd',
    created: at,
    captured: true,
    paid: true,
    status: 'succeeded',
  }
  const body = JSON.stringify({
    id: 'evt_e2e',
    object: 'event',
    type: 'charge.succeeded',
    created: at,
    data: { object: charge },
  })
  const v1 = createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')
  const sent = await fetch(webhook_url, {
    method: 'POST',
    body,
    headers: { 'Stripe-Signature': `t=${at},v1=${v1}` },
  })
  expect(sent.status).toBe(200)
  await page.waitForFunction(
    (was) =>
      (
        globalThis as unknown as { document: { querySelector(s: string): { innerText: string } } }
      ).document.querySelector('main').innerText !== was,
    before,
    { timeout: 15_000 },
  )
  expect(await page.evaluate('globalThis.stayed')).toBe('here')
  expect(complaints).toEqual([])
  await page.context().close()
}, 60_000)

test('an owner adds a second factor and needs it to come back', async () => {
  const context = await browser.newContext({ baseURL: started().url })
  const page = await context.newPage()
  await signUp(page, 'rowan')
  await page.goto('/settings/second-factor')
  const secret = await page.locator('#totp-secret').inputValue()
  const { Secret, TOTP } = await import('otpauth')
  const totp = new TOTP({ secret: Secret.fromBase32(secret), digits: 6, period: 30, algorithm: 'SHA1' })
  await page.getByLabel('Code', { exact: true }).fill(totp.generate())
  await page.getByRole('button', { name: 'Turn it on' }).click()
  await page.getByText('Your recovery codes').waitFor()
  const recovery = (await page.locator('ul.font-mono li').first().innerText()).trim()
  await page.goto('/settings/security')
  await page.locator('details[data-menu] > summary:visible').last().click()
  await page.locator('form[action="/sign-out"] button:visible').click()
  await page.waitForURL('**/sign-in')
  await page.getByLabel('E-mail').fill('rowan@newcomer.example')
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByLabel('Code', { exact: true }).fill(recovery)
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.getByRole('heading', { name: /^Good / }).waitFor()
  await context.close()
}, 60_000)

test('the switcher takes the owner from one workspace to the other, with its own money and days', async () => {
  const page = await signedInPage(browser)
  const first = await page.locator('main').innerText()
  expect(first).toContain('$')
  await page.locator('header details[data-menu] > summary').first().click()
  await page.getByRole('button', { name: 'Palarnia Złota Łódź' }).click()
  await page.waitForLoadState()
  expect(await page.locator('main').innerText()).toContain('zł')
  await page.context().close()
})

test('a viewer sees the numbers and no button that is not theirs', async () => {
  const context = await browser.newContext({ baseURL: started().url })
  const page = await context.newPage()
  await page.goto('/sign-in?next=/foundry/sources')
  await page.getByLabel('E-mail').fill('viewer@harbour.example')
  await page.getByLabel('Password', { exact: true }).fill('quiet-lamp-at-noon-2026')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL('**/foundry/sources')
  expect(await page.getByRole('link', { name: 'Connect Stripe' }).count()).toBe(0)
  const refused = await page.goto('/settings/keys')
  expect(refused?.status()).toBe(403)
  await context.close()
})

test('by keyboard alone: skip to the page, choose a range, read a chart as a table', async () => {
  const page = await signedInPage(browser)
  await page.goto('/foundry')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  expect(await page.evaluate("document.activeElement?.id ?? ''")).toBe('main')
  await page.getByLabel('Range').focus()
  await page.keyboard.type('Last 7')
  await page.getByRole('button', { name: 'Show' }).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/range=/)
  const table = page.locator('figure details summary').first()
  await table.focus()
  await page.keyboard.press('Enter')
  expect(await page.locator('figure details[open] table').count()).toBeGreaterThan(0)
  await page.context().close()
})
