// A real Chromium, signed in as the demo's owner; pages that complain on the console fail their test.
import axe from 'axe-core'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { inject } from 'vitest'

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const started = () => inject('started')

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: inject('chromium'), args: FLAGS, headless: true })

/** What the page said on its console that a clean page would not. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  return complaints
}

/** A page signed in by the real form. */
export async function signedInPage(
  browser: Browser,
  options: BrowserContextOptions = {},
  who: { email: string; password: string } = started(),
): Promise<Page> {
  const { url } = started()
  const { email, password } = who
  const context = await browser.newContext({ baseURL: url, ...options })
  const page = await context.newPage()
  await page.goto('/sign-in')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'))
  return page
}

const RULES = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Violations of accessibility rules on the page as it stands, in words. */
export async function axeViolations(page: Page, except: string[] = []): Promise<string[]> {
  // colours are judged when what opens is open: not while it fades in
  await page.evaluate(`Promise.all(document.getAnimations()
    .filter((one) => Number.isFinite(one.effect?.getComputedTiming().endTime))
    .map((one) => one.finished.catch(() => null)))`)
  await page.evaluate(axe.source)
  const result = await page.evaluate(
    (rules) =>
      (globalThis as unknown as { axe: typeof axe }).axe.run({ runOnly: { type: 'tag', values: rules } }),
    RULES,
  )
  const violations = result.violations.filter((v) => !except.includes(v.id))
  return violations.map((v) => `${v.id}: ${v.nodes.map((node) => node.target.join(' ')).join(', ')}`)
}
