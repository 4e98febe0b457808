/** The parts of QuickBooks' objects that we read. Numbers come as text (`exact.ts`). Hostile until parsed. */
import * as z from 'zod'

const decimal = z.string().max(60)
const zero = decimal.default('0')
const words = z
  .string()
  .transform((text) => text.trim().slice(0, 200) || null)
  .nullish()
/** A plain date: it names a day of the books and is never moved through a time zone. */
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const ref = z.object({ value: z.string(), name: words }).nullish()
const meta = z.object({ CreateTime: z.string().optional(), LastUpdatedTime: z.string() })
const linked = z.array(z.object({ TxnId: z.string(), TxnType: z.string() })).default([])

const base = { Id: z.string().max(40), SyncToken: z.string().default('0'), MetaData: meta }
const transaction = {
  ...base,
  TxnDate: day,
  CurrencyRef: ref,
  ExchangeRate: decimal.nullish(),
  PrivateNote: words,
}

const account = z.looseObject({ AccountRef: ref }).nullish()
const saleDetail = z
  .looseObject({ ItemRef: ref, Qty: decimal.nullish(), UnitPrice: decimal.nullish() })
  .nullish()
const plainLine = {
  Id: z.string().nullish(),
  Amount: zero,
  DetailType: z.string().default(''),
  Description: words,
  LinkedTxn: linked,
  SalesItemLineDetail: saleDetail,
  DiscountLineDetail: account,
  AccountBasedExpenseLineDetail: account,
  ItemBasedExpenseLineDetail: z.looseObject({ ItemRef: ref, ItemAccountRef: ref }).nullish(),
  JournalEntryLineDetail: z.looseObject({ AccountRef: ref, PostingType: z.string() }).nullish(),
}
export const lineSchema = z.object({
  ...plainLine,
  GroupLineDetail: z.looseObject({ Line: z.array(z.object(plainLine)).default([]) }).nullish(),
})
export type QbLine = z.infer<typeof lineSchema>
const lines = z.array(lineSchema).default([])

export const saleSchema = z.object({
  ...transaction,
  DocNumber: words,
  DueDate: day.nullish(),
  TotalAmt: zero,
  Balance: zero,
  CustomerRef: ref,
  BillEmail: z.object({ Address: words }).nullish(),
  BillAddr: z.looseObject({ Country: words, CountrySubDivisionCode: words, City: words }).nullish(),
  TxnTaxDetail: z.object({ TotalTax: zero }).nullish(),
  CustomerMemo: z.object({ value: words }).nullish(),
  Line: lines,
  LinkedTxn: linked,
})
export type QbSale = z.infer<typeof saleSchema>

export const paymentSchema = z.object({ ...transaction, TotalAmt: zero, CustomerRef: ref, Line: lines })
export const billSchema = z.object({
  ...transaction,
  DocNumber: words,
  DueDate: day.nullish(),
  TotalAmt: zero,
  Balance: zero,
  VendorRef: ref,
  LinkedTxn: linked,
})
export const depositSchema = z.object({ ...transaction, TotalAmt: zero, DepositToAccountRef: ref })
export const purchaseSchema = z.object({
  ...transaction,
  EntityRef: ref,
  Credit: z.boolean().default(false),
  Line: lines,
})
export const journalSchema = z.object({ ...transaction, Line: lines })

export const accountSchema = z.object({
  ...base,
  Name: z.string(),
  FullyQualifiedName: words,
  AccountType: z.string().default(''),
  Classification: z.string().default(''),
  CurrentBalance: zero,
  CurrencyRef: ref,
})
export const customerSchema = z.object({
  ...base,
  DisplayName: words,
  PrimaryEmailAddr: z.object({ Address: words }).nullish(),
  BillAddr: z.looseObject({ Country: words, CountrySubDivisionCode: words, City: words }).nullish(),
})
export const itemSchema = z.object({
  ...base,
  Name: z.string(),
  Sku: words,
  Type: z.string().default(''),
  Active: z.boolean().default(true),
  ParentRef: ref,
  UnitPrice: decimal.nullish(),
  PurchaseCost: decimal.nullish(),
  QtyOnHand: decimal.nullish(),
})
/** What is left of a record that was deleted. */
export const deletedSchema = z.object({ Id: z.string().max(40), MetaData: meta })
