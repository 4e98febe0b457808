/** Rows of product and stock files. */
import type { InventoryFact, ProductFact } from '../../facts.ts'
import {
  CellProblem,
  MAX_ID,
  type Row,
  type RowContext,
  type RowFacts,
  readCurrency,
  readNumber,
  readText,
} from './row.ts'

export function readProductRow(row: Row, context: RowContext): RowFacts | CellProblem {
  const currency = readCurrency(row, context)
  const price = readNumber(row, 'unit_price', context)
  const cost = readNumber(row, 'unit_cost', context)
  const stock = readNumber(row, 'on_hand', context)
  if (currency instanceof CellProblem) return currency
  if (price instanceof CellProblem) return price
  if (cost instanceof CellProblem) return cost
  if (stock instanceof CellProblem) return stock
  const sku = readText(row, 'sku', MAX_ID)
  const name = readText(row, 'name') ?? sku
  const extId = sku ?? name?.slice(0, MAX_ID)
  if (!extId || !name) {
    return new CellProblem(
      'sku',
      '',
      'This row has neither an article number nor a name. Add one and import it again.',
    )
  }
  const product: ProductFact = {
    extId,
    srcUpdatedAt: context.srcUpdatedAt,
    sku,
    name,
    category: readText(row, 'category'),
    unitPrice: price?.units ?? null,
    unitCost: cost?.units ?? null,
    currency,
  }
  return {
    facts: { products: [product], inventory: stock ? [level(product, stock.units, row, context)] : [] },
  }
}

function level(product: ProductFact, onHand: number, row: Row, context: RowContext): InventoryFact {
  const location = readText(row, 'location', MAX_ID) ?? 'Main'
  return {
    extId: `${product.extId}@${location}`,
    srcUpdatedAt: context.srcUpdatedAt,
    productExtId: product.extId,
    location,
    onHand,
    day: context.today,
  }
}
