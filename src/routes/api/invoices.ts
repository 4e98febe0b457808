/** Invoices over the API: of every source to read, made by hand to write. */
import { createRoute, z } from '@hono/zod-openapi'
import { requires } from '../../http/authorize.ts'
import { problem } from '../../http/problem.ts'
import {
  createInvoice,
  issueInvoice,
  listInvoices,
  payInvoice,
  readInvoice,
  readLateOutlook,
  reopenInvoice,
  voidInvoice,
} from '../../modules/mini-foundry/index.ts'
import { formatUnits, moneyText } from '../../platform/money.ts'
import { createApi, jsonContent, listQuery, noBody, pageOf, problemResponses } from './api.ts'

const tags = ['Mini Foundry: invoices']
const keyParam = z.object({ source_id: z.string(), ext_id: z.string() })

const shape = z
  .object({
    source_id: z.string(),
    ext_id: z.string(),
    source: z.string(),
    number: z.string().nullable(),
    customer_name: z.string().nullable(),
    customer_email: z.string().nullable(),
    customer_id: z.string().nullable(),
    status: z.enum(['draft', 'open', 'paid', 'void', 'uncollectible']),
    currency: z.string(),
    total: z.string(),
    paid: z.string(),
    issued_day: z.string(),
    due_day: z.string().nullable(),
    paid_day: z.string().nullable(),
    memo: z.string().nullable(),
    lines: z.array(
      z.object({ description: z.string(), quantity: z.string(), unit_price: z.string(), total: z.string() }),
    ),
  })
  .openapi('Invoice')

const list = createRoute({
  method: 'get',
  path: '/modules/mini-foundry/invoices',
  tags,
  summary: 'Invoices of every source',
  middleware: [requires('foundry:read')] as const,
  request: { query: listQuery.extend({ status: shape.shape.status.optional() }) },
  responses: { 200: jsonContent(pageOf(shape), 'Invoices'), ...problemResponses },
})

const outlook = createRoute({
  method: 'get',
  path: '/modules/mini-foundry/invoices/outlook',
  tags,
  summary: 'Which open invoices are likely paid late',
  description:
    'The 500 that are due first, those with the most money at risk first. `null`: too little is known.',
  middleware: [requires('foundry:read')] as const,
  responses: {
    200: jsonContent(
      z.object({
        data: z.array(
          z.object({
            source_id: z.string(),
            ext_id: z.string(),
            number: z.string().nullable(),
            currency: z.string(),
            outstanding: z.string(),
            due_day: z.string(),
            late_probability_percent: z.number().nullable(),
            expected_paid_on: z.string().nullable(),
          }),
        ),
        next_cursor: z.null(),
        learned_from: z.number().int().openapi({ description: 'Paid invoices' }),
      }),
      'Open invoices',
    ),
    ...problemResponses,
  },
})

const create = createRoute({
  method: 'post',
  path: '/modules/mini-foundry/invoices',
  tags,
  summary: 'Make an invoice by hand',
  description:
    'Minimal body: `{ "customer_name": "Lindqvist AB", "lines": [{ "description": "Chairs", "unit_price": "120.00" }] }`. Without a number the next of the year, issued today, due in 14 days; `issue: false` keeps a draft.',
  middleware: [requires('foundry:write')] as const,
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.strictObject({
            number: z.string().optional(),
            customer_name: z.string(),
            customer_email: z.string().optional(),
            currency: z.string().optional(),
            issued_day: z.string().optional(),
            due_day: z.string().optional(),
            memo: z.string().optional(),
            issue: z.boolean().optional(),
            lines: z.array(
              z.strictObject({
                description: z.string(),
                quantity: z.string().optional(),
                unit_price: z.string(),
              }),
            ),
          }),
        },
      },
    },
  },
  responses: { 201: jsonContent(shape, 'The invoice'), ...problemResponses },
})

const get = createRoute({
  method: 'get',
  path: '/modules/mini-foundry/invoices/{source_id}/{ext_id}',
  tags,
  summary: 'One invoice',
  middleware: [requires('foundry:read')] as const,
  request: { params: keyParam },
  responses: { 200: jsonContent(shape, 'The invoice'), ...problemResponses },
})

