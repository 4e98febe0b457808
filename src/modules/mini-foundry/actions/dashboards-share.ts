/** Shares a dashboard by link: read-only, with fixed filters, until it ends or is ended. */
import { businessDay } from '../../../kit/calendar.ts'
import { type Actor, can } from '../../../platform/actor.ts'
import { forbidden, notFound, ok, type Result } from '../../../platform/result.ts'
import type { Services } from '../../../platform/services.ts'
import { createLink, type LinkLine, listLinks, type MadeLink, revokeLink } from '../../workspace/index.ts'
import type { DashboardView } from '../domain/dashboard-model.ts'
import { type DashboardQueryInput, parseDashboardQuery, queryString } from '../domain/dashboard-query.ts'
import { frameSnippet, parseSites, siteScope, sitesOf, themeOf } from '../domain/embed.ts'
import { getDashboard } from './dashboards.ts'
import { readDashboard } from './dashboards-view.ts'

const QUERY = 'query:'

export interface SharedDashboard extends MadeLink {
  /** For the sites that were named: the address of the frame, and the HTML to paste. */
  embed?: { url: string; snippet: string }
}

/** The question is fixed with the link (in its scope): a visitor cannot ask another. */
export async function shareDashboard(
  services: Services,
  actor: Actor,
  id: string,
  input: {
    label: string
    query: DashboardQueryInput
    expiresAt: string | null
    /** Sites that may show it in a frame. */
    allowedOrigins?: readonly string[]
  },
): Promise<Result<SharedDashboard>> {
  if (!can(actor, 'foundry:write')) return forbidden('share dashboards')
  const known = await getDashboard(services, actor, id)
  if (!known.ok) return known
  const today = businessDay(services.clock.now(), actor.workspace.timeZone)
  const parsed = parseDashboardQuery(input.query, today)
  if (!parsed.ok) return parsed
  const sites = parseSites(input.allowedOrigins ?? [])
  if (!sites.ok) return sites
  const made = await createLink(services, actor, {
    kind: 'dashboard',
    ref: id,
    scope: ['view', `${QUERY}${queryString(parsed.value)}`, ...siteScope(sites.value)],
    label: input.label || known.value.name,
    expiresAt: input.expiresAt,
    maxUses: null,
  })
  if (!made.ok || sites.value.length === 0) return made
  const url = `${services.config.publicUrl}/embed/${made.value.token}`
  return ok({ ...made.value, embed: { url, snippet: frameSnippet(url, known.value.name) } })
}

/** How a frame shows a link's dashboard, and on which sites; null: in no frame. */
export function readEmbed(
  link: Pick<LinkLine, 'kind' | 'scope'>,
  theme: string | undefined,
): { sites: string[]; theme: ReturnType<typeof themeOf> } | null {
  const sites = sitesOf(link.scope)
  return link.kind === 'dashboard' && sites.length > 0 ? { sites, theme: themeOf(theme) } : null
}

export async function dashboardLinks(
  services: Services,
  actor: Actor,
  id: string,
): Promise<Result<LinkLine[]>> {
  const known = await getDashboard(services, actor, id)
  if (!known.ok) return known
  const links = await listLinks(services, actor, { kind: 'dashboard', ref: id })
  return links.ok ? ok(links.value.links) : links
}

/** Only links of this dashboard. */
export async function endDashboardLink(
  services: Services,
  actor: Actor,
  id: string,
  linkId: string,
): Promise<Result<unknown>> {
  const links = await dashboardLinks(services, actor, id)
  if (!links.ok) return links
  if (!links.value.some((link) => link.id === linkId)) return notFound('link')
  return revokeLink(services, actor, linkId)
}

/** What a visitor of the link sees; `actor` is who the link speaks for. */
export async function openShared(
  services: Services,
  actor: Actor,
  link: Pick<LinkLine, 'ref' | 'scope'>,
): Promise<Result<DashboardView>> {
  const fixed = link.scope.find((part) => part.startsWith(QUERY))?.slice(QUERY.length) ?? ''
  const view = await readDashboard(services, actor, {
    id: link.ref,
    query: Object.fromEntries(new URLSearchParams(fixed)),
  })
  // remarks are written for the people of the workspace
  return view.ok ? ok({ ...view.value, remarks: [] }) : view
}
