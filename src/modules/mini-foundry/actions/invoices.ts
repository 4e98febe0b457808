/** Invoices made by hand: written, issued, paid, taken back. Those of a connected system are changed there. */
import { addDays, businessDay } from '../../../kit/calendar.ts'
import { type Actor, can } from '../../../platform/actor.ts'
import { uuidv7 } from '../../../platform/ids.ts'
import { moneyText } from '../../../platform/money.ts'
import { fail, forbidden, invalid, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import type { InvoiceFact } from '../domain/facts.ts'
import { linesOf, MOST, newInvoiceSchema, nextNumber, paymentSchema, unitsOf } from '../domain/invoice.ts'
import type { FactKey } from '../domain/money/entries.ts'
import { type InvoiceDetail, type InvoiceListFilter, invoicePage, numbersInUse } from '../store/invoices.ts'
import { change, factOf, keep, manualSourceId, readInvoice } from './invoices-keep.ts'

const TERM_DAYS = 14

export async function listInvoices(
  services: Services,
  actor: Actor,
  filter: InvoiceListFilter,
  limit: number,
): Promise<Result<{ invoices: InvoiceDetail[]; nextCursor: string | null }>> {
  if (!can(actor, 'foundry:read')) return forbidden('see invoices')
  const db = services.tenant(actor.tenantId)
  const rows = await db.get(invoicePage(db, filter, limit + 1))
  const invoices = rows.slice(0, limit)
  const last = invoices.at(-1)
  return ok({ invoices, nextCursor: rows.length > limit && last ? `${last.source_id} ${last.ext_id}` : null })
}

/** Without a number the next of the year; without days issued today and due in two weeks. */
export async function createInvoice(
  services: Services,
  actor: Actor,
  input: unknown,
  tries = 3,
): Promise<Result<InvoiceDetail>> {
  if (!can(actor, 'foundry:write')) return forbidden('make invoices')
  const parsed = newInvoiceSchema.safeParse(input)
  if (!parsed.success) {
    return invalid(parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })))
  }
  const wish = parsed.data
  const db = services.tenant(actor.tenantId)
  const now = services.clock.now()
  const sourceId = await manualSourceId(services, actor)
  const known = (await db.get(numbersInUse(db, sourceId))).map(({ number }) => number)
  const issuedDay = wish.issued_day ?? businessDay(now, actor.workspace.timeZone)
  const number = wish.number || nextNumber(issuedDay.slice(0, 4), known)
  if (known.includes(number)) {
    return invalid([{ path: 'number', message: `There is an invoice ${number} already.` }])
  }
  const currency = wish.currency ?? actor.workspace.currency
  const { lines, total } = linesOf(wish, currency)
  if (total <= 0) return invalid([{ path: 'lines', message: 'The invoice comes to nothing; write a price.' }])
  if (total > MOST) return invalid([{ path: 'lines', message: 'An invoice is of a billion at most.' }])
  const fact: InvoiceFact = {
    extId: uuidv7(now),
    srcUpdatedAt: now,
    number,
    customerName: wish.customer_name,
    customerEmail: wish.customer_email || null,
    status: wish.issue ? 'open' : 'draft',
    currency,
    total,
    paid: 0,
    issuedDay,
    dueDay: wish.due_day ?? addDays(issuedDay, TERM_DAYS),
    memo: wish.memo || null,
    lines: JSON.stringify(lines),
  }
  const kept = await keep(services, actor, sourceId, fact, {
    audit: 'invoice.created',
    event: wish.issue ? 'invoice.issued' : null,
    version: null,
  })
  if (kept.ok || kept.error.slug !== 'invoice-moved') return kept
  // somebody took the number in the same moment
  if (wish.number) return invalid([{ path: 'number', message: `There is an invoice ${number} already.` }])
  return tries > 0 ? createInvoice(services, actor, input, tries - 1) : kept
}

/** A draft becomes an invoice that is owed. */
export async function issueInvoice(
  services: Services,
  actor: Actor,
  key: FactKey,
): Promise<Result<InvoiceDetail>> {
  const known = await ownInvoice(services, actor, key)
  if (!known.ok) return known
  if (known.value.status !== 'draft') return notNow('Only a draft can be issued.')
  const fact = factOf(known.value, services.clock.now())
  return change(services, actor, known.value, { ...fact, status: 'open' }, 'invoice.issued', 'invoice.issued')
}

/** A payment that came in, in full unless an amount is given; when all is paid the invoice is paid. */
export async function payInvoice(
  services: Services,
  actor: Actor,
  key: FactKey,
  input: unknown,
): Promise<Result<InvoiceDetail>> {
  const parsed = paymentSchema.safeParse(input)
  if (!parsed.success) {
    return invalid(parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })))
  }
  const known = await ownInvoice(services, actor, key)
  if (!known.ok) return known
  if (known.value.status !== 'open') return notNow('Only an open invoice can be paid.')
  const now = services.clock.now()
  const outstanding = known.value.total - known.value.paid
  const amount = parsed.data.amount === undefined ? outstanding : unitsOf(parsed.data.amount)
  if (amount <= 0 || amount > outstanding) {
    const most = moneyText(outstanding, known.value.currency)
    return invalid([{ path: 'amount', message: `Write an amount between 0.01 and ${most}.` }])
  }
  const settled = amount === outstanding
  const day = parsed.data.day ?? businessDay(now, actor.workspace.timeZone)
  const fact: InvoiceFact = {
    ...factOf(known.value, now),
    paid: known.value.paid + amount,
    // what is paid in parts counts on the day of the last part
    paidDay: day,
    ...(settled ? { status: 'paid' as const } : {}),
  }
  return change(services, actor, known.value, fact, 'invoice.paid', settled ? 'invoice.paid' : null)
}

/** Takes the last word back: a paid invoice is owed again. */
export async function reopenInvoice(
  services: Services,
  actor: Actor,
  key: FactKey,
): Promise<Result<InvoiceDetail>> {
  const known = await ownInvoice(services, actor, key)
  if (!known.ok) return known
  const { status, paid } = known.value
  if (status === 'draft') return notNow('A draft is issued, not opened again.')
  if (status === 'open' && paid === 0) return notNow('It is open already.')
  const fact: InvoiceFact = {
    ...factOf(known.value, services.clock.now()),
    status: 'open',
    paid: 0,
    paidDay: null,
  }
  return change(services, actor, known.value, fact, 'invoice.reopened', null)
}

/** It is not owed any more, and was never paid. It stays in the list. */
export async function voidInvoice(
  services: Services,
  actor: Actor,
  key: FactKey,
): Promise<Result<InvoiceDetail>> {
  const known = await ownInvoice(services, actor, key)
  if (!known.ok) return known
  if (known.value.status !== 'open' && known.value.status !== 'draft')
    return notNow('Only an invoice that is not paid can be taken back.')
  if (known.value.paid > 0) return notNow('Part of it is paid. Say first that it is still owed.')
  const fact: InvoiceFact = { ...factOf(known.value, services.clock.now()), status: 'void' }
  return change(services, actor, known.value, fact, 'invoice.voided', null)
}

const notNow = (detail: string) => fail('conflict', 'invoice-state', detail)

async function ownInvoice(services: Services, actor: Actor, key: FactKey): Promise<Result<InvoiceDetail>> {
  if (!can(actor, 'foundry:write')) return forbidden('change invoices')
  const found = await readInvoice(services, actor, key)
  if (!found.ok) return found
  if (found.value.source_type === 'manual') return found
  return fail(
    'conflict',
    'not-made-here',
    `This invoice comes from ${found.value.source}. Change it there; what you do is here within minutes.`,
  )
}
