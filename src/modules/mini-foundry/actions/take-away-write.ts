/** Writes a file of facts piece by piece; each piece is stored before the step that made it counts. */
import { NEW_FILE, writeSqliteFile } from '../../../kit/sqlite-file.ts'
import type { Actor } from '../../../platform/actor.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { randomToken } from '../../../platform/ids.ts'
import type { Services } from '../../../platform/services.ts'
import { KEPT_DAYS, type TakeAwayState } from '../domain/take-away/state.ts'
import { VIEWS } from '../domain/take-away/tables.ts'
import { changeTakeAway, moveTakeAway, type TakeAwayRow, takeAwayRow } from '../store/take-away.ts'
import { partsOf } from './take-away-parts.ts'

/** What a step holds in memory at most, what it reads, and how long it takes. */
const PIECE_BYTES = 8 * 1024 * 1024
const READS_A_STEP = 60
const BUDGET_MS = 15_000
const FAILURES_TO_END = 5
const DAY_MS = 86_400_000
/** A step whose message was lost is sent again by cron after this. */
export const LOST_AFTER_MS = 3 * 60_000
export const TAKE_AWAY_DUE = 'take-away'

interface Piece {
  bytes: Uint8Array<ArrayBuffer>
  state: TakeAwayState
  /** Page 1, when this was the last piece. */
  head: Uint8Array<ArrayBuffer> | null
}

/** The next piece of a file that is being made. Another that came first wins, and what this one stored is removed. */
export async function writePiece(services: Services, actor: Actor, row: TakeAwayRow): Promise<void> {
  const db = services.tenant(actor.tenantId)
  try {
    const piece = await makePiece(services, actor, row)
    const stored = await storePiece(services, actor, row, piece)
    const now = services.clock.now()
    const { pieces } = stored.state
    const bytes = pieces.reduce((sum, one) => sum + one.bytes, 0)
    const rows = Object.values(stored.state.counts).reduce((sum, count) => sum + count, 0)
    const expiresAt = now + KEPT_DAYS * DAY_MS
    const end = { status: 'ready' as const, finishedAt: isoInstant(now), expiresAt: isoInstant(expiresAt) }
    const [moved] = await services.directory.transact([
      moveTakeAway(db, row.id, row.step, {
        state: stored.state,
        bytes,
        rows,
        failures: 0,
        error: null,
        ...(piece.head && end),
      }),
      services.directory.dueStatement(
        TAKE_AWAY_DUE,
        actor.tenantId,
        row.id,
        piece.head ? expiresAt : now + LOST_AFTER_MS,
      ),
    ])
    if (moved !== 1) return services.files.remove(stored.keys)
    if (!piece.head)
      await services.queue.send({
        kind: 'take-away.step',
        tenantId: actor.tenantId,
        takeAwayId: row.id,
        step: row.step + 1,
      })
  } catch (error) {
    await noteFailure(services, actor, row)
    throw error
  }
}

/** After several failed tries the making ends, and says so instead of going on for ever. */
async function noteFailure(services: Services, actor: Actor, row: TakeAwayRow): Promise<void> {
  const db = services.tenant(actor.tenantId)
  const known = await db.get(takeAwayRow(db, row.id))
  if (known?.status !== 'making' || known.step !== row.step) return
  const failures = known.failures + 1
  const ended = failures >= FAILURES_TO_END
  await db.write([
    changeTakeAway(db, row.id, {
      failures,
      ...(ended && {
        status: 'failed',
        error: 'It could not be written. Try again; tell us if it stays so.',
      }),
    }),
  ])
}

/** Reads facts until the piece is big enough, and writes pages of them. */
async function makePiece(services: Services, actor: Actor, row: TakeAwayRow): Promise<Piece> {
  const counts = { ...row.state.counts }
  const parts = partsOf(services, actor, { createdAt: row.createdAt, counts })
  const pages: Uint8Array[] = []
  const file = writeSqliteFile(row.state.file, (page) => pages.push(page))
  let { part: at, after } = row.state
  let isOpen = row.state.file.open !== null
  const until = services.clock.now() + BUDGET_MS
  for (let reads = 0; at < parts.length && reads < READS_A_STEP; reads += 1) {
    if (bytesOf(pages) >= PIECE_BYTES || services.clock.now() >= until) break
    const part = parts[at]
    if (!part) break
    if (!isOpen) file.beginTable(part.name, part.sql)
    const portion = await part.read(after)
    for (const values of portion.rows) file.addRow(values)
    counts[part.name] = (counts[part.name] ?? 0) + portion.rows.length
    after = portion.after
    isOpen = after !== null
    if (!isOpen) {
      file.endTable()
      at += 1
    }
  }
  const state = { ...row.state, part: at, after, counts }
  if (at < parts.length) return { state: { ...state, file: file.pause() }, bytes: joined(pages), head: null }
  for (const { name, sql } of VIEWS) file.addView(name, sql)
  const head = new Uint8Array(file.end())
  return { state: { ...state, file: NEW_FILE }, bytes: joined(pages), head }
}

async function storePiece(
  services: Services,
  actor: Actor,
  row: TakeAwayRow,
  piece: Piece,
): Promise<{ state: TakeAwayState; keys: string[] }> {
  const store = async (bytes: Uint8Array<ArrayBuffer>) => {
    // a name of its own: two that make the same step do not write over each other
    const key = `${keyOf(actor.tenantId, row.id)}${row.step}-${randomToken(12)}`
    await services.files.put(key, bytes.buffer, 'application/vnd.sqlite3')
    return { key, bytes: bytes.length }
  }
  const pieces = [...row.state.pieces]
  const made = piece.bytes.length > 0 ? [await store(piece.bytes)] : []
  const head = piece.head ? [await store(piece.head)] : []
  return {
    state: { ...piece.state, pieces: [...head, ...pieces, ...made] },
    keys: [...made, ...head].map(({ key }) => key),
  }
}

/** Where the pieces of a file are kept. */
export const keyOf = (tenantId: string, id: string): string => `take-away/${tenantId}/${id}/`

const bytesOf = (pages: readonly Uint8Array[]): number => pages.length * (pages[0]?.length ?? 0)

function joined(pages: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(pages.reduce((sum, page) => sum + page.length, 0))
  let at = 0
  for (const page of pages) {
    all.set(page, at)
    at += page.length
  }
  return all
}
