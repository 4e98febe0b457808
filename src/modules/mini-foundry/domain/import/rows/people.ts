/** Rows of customer and contact files. */
import type { RowFacts } from './row.ts'
import {
  CellProblem,
  MAX_ID,
  problemIn,
  type Row,
  type RowContext,
  readDay,
  readEmail,
  readName,
  readText,
} from './row.ts'

const NOBODY = 'This row names nobody: it has no number, e-mail or name. Add one and import the row again.'

export function readCustomerRow(row: Row, context: RowContext): RowFacts | CellProblem {
  const createdDay = readDay(row, 'created', context)
  const problem = problemIn(createdDay)
  if (problem) return problem
  const email = readEmail(row, 'email')
  const name = readName(row)
  const extId = readText(row, 'customer_id', MAX_ID) ?? email ?? name?.slice(0, MAX_ID)
  if (!extId) return new CellProblem('customer_id', '', NOBODY)
  const place = {
    country: readText(row, 'country'),
    region: readText(row, 'region'),
    city: readText(row, 'city'),
  }
  return {
    facts: {
      customers: [
        {
          extId,
          srcUpdatedAt: context.srcUpdatedAt,
          name,
          email,
          ...place,
          createdDay: createdDay as string | null,
        },
      ],
    },
  }
}

export function readContactRow(row: Row, context: RowContext): RowFacts | CellProblem {
  const createdDay = readDay(row, 'created', context)
  const problem = problemIn(createdDay)
  if (problem) return problem
  const email = readEmail(row, 'email')
  const name = readName(row)
  const phone = readText(row, 'phone', 60)
  const extId = readText(row, 'contact_id', MAX_ID) ?? email ?? phone ?? name?.slice(0, MAX_ID)
  if (!extId) return new CellProblem('contact_id', '', NOBODY)
  return {
    facts: {
      contacts: [
        {
          extId,
          srcUpdatedAt: context.srcUpdatedAt,
          name,
          email,
          phone,
          company: readText(row, 'company'),
          stage: readText(row, 'stage'),
          tags: readText(row, 'tags'),
          createdDay: createdDay as string | null,
        },
      ],
    },
  }
}
