/** What needs the owner today, from the data that Mini Foundry holds. */
import { businessDay } from '../../../kit/calendar.ts'
import { type Actor, can } from '../../../platform/actor.ts'
import { isoInstant } from '../../../platform/clock.ts'
import { displayMoney } from '../../../platform/money.ts'
import { forbidden, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import {
  failedHooks,
  type ImportAttentionRow,
  importsToLookAt,
  overdueInvoices,
  sourceCounts,
} from '../store/home.ts'

const WEEK_MS = 7 * 86_400_000

/** One thing to do: words, and where to do it. */
export interface Attention {
  tone: 'warning' | 'error' | 'info'
  title: string
  text: string
  href: string
  action: string
}

export interface HomeSummary {
  /** No source at all: the guided first hour. */
  isEmpty: boolean
  hasDemoData: boolean
  /** A source exists but nothing has landed yet. */
  awaitsData: boolean
  attention: Attention[]
}

export async function homeSummary(services: Services, actor: Actor): Promise<Result<HomeSummary>> {
  if (!can(actor, 'foundry:read')) return forbidden('see this workspace')
  const db = services.tenant(actor.tenantId)
  const now = services.clock.now()
  const [overdue, [counts], imports, [hooks]] = await db.getAll([
    overdueInvoices(db, businessDay(now, actor.workspace.timeZone)),
    sourceCounts(db),
    importsToLookAt(db, isoInstant(now - WEEK_MS)),
    failedHooks(db),
  ])
  const attention = imports.map(importAttention)
  for (const row of overdue) {
    attention.push({
      tone: 'warning',
      title: row.invoices === 1 ? 'One invoice is overdue' : `${row.invoices} invoices are overdue`,
      text: `${displayMoney(row.outstanding, row.currency, actor.workspace.locale)} outstanding, the oldest since ${row.oldest_due}.`,
      href: '/foundry/invoices?status=overdue',
      action: 'See who owes',
    })
  }
  if (hooks && hooks.failed > 0) {
    attention.push({
      tone: 'error',
      title: `${hooks.failed} ${hooks.failed === 1 ? 'message' : 'messages'} from Stripe could not be processed`,
      text: 'They are kept. Look at the reason and process them again.',
      href: '/foundry/sources',
      action: 'Open sources',
    })
  }
  return ok({
    isEmpty: (counts?.sources ?? 0) === 0,
    hasDemoData: (counts?.demo_sources ?? 0) > 0,
    awaitsData: (counts?.sources ?? 0) > 0 && (counts?.records ?? 0) === 0,
    attention,
  })
}

function importAttention(row: ImportAttentionRow): Attention {
  const href = `/foundry/imports/${row.id}`
  if (row.stage === 'mapping') {
    return {
      tone: 'info',
      title: `${row.file_name} waits for you`,
      text: 'Check how its columns are read, then start the import.',
      href,
      action: 'Check columns',
    }
  }
  if (row.status === 'running') {
    return {
      tone: 'info',
      title: `${row.file_name} is being imported`,
      text: 'Numbers move as rows land.',
      href,
      action: 'Watch',
    }
  }
  if (row.status === 'failed') {
    return {
      tone: 'error',
      title: `${row.file_name} could not be imported`,
      text: 'The reason and what to do are on its page.',
      href,
      action: 'See why',
    }
  }
  return {
    tone: 'warning',
    title: `${row.rows_failed} rows of ${row.file_name} were left out`,
    text: 'The other rows are in. Mend these and import them again.',
    href,
    action: 'See the rows',
  }
}
