// An owner's first automation, in a real browser: dragged together, tried, made live; days pass, mails leave, the payment stops it.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeViolations, complaintsOf, openBrowser, signedInPage } from './browser.ts'
import { type Started, startProduct } from './product.ts'

let browser: Browser
// a product of its own: the clock is moved, and other tests have their own days
let own: { started: Started; stop(): Promise<void> }
beforeAll(async () => {
  ;[browser, own] = await Promise.all([openBrowser(), startProduct()])
}, 120_000)
afterAll(async () => {
  await browser.close()
  await own.stop()
})

const open = (options: Parameters<typeof signedInPage>[1] = {}) =>
  signedInPage(
    browser,
    { viewport: { width: 1280, height: 1000 }, baseURL: own.started.url, ...options },
    own.started,
  )

const cards = (page: Page) => page.locator('[data-flow-list=""] > [data-flow-step]')
const order = (page: Page) =>
  cards(page).evaluateAll((list) =>
    list.map((one) => (one as unknown as { dataset: Record<string, string> }).dataset.flowStep),
  )

async function addStep(page: Page, name: RegExp, list = '') {
  const gaps = page.locator(`[data-flow-list="${list}"] > .flow-item > .flow-gap .flow-add`)
  await gaps.last().click()
  await page.waitForURL(/\/add\?/)
  await page.getByRole('button', { name }).first().click()
  await page.waitForURL(/\/steps\/\w+$/)
}

