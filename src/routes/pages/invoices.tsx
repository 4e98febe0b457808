/** Invoices by page: written by hand, read one by one, marked as paid. */
import { Hono } from 'hono'
import { requires } from '../../http/authorize.ts'
import { needsConfirmation } from '../../http/confirm.tsx'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { statusOf } from '../../http/problem.ts'
import { failurePage, goTo, page, readForm } from '../../http/respond.tsx'
import { businessDay } from '../../kit/calendar.ts'
import {
  createInvoice,
  issueInvoice,
  payInvoice,
  readInvoice,
  readLateOutlook,
  reopenInvoice,
  voidInvoice,
} from '../../modules/mini-foundry/index.ts'
import { InvoiceFormPage, type InvoiceFormValues } from '../../modules/mini-foundry/views/invoice-form.tsx'
import { LatenessPage } from '../../modules/mini-foundry/views/invoice-lateness.tsx'
import { InvoicePage, type InvoicePageProps } from '../../modules/mini-foundry/views/invoice-page.tsx'
import { can } from '../../platform/actor.ts'
import { displayMoney } from '../../platform/money.ts'
import type { FieldError, Result } from '../../platform/result.ts'

const section = 'foundry'
const write = requires('foundry:write')
const FIRST_LINES = 3
const MOST_LINES = 100

export const invoicePages = new Hono<AppEnv>()
  .get('/foundry/invoices/new', write, (c) => {
    const values = valuesOf(new FormData(), c.var.actor.workspace.currency, FIRST_LINES)
    const today = businessDay(c.var.services.clock.now(), c.var.actor.workspace.timeZone)
    return showForm(c, { ...values, issued_day: today }, [])
  })
  .post('/foundry/invoices', write, async (c) => {
    const form = await readForm(c)
    const values = valuesOf(form, c.var.actor.workspace.currency, 1)
    if (form.get('more') === 'yes') {
      return showForm(c, { ...values, lines: [...values.lines, blank()].slice(0, MOST_LINES) }, [])
    }
    const made = await createInvoice(c.var.services, c.var.actor, inputOf(values))
    if (made.ok) return goTo(c, hrefOf(made.value.source_id, made.value.ext_id))
    if (made.error.kind !== 'invalid') return failurePage(c, made.error)
    return showForm(c, values, made.error.errors ?? [])
  })
  .post('/foundry/invoices/total', write, async (c) => {
    // while somebody types: what is half written is no mistake
    const values = valuesOf(await readForm(c), c.var.actor.workspace.currency, 1)
    return showForm(c, values, [])
  })
  .get('/foundry/invoices/late', requires('foundry:read'), async (c) => {
    const { services, actor } = c.var
    const found = await readLateOutlook(services, actor)
    if (!found.ok) return failurePage(c, found.error)
    const today = businessDay(services.clock.now(), actor.workspace.timeZone)
    const body = <LatenessPage {...found.value} today={today} locale={actor.workspace.locale} />
    return page(c, { title: 'Likely late', section, body })
  })
  .get('/foundry/invoices/:source/:invoice', requires('foundry:read'), (c) => showInvoice(c))
  .post('/foundry/invoices/:source/:invoice/issue', write, (c) =>
    doneBy(c, issueInvoice(c.var.services, c.var.actor, keyFrom(c)), 'The invoice is issued.'),
  )
  .post('/foundry/invoices/:source/:invoice/paid', write, async (c) => {
    const form = await readForm(c)
    const text = (name: string) => String(form.get(name) ?? '').trim() || undefined
    const payment = { day: text('day'), amount: text('amount') }
    return doneBy(c, payInvoice(c.var.services, c.var.actor, keyFrom(c), payment), paidWords)
  })
  .post('/foundry/invoices/:source/:invoice/reopen', write, (c) =>
    doneBy(c, reopenInvoice(c.var.services, c.var.actor, keyFrom(c)), 'The invoice is owed again.'),
  )
  .post('/foundry/invoices/:source/:invoice/void', write, async (c) => {
    const key = keyFrom(c)
    const href = hrefOf(key.source_id, key.ext_id)
    const asked = await needsConfirmation(c, {
      title: 'Take this invoice back?',
      text: 'It is not owed any more, and stays in the list as void. You can open it again.',
      confirmLabel: 'Take it back',
      cancelHref: href,
    })
    return asked ?? doneBy(c, voidInvoice(c.var.services, c.var.actor, key), 'The invoice is taken back.')
  })

