/** Daily reference rates in the shape of the Frankfurter API (`/v1/<from>..?base=EUR`), which serves the ECB's table. */
import * as z from 'zod'
import type { Log } from '../../platform/log.ts'
import { type FetchRules, fetchText } from '../../platform/safe-fetch.ts'
import type { FxPort } from '../../platform/services.ts'

const answerSchema = z.object({
  rates: z.record(z.iso.date(), z.record(z.string().regex(/^[A-Z]{3}$/), z.number().positive())),
})

/** Without a base address there are no rates, and amounts in other currencies show as unconverted. */
export function createFxPort(base: string, rules: FetchRules, log: Log): FxPort {
  return {
    async rates(from) {
      if (!base) return []
      const answer = await fetchText(`${base}/v1/${from}..?base=EUR`, {}, rules)
      const parsed = answer.ok && answer.value.status === 200 ? readAnswer(answer.value.text) : null
      if (!parsed) {
        log.warn('fx.unreadable', { status: answer.ok ? answer.value.status : answer.error.slug })
        return []
      }
      return Object.entries(parsed.rates).flatMap(([day, rates]) =>
        Object.entries(rates).map(([currency, perEuro]) => ({ day, currency, perEuro: String(perEuro) })),
      )
    },
  }
}

function readAnswer(text: string) {
  try {
    return answerSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
