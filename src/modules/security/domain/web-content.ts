/** What the page loads and where its forms go: WEB-01 to WEB-05 and WEB-11. */
import type { CheckResult } from './check.ts'
import { fail, notApplicable, pass, verdict, warn } from './verdict.ts'
import type { Loaded, PageForm } from './web-html.ts'
import type { WebPage } from './web-page.ts'
import { absolute, isSameSite } from './web-page.ts'

/** Addresses with a version in them keep their content, so a fingerprint can hold. */
const VERSIONED = /[@/.-]v?\d+(\.\d+)+/
const LOADS_OF_HTML = ['WEB-01', 'WEB-02', 'WEB-03', 'WEB-04', 'WEB-05', 'WEB-11']

/** WEB-01 to WEB-05 and WEB-11; an answer that is no HTML has nothing to judge. */
export function evaluateContent(page: WebPage): CheckResult[] {
  if (!page.isHtml)
    return LOADS_OF_HTML.map((id) => notApplicable(id, 'page-not-html', 'The answer is not a web page.'))
  const { scripts, styles, frames, media } = page.facts
  return [
    judgeMixed(page, 'WEB-01', [...scripts, ...styles, ...frames]),
    judgeMixed(page, 'WEB-02', media),
    judgeForms(page),
    judgeSeals(page),
    judgeOutsideScripts(page),
    judgePasswords(page),
  ]
}

export interface ScriptSeals {
  /** Scripts from another site, or without a scheme; MDN Observatory counts the latter as foreign too. */
  outside: Loaded[]
  unsealed: Loaded[]
  /** Over http or without a scheme. */
  unsafe: Loaded[]
  /** Own scripts that carry a fingerprint all the same. */
  sealedOwn: boolean
}

/** Which outside scripts carry a fingerprint, and which are fetched in a safe way. */
export function sealsOf(page: WebPage): ScriptSeals {
  const { scripts } = page.facts
  const outside = scripts.filter(({ address }) => isOutside(page, address))
  return {
    outside,
    unsealed: outside.filter(({ integrity }) => !integrity),
    unsafe: outside.filter(({ address }) => !/^https:/i.test(address)),
    sealedOwn: scripts.some((script) => script.integrity && !outside.includes(script)),
  }
}

function judgeSeals(page: WebPage): CheckResult {
  const { outside, unsealed } = sealsOf(page)
  const styles = page.facts.styles.filter(({ address }) => isOutside(page, address))
  if (outside.length + styles.length === 0)
    return notApplicable('WEB-04', 'seals-nothing', 'The page loads nothing from other sites.')
  if (unsealed.length > 0) {
    const versioned = unsealed.some(({ address }) => VERSIONED.test(address))
    const words = versioned
      ? 'Outside scripts have no fingerprint.'
      : 'Outside scripts that change by themselves run unsealed.'
    return verdict(
      'WEB-04',
      'fail',
      ['seals-missing', words, addresses(unsealed)],
      versioned ? undefined : 'low',
    )
  }
  const open = styles.filter(({ integrity, address }) => !integrity && VERSIONED.test(address))
  return open.length > 0
    ? warn('WEB-04', 'seals-missing-styles', 'Outside styles have no fingerprint.', addresses(open))
    : pass('WEB-04', 'seals-complete', 'Outside scripts carry a fingerprint.')
}

function judgeOutsideScripts(page: WebPage): CheckResult {
  const { outside, unsafe } = sealsOf(page)
  if (outside.length === 0)
    return notApplicable('WEB-05', 'scripts-own', 'The page loads no script from other sites.')
  return unsafe.length > 0
    ? fail('WEB-05', 'scripts-unsafe', 'Outside scripts may be fetched unencrypted.', addresses(unsafe))
    : pass('WEB-05', 'scripts-https', 'Outside scripts are fetched over https.')
}

function judgeMixed(page: WebPage, id: string, loads: readonly Loaded[]): CheckResult {
  if (!page.https) return notApplicable(id, 'mixed-no-https', 'The page itself came without https.')
  const plain = loads.filter(({ address }) => absolute(page, address)?.protocol === 'http:')
  return plain.length > 0
    ? fail(id, 'mixed-content', 'Parts of the page load without encryption.', addresses(plain))
    : pass(id, 'mixed-none', 'Nothing on the page loads without encryption.')
}

function judgeForms(page: WebPage): CheckResult {
  const { forms } = page.facts
  if (forms.length === 0) return notApplicable('WEB-03', 'forms-none', 'The page has no form.')
  const plain = forms.filter((form) => targetOf(page, form)?.protocol === 'http:')
  if (plain.length > 0)
    return fail(
      'WEB-03',
      'forms-plain',
      'A form sends its data unencrypted.',
      plain.map(({ action }) => action),
    )
  const away = forms.filter((form) => {
    const target = targetOf(page, form)
    return form.hasPassword && target !== null && !isSameSite(target.hostname, page.url.hostname)
  })
  return away.length > 0
    ? fail(
        'WEB-03',
        'forms-away',
        'A password is sent to another site.',
        away.map(({ action }) => action),
      )
    : pass('WEB-03', 'forms-safe', 'Forms send their data encrypted and to you.')
}

function judgePasswords(page: WebPage): CheckResult {
  if (!page.facts.hasPassword)
    return notApplicable('WEB-11', 'password-none', 'The page asks for no password.')
  const plain = page.facts.forms.filter(
    (form) => form.hasPassword && targetOf(page, form)?.protocol === 'http:',
  )
  return !page.https || plain.length > 0
    ? fail('WEB-11', 'password-plain', 'A password travels unencrypted.')
    : pass('WEB-11', 'password-encrypted', 'Passwords are asked for and sent encrypted.')
}

function isOutside(page: WebPage, address: string): boolean {
  if (address.startsWith('//')) return true
  if (!/^https?:\/\//i.test(address)) return false
  const url = URL.parse(address)
  return url !== null && !isSameSite(url.hostname, page.url.hostname)
}

const targetOf = (page: WebPage, { action }: PageForm): URL | null =>
  action.trim() === '' ? page.url : absolute(page, action.trim())

const addresses = (loads: readonly Loaded[]): string[] => [...new Set(loads.map(({ address }) => address))]
