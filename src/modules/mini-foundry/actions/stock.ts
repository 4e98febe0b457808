/** What runs out when, what to order by when, and how long a delivery takes. */
import { businessDay } from '../../../kit/calendar.ts'
import { type Actor, can } from '../../../platform/actor.ts'
import { recordAudit } from '../../../platform/audit.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { forbidden, invalid, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { outlookOf, type StockOutlook, USUAL_LEAD_DAYS } from '../domain/stock.ts'
import { type StockRow, setLeadDays, stockRows } from '../store/stock.ts'

const PAGE = 50
const LONGEST_LEAD_DAYS = 365
const PIECE = 10_000

export interface StockLine
  extends StockOutlook,
    Pick<StockRow, 'source_id' | 'product_ext_id' | 'name' | 'sku'> {
  source: string
  /** Whole pieces. */
  available: number
  incoming: number
  /** Pieces a day over the last 28 days, with one decimal. */
  pace: number
  leadDays: number
  readOn: string
}

export async function readStock(
  services: Services,
  actor: Actor,
  { text, cursor }: { text: string; cursor?: string },
): Promise<Result<{ rows: StockLine[]; nextCursor: string | null }>> {
  if (!can(actor, 'foundry:read')) return forbidden('see stock')
  const db = services.tenant(actor.tenantId)
  const offset = Math.max(0, Math.floor(Number(cursor ?? 0)) || 0)
  const today = businessDay(services.clock.now(), actor.workspace.timeZone)
  const rows = await db.get(stockRows(db, { text, limit: PAGE + 1, offset }))
  return ok({
    rows: rows.slice(0, PAGE).map((row) => lineOf(row, today)),
    nextCursor: rows.length > PAGE ? String(offset + PAGE) : null,
  })
}

/** `days` as sent: 1 to 365. */
export async function changeLeadDays(
  services: Services,
  actor: Actor,
  product: { source_id: string; product_ext_id: string },
  days: number,
): Promise<Result<null>> {
  if (!can(actor, 'foundry:write')) return forbidden('change how long deliveries take')
  if (!Number.isInteger(days) || days < 1 || days > LONGEST_LEAD_DAYS)
    return invalid([{ path: 'days', message: `A delivery takes 1 to ${LONGEST_LEAD_DAYS} days.` }])
  const db = services.tenant(actor.tenantId)
  const now = services.clock.now()
  const subject = `${product.source_id} ${product.product_ext_id}`
  const [changed] = await db.write([
    setLeadDays(db, product, days, { id: actor.id, at: isoInstant(now) }),
    recordAudit(db, now, actor, 'product.lead_days', subject, { days }),
  ])
  if (!changed) return notFound('product in stock')
  await services.queue.send({ kind: 'rollup', tenantId: actor.tenantId })
  return ok(null)
}

function lineOf(row: StockRow, today: string): StockLine {
  const { source_id, source, product_ext_id, name, sku, day } = row
  const leadDays = row.lead_days ?? USUAL_LEAD_DAYS
  const pace = row.sold / PIECE / 28
  const [available, incoming] = [row.available / PIECE, row.incoming / PIECE]
  return {
    ...{ source_id, source, product_ext_id, name, sku, leadDays, readOn: day },
    available: Math.round(available),
    incoming: Math.round(incoming),
    pace: Math.round(pace * 10) / 10,
    ...outlookOf({ available, incoming, pace, leadDays }, today),
  }
}