const hrefOf = (source: string, id: string): string => `/foundry/invoices/${source}/${encodeURIComponent(id)}`

const keyFrom = (c: AppContext) => ({
  source_id: c.req.param('source') ?? '',
  ext_id: c.req.param('invoice') ?? '',
})

const paidWords = ({ status, total, paid, currency }: InvoicePageProps['invoice'], locale: string): string =>
  status === 'paid'
    ? 'The invoice is paid.'
    : `The payment is noted; ${displayMoney(total - paid, currency, locale)} is still owed.`

async function doneBy(
  c: AppContext,
  work: Promise<Result<InvoicePageProps['invoice']>>,
  toast: string | ((invoice: InvoicePageProps['invoice'], locale: string) => string),
) {
  const key = keyFrom(c)
  const done = await work
  if (done.ok) {
    const words = typeof toast === 'string' ? toast : toast(done.value, c.var.actor.workspace.locale)
    return goTo(c, hrefOf(key.source_id, key.ext_id), { toast: words })
  }
  if (done.error.kind !== 'invalid' && done.error.kind !== 'conflict') return failurePage(c, done.error)
  const fault = done.error.errors?.[0]?.message ?? done.error.detail
  return showInvoice(c, fault, statusOf(done.error.kind))
}

async function showInvoice(c: AppContext, fault?: string, status?: Parameters<typeof page>[1]['status']) {
  const { services, actor } = c.var
  const key = keyFrom(c)
  const found = await readInvoice(services, actor, key)
  if (!found.ok) return failurePage(c, found.error)
  const body = (
    <InvoicePage
      invoice={found.value}
      lines={found.value.lines ? JSON.parse(found.value.lines) : []}
      href={hrefOf(key.source_id, key.ext_id)}
      today={businessDay(services.clock.now(), actor.workspace.timeZone)}
      mayWrite={can(actor, 'foundry:write')}
      fault={fault}
      locale={actor.workspace.locale}
    />
  )
  return page(c, { title: 'Invoice', section, body, status })
}

function showForm(c: AppContext, values: InvoiceFormValues, errors: FieldError[]) {
  const body = <InvoiceFormPage values={values} errors={errors} locale={c.var.actor.workspace.locale} />
  return page(c, { title: 'New invoice', section, body, status: errors.length > 0 ? 422 : 200 })
}

const blank = () => ({ description: '', quantity: '1', unit_price: '' })

function valuesOf(form: FormData, currency: string, atLeast: number): InvoiceFormValues {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const indexes = [...form.keys()].flatMap((name) => /^lines\.(\d{1,3})\.description$/.exec(name)?.[1] ?? [])
  const lines = [...new Set(indexes.map(Number))]
    .filter((index) => index < MOST_LINES)
    .map((index) => ({
      description: text(`lines.${index}.description`),
      quantity: text(`lines.${index}.quantity`) || '1',
      unit_price: text(`lines.${index}.unit_price`),
    }))
  while (lines.length < atLeast) lines.push(blank())
  return {
    number: text('number'),
    customer_name: text('customer_name'),
    customer_email: text('customer_email'),
    currency: text('currency') || currency,
    issued_day: text('issued_day'),
    due_day: text('due_day'),
    memo: text('memo'),
    draft: form.get('draft') === 'yes',
    lines,
  }
}

/** Lines that were left empty are no lines. */
const inputOf = ({ draft, lines, ...values }: InvoiceFormValues) => ({
  ...Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')),
  issue: !draft,
  lines: lines.filter((line) => line.description !== '' || line.unit_price !== ''),
})
