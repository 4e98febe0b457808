/** What an import keeps in R2 beside the file itself: the rows that did not land, and what the next chunk must know. */
import type { FilePort } from '../../../platform/services.ts'
import { addDelta, type Carry, type CarryDelta, emptyCarry } from '../domain/import/carry.ts'

const place = (tenantId: string, importId: string): string => `imports/${tenantId}/${importId}`
/** Keys sort as numbers do. */
const at = (cursor: number): string => String(cursor).padStart(12, '0')

export const fileKey = (tenantId: string, importId: string): string => `${place(tenantId, importId)}/file.csv`

/** One piece of the error file for each chunk, named by where the chunk began: a second try writes the same again. */
export const errorsKey = (tenantId: string, importId: string, cursor: number): string =>
  `${place(tenantId, importId)}/errors/${at(cursor)}.csv`

export const errorKeys = async (files: FilePort, tenantId: string, importId: string): Promise<string[]> =>
  (await files.list(`${place(tenantId, importId)}/errors/`)).sort()

/** Named by where the chunk ends: what must be known from that cursor on. */
export async function keepCarry(
  files: FilePort,
  tenantId: string,
  importId: string,
  endCursor: number,
  delta: CarryDelta,
): Promise<void> {
  await files.put(
    `${place(tenantId, importId)}/carry/${at(endCursor)}.json`,
    JSON.stringify(delta),
    'application/json',
  )
}

/** The carry at a cursor: what all chunks before it left. */
export async function loadCarry(
  files: FilePort,
  tenantId: string,
  importId: string,
  cursor: number,
): Promise<Carry> {
  const carry = emptyCarry()
  const keys = (await files.list(`${place(tenantId, importId)}/carry/`)).sort()
  const limit = `${place(tenantId, importId)}/carry/${at(cursor)}.json`
  const due = keys.filter((key) => key <= limit)
  for (let start = 0; start < due.length; start += 6) {
    const texts = await Promise.all(due.slice(start, start + 6).map((key) => files.text(key)))
    for (const text of texts) if (text) addDelta(carry, JSON.parse(text) as CarryDelta)
  }
  return carry
}

export async function dropCarry(files: FilePort, tenantId: string, importId: string): Promise<void> {
  const keys = await files.list(`${place(tenantId, importId)}/carry/`)
  if (keys.length > 0) await files.remove(keys)
}

/** Where landing others again stands while this import is undone. */
export interface LandingAgain {
  /** Imports that are through. */
  done: string[]
  /** The import at work, and up to where it has landed again. */
  at: { importId: string; cursor: number; line: number } | null
}

const againKey = (tenantId: string, undoneId: string): string => `${place(tenantId, undoneId)}/again.json`

export async function loadLandingAgain(
  files: FilePort,
  tenantId: string,
  undoneId: string,
): Promise<LandingAgain> {
  const text = await files.text(againKey(tenantId, undoneId))
  return text ? (JSON.parse(text) as LandingAgain) : { done: [], at: null }
}

export async function keepLandingAgain(
  files: FilePort,
  tenantId: string,
  undoneId: string,
  state: LandingAgain,
): Promise<void> {
  await files.put(againKey(tenantId, undoneId), JSON.stringify(state), 'application/json')
}

export async function dropLandingAgain(files: FilePort, tenantId: string, undoneId: string): Promise<void> {
  await files.remove([againKey(tenantId, undoneId)])
}
