/** The events that the Mini Foundry wing tells: sales, money and people as data sources report them, and imports. */
import * as z from 'zod'
import type { EventDefinition } from '../../platform/wing-facts.ts'

/** Ids are those of the source; amounts are decimal text beside their currency (ISO 4217). */
const money = { amount: z.string(), currency: z.string() }
const moneySample = { amount: '129.90', currency: 'USD' }
const payment = { payment_id: z.string(), ...money, customer_id: z.string().nullable() }
const paymentSample = { payment_id: 'ch_3QxYz2', ...moneySample, customer_id: 'cus_R1a2b3' }
const order = z.object({ order_id: z.string(), ...money, customer_id: z.string().nullable() })
const orderSample = { order_id: '5001', ...moneySample, customer_id: '9001' }
const back = { payment_id: z.string().nullable(), ...money }
const backSample = { payment_id: 'ch_3QxYz2', amount: '29.90', currency: 'USD' }
const invoice = z.object({
  invoice_id: z.string(),
  number: z.string().nullable(),
  customer_id: z.string().nullable(),
  ...money,
  due_day: z.string().nullable(),
})
const invoiceSample = {
  invoice_id: 'in_1QxYz2',
  number: 'F-2026-0042',
  customer_id: 'cus_R1a2b3',
  ...moneySample,
  due_day: '2026-12-23',
}
const subscription = z.object({
  subscription_id: z.string(),
  customer_id: z.string().nullable(),
  monthly_amount: z.string(),
  currency: z.string(),
})
const subscriptionSample = {
  subscription_id: 'sub_1QxYz2',
  customer_id: 'cus_R1a2b3',
  monthly_amount: '49.00',
  currency: 'USD',
}
const payout = z.object({ payout_id: z.string(), ...money })
const payoutSample = { payout_id: 'po_1QxYz2', amount: '1840.15', currency: 'USD' }

const source = z.object({ source_id: z.string(), name: z.string() })
const sourceSample = { source_id: '0192f0c4-7b1e-7c3a-9a52-3f1d2b6c8e10', name: 'Harbour shop' }

export const EVENTS: readonly EventDefinition[] = [
  {
    type: 'source.ready',
    title: 'Source ready',
    description: 'The whole history that was asked for has been read from a connected source.',
    payload: source.extend({ source_type: z.string() }),
    sample: { ...sourceSample, source_type: 'shopify' },
  },
  {
    type: 'source.failed',
    title: 'Source failed',
    description: 'Reading a connected source was given up; a person must look at it.',
    payload: source.extend({ stream: z.string(), reason: z.string() }),
    sample: {
      ...sourceSample,
      stream: 'orders',
      reason: 'Access was taken back. Connect it again to go on.',
    },
  },
  {
    type: 'order.created',
    title: 'Order',
    description: 'A connected shop or till reports a sale that has just happened.',
    payload: z.object({ ...payment, order_id: z.string() }),
    sample: { ...paymentSample, order_id: 'ch_3QxYz2' },
  },
  {
    type: 'order.fulfilled',
    title: 'Order sent',
    description: 'Everything of an order was sent or handed over.',
    payload: order,
    sample: orderSample,
  },
  {
    type: 'order.cancelled',
    title: 'Order cancelled',
    description: 'An order was cancelled at the shop.',
    payload: order,
    sample: orderSample,
  },
  {
    type: 'payment.received',
    title: 'Payment received',
    description: 'A payment succeeded at a connected payment provider.',
    payload: z.object(payment),
    sample: paymentSample,
  },
  {
    type: 'payment.failed',
    title: 'Payment failed',
    description: 'A payment was declined.',
    payload: z.object(payment),
    sample: paymentSample,
  },
  {
    type: 'payment.disputed',
    title: 'Payment disputed',
    description: 'A customer disputes a payment with their bank; there is a time to answer.',
    payload: z.object({ ...back, dispute_id: z.string() }),
    sample: { ...backSample, dispute_id: 'du_1QxYz2' },
  },
  {
    type: 'refund.created',
    title: 'Refund',
    description: 'Money of a payment goes back to the customer.',
    payload: z.object({ ...back, refund_id: z.string() }),
    sample: { ...backSample, refund_id: 're_3QxYz2' },
  },
  {
    type: 'customer.created',
    title: 'New customer',
    description: 'A connected source reports a customer for the first time.',
    payload: z.object({ customer_id: z.string() }),
    sample: { customer_id: 'cus_R1a2b3' },
  },
  {
    type: 'invoice.issued',
    title: 'Invoice issued',
    description: 'An invoice was finalised and is to be paid.',
    payload: invoice,
    sample: invoiceSample,
  },
  {
    type: 'invoice.paid',
    title: 'Invoice paid',
    description: 'An invoice was paid in full.',
    payload: invoice,
    sample: invoiceSample,
  },
  {
    type: 'invoice.payment_failed',
    title: 'Payment of an invoice failed',
    description: 'The payment of an invoice was tried and declined.',
    payload: invoice,
    sample: invoiceSample,
  },
  {
    type: 'invoice.overdue',
    title: 'Invoice overdue',
    description: 'The day an invoice was due has passed without payment.',
    payload: invoice,
    sample: invoiceSample,
  },
  {
    type: 'subscription.created',
    title: 'Subscription begun',
    description: 'A customer subscribed; the amount is what it brings in a month.',
    payload: subscription,
    sample: subscriptionSample,
  },
  {
    type: 'subscription.canceled',
    title: 'Subscription ended',
    description: 'A subscription came to its end.',
    payload: subscription,
    sample: subscriptionSample,
  },
  {
    type: 'payout.paid',
    title: 'Payout',
    description: 'The payment provider paid out to the bank account.',
    payload: payout,
    sample: payoutSample,
  },
  {
    type: 'payout.failed',
    title: 'Payout failed',
    description: 'The bank did not take a payout: check the account at the provider.',
    payload: payout,
    sample: payoutSample,
  },
  {
    type: 'import.completed',
    title: 'Import completed',
    description: 'All rows of an uploaded file have landed.',
    payload: z.object({ import_id: z.string(), kind: z.string(), created_by: z.string() }),
    sample: {
      import_id: '0198c1de-7a00-7b6e-9d4f-3a5b6c7d8e9f',
      kind: 'orders',
      created_by: '0198c1de-7a00-7b6e-9d4f-222222222222',
    },
  },
]