const save = async (page: Page) => {
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.waitForURL(/\/ops\/automations\/[0-9a-f-]+(#.*)?$/)
}

async function dragAbove(page: Page, step: string, other: string) {
  const handle = await page.locator(`[data-flow-step="${step}"] [data-flow-handle]`).first().boundingBox()
  const target = await page.locator(`[data-flow-step="${other}"] .flow-card`).first().boundingBox()
  if (!handle || !target) throw new Error('nothing to drag')
  await page.mouse.move(handle.x + 16, handle.y + 16)
  await page.mouse.down()
  await page.mouse.move(handle.x + 30, handle.y - 10, { steps: 4 })
  const saved = page.waitForResponse((answer) => answer.request().method() === 'POST')
  await page.mouse.move(target.x + 40, target.y + 6, { steps: 20 })
  await page.mouse.up()
  await saved
  await page.waitForLoadState()
}

/** To that moment of the clock of development. */
async function moveClock(page: Page, at: string) {
  const answer = await page.request.post('/dev/clock', { form: { at }, headers: { Origin: own.started.url } })
  expect(answer.ok()).toBe(true)
}

const mailsTo = async (page: Page, address: string): Promise<string[]> => {
  await page.goto('/dev/outbox')
  const subjects = await page.locator('main details', { hasText: address }).locator('summary').allInnerTexts()
  return subjects.map((text) => text.replace(/\s+/g, ' '))
}

/** A Wednesday at three in the afternoon (UTC), so many weeks from now: office hours in the shops of the demo. */
function wednesday(weeks: number, days = 0): string {
  const at = new Date()
  at.setUTCDate(at.getUTCDate() + ((3 - at.getUTCDay() + 7) % 7) + 7 * weeks + days)
  at.setUTCHours(15, 0, 0, 0)
  return at.toISOString()
}

test('reminders of an invoice: built by dragging, tried, live, two mails, paid, stopped, and it says why', async () => {
  // before the sign-in: it would not outlive a week
  const outside = await browser.newPage({ baseURL: own.started.url })
  await moveClock(outside, wednesday(1))
  const page = await open()
  const complaints = complaintsOf(page)

  await page.goto('/ops/new')
  await page.getByRole('button', { name: /Something happens/ }).click()
  await page.waitForURL(/\/ops\/automations\/[0-9a-f-]+$/)
  const base = new URL(page.url()).pathname
  await addStep(page, /^Send an e-mail/)
  await page.getByLabel('To', { exact: true }).fill('{{ trigger.invoice.customer_email }}')
  await page.getByLabel('Subject').fill('First reminder of {{ trigger.invoice.number }}')
  await page
    .getByLabel('Text', { exact: true })
    .fill('Hello {{ trigger.invoice.customer_first_name | default: "there" }}')
  await save(page)
  await addStep(page, /^Send an e-mail/)
  await page.getByLabel('To', { exact: true }).fill('{{ trigger.invoice.customer_email }}')
  await page.getByLabel('Subject').fill('Second reminder of {{ trigger.invoice.number }}')
  await page.getByLabel('Text', { exact: true }).fill('Hello again')
  await save(page)
  await addStep(page, /^Wait For a while/)
  await page.locator('[name="for_amount"]').fill('2')
  await save(page)
  expect(await order(page)).toEqual(['send', 'send_2', 'wait'])
  await dragAbove(page, 'wait', 'send_2')
  await expect.poll(() => order(page)).toEqual(['send', 'wait', 'send_2'])
  await page.keyboard.press('Control+z')
  await expect.poll(() => order(page)).toEqual(['send', 'send_2', 'wait'])
  await page.getByRole('button', { name: 'Redo' }).click()
  await expect.poll(() => order(page)).toEqual(['send', 'wait', 'send_2'])
  await addStep(page, /^Wait For a while/)
  await page.locator('[name="for_amount"]').fill('3')
  await save(page)
  await addStep(page, /^Create a task/)
  await page.getByLabel('What is to be done').fill('Call about {{ trigger.invoice.number }}')
  await save(page)
  expect(await axeViolations(page)).toEqual([])

  await page.getByRole('link', { name: 'Settings', exact: true }).last().click()
  await page.getByLabel('Name', { exact: true }).fill('My reminders')
  await page.locator('select[name="stop_0_event"]').selectOption('invoice.paid')
  await page.locator('[name="stop_0_match_0_field"]').fill('event.invoice_id')
  await page.locator('[name="stop_0_match_0_value"]').fill('{{ trigger.invoice_id }}')
  await save(page)

  await page.goto(`${base}/rehearse`)
  await page.getByText('It would end well').waitFor()
  expect(await page.getByText(/Would: Send an e-mail/).count()).toBe(2)
  expect((await mailsTo(page, 'First reminder')).length).toBe(0)
  await page.goto(`${base}/publish`)
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await page.getByText('Active', { exact: true }).waitFor()

  await page.goto('/foundry/invoices/new')
  await page.getByLabel('Who owes it').fill('Ann Archer')
  await page.getByLabel('Their e-mail address').fill('ann@archer.example')
  await page.getByLabel('Number').fill('E2E-1')
  const today = await page.getByLabel('Issued').inputValue()
  await page.getByLabel('Due').fill(today)
  await page.getByLabel('Line 1').fill('A rope')
  await page.getByLabel('Price of one').first().fill('120')
  await page.locator('main form button.btn-primary').first().click()
  await page.waitForURL(/\/foundry\/invoices(?!\/new)/)

  await moveClock(page, wednesday(1, 1))
  await expect.poll(() => mailsTo(page, 'ann@archer.example'), { timeout: 20_000 }).toHaveLength(1)
  await moveClock(page, wednesday(1, 4))
  await expect.poll(() => mailsTo(page, 'ann@archer.example'), { timeout: 20_000 }).toHaveLength(2)

  await page.goto('/foundry/invoices?status=all&q=E2E-1')
  await page.getByRole('link', { name: /E2E-1/ }).first().click()
  await page.getByRole('button', { name: /paid/i }).first().click()
  await page.waitForLoadState()
  await page.goto(`${base}/runs`)
  await expect
    .poll(
      async () => {
        await page.reload()
        return page.locator('tbody').innerText()
      },
      { timeout: 20_000 },
    )
    .toMatch(/Stopped, because invoice\.paid came/)
  await page.locator('tbody a').first().click()
  await page.getByText('Stopped, because invoice.paid came.').first().waitFor()
  expect(await axeViolations(page)).toEqual([])
  await moveClock(page, wednesday(3))
  expect(await mailsTo(page, 'ann@archer.example')).toHaveLength(2)
  expect(complaints).toEqual([])
})

test('a purchase asks for a yes, on a phone and without scripts, and becomes a task', async () => {
  const page = await open({ viewport: { width: 390, height: 800 }, javaScriptEnabled: false })
  await page.goto('/ops/gallery/purchase-approval')
  await page.getByRole('button', { name: 'Take it' }).click()
  await page.waitForURL(/\/ops\/automations\/[0-9a-f-]+$/)
  const base = new URL(page.url()).pathname
  await page.goto(`${base}/publish`)
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await page.goto(`${base}/run`)
  await page.getByLabel('What should be bought').fill('A new till')
  await page.getByLabel('What it costs').fill('450')
  await page.getByRole('button', { name: 'Run now' }).click()
  await page.waitForURL(/\/ops\/runs\//)
  await expect
    .poll(async () => {
      await page.goto('/ops/approvals')
      return page.getByRole('link', { name: /A new till/ }).count()
    })
    .toBe(1)
  await page.getByRole('link', { name: /A new till/ }).click()
  expect(await page.getByText(/Create a task: .*‹what›/).count()).toBeGreaterThan(0)
  await page.getByRole('button', { name: 'Approve' }).click()
  await expect
    .poll(async () => {
      await page.goto('/ops/tasks')
      return page.getByRole('link', { name: 'Buy A new till' }).count()
    })
    .toBe(1)
  await page.getByRole('button', { name: 'Done: Buy A new till' }).click()
  await page.goto('/ops/tasks?show=done')
  expect(await page.getByRole('link', { name: 'Buy A new till' }).count()).toBe(1)
})
