/** Connections by page: the catalogue, one flow for every vendor, the way back from it, and each connection. */
import { Hono } from 'hono'
import { requires } from '../../http/authorize.ts'
import { needsConfirmation } from '../../http/confirm.tsx'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { statusOf } from '../../http/problem.ts'
import { failurePage, formFields, goTo, page, readForm } from '../../http/respond.tsx'
import {
  changeConnector,
  checkNow,
  connectByKey,
  disconnect,
  finishOauth,
  readCatalogue,
  readConnector,
  readVendor,
  removeOwnApp,
  saveOwnApp,
  startOauth,
} from '../../modules/connections/index.ts'
import { ConnectVendor } from '../../modules/connections/views/connect-vendor.tsx'
import type { ConnectVendorProps } from '../../modules/connections/views/connect-vendor-props.ts'
import { Connection, type ConnectionProps } from '../../modules/connections/views/connection.tsx'
import { Connections } from '../../modules/connections/views/connections.tsx'
import { ContinueToVendor, NotConnected } from '../../modules/connections/views/consent-steps.tsx'
import { readSource } from '../../modules/mini-foundry/index.ts'
import { SettingsFrame } from '../../modules/workspace/views/settings-tabs.tsx'
import { can } from '../../platform/actor.ts'
import type { Failure } from '../../platform/result.ts'

const AT = '/settings/connections'
const hrefOf = (id: string) => `${AT}/by-id/${id}`

export const connectionPages = new Hono<AppEnv>()
  .get('/settings/connections', requires('connections:read'), async (c) => {
    const { services, actor } = c.var
    const read = await readCatalogue(services, actor)
    if (!read.ok) return failurePage(c, read.error)
    const search = (c.req.query('q') ?? '').trim().slice(0, 80)
    const body = (
      <SettingsFrame at={AT} lead="The systems your numbers come from, and that your work goes out to.">
        <Connections
          {...read.value}
          search={search}
          mayManage={can(actor, 'connections:manage')}
          place={placeOf(c)}
        />
      </SettingsFrame>
    )
    return page(c, { title: 'Connections', section: 'settings', body })
  })
  .get('/oauth/callback', requires('connections:manage'), async (c) => {
    const query = new URL(c.req.url).searchParams
    const landed = await finishOauth(c.var.services, c.var.actor, query)
    if (!landed.ok) return notConnected(c, landed.error)
    return goTo(c, hrefOf(landed.value.id), { toast: wordsOf(landed.value) })
  })
  .get('/settings/connections/by-id/:id', requires('connections:read'), (c) =>
    showConnection(c, c.req.param('id'), {}),
  )
  .post('/settings/connections/by-id/:id', requires('connections:manage'), async (c) => {
    const form = await readForm(c)
    const values = {
      name: String(form.get('name') ?? ''),
      roles: ['owner', ...form.getAll('roles').map(String)],
    }
    const id = c.req.param('id')
    const changed = await changeConnector(c.var.services, c.var.actor, id, values)
    if (changed.ok) return goTo(c, hrefOf(id), { toast: 'Saved.' })
    return changed.error.kind === 'invalid'
      ? showConnection(c, id, { errors: changed.error.errors, values })
      : failurePage(c, changed.error)
  })
  .post('/settings/connections/by-id/:id/check', requires('connections:manage'), async (c) => {
    const checked = await checkNow(c.var.services, c.var.actor, c.req.param('id'))
    if (!checked.ok) return failurePage(c, checked.error)
    const { status, lastError, id } = checked.value
    const toast = status === 'connected' && !lastError ? 'It works.' : (lastError ?? 'It needs you.')
    return goTo(c, hrefOf(id), { toast })
  })
  .post('/settings/connections/by-id/:id/disconnection', requires('connections:manage'), async (c) => {
    const { services, actor } = c.var
    const id = c.req.param('id')
    const read = await readConnector(services, actor, id)
    if (!read.ok) return failurePage(c, read.error)
    const withData = (await formFields(c)).data === 'remove'
    const { name } = read.value.connector
    const ask = await needsConfirmation(c, {
      title: withData ? `Disconnect ${name} and delete its data?` : `Disconnect ${name}?`,
      text: withData
        ? 'Orders, customers and all else that came from it leave your numbers. This cannot be taken back.'
        : 'Nothing new comes in. What came stays in your numbers.',
      confirmLabel: withData ? 'Disconnect and delete' : 'Disconnect',
      cancelHref: hrefOf(id),
    })
    if (ask) return ask
    const done = await disconnect(services, actor, id, withData)
    if (!done.ok) return failurePage(c, done.error)
    const toast = withData
      ? `${name} is disconnected; its data is being deleted.`
      : `${name} is disconnected.`
    return goTo(c, AT, { toast })
  })
  .get('/settings/connections/:kind', requires('connections:manage'), (c) =>
    showVendor(c, c.req.param('kind'), {}),
  )
  .post('/settings/connections/:kind/start', requires('connections:manage'), async (c) => {
    const { services, actor } = c.var
    const { method, connector_id: connectorId, ...fields } = await formFields(c)
    const wish = { kind: c.req.param('kind'), fields, connectorId: connectorId || null }
    if (method === 'key') {
      const landed = await connectByKey(services, actor, wish)
      if (landed.ok) return goTo(c, hrefOf(landed.value.id), { toast: wordsOf(landed.value) })
      return refused(c, wish.kind, 'key', fields, landed.error, connectorId)
    }
    const started = await startOauth(services, actor, wish)
    if (!started.ok) return refused(c, wish.kind, 'oauth', fields, started.error, connectorId)
    const { name } = started.value.vendor
    const body = (
      <SettingsFrame at={AT} title={`Connect ${name}`}>
        <ContinueToVendor name={name} url={started.value.url} back={`${AT}/${wish.kind}`} />
      </SettingsFrame>
    )
    return page(c, { title: `Connect ${name}`, section: 'settings', body })
  })
  .post('/settings/connections/:kind/app', requires('connections:manage'), async (c) => {
    const kind = c.req.param('kind')
    const fields = await formFields(c)
    const input = { clientId: fields.client_id ?? '', clientSecret: fields.client_secret ?? '' }
    const saved = await saveOwnApp(c.var.services, c.var.actor, kind, input)
    if (!saved.ok) return refused(c, kind, 'app', fields, saved.error)
    return goTo(c, `${AT}/${kind}`, { toast: 'Your own app is saved.' })
  })
  .post('/settings/connections/:kind/app/removal', requires('connections:manage'), async (c) => {
    const kind = c.req.param('kind')
    const ask = await needsConfirmation(c, {
      title: 'Remove your own app?',
      text: 'Connections that were made with it can no longer be renewed, and must be connected again.',
      confirmLabel: 'Remove the app',
      cancelHref: `${AT}/${kind}`,
    })
    if (ask) return ask
    const removed = await removeOwnApp(c.var.services, c.var.actor, kind)
    if (!removed.ok) return failurePage(c, removed.error)
    return goTo(c, `${AT}/${kind}`, { toast: 'Your own app is removed.' })
  })

