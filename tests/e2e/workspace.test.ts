// What a workspace shares: leads that ring the bell, files for strangers, a key in the pocket instead of a password.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeViolations, complaintsOf, openBrowser, signedInPage, started } from './browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const api = (path: string, body: unknown) =>
  fetch(started().url + path, {
    method: 'POST',
    headers: { Authorization: `Bearer ${started().apiKey}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })

test('a lead that comes in rings the bell of an open page, and its notice leads to the contact', async () => {
  // somebody of one workspace: where an owner of several lands depends on where they were last
  const admin = { email: 'admin@harbour.example', password: 'gulls-over-the-pier-2026' }
  const page = await signedInPage(browser, {}, admin)
  const complaints = complaintsOf(page)
  await page.goto('/notifications')
  await page.goto('/')
  await page.evaluate("globalThis.stayed = 'here'")
  const made = await api('/modules/workspace/contacts', {
    name: 'Wren Ashdown',
    email: 'wren@ashdown.example',
  })
  expect(made.status).toBe(201)
  await page
    .locator('#inbox-count', { hasText: 'unread' })
    .filter({ hasNotText: 'none' })
    .waitFor({ timeout: 20_000, state: 'attached' })
  expect(await page.evaluate('globalThis.stayed')).toBe('here')
  await page.goto('/notifications')
  expect(await axeViolations(page)).toEqual([])
  await page.getByText('Wren Ashdown').first().click()
  await page.getByRole('heading', { name: 'Wren Ashdown' }).waitFor()
  expect(await axeViolations(page)).toEqual([])
  expect(complaints).toEqual([])
  await page.context().close()
}, 60_000)

test('a file goes to a stranger by a link, who needs neither an account nor scripts', async () => {
  const page = await signedInPage(browser)
  await page.goto('/files')
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'price-list.txt', mimeType: 'text/plain', buffer: Buffer.from('Teapot 30.50') })
  await page
    .getByRole('button', { name: /add|upload/i })
    .first()
    .click()
  await page.getByRole('heading', { name: 'price-list.txt' }).waitFor()
  await page.getByRole('button', { name: /link/i }).first().click()
  const address = page.locator('input[value*="/p/"]')
  await address.waitFor()
  const href = await address.inputValue()
  const stranger = await browser.newContext({ javaScriptEnabled: false, acceptDownloads: true })
  const visit = await stranger.newPage()
  await visit.goto(href)
  expect(await visit.getByText('price-list.txt').first().isVisible()).toBe(true)
  const [download] = await Promise.all([
    visit.waitForEvent('download'),
    visit.getByRole('button', { name: /download/i }).click(),
  ])
  expect(download.suggestedFilename()).toBe('price-list.txt')
  await stranger.close()
  await page.context().close()
}, 60_000)

/** An authenticator of the browser itself: a key that lives in it and says that its owner was asked. */
async function withAuthenticator(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

test('a passkey is added, signs in without a password, and counts as the second factor', async () => {
  const local = started().url.replace('127.0.0.1', 'localhost')
  const member = { email: 'member@harbour.example', password: 'salt-wind-and-linen-2026' }
  const page = await signedInPage(browser, { baseURL: local }, member)
  await withAuthenticator(page)
  await page.goto('/settings/security')
  await page.getByRole('link', { name: 'Add a passkey' }).click()
  await page.getByLabel('A name for it').fill('Laptop of June')
  await page.getByRole('button', { name: 'Make the passkey' }).click()
  await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor()
  await page.getByRole('link', { name: 'I have kept them' }).click()
  await page.getByLabel('Name of the passkey Laptop of June').waitFor()
  expect(await axeViolations(page)).toEqual([])
  await page.context().clearCookies()
  await page.goto('/sign-in')
  // the browser's own authenticator answers as soon as the page offers its known keys
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'))
  await page.goto('/settings/people')
  await page.getByRole('row', { name: /June Alder.*passkey/ }).waitFor()
  await page.context().close()
}, 60_000)
