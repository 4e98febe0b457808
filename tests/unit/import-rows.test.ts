import { describe, expect, it } from 'vitest'
import { emptyCarry } from '../../src/modules/mini-foundry/domain/import/carry.ts'
import { readChunk } from '../../src/modules/mini-foundry/domain/import/chunk.ts'
import { guessMapping, toMapping } from '../../src/modules/mini-foundry/domain/import/guess.ts'
import { columnMeanings, type ReadingPlan } from '../../src/modules/mini-foundry/domain/import/plan.ts'
import {
  emptyProfile,
  openQuestions,
  profileRecords,
  settle,
} from '../../src/modules/mini-foundry/domain/import/profile.ts'
import { sniff } from '../../src/modules/mini-foundry/domain/import/sniff.ts'
import type { ImportKind, ImportOptions } from '../../src/modules/mini-foundry/domain/import/types.ts'

const workspace = { locale: 'en-GB', country: 'GB' }

/** Reads a whole small file as an import would. */
function read(kind: ImportKind, text: string, options: ImportOptions = {}) {
  const sniffed = sniff(new TextEncoder().encode(text), true)
  if (!sniffed) throw new Error('no header')
  const { columns } = sniffed
  const mapping = toMapping(guessMapping(kind, columns, sniffed.sample))
  const records = sniffed.sample.map((cells, index) => ({ cells, line: index + 2 }))
  const profile = emptyProfile()
  profileRecords(profile, records, { kind, columns, mapping })
  const settled = settle(profile, options, workspace)
  const plan: ReadingPlan = {
    kind,
    columns,
    mapping,
    duplicates: options.duplicates ?? 'skip',
    lineIds: settled.lineIds,
    context: {
      currency: 'USD',
      timeZone: 'America/New_York',
      dateOrder: settled.dateOrder,
      decimalMark: settled.decimalMark,
      srcUpdatedAt: 7,
      today: '2026-11-22',
      ...columnMeanings(columns, mapping),
    },
  }
  return { ...readChunk(records, plan, emptyCarry()), settled, questions: openQuestions(profile) }
}

const events = (text: string, options?: ImportOptions) => read('orders', text, options).facts.events ?? []

