/** When a product is sold out at its present pace, and what to order by when. Pieces are whole or parts of them. */
import { addDays } from '../../../kit/calendar.ts'

/** A delivery takes so long where nobody said otherwise. */
export const USUAL_LEAD_DAYS = 14
/** An order is for the days until it comes, and for so many after. */
const COVER_DAYS = 30

export interface StockFacts {
  available: number
  incoming: number
  /** Pieces a day over the last 28 days. */
  pace: number
  leadDays: number
}

export interface StockOutlook {
  /** `out`: nothing left. `low`: sold out before a delivery ordered today is here. `still`: nobody buys it. */
  state: 'out' | 'low' | 'ok' | 'still'
  daysLeft: number | null
  soldOutOn: string | null
  /** The last day to order without a gap; today when that day is past. */
  orderBy: string | null
  /** Whole pieces; 0 when enough is there or on its way. */
  orderQuantity: number
}

export function outlookOf({ available, incoming, pace, leadDays }: StockFacts, today: string): StockOutlook {
  const need = Math.max(0, Math.ceil(pace * (leadDays + COVER_DAYS) - Math.max(0, available) - incoming))
  if (pace <= 0) {
    const state = available > 0 ? ('still' as const) : ('out' as const)
    return { state, daysLeft: null, soldOutOn: null, orderBy: null, orderQuantity: 0 }
  }
  const daysLeft = Math.floor(Math.max(0, available) / pace)
  const soldOutOn = addDays(today, daysLeft)
  const orderBy = addDays(today, Math.max(0, daysLeft - leadDays))
  const state = available <= 0 ? 'out' : available < pace * leadDays ? 'low' : 'ok'
  return { state, daysLeft, soldOutOn, orderBy, orderQuantity: need }
}