const placeOf = (c: AppContext) => {
  const { timeZone, locale } = c.var.actor.workspace
  return { timeZone, locale }
}

const wordsOf = ({ reconnected }: { reconnected: boolean }): string =>
  reconnected ? 'Connected again: everything goes on where it stopped.' : 'Connected.'

async function showVendor(
  c: AppContext,
  kind: string,
  more: { refused?: ConnectVendorProps['refused']; again?: string; failure?: Failure },
): Promise<Response> {
  const { services, actor } = c.var
  const read = await readVendor(services, actor, kind)
  if (!read.ok) return failurePage(c, read.error)
  const again = more.again ?? c.req.query('again')
  const connector = read.value.connections.find(({ id }) => id === again) ?? null
  const sent = more.refused?.form === 'app' ? 'oauth' : more.refused?.form
  const chosen = sent ?? c.req.query('method') ?? connector?.method ?? ''
  const body = (
    <SettingsFrame at={AT} title={`Connect ${read.value.vendor.name}`}>
      <ConnectVendor {...read.value} again={connector} chosen={chosen} refused={more.refused} />
    </SettingsFrame>
  )
  const status = more.failure ? statusOf(more.failure.kind) : 200
  return page(c, { title: `Connect ${read.value.vendor.name}`, section: 'settings', body, status })
}

/** The form again with what was sent, but for what is secret. */
function refused(
  c: AppContext,
  kind: string,
  form: 'oauth' | 'key' | 'app',
  values: Record<string, string>,
  failure: Failure,
  again?: string,
): Promise<Response> {
  if (failure.kind === 'not_found' || failure.kind === 'forbidden') return failurePage(c, failure)
  const { errors, detail } = failure
  return showVendor(c, kind, { refused: { form, values, errors, detail }, failure, again })
}

async function showConnection(
  c: AppContext,
  id: string,
  more: Pick<ConnectionProps, 'errors' | 'values'>,
): Promise<Response> {
  const { services, actor } = c.var
  const read = await readConnector(services, actor, id)
  if (!read.ok) return failurePage(c, read.error)
  const { name } = read.value.connector
  const body = (
    <SettingsFrame at={AT} title={name}>
      <Connection
        {...read.value}
        {...more}
        mayManage={can(actor, 'connections:manage')}
        place={placeOf(c)}
        reads={await readsOf(c, read.value.connector)}
      />
    </SettingsFrame>
  )
  return page(c, { title: name, section: 'settings', body, status: more.errors ? 422 : 200 })
}

/** The source that reads from a connection; just after connecting it may not be there yet, then the list of them. */
async function readsOf(c: AppContext, { id, kind }: { id: string; kind: string }): Promise<string | null> {
  const { services, actor } = c.var
  if (!services.readers.some((reader) => reader.kind === kind) || !can(actor, 'foundry:read')) return null
  const source = await readSource(services, actor, id)
  return source.ok ? `/foundry/sources/${id}` : '/foundry/sources'
}

function notConnected(c: AppContext, failure: Failure): Promise<Response> {
  const body = (
    <SettingsFrame at={AT} title="Not connected">
      <NotConnected detail={failure.detail} />
    </SettingsFrame>
  )
  return page(c, { title: 'Not connected', section: 'settings', body, status: statusOf(failure.kind) })
}
