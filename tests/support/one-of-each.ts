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
    contact: id(),
    merge: id(),
    form: id(),
    source: id(),
    hook: id(),
    import: id(),
    dashboard: id(),
    schedule: id(),
    invitation: id(),
    mail: id(),
    inbound: id(),
    connector: id(),
    channel: id(),
    notice: id(),
    file: id(),
    link: id(),
    comment: id(),
    letter: id(),
    request: id(),
    webhook: id(),
    delivery: id(),
    annotation: id(),
    alert: id(),
    firing: id(),
    metric: id(),
    takeAway: id(),
    automation: id(),
    run: id(),
    approval: id(),
    task: id(),
    template: id(),
  }
  const tenant = actor.tenantId
  const run = (sql: string, ...values: (string | number | null)[]) => testEnv.DB.prepare(sql).bind(...values)
  await testEnv.DB.batch([
    run(
      `INSERT INTO annotations (tenant_id, id, day, text, created_by, created_at, updated_at)
       VALUES (?1, ?2, '2026-11-01', 'Prices raised', 'test', ?3, ?3)`,
      tenant,
      ids.annotation,
      at,
    ),
    run(
      `INSERT INTO metric_alerts (tenant_id, id, name, metric, granularity, kind, rule, recipients, status, created_by, created_at, updated_at)
       VALUES (?1, ?2, 'Weak day', 'revenue', 'day', 'threshold', '{"operator":"below","value":1,"repeat":false}', '[]', 'active', 'test', ?3, ?3)`,
      tenant,
      ids.alert,
      at,
    ),
    run(
      `INSERT INTO metric_alert_events (tenant_id, id, alert_id, period, value, expected, words, told, fired_at)
       VALUES (?1, ?2, ?3, '2026-11-01', '0', '1', 'Revenue was 0.', 1, ?4)`,
      tenant,
      ids.firing,
      ids.alert,
      at,
    ),
    run(
      `INSERT INTO custom_metrics (tenant_id, id, key, name, description, formula, unit, less_is_better, version, created_by, created_at, updated_at)
       VALUES (?1, ?2, 'custom_net', 'Net', '', 'revenue - refunds', 'money', 0, 1, 'test', ?3, ?3)`,
      tenant,
      ids.metric,
      at,
    ),
    run(
      `INSERT INTO custom_metric_versions (tenant_id, metric_id, version, name, formula, unit, changed_by, changed_at)
       VALUES (?1, ?2, 1, 'Net', 'revenue - refunds', 'money', 'test', ?3)`,
      tenant,
      ids.metric,
      at,
    ),
    run(
      `INSERT INTO contact_cards (tenant_id, id, name, stage, source, consent, fields_at, created_at, updated_at)
       VALUES (?1, ?2, 'Ada', 'lead', 'manual', 'unknown', '{}', ?3, ?3)`,
      tenant,
      ids.contact,
      at,
    ),
    run(
      `INSERT INTO contact_events (tenant_id, id, contact_id, kind, title, detail, actor_name, at)
       VALUES (?1, ?2, ?3, 'note', 'A line', '{}', 'test', ?4)`,
      tenant,
      ids.merge,
      ids.contact,
      at,
    ),
    run(
      `INSERT INTO contact_forms (tenant_id, id, name, title, fields, tags, link_id, created_at, updated_at)
       VALUES (?1, ?2, 'Newsletter', 'Hear from us', '[]', '[]', 'none', ?3, ?3)`,
      tenant,
      ids.form,
      at,
    ),
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
      `INSERT INTO notice_channels (tenant_id, id, type, name, url, kinds, status, posts_per_hour, created_at)
       VALUES (?1, ?2, 'slack', '#alerts', ?3, '[]', 'active', 30, ?4)`,
      tenant,
      ids.channel,
      await services.box.seal(
        tenant,
        `notice_channels/${ids.channel}/url`,
        'https://hooks.slack.com/services/T/B/x',
      ),
      at,
    ),
    run(
      `INSERT INTO notifications (tenant_id, id, person_id, kind, title, dedupe_key, created_at, mail_state)
       VALUES (?1, ?2, 'nobody', 'member.joined', 'Somebody joined', 'seed', ?3, 'none')`,
      tenant,
      ids.notice,
      at,
    ),
    run(
      `INSERT INTO public_ids (kind, id, tenant_id, ref) VALUES ('stripe', ?2, ?1, ?3)`,
      tenant,
      ids.hook,
      ids.source,
    ),
    run(
      `INSERT INTO sync_streams (tenant_id, source_id, stream, mode, status, synced_until, backfilled_to, backfill_target, updated_at)
       VALUES (?1, ?2, 'orders', 'incremental', 'paused', 1, 1, 1, ?3)`,
      tenant,
      ids.source,
      at,
    ),
    run(
      `INSERT INTO sync_dead_records (tenant_id, id, source_id, stream, ext_id, raw_key, error, status, created_at)
       VALUES (?1, 'dead-1', ?2, 'orders', 'o1', 'none', 'The amount is no number.', 'open', ?3)`,
      tenant,
      ids.source,
      at,
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
      `INSERT INTO invoices (tenant_id, source_id, ext_id, origin, src_updated_at, hash, status, currency, total, paid, issued_day)
       VALUES (?1, ?2, 'in_1', 'manual', 1, 'h', 'draft', 'USD', 1000, 0, '2026-11-01')`,
      tenant,
      ids.source,
    ),
    run(
      `INSERT INTO payouts (tenant_id, source_id, ext_id, origin, src_updated_at, hash, amount, currency, status, arrival_day)
       VALUES (?1, ?2, 'po_1', 'sync', 1, 'h', 1000, 'USD', 'paid', '2026-11-01')`,
      tenant,
      ids.source,
    ),
    run(
      `INSERT INTO dashboards (tenant_id, id, name, type, layout, widgets, is_default, created_at, updated_at)
       VALUES (?1, ?2, 'Second', 'custom', '[]', '[{"id":"w1","kind":"number","title":"Revenue","metrics":["revenue"]}]', 0, ?3, ?3)`,
      tenant,
      ids.dashboard,
      at,
    ),
    run(
      `INSERT INTO dashboard_schedules (tenant_id, id, dashboard_id, rhythm, recipients, query, with_pdf, status, created_by, created_at, updated_at)
       VALUES (?1, ?2, ?3, '{"every":"day","hour":8,"minute":0}', '["ann@example.com"]', '{}', 0, 'active', 'test', ?4, ?4)`,
      tenant,
      ids.schedule,
      ids.dashboard,
      at,
    ),
    run(
      `INSERT INTO mails (id, tenant_id, kind, stream, recipient, subject, text_body, html_body, status, created_at)
       VALUES (?2, ?1, 'message', 'workspace', 'ann@example.com', 'Hello', 'Hi', '<p>Hi</p>', 'sent', ?3)`,
      tenant,
      ids.mail,
      at,
    ),
    run(
      `INSERT INTO inbound_mails (tenant_id, id, from_address, from_name, subject, text_body, verdict, message_id, raw_key, bytes, attachments, received_at)
       VALUES (?1, ?2, 'ann@example.com', 'Ann', 'Re: Hello', 'Hi', 'human', 'm', 'none', 2, '[]', ?3)`,
      tenant,
      ids.inbound,
      at,
    ),
    run(
      `INSERT INTO mail_suppressions (tenant_id, address, scope, reason, created_at) VALUES (?1, 'bounced-' || ?1 || '@example.com', 'all', 'bounce', ?2)`,
      tenant,
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
      `INSERT INTO webhook_endpoints (tenant_id, id, url, events, secrets, status, created_at, updated_at)
       VALUES (?1, ?2, 'https://127.0.0.1/refused', '["*"]', ?3, 'paused', ?4, ?4)`,
      tenant,
      ids.webhook,
      await services.box.seal(
        tenant,
        `webhook_endpoints/${ids.webhook}/secrets`,
        JSON.stringify([{ secret: `whsec_${btoa('s'.repeat(32))}` }]),
      ),
      at,
    ),
    run(
      `INSERT INTO webhook_deliveries (tenant_id, id, endpoint_id, event_id, event_type, body, status, log, created_at)
       VALUES (?1, ?2, ?3, 'evt', 'order.created', '{}', 'failed', '[]', ?4)`,
      tenant,
      ids.delivery,
      ids.webhook,
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
  await testEnv.DB.batch([
    run(
      `INSERT INTO files (tenant_id, id, name, content_type, bytes, sha256, file_key, uploaded_by, uploaded_by_name, created_at)
       VALUES (?1, ?2, 'Offer.pdf', 'application/pdf', 5, 'none', ?3, 'test', 'Test', ?4)`,
      tenant,
      ids.file,
      `files/${tenant}/${ids.file}`,
      at,
    ),
    run(
      `INSERT INTO public_links (tenant_id, id, kind, ref, scope, label, secret_hash, created_by, created_by_name, created_at)
       VALUES (?1, ?2, 'file', ?3, '["view","download"]', 'Offer', 'none', 'test', 'Test', ?4)`,
      tenant,
      ids.link,
      ids.file,
      at,
    ),
    run(
      `INSERT INTO comments (tenant_id, id, subject_type, subject_id, author_id, author_name, body, mentions, created_at, updated_at)
       VALUES (?1, ?2, 'file', ?3, 'test', 'Test', 'Looks good', '[]', ?4, ?4)`,
      tenant,
      ids.comment,
      ids.file,
      at,
    ),
  ])
  await testEnv.DB.batch([
    run(
      `INSERT INTO automations (tenant_id, id, kind, name, description, status, trigger_type, trigger_config, actions, stop_on, care, version, created_by, created_at, updated_at)
       VALUES (?1, ?2, 'automation', 'Chase', '', 'draft', 'manual', '{"kind":"manual","fields":[]}', '[{"id":"a","kind":"stop","outcome":"completed","message":""}]', '[]', '{"hold_first":0,"undo_minutes":0,"brake_per_hour":null,"at_once":null}', 1, 'test', ?3, ?3)`,
      tenant,
      ids.automation,
      at,
    ),
    run(
      `INSERT INTO automation_runs (tenant_id, id, automation_id, status, state, started_at, version, cause, why, moves)
       VALUES (?1, ?2, ?3, 'running', 'waiting', ?4, 1, 'test', 'Waits.', 1)`,
      tenant,
      ids.run,
      ids.automation,
      at,
    ),
    run(
      `INSERT INTO approvals (tenant_id, id, run_id, step_key, automation_id, title, body, approvers, needed, fields, status, created_at)
       VALUES (?1, ?2, ?3, 'a', ?4, 'May we?', '', '[]', 1, '[]', 'open', ?5)`,
      tenant,
      ids.approval,
      ids.run,
      ids.automation,
      at,
    ),
    run(
      `INSERT INTO tasks (tenant_id, id, title, notes, status, priority, source, dedupe_key, created_by, created_at, updated_at, version)
       VALUES (?1, ?2, 'Call', '', 'open', 'normal', 'person:test', ?2, 'test', ?3, ?3, 1)`,
      tenant,
      ids.task,
      at,
    ),
    run(
      `INSERT INTO email_templates (tenant_id, id, name, subject, preheader, blocks, stream, version, created_by, created_at, updated_at)
       VALUES (?1, ?2, 'Thanks', 'Thank you', '', '[]', 'workspace', 1, 'test', ?3, ?3)`,
      tenant,
      ids.template,
      at,
    ),
    run(
      `INSERT INTO take_aways (tenant_id, id, status, state, requested_by, requested_by_name, created_at)
       VALUES (?1, ?2, 'ready', '{"pieces":[]}', 'test', 'Test', ?3)`,
      tenant,
      ids.takeAway,
      at,
    ),
  ])
  const member = await signInAs(tenant, 'member', now)
  const key = await keyFor(tenant, ['foundry:read'], now)
  const session = member.cookie.slice('session='.length).split('.')[0] ?? ''
  const byPath: [RegExp, string, string][] = [
    [/contacts\/forms/, 'form', ids.form],
    [/contacts/, 'undo', ids.merge],
    [/contacts/, 'id', ids.contact],
    [
      /^\/(p|embed|track|approve|mail\/unsubscribe|forms\/automation|hooks\/automation)\//,
      'token',
      'no-such-token',
    ],
    [/^\/track/, 'link', '0'],
    [/ops\/gallery/, 'key', 'weekly-report'],
    [/\/files/, 'id', ids.file],
    [/\/links/, 'id', ids.link],
    [/\/comments/, 'id', ids.comment],
    [/\/hooks\/stripe\//, 'source', ids.hook],
    [/connections|connectors/, 'id', ids.connector],
    [/settings\/connections/, 'kind', 'shopify'],
    [/channels/, 'id', ids.channel],
    [/notifications/, 'id', ids.notice],
    [/imports/, 'id', ids.import],
    [/annotations|remarks/, 'id', ids.annotation],
    [/dashboards/, 'id', ids.dashboard],
    [/alerts\/events/, 'id', ids.firing],
    [/alerts\/events/, 'firing', ids.firing],
    [/foundry\/alerts/, 'id', ids.alert],
    [/take-away/, 'id', ids.takeAway],
    [/ops.*\/runs/, 'run', ids.run],
    [/ops-copilot\/runs|ops\/runs/, 'id', ids.run],
    [/approvals/, 'id', ids.approval],
    [/ops.*tasks/, 'id', ids.task],
    [/(ops.*|preview\/)templates/, 'id', ids.template],
    [/ops/, 'step', 'a'],
    [/ops/, 'id', ids.automation],
    [/metrics\/custom/, 'id', ids.metric],
    [/dashboards/, 'widget', 'w1'],
    [/dashboards/, 'link', ids.link],
    [/dashboards/, 'schedule', ids.schedule],
    [/foundry\/customers/, 'customer', '1'],
    [/money\/orders/, 'source', ids.source],
    [/money\/orders/, 'order', 'o_1'],
    [/invoices|payouts/, 'source', ids.source],
    [/invoices|payouts/, 'source_id', ids.source],
    [/invoices/, 'invoice', 'in_1'],
    [/invoices/, 'ext_id', 'in_1'],
    [/payouts/, 'payout', 'po_1'],
    [/payouts/, 'ext_id', 'po_1'],
    [/sources/, 'event', 'evt_1'],
    [/sources/, 'stream', 'orders'],
    [/sources/, 'record', 'dead-1'],
    [/\/hooks\/source\//, 'kind', 'quickbooks'],
    [/\/hooks\/source\//, 'id', 'no-such-hook'],
    [/sources/, 'id', ids.source],
    [/webhooks/, 'id', ids.webhook],
    [/webhooks/, 'delivery', ids.delivery],
    [/invitations/, 'id', ids.invitation],
    [/invitations/, 'token', 'no-such-token'],
    [/members|people/, 'id', member.personId],
    [/passkeys|accounts/, 'ref', 'no-such-ref'],
    [/ownership/, 'token', 'no-such-token'],
    [/sign-in\/with/, 'provider', 'google'],
    [/sessions/, 'id', session],
    [/keys/, 'id', key.id],
    [/mail/, 'id', ids.mail],
    [/mail/, 'mail', ids.mail],
    [/mail/, 'inbound', ids.inbound],
    [/hooks\/mail/, 'provider', 'resend'],
    [/suppressions/, 'address', `bounced-${tenant}@example.com`],
    [/metrics/, 'metric', 'revenue'],
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
