/** A company's books made by a seed: what was billed, paid and banked follows from each other to the cent. */
export interface BooksOptions {
  seed: number
  invoices: number
  /** Over how many days before `until` they lie. */
  days: number
  /** Milliseconds. */
  until: number
  /** What a payment provider paid out to the bank, booked as deposits (amounts in cents). */
  deposits?: { day: string; amount: number }[]
}

export interface Thing {
  Id: string
  SyncToken: string
  MetaData: { CreateTime: string; LastUpdatedTime: string }
  [field: string]: unknown
}
export type Books = Record<string, Thing[]>

const DAY = 86_400_000
export const USD = { value: '1', name: 'Checking' }
const major = (cents: number) => cents / 100
/** QuickBooks tells its times in the company's own zone. */
export const pacific = (ms: number) => `${new Date(ms - 8 * 3_600_000).toISOString().slice(0, 19)}-08:00`
export const plain = (ms: number) => new Date(ms).toISOString().slice(0, 10)
const CURRENCY = { CurrencyRef: { value: 'USD', name: 'United States Dollar' } }

export function createBooks({ seed, invoices, days, until, deposits = [] }: BooksOptions): Books {
  let state = seed >>> 0 || 1
  const below = (n: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * n)
  }
  let n = 100
  const thing = (at: number, edits: number, fields: object): Thing => ({
    Id: String(++n),
    SyncToken: String(edits),
    MetaData: { CreateTime: pacific(at), LastUpdatedTime: pacific(at) },
    ...fields,
  })
  const books: Books = Object.fromEntries(
    'Account Customer Item Invoice Payment SalesReceipt RefundReceipt CreditMemo Bill BillPayment Deposit Purchase JournalEntry'
      .split(' ')
      .map((name) => [name, []]),
  )
  const put = (entity: string, made: Thing) => {
    books[entity]?.push(made)
    return made
  }
  const start = until - days * DAY
  const item = (i: number) => ({ value: String(11 + (i % 4)), name: `Item ${i % 4}` })
  for (let i = 0; i < 4; i++)
    put('Item', {
      ...thing(start, 0, {
        ...{ Name: `Item ${i}`, Sku: `SKU-${i}`, Type: i === 3 ? 'Service' : 'Inventory', Active: i !== 2 },
        ...{ UnitPrice: 19.99 + i, PurchaseCost: 7.5 },
        ...(i === 3 ? {} : { QtyOnHand: 40 - i * 3 }),
      }),
      Id: String(11 + i),
    })
  for (let i = 0; i < 6; i++)
    put('Customer', {
      ...thing(start + i * 1000, 0, {
        ...{ DisplayName: `Customer ${i}`, Active: i !== 5 },
        ...(i === 4 ? {} : { PrimaryEmailAddr: { Address: `c${i}@example.com` } }),
        BillAddr: { Country: 'USA', CountrySubDivisionCode: 'CA', City: 'Oakland' },
      }),
      Id: String(31 + i),
    })
  const customer = (i: number) => ({ value: String(31 + (i % 6)), name: `Customer ${i % 6}` })
  const saleLines = (i: number) => {
    const lines = Array.from({ length: 1 + below(3) }, (_, l) => {
      const cents = 500 + below(20_000)
      return {
        ...{ Id: String(l + 1), Amount: major(cents), DetailType: 'SalesItemLineDetail', cents },
        SalesItemLineDetail: { ItemRef: item(i + l), Qty: 1, UnitPrice: major(cents) },
      }
    })
    const cents = lines.reduce((sum, line) => sum + line.cents, 0)
    const off = i % 6 === 0 ? Math.floor(cents / 10) : 0
    const tax = i % 4 === 0 ? Math.floor(((cents - off) * 8) / 100) : 0
    const Line = [
      ...lines.map(({ cents: _, ...line }) => line),
      ...(off ? [{ Amount: major(off), DetailType: 'DiscountLineDetail', DiscountLineDetail: {} }] : []),
      { Amount: major(cents - off), DetailType: 'SubTotalLineDetail', SubTotalLineDetail: {} },
    ]
    return { Line, TxnTaxDetail: { TotalTax: major(tax) }, total: cents - off + tax }
  }
  const banked = new Map<string, number>()
  const bank = (day: string, cents: number) => banked.set(day, (banked.get(day) ?? 0) + cents)

  for (let i = 0; i < invoices; i++) {
    const at = start + Math.floor(((i + 1) * days * DAY) / (invoices + 1))
    const day = plain(at)
    const { total, ...lines } = saleLines(i)
    const base = { ...CURRENCY, TxnDate: day, CustomerRef: customer(i), ...lines }
    const isVoid = i % 23 === 22
    const paid = isVoid || i % 3 === 2 ? 0 : i % 11 === 10 ? Math.floor(total / 2) : total
    const invoice = put(
      'Invoice',
      thing(at, paid > 0 || isVoid ? 1 : 0, {
        ...base,
        ...{ DocNumber: String(1000 + i), DueDate: plain(at + 30 * DAY), LinkedTxn: [] as object[] },
        ...(isVoid
          ? { TotalAmt: 0, Balance: 0, PrivateNote: 'Voided', Line: [], TxnTaxDetail: { TotalTax: 0 } }
          : { TotalAmt: major(total), Balance: major(total - paid) }),
      }),
    )
    const paidAt = Math.min(until, at + 5 * DAY)
    if (paid > 0) {
      const payment = put(
        'Payment',
        thing(paidAt, 0, {
          ...{ ...CURRENCY, TxnDate: plain(paidAt), TotalAmt: major(paid), UnappliedAmt: 0 },
          CustomerRef: customer(i),
          Line: [{ Amount: major(paid), LinkedTxn: [{ TxnId: invoice.Id, TxnType: 'Invoice' }] }],
        }),
      )
      ;(invoice.LinkedTxn as object[]).push({ TxnId: payment.Id, TxnType: 'Payment' })
      invoice.MetaData.LastUpdatedTime = pacific(paidAt)
      bank(plain(paidAt), paid)
    }
    const small = () => saleLines(i + 1)
    if (i % 5 === 0) {
      const { total: cents, ...receipt } = small()
      put('SalesReceipt', thing(at, 0, { ...base, ...receipt, TotalAmt: major(cents), Balance: 0 }))
      bank(day, cents)
    }
    if (i % 20 === 7) {
      const { total: cents, ...back } = small()
      put('RefundReceipt', thing(at, 0, { ...base, ...back, TotalAmt: major(cents), Balance: 0 }))
      bank(day, -cents)
    }
    if (i % 25 === 9) {
      const { total: cents, ...memo } = small()
      put('CreditMemo', thing(at, 0, { ...base, ...memo, TotalAmt: major(cents), Balance: major(cents) }))
    }
    if (i % 4 === 1) spend(at, i)
  }

  function spend(at: number, i: number): void {
    const cents = 1_000 + below(9_000)
    const vendor = { value: '61', name: 'Paper & Co' }
    const isPaid = i % 8 === 1
    const bill = put(
      'Bill',
      thing(at, 0, {
        ...{ ...CURRENCY, TxnDate: plain(at), DueDate: plain(at + 14 * DAY), VendorRef: vendor },
        ...{ DocNumber: `B-${i}`, TotalAmt: major(cents), Balance: isPaid ? 0 : major(cents) },
        LinkedTxn: [] as object[],
      }),
    )
    const paidAt = Math.min(until, at + 3 * DAY)
    if (isPaid) {
      const payment = put(
        'BillPayment',
        thing(paidAt, 0, {
          ...{ ...CURRENCY, TxnDate: plain(paidAt), TotalAmt: major(cents) },
          Line: [{ Amount: major(cents), LinkedTxn: [{ TxnId: bill.Id, TxnType: 'Bill' }] }],
        }),
      )
      ;(bill.LinkedTxn as object[]).push({ TxnId: payment.Id, TxnType: 'BillPaymentCheck' })
    }
    const line = (account: string, name: string, amount: number) => ({
      ...{ Amount: major(amount), DetailType: 'AccountBasedExpenseLineDetail' },
      AccountBasedExpenseLineDetail: { AccountRef: { value: account, name } },
    })
    put(
      'Purchase',
      thing(at, 0, {
        ...{ ...CURRENCY, TxnDate: plain(at), PaymentType: 'Check', EntityRef: vendor },
        TotalAmt: major(cents * 3),
        Line: [line('7', 'Rent', cents), line('9', 'Equipment', cents * 2)],
      }),
    )
    const side = (PostingType: string, account: string, name: string) => ({
      ...{ Amount: major(cents), DetailType: 'JournalEntryLineDetail' },
      JournalEntryLineDetail: { PostingType, AccountRef: { value: account, name } },
    })
    put(
      'JournalEntry',
      thing(at, 0, {
        ...{ ...CURRENCY, TxnDate: plain(at) },
        Line: [side('Debit', '8', 'Office'), side('Credit', '10', 'Equity')],
      }),
    )
  }

  const payouts = deposits.map(({ day, amount }) => ({ day, amount, memo: 'Payout' }))
  for (const [day, amount] of banked) if (amount > 0) payouts.push({ day, amount, memo: 'Undeposited funds' })
  for (const { day, amount, memo } of payouts)
    put(
      'Deposit',
      thing(Date.parse(`${day}T20:00:00Z`), 0, {
        ...{ ...CURRENCY, TxnDate: day, TotalAmt: major(amount), PrivateNote: memo },
        DepositToAccountRef: USD,
      }),
    )
  books.Account = accountsOf(books, (fields) => thing(start, 0, fields))
  return books
}

