/** What starts it, in words: things that happen, and times. */
import type { Trigger } from '../automation-model.ts'
import { AMOUNT, DURATION } from './amounts.ts'
import { pattern, type SentenceReader } from './reader.ts'
import { readRhythm } from './rhythms.ts'

export interface ReadStart {
  trigger: Trigger
  /** What the event is about, for texts and conditions: `invoice`, `order`, ... */
  about: string
  /** Days that it has been so already, as the words want it. */
  since: [amount: string, unit: string] | null
  /** `an order over $500`: operator and amount. */
  amount: [words: string, amount: string] | null
}

const WHEN = String.raw`(?:(?:when(?:ever)?|if|as soon as|once|every ?time|each time|after|on|for (?:every|each)|every|any)\s+)?(?:that\s+)?`
const THE = String.raw`(?:an?\s+|the\s+|any\s+|some\s+|every\s+|each\s+|one of (?:our|my)\s+|our\s+|my\s+)?(?:new\s+|customer(?:'s)?\s+|client(?:'s)?\s+)?`
const WHO = String.raw`(?:an?\s+|the\s+|any\s+)?(?:new\s+)?(?:customer|client|buyer|shopper|someone|somebody|anyone|anybody)`
const BE = `(?:is|are|was|becomes?|gets?|goes|has been|have been|turns|has become|runs|stays|remains|has gone)`
const OVER = `(over|above|of more than|more than|of at least|at least|worth more than|exceeding|bigger than|larger than|under|below|less than)`
const COMES = `(?:comes? in|arrives?|${BE} (?:placed|created|received|made|in)|came in|drops in|shows up|appears?)`

interface Phrase {
  source: string
  event: string
  about: string
}

/** Named groups: `n` and `u` how long already, `op` and `sum` how much. */
const PHRASES: readonly Phrase[] = [
  {
    event: 'invoice.payment_failed',
    about: 'invoice',
    source: `${THE}(?:payment (?:of|for) (?:an |the )?)invoice (?:fails|failed|is declined|bounces)`,
  },
  {
    event: 'invoice.overdue',
    about: 'invoice',
    source: String.raw`${THE}invoices? (?:${BE} )?(?:(?:more than|over|at least|already) )?(?:(?<n>DUR)\s+)?(?:overdue|late|past due|past (?:its|the) due (?:date|day))(?: (?:by|for|since) (?<m>DUR))?`,
  },
  {
    event: 'invoice.overdue',
    about: 'invoice',
    source: String.raw`${THE}invoices? (?:(?:has|have) not been|(?:hasn't|haven't) been|is not|isn't|is still not|${BE} (?:still )?un)\s?paid(?: (?:for|after|within|in) (?<n>DUR)| on time| in time)?`,
  },
  {
    event: 'invoice.overdue',
    about: 'invoice',
    source: `${WHO} (?:has not|hasn't|does not|doesn't|did not|didn't) (?:paid|pay)(?: (?:an|their|the|his|her) (?:invoice|bill))?(?: (?:for|after|within|in) (?<n>DUR)| on time| in time)?`,
  },
  {
    event: 'invoice.paid',
    about: 'invoice',
    source: `${THE}invoices? ${BE} (?:fully )?paid|${WHO} pays (?:an |their |the |his |her )?(?:invoice|bill)`,
  },
  {
    event: 'invoice.issued',
    about: 'invoice',
    source: `${THE}invoices? ${BE} (?:issued|sent|created|finali[sz]ed|made)`,
  },
  {
    event: 'order.cancelled',
    about: 'order',
    source: `${THE}orders? ${BE} cancell?ed|${WHO} cancels (?:an |their |the )?order`,
  },
  {
    event: 'order.fulfilled',
    about: 'order',
    source: `${THE}orders? (?:(?:${BE} )?(?:shipped|fulfilled|sent|delivered|handed over)|ships)`,
  },
  {
    event: 'order.created',
    about: 'order',
    source: `${THE}(?:big |large )?(?:orders?|sales?) (?:(?:${BE} |for |worth )?(?<op>OVER) (?<sum>AMT)(?: ${COMES})?|${COMES}(?: (?<op2>OVER) (?<sum2>AMT))?|happens)`,
  },
  {
    event: 'order.created',
    about: 'order',
    source: `${WHO} (?:orders|buys|purchases|places an order)(?: something| anything| for)?(?: (?<op>OVER) (?<sum>AMT))?|we (?:get|receive|have|make) ${THE}(?:orders?|sales?)(?: (?<op2>OVER) (?<sum2>AMT))?|new orders?`,
  },
  {
    event: 'payment.failed',
    about: 'payment',
    source: `${THE}(?:card )?payments? (?:fails?|failed|${BE} declined|bounces?|does not go through|doesn't go through)|(?:an?|the) card is declined`,
  },
  {
    event: 'payment.disputed',
    about: 'payment',
    source: `${THE}(?:payments? ${BE} disputed|(?:dispute|chargeback)s? (?:${COMES}|${BE} opened|happens))|${WHO} disputes (?:a|the|their) (?:payment|charge)`,
  },
  {
    event: 'payment.received',
    about: 'payment',
    source: `${THE}payments? (?:${COMES}|succeeds|goes through)(?: (?<op>OVER) (?<sum>AMT))?|we (?:get|are) paid|${WHO} pays`,
  },
  {
    event: 'refund.created',
    about: 'refund',
    source: `${THE}refunds? (?:(?:${COMES}|${BE} (?:issued|given|requested))(?: (?<op>OVER) (?<sum>AMT))?|(?:${BE} )?(?<op2>OVER) (?<sum2>AMT)(?: ${BE} (?:issued|given|made))?)|(?:we|somebody|someone) refunds? (?:an order|a payment|a customer)`,
  },
  {
    event: 'subscription.canceled',
    about: 'subscription',
    source: `${THE}subscriptions? (?:ends|${BE} cancell?ed)|${WHO} (?:cancels|ends|quits)(?: (?:their|a|the|his|her) subscription)?`,
  },
  {
    event: 'subscription.created',
    about: 'subscription',
    source: `${THE}subscriptions? (?:begins|starts|${COMES})|${WHO} subscribes`,
  },
  { event: 'mail.unsubscribed', about: 'contact', source: `${WHO} unsubscribes` },
  {
    event: 'customer.created',
    about: 'customer',
    source: `(?:a |the )?(?:first[- ]time|new) customers? (?:signs? up|registers?|${COMES})|we (?:get|have|win) a new customer|(?:a |every )?new customer`,
  },
  {
    event: 'form.submitted',
    about: 'contact',
    source: `(?:${WHO}|a visitor|a lead) (?:fills in|fills out|submits|sends in|completes) (?:a|the|our|my) (?:[a-z]+ )?form|(?:a|the|our) (?:[a-z]+ )?form ${BE} (?:submitted|filled (?:in|out)|sent in)`,
  },
  {
    event: 'lead.created',
    about: 'contact',
    source: `${THE}(?:leads?|enquir(?:y|ies)|inquir(?:y|ies)|prospects?) (?:${COMES}|signs? up|${BE} added|writes)|we (?:get|receive|have) ${THE}leads?|new leads?`,
  },
  {
    event: 'mail.replied',
    about: 'contact',
    source: `(?:${WHO}|a lead|a contact) (?:replies|answers|responds)(?: to (?:an?|the|our|my) (?:e-?)?mail)?|${THE}(?:reply|answer)s? ${COMES}`,
  },
  {
    event: 'mail.received',
    about: 'mail',
    source: `${THE}(?:e-?)?mails? (?:${COMES})|we (?:get|receive) ${THE}(?:e-?)?mails?`,
  },
  { event: 'mail.bounced', about: 'mail', source: `${THE}(?:e-?)?mails? bounces?` },
  {
    event: 'alert.fired',
    about: 'alert',
    source: `${THE}(?:metric |dashboard )?alerts? (?:fires?|goes off|${COMES}|${BE} (?:fired|raised|triggered))|${THE}metric crosses (?:a|its|the) line`,
  },
  {
    event: 'task.done',
    about: 'task',
    source: `${THE}tasks? ${BE} (?:done|finished|completed|ticked off)`,
  },
  { event: 'payout.failed', about: 'payout', source: `${THE}payouts? (?:fails?|failed)` },
  { event: 'payout.paid', about: 'payout', source: `${THE}payouts? (?:${COMES}|${BE} paid)` },
  {
    event: 'source.failed',
    about: 'source',
    source: `${THE}(?:connections?|sources?|syncs?) (?:fails?|breaks?|stops? working|${BE} (?:broken|down))`,
  },
  {
    event: 'import.completed',
    about: 'import',
    source: `${THE}imports? (?:${BE} (?:done|finished|completed)|finishes|completes)`,
  },
  {
    event: 'issue.opened',
    about: 'issue',
    source: `${THE}(?:security )?(?:issues?|problems?|vulnerabilit(?:y|ies)) (?:${COMES}|${BE} (?:found|opened|detected))`,
  },
  {
    event: 'price.changed',
    about: 'price',
    source: `(?:a |any |one of our )?competitors? (?:changes?|lowers?|drops?|cuts?|raises?) (?:a|its|their|the) prices?|(?:a |the )?competitor(?:'s)? prices? (?:changes?|drops?|falls?)`,
  },
]

