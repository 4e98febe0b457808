// An owner's own dashboard, in a real browser: dragged together, with a metric and an alert of their own, shared and mailed.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeViolations, complaintsOf, openBrowser, signedInPage, started } from './browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const tile = (page: Page, title: string) =>
  page.getByLabel(title, { exact: true }).and(page.locator('[gs-id]'))
const columnOf = async (page: Page, title: string) => Number(await tile(page, title).getAttribute('gs-x'))

async function drag(page: Page, title: string, columns: number): Promise<void> {
  const board = await page.locator('[data-builder]').boundingBox()
  const handle = await tile(page, title).locator('[data-builder-handle]').boundingBox()
  if (!board || !handle) throw new Error('nothing to drag')
  const from = { x: handle.x + 20, y: handle.y + 10 }
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(from.x + 40, from.y, { steps: 3 })
  const saved = page.waitForResponse((answer) => answer.request().method() === 'POST')
  await page.mouse.move(from.x + (board.width / 12) * columns, from.y, { steps: 12 })
  await page.mouse.up()
  await saved
  await page.waitForLoadState()
}

async function addWidget(page: Page, kind: string, count: number): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${kind}`) }).click()
  await expect.poll(() => page.locator('[gs-id]').count()).toBe(count)
}

test('an owner drags a dashboard together, adds a metric and an alert, shares it and has it mailed', async () => {
  const page = await signedInPage(browser, { viewport: { width: 1280, height: 900 } })
  const complaints = complaintsOf(page)

  await page.goto('/foundry/metrics/custom/new')
  await page.getByRole('textbox', { name: 'Name' }).fill('Profit of an order')
  const formula = page.getByRole('textbox', { name: 'Formula' })
  await formula.pressSequentially('gross_pro')
  await page.getByRole('option', { name: /gross_profit/ }).waitFor()
  await page.keyboard.press('Enter')
  expect(await formula.inputValue()).toBe('gross_profit')
  await formula.pressSequentially(' / orders + 1 order')
  await page.locator('#formula-result').getByText('^').first().waitFor()
  await formula.fill('gross_profit / orders')
  // in whichever shop of theirs the owner looked last: dollars or złoty
  await page.getByText(/\d[.,]\d\d\D{0,6}in the last 90 days/).waitFor()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.waitForURL(/metrics\/custom\/[0-9a-f-]{36}/)

  await page.goto('/foundry/dashboards/new')
  await page
    .locator('li', { has: page.getByRole('heading', { name: 'Empty', exact: true }) })
    .getByRole('button')
    .click()
  await page.waitForURL(/\/edit$/)
  await addWidget(page, 'Number', 1)
  await addWidget(page, 'Line', 2)
  expect(await columnOf(page, 'Number')).toBe(0)
  await drag(page, 'Number', 6)
  const moved = await columnOf(page, 'Number')
  expect(moved).toBeGreaterThan(3)
  await page.getByRole('button', { name: /^Undo/ }).click()
  await expect.poll(() => columnOf(page, 'Number')).toBe(0)
  await page.getByRole('button', { name: /^Redo/ }).click()
  await expect.poll(() => columnOf(page, 'Number')).toBe(moved)
  expect(await axeViolations(page)).toEqual([])

  await page.getByRole('link', { name: 'Configure Number' }).click()
  await page.getByLabel('Title').fill('Profit of an order')
  await page
    .getByRole('checkbox', { name: /^Revenue\b(?! a day)/ })
    .first()
    .uncheck()
  await page.locator('summary', { hasText: /^\s*Custom \(/ }).click()
  await page.getByRole('checkbox', { name: /Profit of an order/ }).check()
  await page.getByRole('button', { name: 'Save widget' }).click()
  await page.getByRole('link', { name: 'Done' }).click()
  const card = page.locator('section, article', { hasText: 'Profit of an order' }).last()
  expect(await card.innerText()).toMatch(/\d[.,]\d\d/)
  const address = page.url()

  await page.goto('/foundry/alerts/new')
  await page.getByLabel('Metric').selectOption({ label: 'Custom: Profit of an order' })
  await page.getByLabel('The line').fill('1')
  await page.getByRole('button', { name: 'Rehearse on the last year' }).click()
  await page
    .getByText(/would have|would not have/i)
    .first()
    .waitFor()
  await page.getByRole('button', { name: 'Save the alert' }).click()
  await page.waitForURL(/\/foundry\/alerts(\/[0-9a-f-]{36})?$/)

  await page.goto(`${new URL(address).pathname}/share`)
  await page.getByLabel('For whom').fill('The bookkeeper')
  await page.getByRole('button', { name: 'Make link' }).click()
  const link = await page.locator('#made-link').inputValue()
  const stranger = await (await browser.newContext({ baseURL: started().url })).newPage()
  await stranger.goto(link)
  expect(await stranger.locator('main').innerText()).toMatch(/Profit of an order[\s\S]*\d[.,]\d\d/)

  await page.goto(`${new URL(address).pathname}/share`)
  await page.getByLabel('How often').selectOption('day')
  await page.getByLabel('Mail addresses').fill(started().email)
  await page.getByLabel(/PDF/).check()
  await page.getByRole('button', { name: 'Schedule' }).click()
  await page.getByRole('button', { name: 'Send now' }).click()
  await page.getByText('It is on its way.').waitFor()
  await page.waitForLoadState()
  const mail = page.locator('details', { hasText: 'New dashboard' }).first()
  for (let look = 0; look < 40 && (await mail.count()) === 0; look++) await page.goto('/dev/outbox')
  await mail.locator('summary').click()
  expect(await mail.innerText()).toMatch(/Profit of an order[\s\S]*\d[.,]\d\d/)
  expect(complaints).toEqual([])
}, 120_000)
