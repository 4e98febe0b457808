/** What every record of QuickBooks has in common once it is read: its version, its currency, its day. */
import { businessDay } from '../../kit/calendar/business-day.ts'
import type { NormaliseContext } from '../../platform/source-reader.ts'
import { inHome, unitsOf } from './exact.ts'
import type { QbPage } from './page.ts'

/** What a record is read with. */
export interface Reading {
  page: QbPage
  context: NormaliseContext
}

interface Stamped {
  Id: string
  MetaData: { CreateTime?: string | undefined; LastUpdatedTime: string }
}

/** Milliseconds of the last change: the version of the record. Throws RangeError on what is no instant. */
export function versionOf({ MetaData }: Stamped): number {
  const at = Date.parse(MetaData.LastUpdatedTime)
  if (Number.isNaN(at)) throw new RangeError('The time of the last change is no time.')
  return at
}

/** The day on which a record was made, in the workspace's zone; for records without a date of their own. */
export function createdDay({ MetaData }: Stamped, { context }: Reading): string | null {
  const at = Date.parse(MetaData.CreateTime ?? '')
  return Number.isNaN(at) ? null : businessDay(at, context.timeZone)
}

type Money = { CurrencyRef?: { value: string } | null | undefined; ExchangeRate?: string | null | undefined }

export const currencyOf = ({ CurrencyRef }: Money, { page, context }: Reading): string =>
  CurrencyRef?.value ?? page.home ?? context.currency

/** Sales are kept in the currency of the books at the rate the books used, so that they add up to its reports. */
export function booked(record: Money, reading: Reading): { currency: string; of(text: string): number } {
  const own = currencyOf(record, reading)
  const { home } = reading.page
  const rate = record.ExchangeRate
  if (home === null || own === home || !rate) return { currency: own, of: unitsOf }
  return { currency: home, of: (text) => inHome(unitsOf(text), rate) }
}

/** A voided record keeps its number, with all amounts zero and a word in its note. */
export const isVoid = ({
  TotalAmt,
  PrivateNote,
}: {
  TotalAmt: string
  PrivateNote?: string | null | undefined
}): boolean => unitsOf(TotalAmt) === 0 && /\bvoid(ed)?\b/i.test(PrivateNote ?? '')

/** The day on which the last of the linked records was made; null when none of them is known. */
export function lastLinkedDay(
  linked: readonly { TxnId: string; TxnType: string }[],
  { page }: Reading,
): string | null {
  const days = linked.flatMap(({ TxnId, TxnType }) => {
    const entity = TxnType.startsWith('BillPayment') ? 'BillPayment' : TxnType
    return page.days[`${entity}:${TxnId}`] ?? []
  })
  return days.sort().at(-1) ?? null
}

/** Noon, so that no zone of the world between -11 and +11 moves the plain date to another day. */
export const noonOf = (day: string): string => `${day}T12:00:00.000Z`

/** Lines of one record that have a row of their own; what comes after shares the last. */
export const SLOTS = 20