const pay = createRoute({
  method: 'post',
  path: '/modules/mini-foundry/invoices/{source_id}/{ext_id}/paid',
  tags,
  summary: 'Mark an invoice made by hand as paid, in full or in part',
  description: 'Minimal body: `{}`.',
  middleware: [requires('foundry:write')] as const,
  request: {
    params: keyParam,
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.strictObject({ day: z.string().optional(), amount: z.string().optional() }),
        },
      },
    },
  },
  responses: { 200: jsonContent(shape, 'The invoice'), ...problemResponses },
})

const doing = (verb: 'issue' | 'reopen' | 'void', summary: string) =>
  createRoute({
    method: 'post',
    path: `/modules/mini-foundry/invoices/{source_id}/{ext_id}/${verb}` as const,
    tags,
    summary,
    middleware: [requires('foundry:write')] as const,
    request: { params: keyParam, body: noBody },
    responses: { 200: jsonContent(shape, 'The invoice'), ...problemResponses },
  })
const issue = doing('issue', 'Issue a draft')
const reopen = doing('reopen', 'Say that a paid or void invoice is still owed')
const voiding = doing('void', 'Take an unpaid invoice back')

type Row = Extract<Awaited<ReturnType<typeof readInvoice>>, { ok: true }>['value']
interface Line {
  description: string
  quantity: number
  unitPrice: number
  total: number
}

function shown(row: Row) {
  const money = (units: number) => moneyText(units, row.currency)
  const lines: Line[] = row.lines ? JSON.parse(row.lines) : []
  return {
    source_id: row.source_id,
    ext_id: row.ext_id,
    source: row.source,
    number: row.number,
    customer_name: row.customer_name,
    customer_email: row.customer_email,
    customer_id: row.customer_ext_id,
    status: row.status,
    currency: row.currency,
    total: money(row.total),
    paid: money(row.paid),
    issued_day: row.issued_day,
    due_day: row.due_day,
    paid_day: row.paid_day,
    memo: row.memo,
    lines: lines.map((line) => ({
      description: line.description,
      quantity: formatUnits(line.quantity, 4).replace(/\.?0+$/, ''),
      unit_price: formatUnits(line.unitPrice, 4),
      total: money(line.total),
    })),
  }
}

export const invoicesApi = createApi()
  .openapi(list, async (c) => {
    const { cursor, limit, status } = c.req.valid('query')
    const found = await listInvoices(c.var.services, c.var.actor, { status, after: cursor }, limit ?? 50)
    if (!found.ok) return problem(c, found.error)
    return c.json({ data: found.value.invoices.map(shown), next_cursor: found.value.nextCursor }, 200)
  })
  .openapi(outlook, async (c) => {
    const found = await readLateOutlook(c.var.services, c.var.actor)
    if (!found.ok) return problem(c, found.error)
    const data = found.value.lines.map(({ outlook: judged, outstanding, currency, ...line }) => ({
      ...{ source_id: line.source_id, ext_id: line.ext_id, number: line.number, currency },
      outstanding: moneyText(outstanding, currency),
      due_day: line.due_day,
      late_probability_percent: judged && Math.round(judged.chance * 1000) / 10,
      expected_paid_on: judged?.expectedOn ?? null,
    }))
    return c.json({ data, next_cursor: null, learned_from: found.value.learned }, 200)
  })
  .openapi(create, async (c) => {
    const made = await createInvoice(c.var.services, c.var.actor, c.req.valid('json'))
    return made.ok ? c.json(shown(made.value), 201) : problem(c, made.error)
  })
  .openapi(get, async (c) => {
    const found = await readInvoice(c.var.services, c.var.actor, c.req.valid('param'))
    return found.ok ? c.json(shown(found.value), 200) : problem(c, found.error)
  })
  .openapi(pay, async (c) => {
    const paid = await payInvoice(c.var.services, c.var.actor, c.req.valid('param'), c.req.valid('json'))
    return paid.ok ? c.json(shown(paid.value), 200) : problem(c, paid.error)
  })
  .openapi(issue, async (c) => {
    const done = await issueInvoice(c.var.services, c.var.actor, c.req.valid('param'))
    return done.ok ? c.json(shown(done.value), 200) : problem(c, done.error)
  })
  .openapi(reopen, async (c) => {
    const done = await reopenInvoice(c.var.services, c.var.actor, c.req.valid('param'))
    return done.ok ? c.json(shown(done.value), 200) : problem(c, done.error)
  })
  .openapi(voiding, async (c) => {
    const done = await voidInvoice(c.var.services, c.var.actor, c.req.valid('param'))
    return done.ok ? c.json(shown(done.value), 200) : problem(c, done.error)
  })
