/** How one file is read: its columns, what they mean, and the choices that were made or found. */
import { contentHash } from '../facts.ts'
import type { Row, RowContext } from './rows/row.ts'
import type { ImportKind, ImportMapping } from './types.ts'

export interface ReadingPlan {
  kind: ImportKind
  columns: string[]
  mapping: ImportMapping
  duplicates: 'skip' | 'keep'
  /** Lines of an order are told apart by the mapped line id; else by their running number. */
  lineIds: boolean
  context: RowContext
}

/** Field -> place of its column. */
export type FieldPlaces = ReadonlyMap<string, number>

export function fieldPlaces(columns: string[], mapping: ImportMapping): FieldPlaces {
  const places = columns.flatMap((column, index): [string, number][] => {
    const field = mappedField(mapping, column)
    return field ? [[field, index]] : []
  })
  return new Map(places)
}

/** A column may be called anything, "constructor" included: only own entries count. */
export const mappedField = (mapping: ImportMapping, column: string): string | undefined =>
  Object.hasOwn(mapping, column) ? mapping[column] : undefined

/** The column that a field is read from, for messages; the field itself when none is. */
export function columnOf(plan: Pick<ReadingPlan, 'columns' | 'mapping'>, field: string): string {
  return plan.columns.find((column) => plan.mapping[column] === field) ?? field
}

export function rowOf(cells: string[], places: FieldPlaces): Row {
  return {
    get(field) {
      const place = places.get(field)
      return place === undefined ? '' : (cells[place] ?? '')
    },
    hash: rowHash(cells),
  }
}

/** 80 bits are plenty to find equal rows among 200,000. */
export const rowHash = (cells: string[]): string => contentHash(cells.join('\u001f')).slice(0, 20)

export const isBlank = (cells: string[]): boolean => cells.every((cell) => cell === '')

/** What a column's name says about how its values are meant. */
export function columnMeanings(columns: string[], mapping: ImportMapping) {
  const nameOf = (field: string) => columns.find((column) => mapping[column] === field) ?? ''
  return {
    discountInPercent: /%|percent|pct|prozent|procent|porcent/i.test(nameOf('discount')),
    costPerPiece: /unit|each|per ?(item|piece|unit)|einkaufspreis|cost ?price|jednostk|unitair/i.test(
      nameOf('cost'),
    ),
  }
}
