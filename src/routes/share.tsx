/**
 * The door for people without an account: one address for every public link, and by the kind of the link what is behind
 * it. Looking counts as no use, since mail scanners and chat previews look too; the deed does.
 */
import { Hono } from 'hono'
import { ipPrefix } from '../http/address.ts'
import { attachment } from '../http/attachment.ts'
import type { AppContext, AppEnv } from '../http/context.ts'
import { barePage, failurePage } from '../http/respond.tsx'
import {
  type LinkLine,
  lookAtLink,
  noSuchLink,
  openFile,
  openLink,
  readFile,
} from '../modules/workspace/index.ts'
import { SharedFile } from '../modules/workspace/views/shared-file.tsx'
import type { Actor } from '../platform/actor.ts'
import { dashboardDoor } from './share-dashboard.tsx'
import { formDoor } from './share-form.tsx'

export interface Opened {
  link: LinkLine
  /** The platform, with the rights of this kind of link. */
  actor: Actor
  token: string
}

interface LinkDoor {
  show(c: AppContext, opened: Opened): Promise<Response>
  /** Must open the link anew for what it does (`openLink`), which counts the use. */
  act(c: AppContext, opened: Opened): Promise<Response>
}

/** A wing that makes links of a new kind adds its door here. */
const DOORS: Record<string, LinkDoor> = {
  file: { show: showFile, act: giveFile },
  form: formDoor,
  dashboard: dashboardDoor,
}

export const visitorOf = (c: AppContext) => ({ requestId: c.var.requestId, ipPrefix: ipPrefix(c) })

export const shareRoutes = new Hono<AppEnv>()
  .get('/p/:token', (c) => enter(c, 'show'))
  .post('/p/:token', (c) => enter(c, 'act'))

async function enter(c: AppContext, deed: keyof LinkDoor): Promise<Response> {
  const token = c.req.param('token') ?? ''
  const seen = await lookAtLink(c.var.services, token, 'view', visitorOf(c))
  if (!seen.ok) return failurePage(c, seen.error)
  const door = DOORS[seen.value.link.kind]
  if (!door) return failurePage(c, noSuchLink().error)
  return door[deed](c, { ...seen.value, token })
}

async function showFile(c: AppContext, { link, actor, token }: Opened): Promise<Response> {
  const file = await readFile(c.var.services, actor, link.ref)
  if (!file.ok) return failurePage(c, noSuchLink().error)
  const body = (
    <SharedFile
      action={`/p/${token}`}
      file={file.value}
      workspaceName={actor.workspace.name}
      expiresAt={link.expiresAt}
      downloadsLeft={link.maxUses === null ? null : link.maxUses - link.uses}
      timeZone={actor.workspace.timeZone}
      locale={actor.workspace.locale}
    />
  )
  return barePage(c, { title: file.value.name, body })
}

async function giveFile(c: AppContext, { link, actor, token }: Opened): Promise<Response> {
  const file = await openFile(c.var.services, actor, link.ref)
  if (!file.ok) return failurePage(c, file.error.kind === 'not_found' ? noSuchLink().error : file.error)
  const opened = await openLink(c.var.services, token, 'download', visitorOf(c))
  if (!opened.ok) {
    await file.value.body.cancel()
    return failurePage(c, opened.error)
  }
  return c.body(file.value.body, 200, {
    'Content-Type': file.value.file.contentType,
    'Content-Length': String(file.value.file.bytes),
    'Content-Disposition': attachment(file.value.file.name),
  })
}
