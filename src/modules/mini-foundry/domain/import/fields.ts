/** The fields of each kind of file: what they are called to people, what they hold, and which must be there. */
import type { ImportKind } from './types.ts'

export interface ImportField {
  name: string
  label: string
  type: 'text' | 'number' | 'date' | 'email' | 'currency'
  hint?: string
}

const text = (name: string, label: string, hint?: string): ImportField => ({
  name,
  label,
  type: 'text',
  hint,
})
const number = (name: string, label: string, hint?: string): ImportField => ({
  name,
  label,
  type: 'number',
  hint,
})
const date = (name: string, label: string, hint?: string): ImportField => ({
  name,
  label,
  type: 'date',
  hint,
})
const email = (name: string, label: string): ImportField => ({ name, label, type: 'email' })
const currency: ImportField = {
  name: 'currency',
  label: 'Currency',
  type: 'currency',
  hint: 'Three letters, e.g. EUR',
}
const place = [text('country', 'Country'), text('region', 'Region or state'), text('city', 'City')]

export const FIELDS: Record<ImportKind, readonly ImportField[]> = {
  orders: [
    text('order_id', 'Order number', 'Rows with the same number are lines of one order'),
    text('line_id', 'Line number', 'Tells the lines of an order apart'),
    date('date', 'Order date'),
    text('customer_id', 'Customer number'),
    text('customer_name', 'Customer name'),
    email('customer_email', 'Customer e-mail'),
    text('product_name', 'Product'),
    text('sku', 'SKU or article number'),
    text('category', 'Category'),
    number('quantity', 'Quantity'),
    number('unit_price', 'Price of one'),
    number('discount', 'Discount', 'From 0 to 1 (or with %): a share; else an amount for the line'),
    number('line_total', 'Line total', 'After discount, before tax'),
    number('tax', 'Tax'),
    number('cost', 'Cost of the line'),
    number('profit', 'Profit of the line'),
    currency,
    ...place,
    text('channel', 'Sales channel'),
    text('status', 'Order status'),
  ],
  customers: [
    text('customer_id', 'Customer number'),
    text('name', 'Name'),
    text('first_name', 'First name'),
    text('last_name', 'Last name'),
    email('email', 'E-mail'),
    ...place,
    date('created', 'Customer since'),
  ],
  products: [
    text('sku', 'SKU or article number'),
    text('name', 'Name'),
    text('category', 'Category'),
    number('unit_price', 'Price'),
    number('unit_cost', 'Cost'),
    currency,
    number('on_hand', 'In stock'),
    text('location', 'Stock location'),
  ],
  invoices: [
    text('number', 'Invoice number'),
    text('customer_id', 'Customer number'),
    text('customer_name', 'Customer name'),
    email('customer_email', 'Customer e-mail'),
    text('status', 'Status'),
    number('total', 'Total'),
    number('paid', 'Paid so far'),
    number('balance', 'Still to pay'),
    currency,
    date('issued', 'Invoice date'),
    date('due', 'Due date'),
    date('paid_date', 'Paid on'),
  ],
  contacts: [
    text('contact_id', 'Contact number'),
    text('name', 'Name'),
    text('first_name', 'First name'),
    text('last_name', 'Last name'),
    email('email', 'E-mail'),
    text('phone', 'Phone'),
    text('company', 'Company'),
    text('stage', 'Stage'),
    text('tags', 'Tags'),
    date('created', 'Added on'),
  ],
  spend: [
    date('date', 'Day'),
    text('channel', 'Channel'),
    text('campaign', 'Campaign'),
    number('spend', 'Spend'),
    number('clicks', 'Clicks'),
    number('impressions', 'Impressions'),
    currency,
  ],
}

/** Each group needs at least one of its fields. */
export const REQUIRED: Record<ImportKind, readonly (readonly string[])[]> = {
  orders: [['date'], ['line_total', 'unit_price']],
  customers: [['customer_id', 'email', 'name', 'first_name', 'last_name']],
  products: [['sku', 'name']],
  invoices: [['number'], ['total'], ['issued']],
  contacts: [['contact_id', 'email', 'phone', 'name', 'first_name', 'last_name']],
  spend: [['date'], ['spend']],
}

export const KIND_LABELS: Record<ImportKind, { title: string; lead: string }> = {
  orders: {
    title: 'Orders and sales',
    lead: 'One row for each product of an order, from your shop, till or spreadsheet.',
  },
  customers: { title: 'Customers', lead: 'Who buys from you: name, e-mail, place.' },
  products: {
    title: 'Products and stock',
    lead: 'What you sell: SKU, name, price, cost, how many are there.',
  },
  invoices: { title: 'Invoices', lead: 'What you billed, what is paid, what is overdue.' },
  contacts: { title: 'Contacts', lead: 'People you are in touch with who have not bought yet.' },
  spend: { title: 'Advertising spend', lead: 'What each campaign cost on each day.' },
}

export const fieldOf = (kind: ImportKind, name: string): ImportField | undefined =>
  FIELDS[kind].find((field) => field.name === name)

/** The required groups that a mapping leaves empty. */
export function missingFields(kind: ImportKind, mapped: Iterable<string>): ImportField[][] {
  const have = new Set(mapped)
  return REQUIRED[kind]
    .filter((group) => !group.some((name) => have.has(name)))
    .map((group) => FIELDS[kind].filter((field) => group.includes(field.name)))
}
