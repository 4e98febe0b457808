/** Two years of orders with their customers, lines, refunds and payments. */
import { addDays, businessDay, daysBetween } from '../../../../kit/calendar.ts'
import { isoInstant } from '../../../../platform/clock.ts'
import type {
  CustomerFact,
  FactBatch,
  OrderFact,
  OrderLineFact,
  PaymentFact,
  SaleEventFact,
} from '../facts.ts'
import type { DemoProduct, DemoProfile } from './profiles.ts'
import { type Chance, createChance } from './random.ts'

const DAY_MS = 86_400_000
const OPEN_MINUTES = 659
export const DEMO_DAYS = 730

interface Book {
  customers: CustomerFact[]
  orders: OrderFact[]
  lines: OrderLineFact[]
  events: SaleEventFact[]
  payments: PaymentFact[]
}

/** From two years before `today` up to the day before it; the same every time for the same day. */
export function demoOrders(profile: DemoProfile, today: string): FactBatch & Book {
  const chance = createChance(profile.seed)
  const book: Book = { customers: [], orders: [], lines: [], events: [], payments: [] }
  const first = addDays(today, -DEMO_DAYS)
  for (let offset = 0; offset < DEMO_DAYS; offset++) {
    const day = addDays(first, offset)
    const count = ordersOn(profile, day, offset / DEMO_DAYS, chance)
    for (let i = 0; i < count; i++) addOrder(profile, book, day, chance, today)
  }
  return book
}

function ordersOn(profile: DemoProfile, day: string, progress: number, chance: Chance): number {
  const month = Number(day.slice(5, 7)) - 1
  const weekday = ((daysBetween('2024-01-01', day) % 7) + 7) % 7
  const promotion = isPromotion(day) ? 1.9 : 1
  const mean =
    profile.ordersPerDay *
    (1 + profile.growth * (progress - 0.5)) *
    (profile.season[month] ?? 1) *
    (profile.week[weekday] ?? 1) *
    promotion
  return Math.max(0, Math.round(mean + (chance.next() + chance.next() - 1) * Math.sqrt(mean) * 1.6))
}

/** The last days of November, and one week in spring. */
const isPromotion = (day: string): boolean => /-11-2[6-9]$/.test(day) || /-04-1[0-6]$/.test(day)

function addOrder(profile: DemoProfile, book: Book, day: string, chance: Chance, today: string): void {
  const instant =
    Date.parse(`${day}T00:00:00Z`) + (profile.opensAtUtc * 60 + chance.whole(0, OPEN_MINUTES)) * 60_000
  const customer = customerOf(profile, book, day, chance)
  const channel = chance.weighted(profile.channels).name
  const number = 1001 + book.orders.length
  const businessDayOfOrder = businessDay(instant, profile.timeZone)
  const order: OrderFact = {
    extId: `D-${number}`,
    srcUpdatedAt: instant,
    orderedAt: isoInstant(instant),
    businessDay: businessDayOfOrder,
    customerExtId: customer.extId,
    currency: profile.currency,
    status: chance.happens(0.012) ? 'cancelled' : 'fulfilled',
    channel,
    number: `#${number}`,
    country: customer.country,
    region: customer.region,
    city: customer.city,
    net: 0,
    tax: 0,
    shipping: 0,
    lines: 0,
  }
  const discountRate = isPromotion(day) ? 0.15 : chance.happens(0.08) ? 0.1 : 0
  const lineCount = chance.weighted(LINES).lines
  for (let position = 1; position <= lineCount; position++) {
    addLine(profile, book, order, position, channel === 'Wholesale', discountRate, chance)
  }
  book.orders.push(order)
  if (order.status === 'cancelled') {
    order.cancelledDay = day
    return
  }
  // sent within days, later at the busiest time; what was ordered last is still being packed
  const sent = addDays(businessDayOfOrder, isPromotion(day) ? 4 : number % 3)
  if (sent < today) order.fulfilledDay = sent
  else order.status = 'paid'
  addPayment(book, order, instant)
  if (chance.happens(profile.refundShare)) refund(book, order, instant, chance, profile, today)
}

const LINES = [
  { lines: 1, weight: 52 },
  { lines: 2, weight: 31 },
  { lines: 3, weight: 13 },
  { lines: 4, weight: 4 },
]

