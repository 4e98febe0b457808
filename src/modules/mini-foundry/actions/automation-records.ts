/** Facts as automations look at them: invoices, orders and customers, in words of every source. */
import { businessDay, daysBetween } from '../../../kit/calendar.ts'
import type { Actor } from '../../../platform/actor.ts'
import { moneyText } from '../../../platform/money.ts'
import type { RecordKind, Services } from '../../../platform/services.ts'
import type { StepJson } from '../../../platform/step.ts'
import * as store from '../store/automation-records.ts'

const firstName = (name: string | null): string => name?.trim().split(/\s+/)[0] ?? ''

function invoiceOf(services: Services, actor: Actor, row: store.InvoiceRecordRow): Record<string, StepJson> {
  const today = businessDay(services.clock.now(), actor.workspace.timeZone)
  const late = row.due_day && row.status === 'open' ? daysBetween(row.due_day, today) : 0
  return {
    id: row.ext_id,
    source_id: row.source_id,
    number: row.number ?? row.ext_id,
    status: row.status,
    total: moneyText(row.total, row.currency),
    open: moneyText(row.total - row.paid, row.currency),
    currency: row.currency,
    issued_day: row.issued_day,
    due_day: row.due_day,
    days_overdue: Math.max(0, late),
    customer_name: row.customer_name,
    customer_first_name: firstName(row.customer_name),
    customer_email: row.customer_email,
    link: `${services.config.publicUrl}/foundry/invoices/${row.source_id}/${encodeURIComponent(row.ext_id)}`,
  }
}

const invoices: RecordKind = {
  kind: 'invoice',
  title: 'Invoice',
  permission: 'foundry:read',
  fields: [
    { name: 'id', label: 'Id', sample: 'in_1QxYz2' },
    { name: 'number', label: 'Number', sample: 'F-2026-0042' },
    { name: 'status', label: 'Status', sample: 'open' },
    { name: 'total', label: 'Total', sample: '420.00' },
    { name: 'open', label: 'Still owed', sample: '420.00' },
    { name: 'currency', label: 'Currency', sample: 'USD' },
    { name: 'issued_day', label: 'Issued on', sample: '2026-11-01' },
    { name: 'due_day', label: 'Due on', sample: '2026-11-15' },
    { name: 'days_overdue', label: 'Days overdue', sample: 7 },
    { name: 'customer_name', label: 'Customer', sample: 'Harbour Supplies' },
    { name: 'customer_first_name', label: 'First name of the customer', sample: 'Maria' },
    { name: 'customer_email', label: 'E-mail address of the customer', sample: 'maria@example.com' },
    { name: 'link', label: 'Page of the invoice', sample: 'https://example.com/foundry/invoices' },
  ],
  async read(services, actor, id) {
    const db = services.tenant(actor.tenantId)
    const [row] = await db.get(store.invoiceRecord(db, id))
    return row ? invoiceOf(services, actor, row) : null
  },
  async find(services, actor, { text = '', where = {}, limit }) {
    const db = services.tenant(actor.tenantId)
    const today = businessDay(services.clock.now(), actor.workspace.timeZone)
    const isOverdue = where.status === 'overdue'
    const filter = {
      text,
      status: typeof where.status === 'string' && !isOverdue ? where.status : null,
      overdueBefore: isOverdue ? today : null,
      customerEmail: typeof where.customer_email === 'string' ? where.customer_email.toLowerCase() : null,
    }
    const rows = await db.get(store.invoiceRecords(db, filter, limit))
    return rows.map((row) => invoiceOf(services, actor, row))
  },
  href: (id) => `/foundry/invoices?status=all&q=${encodeURIComponent(id)}`,
}

const orderOf = (row: store.OrderRecordRow): Record<string, StepJson> => ({
  id: row.ext_id,
  number: row.number ?? row.ext_id,
  day: row.business_day,
  status: row.status,
  total: moneyText(row.net, row.currency),
  currency: row.currency,
  channel: row.channel,
  country: row.country,
  customer_name: row.customer_name,
  customer_first_name: firstName(row.customer_name),
  customer_email: row.customer_email,
})

const orders: RecordKind = {
  kind: 'order',
  title: 'Order',
  permission: 'foundry:read',
  fields: [
    { name: 'id', label: 'Id', sample: '5001' },
    { name: 'number', label: 'Number', sample: '#1042' },
    { name: 'day', label: 'Day', sample: '2026-11-20' },
    { name: 'status', label: 'Status', sample: 'paid' },
    { name: 'total', label: 'Total', sample: '129.90' },
    { name: 'currency', label: 'Currency', sample: 'USD' },
    { name: 'channel', label: 'Channel', sample: 'Online store' },
    { name: 'country', label: 'Country', sample: 'US' },
    { name: 'customer_name', label: 'Customer', sample: 'Maria Santos' },
    { name: 'customer_first_name', label: 'First name of the customer', sample: 'Maria' },
    { name: 'customer_email', label: 'E-mail address of the customer', sample: 'maria@example.com' },
  ],
  async read(services, actor, id) {
    const db = services.tenant(actor.tenantId)
    const [row] = await db.get(store.orderRecord(db, id))
    return row ? orderOf(row) : null
  },
  async find(services, actor, { text = '', limit }) {
    const db = services.tenant(actor.tenantId)
    return (await db.get(store.orderRecords(db, text, limit))).map(orderOf)
  },
  href: () => '/foundry',
}

const customerOf = (row: store.CustomerRecordRow): Record<string, StepJson> => ({
  id: row.ext_id,
  name: row.name,
  first_name: firstName(row.name),
  email: row.email,
  country: row.country,
  city: row.city,
  first_order_day: row.first_order_day,
})

const customers: RecordKind = {
  kind: 'customer',
  title: 'Customer',
  permission: 'foundry:read',
  fields: [
    { name: 'id', label: 'Id', sample: 'cus_R1a2b3' },
    { name: 'name', label: 'Name', sample: 'Maria Santos' },
    { name: 'first_name', label: 'First name', sample: 'Maria' },
    { name: 'email', label: 'E-mail address', sample: 'maria@example.com' },
    { name: 'country', label: 'Country', sample: 'US' },
    { name: 'city', label: 'City', sample: 'Portland' },
    { name: 'first_order_day', label: 'First order on', sample: '2026-03-02' },
  ],
  async read(services, actor, id) {
    const db = services.tenant(actor.tenantId)
    const [row] = await db.get(store.customerRecord(db, id))
    return row ? customerOf(row) : null
  },
  async find(services, actor, { text = '', limit }) {
    const db = services.tenant(actor.tenantId)
    return (await db.get(store.customerRecords(db, text, limit))).map(customerOf)
  },
  href: (id) => `/foundry/customers?q=${encodeURIComponent(id)}`,
}

export const foundryRecords: readonly RecordKind[] = [invoices, orders, customers]
