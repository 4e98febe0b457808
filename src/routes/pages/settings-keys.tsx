/** API keys and the audit log, by page. */
import { Hono } from 'hono'
import { requires } from '../../http/authorize.ts'
import { needsConfirmation } from '../../http/confirm.tsx'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { statusOf } from '../../http/problem.ts'
import { failurePage, goTo, page, readForm } from '../../http/respond.tsx'
import { csvLine } from '../../kit/csv.ts'
import {
  createApiKey,
  exportAudit,
  listApiKeys,
  readAudit,
  revokeApiKey,
  shareTestData,
} from '../../modules/workspace/index.ts'
import { AuditPage } from '../../modules/workspace/views/settings-audit.tsx'
import { KeysPage } from '../../modules/workspace/views/settings-keys.tsx'
import { KEY_SCOPES } from '../../platform/actor.ts'
import type { Failure } from '../../platform/result.ts'
import { proved } from './session-cookie.ts'

interface KeyFormValues {
  name?: string
  days?: string
  mode?: string
  scopes?: string[]
}

export const keyPages = new Hono<AppEnv>()
  .get('/settings/keys', requires('keys:manage'), (c) => showKeys(c, {}))
  .post('/settings/keys', requires('keys:manage'), async (c) => {
    if (!proved(c)) return goTo(c, '/prove?next=/settings/keys')
    const form = await readForm(c)
    const values = {
      name: String(form.get('name') ?? ''),
      days: String(form.get('days') ?? ''),
      mode: String(form.get('mode') ?? (c.var.actor.workspace.sandboxOf ? 'test' : 'live')),
      scopes: form.getAll('scopes').map(String),
    }
    const made = await createApiKey(c.var.services, c.var.actor, { ...values, days: values.days || null })
    return made.ok ? showKeys(c, { made: made.value.key }) : showKeys(c, { failure: made.error, values })
  })
  .post('/settings/keys/people', requires('keys:manage'), async (c) => {
    const done = await shareTestData(c.var.services, c.var.actor)
    if (!done.ok) return failurePage(c, done.error)
    return goTo(c, '/settings/keys', {
      toast: 'All owners and admins find the test data among their workspaces.',
    })
  })
  .post('/settings/keys/:id/revocation', requires('keys:manage'), async (c) => {
    const ask = await needsConfirmation(c, {
      title: 'Revoke this key?',
      text: 'Programs that use it are refused at once.',
      confirmLabel: 'Revoke the key',
      cancelHref: '/settings/keys',
    })
    if (ask) return ask
    const done = await revokeApiKey(c.var.services, c.var.actor, c.req.param('id'))
    return done.ok ? goTo(c, '/settings/keys', { toast: 'The key is revoked.' }) : failurePage(c, done.error)
  })
  .get('/settings/audit', requires('audit:read'), async (c) => {
    const { actor, services } = c.var
    const filter = filterOf(c)
    const read = await readAudit(services, actor, filter)
    if (!read.ok) return failurePage(c, read.error)
    const query = (more: Record<string, string>) => new URLSearchParams({ ...filter, ...more }).toString()
    const body = (
      <AuditPage
        entries={read.value.entries.map((row) => ({
          id: row.id,
          at: row.at,
          who: row.actor_name,
          action: row.action,
          target: row.target,
          detail: row.detail === '{}' ? '' : row.detail,
          from: row.ip_prefix,
        }))}
        filter={filter}
        next={read.value.nextCursor && `/settings/audit?${query({ before: read.value.nextCursor })}`}
        exportHref={`/settings/audit.csv?${query({})}`}
        timeZone={actor.workspace.timeZone}
        locale={actor.workspace.locale}
      />
    )
    return page(c, { title: 'Audit log', section: 'settings', body })
  })
  .get('/settings/audit.csv', requires('audit:read'), async (c) => {
    const rows = await exportAudit(c.var.services, c.var.actor, filterOf(c))
    if (!rows.ok) return failurePage(c, rows.error)
    const lines = rows.value.map((row) =>
      csvLine([row.at, row.actor_kind, row.actor_name, row.action, row.target, row.detail, row.ip_prefix]),
    )
    const csv = [
      csvLine(['at', 'actor_kind', 'actor', 'action', 'target', 'detail', 'network']),
      ...lines,
    ].join('')
    return c.body(csv, 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="audit-log.csv"',
    })
  })

function filterOf(c: AppContext): Record<string, string> {
  const { actor = '', action = '', from = '', to = '', before = '' } = c.req.query()
  const filter = { actor, action, from, to, before }
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''))
}

async function showKeys(
  c: AppContext,
  more: { made?: string; values?: KeyFormValues; failure?: Failure },
): Promise<Response> {
  const { actor, services } = c.var
  const keys = await listApiKeys(services, actor)
  if (!keys.ok) return failurePage(c, keys.error)
  const body = (
    <KeysPage
      keys={keys.value}
      scopes={KEY_SCOPES}
      timeZone={actor.workspace.timeZone}
      locale={actor.workspace.locale}
      made={more.made}
      testData={actor.workspace.sandboxOf !== null}
      values={more.values}
      errors={more.failure?.errors}
    />
  )
  return page(c, {
    title: 'API keys',
    section: 'settings',
    body,
    status: more.failure ? statusOf(more.failure.kind) : 200,
  })
}