describe('rows of orders', () => {
  it('without a line total take quantity × unit price × (1 − discount), to four decimals', () => {
    const [share, amount, percent] = events(
      'Order ID,Date,Quantity,Unit Price,Discount\n1,2020-01-15,3,2.5555,0.15\n2,2020-01-15,2,10,1.5\n3,2020-01-15,1,10,20%',
    )
    expect([share?.net, share?.gross, share?.discount]).toEqual([65_165, 76_665, 11_500])
    expect([amount?.net, amount?.gross]).toEqual([185_000, 200_000])
    expect([percent?.net, percent?.gross]).toEqual([80_000, 100_000])
  })

  it('with a line total keep it, and derive list value and cost from discount and profit', () => {
    const [line] = events('Order ID,Date,Sales,Quantity,Discount,Profit\n1,2020-01-15,80,2,0.2,30')
    expect(line).toMatchObject({
      net: 800_000,
      gross: 1_000_000,
      discount: 200_000,
      cost: 500_000,
      quantity: 20_000,
    })
  })

  it('with a negative quantity or total are refunds on their day', () => {
    const list = events(
      'InvoiceNo,InvoiceDate,Quantity,UnitPrice,CustomerID\nC1,13/01/2020 8:26,-2,4.25,7\n2,14/01/2020 8:26,1,-5,7\n3,14/01/2020,3,2,7',
    )
    expect(list.map(({ kind, net, quantity, businessDay }) => [kind, net, quantity, businessDay])).toEqual([
      ['refund', -85_000, -20_000, '2020-01-13'],
      ['refund', -50_000, -10_000, '2020-01-14'],
      ['sale', 60_000, 30_000, '2020-01-14'],
    ])
  })

  it('marked refunded bring their refund; cancelled ones are kept but do not count', () => {
    const { facts, refunds, notes } = read(
      'orders',
      'Order ID,Date,Total,Status\n1,2020-01-15,10,Refunded\n2,2020-01-15,20,Cancelled\n3,2020-01-15,30,Shipped\n4,2020-01-15,5,partially_refunded',
    )
    expect(facts.events?.map(({ orderStatus, counted, net }) => [orderStatus, counted, net])).toEqual([
      ['refunded', true, 100_000],
      ['cancelled', false, 200_000],
      ['fulfilled', true, 300_000],
      ['paid', true, 50_000],
    ])
    expect(refunds.map(({ extId, kind, net }) => [extId, kind, net])).toEqual([
      ['1#1:refund', 'refund', -100_000],
    ])
    expect([...notes.keys()]).toEqual(
      expect.arrayContaining(['refunded-orders', 'partly-refunded', 'cancelled-orders']),
    )
  })

  it('take tax out of a total that includes it', () => {
    const [line] = events(
      'Invoice ID,Date,Unit price,Quantity,Tax 5%,Total\n1,2020-01-15,74.69,7,26.1415,548.9715',
    )
    expect(line).toMatchObject({ net: 5_228_300, tax: 261_415 })
  })

  it('are filled down where only the first line of an order names its customer', () => {
    const list = events(
      'Name,Email,Financial Status,Created at,Lineitem quantity,Lineitem name,Lineitem price,Shipping Country\n' +
        '#1,A@B.co,paid,2020-01-01 23:30:00 -0800,1,Shirt,10.00,US\n#1,,,2020-01-01 23:30:00 -0800,2,Cap,5.00,\n#2,c@d.co,paid,2020-01-03 10:00:00 -0800,1,Cap,5.00,CA',
    )
    expect(
      list.map(({ extId, customerExtId, country, net }) => [extId, customerExtId, country, net]),
    ).toEqual([
      ['#1#1', 'a@b.co', 'US', 100_000],
      ['#1#2', 'a@b.co', 'US', 100_000],
      ['#2#1', 'c@d.co', 'CA', 50_000],
    ])
    // Half past eleven at night on the west coast is the next day in the workspace's New York.
    expect(list[0]).toMatchObject({ businessDay: '2020-01-02', happenedAt: '2020-01-02T07:30:00.000Z' })
  })

  it('without order numbers are an order each, the same one when the file comes again in another order', () => {
    const one = events('Date,Total\n2020-01-15,5\n2020-01-16,6')
    const two = events('Date,Total\n2020-01-16,6\n2020-01-15,5')
    expect(new Set(one.map((event) => event.orderExtId)).size).toBe(2)
    expect(two.map((event) => event.extId).sort()).toEqual(one.map((event) => event.extId).sort())
    expect(read('orders', 'Date,Total\n2020-01-15,5').notes.get('order-per-row')).toBe(1)
  })

  it('are told apart by their line id when it differs within orders, else by their number', () => {
    const ids = (text: string) => events(text).map((event) => event.extId)
    expect(
      ids('order_id,order_item_id,date,price\nA,1,2020-01-15,5\nA,2,2020-01-15,5\nB,1,2020-01-15,5'),
    ).toEqual(['A#1', 'A#2', 'B#1'])
    expect(ids('order_id,order_item_id,date,price\nA,9,2020-01-15,5\nA,9,2020-01-15,6')).toEqual([
      'A#1',
      'A#2',
    ])
  })

  it('that cannot be read say which column, which value and what to do', () => {
    const { failures, facts } = read(
      'orders',
      'Order ID,Date,Qty,Total\n1,2020-13-45,1,5\n2,2020-01-15,many,5\n3,2020-01-15,1,\n,2020-01-15,1,99\n5,2020-01-15,1,5,surplus\n6,2020-01-15,1,"12,5"\n7,2020-01-15,1,5.5',
    )
    expect(failures.map(({ line, column, value }) => [line, column, value])).toEqual([
      [2, 'Date', '2020-13-45'],
      [3, 'Qty', 'many'],
      [4, 'Total', ''],
      [5, 'Order ID', ''],
      [6, '', 'surplus'],
      [7, 'Total', '12,5'],
    ])
    for (const { message } of failures) expect(message).toMatch(/import|quotation/)
    expect(facts.events).toHaveLength(1)
  })

  it('that are the same to the letter land once and say of which line they are the same, or each when told to', () => {
    const text = 'Order ID,Date,Total\n1,2020-01-15,5\n1,2020-01-15,5\n1,2020-01-15,6'
    const { facts, duplicates } = read('orders', text)
    expect(facts.events).toHaveLength(2)
    expect(duplicates[0]).toMatchObject({ line: 3, message: expect.stringContaining('line 2') })
    expect(read('orders', text, { duplicates: 'keep' }).facts.events).toHaveLength(3)
  })
})

