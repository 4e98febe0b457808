/** The one place that turns pages and pieces into answers: whole page, fragment, or a move to another page. */

import { HTTPException } from 'hono/http-exception'
import type { Child } from 'hono/jsx'
import { dateFormat } from '../kit/format.ts'
import type { Workspace } from '../platform/actor.ts'
import { isoInstant } from '../platform/clock.ts'
import type { Failure } from '../platform/result.ts'
import { BarePage } from '../views/bare-page.tsx'
import { EmbeddedPage } from '../views/embedded-page.tsx'
import { ErrorPage } from '../views/error-page.tsx'
import { Page } from '../views/page.tsx'
import type { ShellViewer } from '../views/viewer.ts'
import { isHtmx, wantsPartial } from './audience.ts'
import type { AppContext } from './context.ts'
import { dropOwnCookie, readOwnCookie, writeOwnCookie } from './cookies.ts'
import { navigation } from './navigation.ts'
import { type ProblemStatus, statusOf, titleOf } from './problem.ts'

type Status = 200 | 201 | ProblemStatus

const VARY = { Vary: 'HX-Request, HX-Request-Type, Accept' }

/** A whole page in the shell. */
export async function page(
  c: AppContext,
  content: { title: string; section: string; body: Child; status?: Status },
): Promise<Response> {
  const flash = await takeFlash(c)
  const document = (
    <Page title={content.title} viewer={viewerOf(c)} section={content.section} flash={flash ?? undefined}>
      {content.body}
    </Page>
  )
  return html(c, document, content.status)
}

/** A page for those who are not signed in. */
export async function barePage(
  c: AppContext,
  content: { title: string; body: Child; status?: Status; wide?: boolean; screen?: boolean },
): Promise<Response> {
  const flash = await takeFlash(c)
  const document = (
    <BarePage
      title={content.title}
      locale="en"
      wide={content.wide}
      screen={content.screen}
      flash={flash ?? undefined}
    >
      {content.body}
    </BarePage>
  )
  return html(c, document, content.status)
}

/** A page inside a page of somebody else: these sites may frame it, and it neither reads nor sets a cookie. */
export function embeddedPage(
  c: AppContext,
  content: { title: string; body: Child; theme: 'system' | 'light' | 'dark'; sites: readonly string[] },
): Promise<Response> {
  c.set('framedBy', content.sites)
  const document = (
    <EmbeddedPage title={content.title} theme={content.theme}>
      {content.body}
    </EmbeddedPage>
  )
  return html(c, document)
}

/** A fragment for htmx. */
export function partial(
  c: AppContext,
  body: Child,
  options: { status?: Status } = {},
): Response | Promise<Response> {
  // biome-ignore lint/complexity/noUselessFragments: the fragment makes an element of any child
  return c.html(<>{body}</>, options.status ?? 200, VARY)
}

/** To another page, with words to show there once. */
export async function goTo(c: AppContext, href: string, options: { toast?: string } = {}): Promise<Response> {
  if (options.toast) {
    writeOwnCookie(c, 'flash', await c.var.services.tokens.sign('flash', { text: options.toast }, 60), 60)
  }
  if (isHtmx(c)) return c.body(null, 200, { 'HX-Redirect': href, ...VARY })
  return c.redirect(href, 303)
}

/** A failure as a readable page, or as a fragment for htmx. */
export async function failurePage(c: AppContext, failure: Failure): Promise<Response> {
  const status = statusOf(failure.kind)
  const body = (
    <ErrorPage
      status={status}
      title={titleOf(failure.kind)}
      detail={failure.detail}
      requestId={c.var.requestId}
      errors={failure.errors}
    />
  )
  if (failure.retryAfter !== undefined) c.header('Retry-After', String(Math.ceil(failure.retryAfter)))
  if (wantsPartial(c)) return partial(c, body, { status })
  return c.var.session
    ? page(c, { title: titleOf(failure.kind), section: '', body, status })
    : barePage(c, { title: titleOf(failure.kind), body, status })
}

/** The form that was sent; a body that is none is the caller's mistake (400), not ours. */
export async function readForm(c: AppContext): Promise<FormData> {
  return c.req.formData().catch(() => {
    throw new HTTPException(400)
  })
}

/** The text fields of a form; files are left out, the last of several values wins. */
export async function formFields(c: AppContext): Promise<Record<string, string>> {
  const fields: Record<string, string> = {}
  for (const [name, value] of (await readForm(c)).entries())
    if (typeof value === 'string') fields[name] = value
  return fields
}

/** Without its first line a browser would lay the page out as in 1998. */
async function html(c: AppContext, document: Child, status: Status = 200): Promise<Response> {
  // biome-ignore lint/complexity/noUselessFragments: the fragment makes an element of any child
  const text = await (<>{document}</>).toString()
  return c.html(`<!DOCTYPE html>${text}`, status, VARY)
}

async function takeFlash(c: AppContext): Promise<string | null> {
  const cookie = readOwnCookie(c, 'flash')
  if (!cookie) return null
  dropOwnCookie(c, 'flash')
  const claims = await c.var.services.tokens.verify('flash', cookie)
  return typeof claims?.text === 'string' ? claims.text : null
}

export function viewerOf(c: AppContext): ShellViewer {
  const { session, services } = c.var
  if (!session) throw new Error('a shell page needs a session')
  return {
    name: session.name,
    email: session.email,
    role: session.role,
    workspace: { id: session.workspace.id, name: session.workspace.name },
    workspaces: session.workspaces.map(({ id, name }) => ({ id, name })),
    theme: session.theme,
    locale: session.workspace.locale,
    development: services.config.environment === 'development',
    testDataOf: session.workspace.sandboxOf,
    erasedOn: erasedOn(session.workspace),
    now: isoInstant(services.clock.now()),
    unread: session.unread,
    nav: navigation(session.role, services.config.operators.includes(session.email.toLowerCase())),
  }
}

const erasedOn = ({ eraseAt, timeZone, locale }: Workspace): string | null =>
  eraseAt === null ? null : dateFormat(locale, { dateStyle: 'long', timeZone }).format(new Date(eraseAt))