function customerOf(profile: DemoProfile, book: Book, day: string, chance: Chance): CustomerFact {
  if (book.customers.length > 20 && chance.happens(profile.returning)) {
    // those who came lately come again sooner
    const reach = Math.min(book.customers.length, 900)
    const back = Math.floor(chance.next() ** 1.7 * reach)
    const known = book.customers[book.customers.length - 1 - back]
    if (known) return known
  }
  const name = `${chance.pick(profile.firstNames)} ${chance.pick(profile.lastNames)}`
  const home = chance.weighted(profile.places)
  const number = book.customers.length + 1
  const customer: CustomerFact = {
    extId: `C-${number}`,
    srcUpdatedAt: Date.parse(`${day}T00:00:00Z`),
    name,
    email: `${asAscii(name)}.${number}@example.com`,
    country: home.country,
    region: home.region,
    city: home.city,
    createdDay: day,
  }
  book.customers.push(customer)
  return customer
}

const asAscii = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll('ł', 'l')
    .normalize('NFD')
    .replace(/[^a-z ]/g, '')
    .trim()
    .replaceAll(' ', '.')

function addLine(
  profile: DemoProfile,
  book: Book,
  order: OrderFact,
  position: number,
  wholesale: boolean,
  discountRate: number,
  chance: Chance,
): void {
  const sold = chance.weighted(profile.products)
  const pieces = wholesale ? chance.whole(3, 9) : chance.weighted(PIECES).pieces
  const gross = sold.price * pieces * 10_000
  const discount = Math.round(gross * (wholesale ? 0.2 : discountRate))
  const cost = sold.cost * pieces * 10_000
  const extId = `${order.extId}/${position}`
  const productExtId = productId(profile, sold)
  book.lines.push({
    extId,
    srcUpdatedAt: order.srcUpdatedAt,
    orderExtId: order.extId,
    position,
    productExtId,
    title: sold.name,
    sku: productExtId,
    quantity: pieces * 10_000,
    unitPrice: sold.price * 10_000,
    discount,
    total: gross - discount,
    cost,
    currency: profile.currency,
  })
  book.events.push({
    extId,
    srcUpdatedAt: order.srcUpdatedAt,
    kind: 'sale',
    lineType: 'product',
    happenedAt: order.orderedAt,
    businessDay: order.businessDay,
    orderDay: order.businessDay,
    orderExtId: order.extId,
    customerExtId: order.customerExtId,
    productExtId,
    productName: sold.name,
    category: sold.category,
    channel: order.channel,
    country: order.country,
    region: order.region,
    city: order.city,
    currency: profile.currency,
    quantity: pieces * 10_000,
    gross,
    discount,
    net: gross - discount,
    tax: 0,
    cost,
    counted: order.status !== 'cancelled',
  })
  order.net += gross - discount
  order.lines += 1
}

const PIECES = [
  { pieces: 1, weight: 70 },
  { pieces: 2, weight: 22 },
  { pieces: 3, weight: 8 },
]

export const productId = (profile: DemoProfile, sold: DemoProduct): string =>
  `P-${String(profile.products.indexOf(sold) + 1).padStart(3, '0')}`

function addPayment(book: Book, order: OrderFact, instant: number): void {
  book.payments.push({
    extId: `pay-${order.extId}`,
    srcUpdatedAt: instant,
    kind: 'charge',
    status: 'succeeded',
    orderExtId: order.extId,
    customerExtId: order.customerExtId,
    amount: order.net,
    fee: Math.round(order.net * 0.029) + 3_000,
    currency: order.currency,
    happenedAt: isoInstant(instant),
    businessDay: order.businessDay,
  })
}

/** Some days later one line comes back, or all of them; nothing happens after yesterday. */
function refund(
  book: Book,
  order: OrderFact,
  instant: number,
  chance: Chance,
  profile: DemoProfile,
  today: string,
): void {
  const when = instant + chance.whole(2, 21) * DAY_MS
  const day = businessDay(when, profile.timeZone)
  if (day >= today) return
  const sold = book.events.slice(-order.lines)
  const back = chance.happens(0.4) ? sold : sold.slice(0, 1)
  for (const entry of back) {
    book.events.push({
      ...entry,
      extId: `${entry.extId}/refund`,
      srcUpdatedAt: when,
      kind: 'refund',
      happenedAt: isoInstant(when),
      businessDay: day,
      quantity: -entry.quantity,
      gross: -entry.gross,
      discount: -entry.discount,
      net: -entry.net,
      cost: -(entry.cost ?? 0),
    })
  }
  const amount = back.reduce((sum, entry) => sum + entry.net, 0)
  if (back.length === sold.length) order.status = 'refunded'
  book.payments.push({
    extId: `refund-${order.extId}`,
    srcUpdatedAt: when,
    kind: 'refund',
    status: 'succeeded',
    orderExtId: order.extId,
    customerExtId: order.customerExtId,
    amount: -amount,
    currency: order.currency,
    happenedAt: isoInstant(when),
    businessDay: day,
  })
}
