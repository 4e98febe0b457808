/** Rows of invoice files. */
import type { InvoiceFact } from '../../facts.ts'
import {
  CellProblem,
  MAX_ID,
  type NoteKey,
  type Row,
  type RowContext,
  type RowFacts,
  readCurrency,
  readDay,
  readEmail,
  readNumber,
  readText,
} from './row.ts'

export function readInvoiceRow(row: Row, context: RowContext): RowFacts | CellProblem {
  const currency = readCurrency(row, context)
  const total = readNumber(row, 'total', context)
  const paid = readNumber(row, 'paid', context)
  const balance = readNumber(row, 'balance', context)
  const issuedDay = readDay(row, 'issued', context)
  const dueDay = readDay(row, 'due', context)
  const paidDay = readDay(row, 'paid_date', context)
  if (currency instanceof CellProblem) return currency
  for (const cell of [total, paid, balance]) if (cell instanceof CellProblem) return cell
  for (const cell of [issuedDay, dueDay, paidDay]) if (cell instanceof CellProblem) return cell
  const number = readText(row, 'number', MAX_ID)
  if (!number)
    return new CellProblem('number', '', 'This row has no invoice number. Add it and import the row again.')
  if (total === null || total instanceof CellProblem) {
    return new CellProblem('total', '', 'This invoice has no total. Add it and import the row again.')
  }
  if (typeof issuedDay !== 'string') {
    return new CellProblem('issued', '', 'This invoice has no date. Add it and import the row again.')
  }
  const settled = settle(row.get('status'), total.units, unitsOf(paid), unitsOf(balance), paidDay !== null)
  const customer = customerOf(row)
  const invoice: InvoiceFact = {
    extId: number,
    srcUpdatedAt: context.srcUpdatedAt,
    number,
    customerExtId: customer?.extId ?? null,
    customerName: customer?.name ?? null,
    customerEmail: customer?.email ?? null,
    status: settled.status,
    currency,
    total: total.units,
    paid: settled.paid,
    issuedDay,
    dueDay: dueDay as string | null,
    paidDay: settled.status === 'paid' ? (paidDay as string | null) : null,
  }
  return {
    facts: { invoices: [invoice], ifAbsent: customer ? { customers: [customer] } : {} },
    notes: settled.assumed ? ['invoice-paid-assumed'] : ([] as NoteKey[]),
  }
}

const unitsOf = (cell: unknown): number | null =>
  cell !== null && typeof cell === 'object' && 'units' in cell ? Number(cell.units) : null

interface Settlement {
  status: InvoiceFact['status']
  paid: number
  /** The file calls it paid without saying how much. */
  assumed: boolean
}

/** Status and paid amount, each from the other where one is missing. Overdue is open: it follows from the due date. */
function settle(
  text: string,
  total: number,
  paid: number | null,
  balance: number | null,
  hasPaidDay: boolean,
): Settlement {
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '').replace(/ł/gi, 'l').toLowerCase()
  const known = paid ?? (balance === null ? null : total - balance)
  if (/draft|entwurf|brouillon|borrador|bozza|concept/.test(plain))
    return { status: 'draft', paid: known ?? 0, assumed: false }
  if (/void|cancel|storn|annul|anul|geannuleerd|deleted/.test(plain))
    return { status: 'void', paid: known ?? 0, assumed: false }
  if (/uncollect|written|write-?off|bad debt/.test(plain))
    return { status: 'uncollectible', paid: known ?? 0, assumed: false }
  const saysPaid =
    /paid|bezahlt|paye|pagad|pagat|betaald|oplacon|zaplacon|settled|closed/.test(plain) &&
    !/unpaid|not paid|part|unbezahlt|impaye|nieoplacon|niezaplacon|overdue/.test(plain)
  if (known !== null) {
    const isPaid = total > 0 ? known >= total : saysPaid
    return { status: isPaid ? 'paid' : 'open', paid: known, assumed: false }
  }
  if (saysPaid || (plain === '' && hasPaidDay)) return { status: 'paid', paid: total, assumed: true }
  return { status: 'open', paid: 0, assumed: false }
}

function customerOf(row: Row) {
  const email = readEmail(row, 'customer_email')
  const name = readText(row, 'customer_name')
  const extId = readText(row, 'customer_id', MAX_ID) ?? email ?? name?.slice(0, MAX_ID)
  return extId ? { extId, srcUpdatedAt: 0, name, email } : null
}
