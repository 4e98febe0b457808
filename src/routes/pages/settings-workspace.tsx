/** Workspace settings, a new workspace, and going from one to another. */
import { Hono } from 'hono'
import { requires, signedIn } from '../../http/authorize.ts'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { statusOf } from '../../http/problem.ts'
import { failurePage, formFields, goTo, page } from '../../http/respond.tsx'
import {
  createWorkspace,
  guessSettings,
  readSettings,
  renewSession,
  SUPPORTED_CURRENCIES,
  SUPPORTED_ZONES,
  settingsSchema,
  updateSettings,
} from '../../modules/workspace/index.ts'
import { NewWorkspacePage, WorkspaceSettingsPage } from '../../modules/workspace/views/settings-workspace.tsx'
import { can } from '../../platform/actor.ts'
import { type Failure, invalid, notFound } from '../../platform/result.ts'
import { carrySession, deviceOf } from './session-cookie.ts'

const zones = ['UTC', ...SUPPORTED_ZONES]

export const workspacePages = new Hono<AppEnv>()
  .get('/settings', requires('workspace:read'), async (c) => {
    const settings = await readSettings(c.var.services, c.var.actor)
    return settings.ok ? showSettings(c, strings(settings.value)) : failurePage(c, settings.error)
  })
  .post('/settings', requires('workspace:manage'), async (c) => {
    const { version, ...fields } = await formFields(c)
    const saved = await updateSettings(c.var.services, c.var.actor, fields, version ? Number(version) : null)
    if (saved.ok) return goTo(c, '/settings', { toast: 'Saved.' })
    return showSettings(
      c,
      { ...strings(c.var.actor.workspace), ...fields, version: version ?? '' },
      saved.error,
    )
  })
  .get('/workspaces/new', signedIn(), (c) => {
    const { name: _name, id: _id, industry: _industry, ...present } = c.var.actor.workspace
    return showNew(c, strings({ ...guessSettings({}), ...present }))
  })
  .post('/workspaces/new', signedIn(), async (c) => {
    const { services, session } = c.var
    const fields = await formFields(c)
    const parsed = settingsSchema.safeParse(fields)
    if (!parsed.success || !session) {
      const issues = parsed.error?.issues ?? []
      const errors = issues.map((issue) => ({
        path: issue.path.map(String).join('.'),
        message: issue.message,
      }))
      return showNew(c, fields, invalid(errors).error)
    }
    const owner = { id: session.personId, name: session.name, email: session.email }
    const { tenantId } = await createWorkspace(services, owner, parsed.data)
    carrySession(c, await renewSession(services, session, tenantId, deviceOf(c)))
    return goTo(c, '/', { toast: `${parsed.data.name} is ready.` })
  })
  .post('/workspaces/switch', signedIn(), async (c) => {
    const { services, session } = c.var
    const { workspace } = await formFields(c)
    const target = session?.workspaces.find((known) => known.id === workspace)
    if (!session || !target) return failurePage(c, notFound('workspace').error)
    carrySession(c, await renewSession(services, session, target.id, deviceOf(c)))
    return goTo(c, '/', { toast: `Now in ${target.name}.` })
  })

const strings = (values: object): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]))

function showSettings(c: AppContext, values: Record<string, string>, failure?: Failure) {
  const body = (
    <WorkspaceSettingsPage
      values={values}
      zones={zones}
      currencies={SUPPORTED_CURRENCIES}
      mayChange={can(c.var.actor, 'workspace:manage')}
      errors={failure?.errors}
      detail={failure?.detail}
    />
  )
  return page(c, {
    title: 'Workspace',
    section: 'settings',
    body,
    status: failure ? statusOf(failure.kind) : 200,
  })
}

function showNew(c: AppContext, values: Record<string, string>, failure?: Failure) {
  const body = (
    <NewWorkspacePage
      values={values}
      zones={zones}
      currencies={SUPPORTED_CURRENCIES}
      mayChange
      errors={failure?.errors}
      detail={failure?.detail}
    />
  )
  return page(c, {
    title: 'New workspace',
    section: '',
    body,
    status: failure ? statusOf(failure.kind) : 200,
  })
}
