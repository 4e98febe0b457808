/** Who may show the page in a frame: frame-ancestors, and X-Frame-Options where that is missing. */
import type { CheckResult, CheckStatus } from './check.ts'
import type { Finding } from './verdict.ts'
import { verdict } from './verdict.ts'
import { isBroad, policiesOf } from './web-csp.ts'
import type { WebPage } from './web-page.ts'

/** HDR-07. Browsers ignore X-Frame-Options as soon as a policy in the header has frame-ancestors. */
export function evaluateFraming(page: WebPage): CheckResult[] {
  const [status, finding] = judgeFraming(page)
  return [verdict('HDR-07', status, finding)]
}

/** Status and outcome; MDN Observatory's modifiers hang on the outcome words. */
export function judgeFraming(page: WebPage): [CheckStatus, Finding] {
  const lists = policiesOf(page)
    .map(({ directives }) => directives.get('frame-ancestors'))
    .filter((list) => list !== undefined)
  if (lists.some((list) => !isBroad(list)))
    return ['pass', ['frame-ancestors', 'Only chosen sites may show the page in a frame.', lists.flat()]]
  if (lists.length > 0)
    return [
      'fail',
      ['frame-ancestors-broad', 'Nearly every site may show the page in a frame.', lists.flat()],
    ]
  return judgeFrameOptions(page.all('x-frame-options'))
}

function judgeFrameOptions(headers: string[]): [CheckStatus, Finding] {
  const words = [...new Set(headers.flatMap((header) => header.split(',')).map((word) => word.trim()))]
  const [first = '', ...others] = [...new Set(words.map((word) => word.toLowerCase()))].filter(Boolean)
  if (first === '') return ['fail', ['frame-missing', 'Any site may show the page in a hidden frame.']]
  if (others.length > 0)
    return ['fail', ['frame-conflict', 'The page gives browsers two different answers about frames.', words]]
  if (first === 'deny' || first === 'sameorigin')
    return ['pass', ['frame-options', 'Other sites cannot show the page in a frame.', words]]
  return first.startsWith('allow-from')
    ? ['warn', ['frame-allow-from', 'Current browsers ignore ALLOW-FROM; use frame-ancestors.', words]]
    : ['fail', ['frame-invalid', 'Browsers cannot read the X-Frame-Options header.', words]]
}
