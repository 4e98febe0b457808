/** What a fact of each kind is called on a receipt: SQL over `f`. */
import type { FactName } from './measure-sql.ts'

interface FactWords {
  id: string
  name: string
  detail: string
}

const ofFact = (name: string, detail: string): FactWords => ({ id: 'f.ext_id', name, detail })

export const FACT_WORDS: Record<FactName, FactWords> = {
  payment: ofFact('coalesce(f.order_ext_id, f.ext_id)', `f.kind || ', ' || f.status`),
  payout_line: ofFact('coalesce(f.description, f.order_ext_id, f.ext_id)', 'f.kind'),
  payout: ofFact('f.ext_id', 'f.status'),
  invoice: ofFact('coalesce(f.number, f.ext_id)', `coalesce(f.customer_name || ', ', '') || f.status`),
  campaign_day: ofFact('f.campaign', 'f.channel'),
  expense: ofFact('coalesce(f.vendor_name, f.memo, f.ext_id)', 'f.category'),
  bill: ofFact('coalesce(f.number, f.ext_id)', `coalesce(f.vendor_name || ', ', '') || f.status`),
  deposit: ofFact('coalesce(f.memo, f.ext_id)', 'f.account'),
  deal: ofFact('f.name', 'coalesce(f.stage, f.status)'),
  order: ofFact('coalesce(f.number, f.ext_id)', 'f.status'),
  // A move of a customer on a day is made of all changes of that day.
  subscriber: { id: `f.who || ' ' || f.currency`, name: 'f.who', detail: 'NULL' },
}