const cents = (value: unknown) => Math.round(Number(value) * 100)
const sum = (rows: Thing[], field: string) => rows.reduce((all, row) => all + cents(row[field]), 0)

/** Balances that follow from everything else. */
function accountsOf(books: Books, make: (fields: object) => Thing): Thing[] {
  const of = (entity: string) => books[entity] ?? []
  const takings = sum(of('Payment'), 'TotalAmt') + sum(of('SalesReceipt'), 'TotalAmt')
  const bankedHere = sum(
    of('Deposit').filter(({ PrivateNote }) => PrivateNote !== 'Payout'),
    'TotalAmt',
  )
  const out = sum(of('BillPayment'), 'TotalAmt') + sum(of('Purchase'), 'TotalAmt')
  const rows: [string, string, string, string, number][] = [
    ['1', 'Checking', 'Bank', 'Asset', sum(of('Deposit'), 'TotalAmt') - out],
    [
      '2',
      'Undeposited Funds',
      'Other Current Asset',
      'Asset',
      takings - sum(of('RefundReceipt'), 'TotalAmt') - bankedHere,
    ],
    [
      '3',
      'Accounts Receivable',
      'Accounts Receivable',
      'Asset',
      sum(of('Invoice'), 'Balance') - sum(of('CreditMemo'), 'Balance'),
    ],
    ['4', 'Accounts Payable', 'Accounts Payable', 'Liability', sum(of('Bill'), 'Balance')],
    ['5', 'Sales', 'Income', 'Revenue', 0],
    ['7', 'Rent', 'Expense', 'Expense', 0],
    ['8', 'Office', 'Expense', 'Expense', 0],
    ['9', 'Equipment', 'Fixed Asset', 'Asset', sum(of('Purchase'), 'TotalAmt')],
    ['10', 'Equity', 'Equity', 'Equity', 0],
  ]
  return rows.map(([Id, Name, AccountType, Classification, balance]) => ({
    ...make({
      ...{ Name, FullyQualifiedName: Name, AccountType, Classification, Active: true },
      ...{ CurrentBalance: major(balance), ...CURRENCY },
    }),
    Id,
  }))
}