describe('what the whole column shows', () => {
  it('decides the order of dates and the decimal mark, or leaves it open', () => {
    const header = 'Order ID;Date;Total\n'
    expect(read('orders', `${header}1;03/04/2020;1,50\n2;25/04/2020;2,75`).settled).toMatchObject({
      dateOrder: 'dmy',
      decimalMark: ',',
    })
    expect(read('orders', `${header}1;03/04/2020;1.50\n2;04/25/2020;2.75`).settled).toMatchObject({
      dateOrder: 'mdy',
      decimalMark: '.',
    })
    const open = read('orders', `${header}1;03/04/2020;1,234`)
    expect(open.questions).toEqual({ date: '03/04/2020', number: '1,234' })
    expect(open.settled.dateOrder).toBe('dmy')
    expect(open.settled.notes.map((note) => note.level)).toEqual(['warning', 'warning'])
    const told = read('orders', `${header}1;03/04/2020;1,234`, { dateOrder: 'mdy', decimalMark: ',' })
    expect(told.facts.events?.[0]).toMatchObject({ businessDay: '2020-03-04', net: 12_340 })
    expect(told.settled.notes).toEqual([])
  })
})

describe('rows of the other kinds', () => {
  it('of customers and contacts find each person once', () => {
    const customers = read(
      'customers',
      'Customer ID,First Name,Last Name,Email,Country\n7,Ann,Lee,ANN@x.co,US\n7,Ann,Other,b@x.co,US\n,,,c@x.co,\n,,,,US',
    )
    expect(customers.facts.customers?.map(({ extId, name, email }) => [extId, name, email])).toEqual([
      ['7', 'Ann Lee', 'ann@x.co'],
      ['c@x.co', null, 'c@x.co'],
    ])
    expect(customers.duplicates[0]).toMatchObject({ line: 3, message: expect.stringContaining('Line 2') })
    expect(customers.failures[0]?.line).toBe(5)
    const contacts = read(
      'contacts',
      'Name,Phone,Company,Create Date\nDev Shah,+1 503 555 0142,Shah & Co,2020-01-15',
    )
    expect(contacts.facts.contacts?.[0]).toMatchObject({
      extId: '+1 503 555 0142',
      company: 'Shah & Co',
      createdDay: '2020-01-15',
    })
  })

  it('of products carry stock, once for each place', () => {
    const { facts, extraRows, duplicates } = read(
      'products',
      'SKU,Name,Price,Cost,Stock,Location\nA,Tray,24.50,11.2,38,Main\nA,Tray,24.50,11.2,4,Shop\nA,Tray,24.50,11.2,5,Shop',
    )
    expect(facts.products).toEqual([
      expect.objectContaining({ extId: 'A', unitPrice: 245_000, unitCost: 112_000 }),
    ])
    expect(facts.inventory?.map(({ extId, onHand, day }) => [extId, onHand, day])).toEqual([
      ['A@Main', 380_000, '2026-11-22'],
      ['A@Shop', 40_000, '2026-11-22'],
    ])
    expect([extraRows, duplicates.length]).toEqual([1, 1])
  })

  it('of invoices follow status and paid amount from each other', () => {
    const { facts, failures } = read(
      'invoices',
      'Invoice Number,Customer Name,Total,Open Balance,Invoice Date,Due Date,Status\n1,Ann,100,0,2020-01-15,2020-02-15,\n2,Ann,100,40,2020-01-15,,Overdue\n3,Ann,100,,2020-01-15,,Paid\n4,Ann,100,,2020-01-15,,Draft\n5,Ann,,,2020-01-15,,',
    )
    expect(facts.invoices?.map(({ extId, status, paid }) => [extId, status, paid])).toEqual([
      ['1', 'paid', 1_000_000],
      ['2', 'open', 600_000],
      ['3', 'paid', 1_000_000],
      ['4', 'draft', 0],
    ])
    expect(failures[0]?.column).toBe('Total')
  })

  it('of spend add up when a day and campaign stand on several rows', () => {
    const { facts } = read(
      'spend',
      'Day,Campaign,Amount spent (EUR),Clicks,Ad set\n2020-01-15,Summer,12.5,10,a\n2020-01-15,Summer,7.5,5,b',
    )
    expect(facts.spend?.map(({ extId, spend, clicks, channel }) => [extId, spend, clicks, channel])).toEqual([
      ['2020-01-15|Unknown|Summer', 125_000, 10, 'Unknown'],
      ['2020-01-15|Unknown|Summer#2', 75_000, 5, 'Unknown'],
    ])
  })
})

it('an e-mail address that is none comes in as written, and is counted among the warnings', () => {
  const { facts, notes } = read('customers', 'Name,Email\nAda,ada@example.com\nBob,not-an-email\nCy,')
  expect(facts.customers).toHaveLength(3)
  expect(notes.get('email-odd')).toBe(1)
})