const FILLED = PHRASES.map(({ source, ...phrase }) => ({
  ...phrase,
  read: pattern(
    WHEN +
      `(?:${source
        .replace(/\(\?<(n|m)>DUR\)/g, `(?<$1>${DURATION.replace(/\((?!\?)/g, '(?:')})`)
        .replace(/OVER/g, OVER.slice(1, -1))
        .replace(/AMT/g, AMOUNT.replace(/\((?!\?)/g, '(?:'))})`,
  ),
}))

const MANUAL = pattern(
  `(?:when(?:ever)?|if|once) i (?:click|press|ask|say so|push)(?: (?:a|the|this) button| it)?|by hand|on (?:one )?click`,
)
const HOOK = pattern(
  `(?:when(?:ever)?|if) (?:an?|the|our|my) (?:webhook (?:arrives|comes in|is called)|(?:website|shop|app|system|server) (?:calls|posts|sends data))`,
)

/** Null: nothing of the kind stands here. */
export function readStart(reader: SentenceReader, timeZone: string): ReadStart | null {
  const plain = (trigger: Trigger): ReadStart => ({ trigger, about: '', since: null, amount: null })
  if (reader.take(MANUAL)) return plain({ kind: 'manual', fields: [] })
  if (reader.take(HOOK)) return plain({ kind: 'hook', proof: 'address', id_path: null })
  const cron = readRhythm(reader)
  if (cron) return plain({ kind: 'schedule', cron, time_zone: timeZone, missed: 'latest' })
  for (const { read, event, about } of FILLED) {
    const match = reader.take(read)
    if (!match) continue
    const { n, m, op, op2, sum, sum2 } = match.groups ?? {}
    const long = n ?? m
    const [, count = '', unit = ''] = long ? (new RegExp(`^${DURATION}$`, 'i').exec(long) ?? []) : []
    const [words, most] = [op ?? op2, sum ?? sum2]
    return {
      trigger: { kind: 'event', event, condition: { all: [] }, again_after_days: null },
      ...{ about, since: count ? [count, unit] : null, amount: words && most ? [words, most] : null },
    }
  }
  return null
}
