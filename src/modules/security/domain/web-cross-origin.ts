/** What other sites may do with the page: read it, embed it, keep a handle on its window. */
import type { CheckResult, CheckStatus } from './check.ts'
import type { Finding } from './verdict.ts'
import { notTested, pass, verdict } from './verdict.ts'
import type { HeaderList, WebPage } from './web-page.ts'
import { headerValues } from './web-page.ts'

type Judged = [CheckStatus, Finding]

const OPENER = ['same-origin', 'same-origin-allow-popups', 'noopener-allow-popups', 'unsafe-none']
const EMBEDDER = ['require-corp', 'credentialless', 'unsafe-none']
const RESOURCE = ['same-origin', 'same-site', 'cross-origin']

/** HDR-11 to HDR-14. Reading by other sites needs answers to requests that named a foreign origin. */
export function evaluateCrossOrigin(page: WebPage): CheckResult[] {
  const answers = page.observation.crossOrigin ?? []
  const opener = judgeOpener(page)
  const resource = judgeResource(page)
  return [
    judgeReading(
      'HDR-11',
      answers.filter(({ origin }) => origin !== 'null'),
    ),
    judgeReading(
      'HDR-12',
      answers.filter(({ origin }) => origin === 'null'),
    ),
    verdict('HDR-13', ...opener),
    verdict('HDR-14', ...resource),
  ]
}

/** Status and outcome of one answer to a foreign origin; `*` never comes with credentials in a browser. */
export function judgeSharing(origin: string, headers: HeaderList): Judged {
  const allowed = headerValues(headers, 'access-control-allow-origin')[0]?.trim()
  const credentials = headerValues(headers, 'access-control-allow-credentials')[0]?.trim().toLowerCase()
  if (!allowed) return ['pass', ['sharing-none', 'Other sites cannot read the page.']]
  if (allowed === '*') return ['pass', ['sharing-public', 'Other sites may read it, but without sign-ins.']]
  if (allowed !== origin) return ['pass', ['sharing-restricted', 'Only chosen sites may read the page.']]
  return credentials === 'true'
    ? ['fail', ['sharing-everything', 'Any site can read what a signed-in visitor sees.', [allowed]]]
    : ['pass', ['sharing-reflected', 'Other sites may read it, but without sign-ins.', [allowed]]]
}

/** COOP is a structured-field token: letter case counts, and two headers are none. */
export const judgeOpener = (page: WebPage): Judged =>
  judgeToken('coop', page.all('cross-origin-opener-policy'), OPENER)

/** COEP has no check of its own; MDN Observatory counts it. */
export const judgeEmbedder = (page: WebPage): Judged =>
  judgeToken('coep', page.all('cross-origin-embedder-policy'), EMBEDDER)

/** CORP is one of three words in any letter case. */
export function judgeResource(page: WebPage): Judged {
  const header = page.first('cross-origin-resource-policy')?.trim().toLowerCase()
  if (!header) return ['pass', ['corp-unset', 'Not set; browsers allow embedding of your files.']]
  return RESOURCE.includes(header)
    ? ['pass', [`corp-${header}`, 'The page says who may embed its files.', [header]]]
    : ['fail', ['corp-invalid', 'Browsers cannot read the Cross-Origin-Resource-Policy.', [header]]]
}

function judgeToken(name: string, headers: string[], words: string[]): Judged {
  const [header] = headers
  if (!header?.trim()) return ['pass', [`${name}-unset`, 'Not set; browsers use their default.']]
  const token = /^([a-zA-Z*][\w!#$%&'*+.^`|~:/-]*)\s*(;.*)?$/.exec(header.trim())
  const valid = headers.length === 1 && token && areParameters(token[2] ?? '')
  return valid && words.includes(token[1] ?? '')
    ? ['pass', [`${name}-${token[1]}`, 'The page says how its window and files may be shared.', [header]]]
    : ['fail', [`${name}-invalid`, 'Browsers cannot read the header, so it does nothing.', headers]]
}

/** `;key=value` parts of a structured field: values are tokens, numbers, booleans or quoted strings. */
const areParameters = (text: string): boolean =>
  /^(\s*;\s*[a-z*][a-z0-9_.*-]*(=("([^"\\]|\\["\\])*"|\?[01]|-?\d+(\.\d+)?|[a-zA-Z*][\w!#$%&'*+.^`|~:/-]*))?)*\s*$/.test(
    text,
  )

function judgeReading(id: string, answers: readonly { origin: string; headers: HeaderList }[]): CheckResult {
  if (answers.length === 0)
    return notTested(id, 'sharing-not-asked', 'No request from a foreign origin was made.')
  const judged = answers.map(({ origin, headers }) => judgeSharing(origin, headers))
  const bad = judged.find(([status]) => status === 'fail')
  return bad ? verdict(id, ...bad) : pass(id, ...(judged[0]?.[1] ?? ['sharing-none', '']))
}
