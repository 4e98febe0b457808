/** Conditions in words: amounts, what still holds, and what ends it all. */
import type { ConditionLine } from '../../../../kit/condition.ts'
import type { StopRule } from '../automation-model.ts'
import type { Step } from '../definition-model.ts'
import { AMOUNT, amountOf } from './amounts.ts'
import { pattern, type SentenceReader } from './reader.ts'

const IF = String.raw`(?:(?:but )?only if|but if|and if|if|when|as long as|in case|provided|while|where)\s+`
const IT = `(?:it|it's|they|they're|he|she|this|that|the (?:invoice|order|payment|refund|amount|total|sum|customer|client|lead|contact|bill))`
const BE = String.raw`(?:\s+(?:is|are|was|has|have|costs?|totals?))?`
const OVER = `(over|above|more than|at least|bigger than|larger than|greater than|exceeds|exceeding|under|below|less than|at most|smaller than)`

const AMOUNTS = pattern(
  `${IF}(?:${IT}${BE}\\s+)?(?:the )?(?:amount |total |sum |value )?(?:is |was |of )?${OVER}\\s+${AMOUNT}`,
)
const OPEN = pattern(
  String.raw`${IF}(?:${IT}${BE}\s+)?(?:still )?(?:not been paid|not paid|unpaid|not (?:yet )?(?:been )?paid|open|overdue|has(?:n't| not) been paid|(?:has|have)n't paid|(?:has|have) not paid|(?:is|are)n't paid)(?: yet| by then)?`,
)
const PAID = pattern(
  String.raw`(?:(?:and )?(?:stop|end)s?(?: it| this| everything| all of it| reminding(?: them)?)? (?:when|as soon as|once|if)|until|unless|stopping when) (?:${IT}\s+)?(?:is |has been |gets |are |have )?(?:paid|pays?)(?: (?:it|the invoice))?`,
)
const ANSWERED = pattern(
  String.raw`(?:(?:and )?(?:stop|end)s?(?: it| this| everything)? (?:when|as soon as|once|if)|until|unless|stopping when) (?:${IT}|there is|there's|we get)\s*(?:has |have |an? )?(?:repl(?:y|ies|ied)|answer(?:s|ed)?|respon(?:d|ds|ded|se)|writes? back)`,
)
const SILENT = pattern(
  String.raw`${IF}(?:${IT}|there is|there's|we (?:get|have)|nobody|no one)\s+(?:(?:has|have|do|does|did) not |(?:has|have|do|does|did)n't |is no |no |still (?:has|have)(?:n't| not) )?(?:repl(?:y|ied)|answer(?:ed)?|respon(?:d|ded|se)|written back)(?: yet| by then)?`,
)
const NO_ANSWER = pattern(`${IF}no (?:reply|answer|response)(?: (?:comes|came)(?: in| back)?)?`)
const COUNTRY = pattern(
  `${IF}(?:the )?(?:country (?:is|of (?:it|the order) is)|(?:it|the order) (?:comes from|goes to|is from)) "?([a-z][a-z ]*?)"?(?=[,.;:]|$| then| tell| send| create| post)`,
)
const ELSE = pattern(`(?:otherwise|or else|else|if not)`)

export type ReadCondition =
  | { kind: 'line'; line: ConditionLine }
  /** The invoice as it stands then. */
  | { kind: 'unpaid' }
  | { kind: 'stop'; rules: StopRule[] }
  | { kind: 'else' }

export const answeredRule: StopRule = {
  event: 'mail.received',
  match: {
    all: [
      { field: 'event.from', operator: 'equals', value: '{{ trigger.contact.email }}' },
      { field: 'event.verdict', operator: 'equals', value: 'human' },
    ],
  },
}
export const paidRule: StopRule = {
  event: 'invoice.paid',
  match: { all: [{ field: 'event.invoice_id', operator: 'equals', value: '{{ trigger.invoice_id }}' }] },
}

/** Null: no condition stands here. `about` says what `it` is. */
export function readCondition(reader: SentenceReader, about: string): ReadCondition | null {
  const amount = reader.take(AMOUNTS)
  if (amount) return { kind: 'line', line: amountLine(amount[1] ?? '', amount[2] ?? '', about) }
  if (about === 'invoice' && reader.take(OPEN)) return { kind: 'unpaid' }
  if (about === 'invoice' && reader.take(PAID)) return { kind: 'stop', rules: [paidRule] }
  if (reader.take(ANSWERED) || reader.take(SILENT) || reader.take(NO_ANSWER))
    return { kind: 'stop', rules: [answeredRule] }
  const country = reader.take(COUNTRY)
  if (country)
    return {
      kind: 'line',
      line: {
        field: `trigger.${about || 'order'}.country`,
        operator: 'equals',
        value: country[1]?.trim() ?? '',
      },
    }
  return reader.take(ELSE) ? { kind: 'else' } : null
}

export const amountLine = (words: string, amount: string, about: string): ConditionLine => ({
  field: about === 'invoice' || about === 'order' ? `trigger.${about}.total` : 'trigger.amount',
  operator: /at least/i.test(words)
    ? 'at_least'
    : /at most/i.test(words)
      ? 'at_most'
      : /under|below|less|smaller/i.test(words)
        ? 'less_than'
        : 'greater_than',
  value: amountOf(amount),
})

/** Looks at the invoice again, so that what follows happens only while it is open. */
export const lookAgain = (id: string): Step => ({
  ...{ id, kind: 'action', action: 'records.read', on_error: 'stop', failed: [] },
  input: { kind: 'invoice', id: '{{ trigger.invoice_id }}' },
})
