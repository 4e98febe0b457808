/** QuickBooks' lists as facts: accounts with balances, customers, products with their stock. */
import { businessDay } from '../../kit/calendar/business-day.ts'
import type { FactBatch, InventoryFact, LedgerAccountFact } from '../../modules/mini-foundry/domain/facts.ts'
import { unitsOf } from './exact.ts'
import { createdDay, currencyOf, type Reading, versionOf } from './normalise-common.ts'
import { accountSchema, customerSchema, itemSchema } from './objects.ts'

const BY_TYPE: Record<string, LedgerAccountFact['type']> = {
  Bank: 'bank',
  'Accounts Receivable': 'receivable',
  'Accounts Payable': 'payable',
  'Credit Card': 'card',
  Income: 'income',
  'Other Income': 'income',
  'Cost of Goods Sold': 'cost',
  Expense: 'expense',
  'Other Expense': 'expense',
}
const BY_CLASS: Record<string, LedgerAccountFact['type']> = {
  Asset: 'asset',
  Liability: 'liability',
  Equity: 'equity',
  Revenue: 'income',
  Expense: 'expense',
}

export const accountTypeOf = (type: string, classification: string): LedgerAccountFact['type'] =>
  BY_TYPE[type] ?? BY_CLASS[classification] ?? 'other'

/** A balance is that of the moment it was read, whenever the account itself was last touched. */
export function accountFacts(object: unknown, reading: Reading): FactBatch {
  const account = accountSchema.parse(object)
  return {
    accounts: [
      {
        extId: account.Id,
        srcUpdatedAt: reading.page.readAt,
        name: account.FullyQualifiedName ?? account.Name,
        type: accountTypeOf(account.AccountType, account.Classification),
        balance: unitsOf(account.CurrentBalance),
        currency: currencyOf(account, reading),
        day: businessDay(reading.page.readAt, reading.context.timeZone),
      },
    ],
  }
}

export function customerFacts(object: unknown, reading: Reading): FactBatch {
  const customer = customerSchema.parse(object)
  return {
    customers: [
      {
        extId: customer.Id,
        srcUpdatedAt: versionOf(customer),
        name: customer.DisplayName ?? null,
        email: customer.PrimaryEmailAddr?.Address ?? null,
        country: customer.BillAddr?.Country ?? null,
        region: customer.BillAddr?.CountrySubDivisionCode ?? null,
        city: customer.BillAddr?.City ?? null,
        createdDay: createdDay(customer, reading),
      },
    ],
  }
}

/** Folders of items: they are sold by nobody. */
const FOLDER = 'Category'

export function itemFacts(object: unknown, reading: Reading): FactBatch {
  const item = itemSchema.parse(object)
  if (item.Type === FOLDER) return {}
  const product = {
    extId: item.Id,
    srcUpdatedAt: versionOf(item),
    sku: item.Sku ?? null,
    name: item.Name.slice(0, 200),
    category: item.ParentRef?.name ?? null,
    unitPrice: item.UnitPrice ? unitsOf(item.UnitPrice) : null,
    unitCost: item.PurchaseCost ? unitsOf(item.PurchaseCost) : null,
    currency: reading.page.home ?? reading.context.currency,
  }
  return { products: [product], inventory: stockOf(item, reading) }
}

/** Only what QuickBooks counts has stock; it moves without the item being touched. */
function stockOf(
  item: { Id: string; Active: boolean; QtyOnHand?: string | null | undefined },
  { page, context }: Reading,
): InventoryFact[] {
  if (!item.QtyOnHand || !item.Active) return []
  const onHand = unitsOf(item.QtyOnHand)
  return [
    {
      extId: item.Id,
      srcUpdatedAt: page.readAt,
      productExtId: item.Id,
      location: 'QuickBooks',
      onHand,
      available: onHand,
      day: businessDay(page.readAt, context.timeZone),
    },
  ]
}
