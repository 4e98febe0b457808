/** Posts to addresses that people gave us: no redirects are followed, little of the answer is read. */

import { systemClock } from '../platform/clock.ts'
import { ok } from '../platform/result.ts'
import { type FetchRules, fetchText, refuseUrl } from '../platform/safe-fetch.ts'
import type { PostPort } from '../platform/services.ts'

const TIMEOUT_MS = 15_000
const MAX_ANSWER_BYTES = 64 * 1024
const MAX_ASKED_BYTES = 1024 * 1024

export function createPostPort(rules: FetchRules): PostPort {
  return {
    async post(url, body, headers) {
      const startedAt = systemClock.now()
      const answer = await fetchText(
        url,
        { method: 'POST', body, headers },
        { ...rules, redirects: 0, timeoutMs: TIMEOUT_MS, maxBytes: MAX_ANSWER_BYTES },
      )
      if (!answer.ok) return answer
      return ok({ ...answer.value, ms: systemClock.now() - startedAt })
    },
    async ask(url, request) {
      const answer = await fetchText(url, request, {
        ...rules,
        timeoutMs: TIMEOUT_MS,
        maxBytes: MAX_ASKED_BYTES,
      })
      return answer.ok ? ok({ status: answer.value.status, text: answer.value.text }) : answer
    },
    refuse: (url) => refuseUrl(url, rules.allowPrivate),
  }
}
