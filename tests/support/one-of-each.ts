// One object of each kind in a workspace, and the value that stands for each route parameter.
import type { Actor } from '../../src/platform/actor.ts'
import { KEY_SCOPES } from '../../src/platform/actor.ts'
import { isoInstant } from '../../src/platform/clock.ts'
import { uuidv7 } from '../../src/platform/ids.ts'
import type { Services } from '../../src/platform/services.ts'
import { keyFor, signInAs } from './people.ts'
import { testEnv } from './world.ts'

export interface SeededIds {
  scopes: string[]
  /** The value for `:name` in this path; undefined when nobody has thought of it. */
  forRoute(path: string, name: string): string | undefined
}

export async function seedOneOfEach(services: Services, actor: Actor): Promise<SeededIds> {
  const now = services.clock.now()
  const at = isoInstant(now)
  const id = () => uuidv7(now)
  const ids = {
    source: id(),
    hook: id(),
    import: id(),
    dashboard: id(),
    invitation: id(),
    mail: id(),
    connector: id(),
    letter: id(),
    request: id(),
  }
  const tenant = actor.tenantId
  const run = (sql: string, ...values: (string | number | null)[]) => testEnv.DB.prepare(sql).bind(...values)
  await testEnv.DB.batch([
    run(
      `INSERT INTO connectors (tenant_id, id, kind, name, status, credentials, created_at, updated_at)
       VALUES (?1, ?2, 'stripe', 'Stripe', 'connected', ?3, ?4, ?4)`,
      tenant,
      ids.connector,
      await services.box.seal(
        tenant,
        `connectors/${ids.connector}/credentials`,
        JSON.stringify({ secrets: [] }),
      ),
      at,
    ),
    run(
      `INSERT INTO data_sources (tenant_id, id, connector_id, source_type, name, sync_status, counts_as_sales, created_at, updated_at)
       VALUES (?1, ?2, ?3, 'stripe', 'Stripe', 'ok', 1, ?4, ?4)`,
      tenant,
      ids.source,
      ids.connector,
      at,
    ),
    run(
      `INSERT INTO public_ids (kind, id, tenant_id, ref) VALUES ('stripe', ?2, ?1, ?3)`,
      tenant,
      ids.hook,
      ids.source,
    ),
    run(
      `INSERT INTO webhook_events (tenant_id, source_id, event_id, type, status, payload_key, received_at)
       VALUES (?1, ?2, 'evt_1', 'charge.succeeded', 'failed', 'none', ?3)`,
      tenant,
      ids.source,
      at,
    ),
    run(
      `INSERT INTO imports (tenant_id, id, source_id, kind, status, stage, file_name, file_key, file_bytes, mapping, options, notes, created_by, created_at)
       VALUES (?1, ?2, ?3, 'orders', 'completed', 'done', 'orders.csv', ?4, 0, '{}', '{}', '[]', 'test', ?5)`,
      tenant,
      ids.import,
      ids.source,
      `imports/${tenant}/${ids.import}/file`,
      at,
    ),
    run(
      `INSERT INTO dashboards (tenant_id, id, name, type, layout, widgets, is_default, created_at, updated_at)
       VALUES (?1, ?2, 'Second', 'custom', '[]', '[]', 0, ?3, ?3)`,
      tenant,
      ids.dashboard,
      at,
    ),
    run(
      `INSERT INTO dead_letters (id, tenant_id, queue, body, created_at) VALUES (?2, ?1, 'smb-command-sync', '{}', ?3)`,
      tenant,
      ids.letter,
      at,
    ),
    run(
      `INSERT INTO privacy_requests (tenant_id, id, source, topic, external_id, detail, status, outcome, received_at, due_at)
       VALUES (?1, ?2, 'workspace', 'access', 'one', '{}', 'done', '{}', ?3, ?3)`,
      tenant,
      ids.request,
      at,
    ),
    run(
      `INSERT INTO invitations (tenant_id, id, email, role, invited_by, created_at, expires_at)
       VALUES (?1, ?2, 'guest@example.com', 'member', 'test', ?3, ?4)`,
      tenant,
      ids.invitation,
      at,
      isoInstant(now + 86_400_000),
    ),
  ])
  const member = await signInAs(tenant, 'member', now)
  const key = await keyFor(tenant, ['foundry:read'], now)
  const session = member.cookie.slice('session='.length).split('.')[0] ?? ''
  const byPath: [RegExp, string, string][] = [
    [/\/hooks\/stripe\//, 'source', ids.hook],
    [/imports/, 'id', ids.import],
    [/dashboards/, 'id', ids.dashboard],
    [/sources/, 'event', 'evt_1'],
    [/sources/, 'id', ids.source],
    [/invitations/, 'id', ids.invitation],
    [/invitations/, 'token', 'no-such-token'],
    [/members|people/, 'id', member.personId],
    [/sessions/, 'id', session],
    [/keys/, 'id', key.id],
    [/mail/, 'id', ids.mail],
    [/metrics/, 'id', 'revenue'],
    [/reset|verify/, 'token', 'no-such-token'],
    [/operator/, 'letter', ids.letter],
    [/operator/, 'fingerprint', 'f'.repeat(32)],
    [/settings\/data\/requests/, 'request', ids.request],
    [/samples/, 'kind', 'orders'],
    [/samples/, 'name', 'orders.csv'],
  ]
  return {
    scopes: [...KEY_SCOPES],
    forRoute: (path, name) =>
      byPath.find(([pattern, parameter]) => pattern.test(path) && parameter === name)?.[2],
  }
}
