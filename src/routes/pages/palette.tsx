/** The command palette's answers: pages by name, then records of the workspace. */
import { zValidator } from '@hono/zod-validator'
import { Hono } from 'hono'
import * as z from 'zod'
import { wantsPartial } from '../../http/audience.ts'
import { requires } from '../../http/authorize.ts'
import type { AppEnv } from '../../http/context.ts'
import { failurePage, page, partial } from '../../http/respond.tsx'
import { type FoundRow, findRecords } from '../../modules/mini-foundry/index.ts'
import { contactName, listContacts } from '../../modules/workspace/index.ts'
import { type Actor, can, type Permission } from '../../platform/actor.ts'
import type { Services } from '../../platform/services.ts'
import { Field } from '../../views/form.tsx'
import type { IconName } from '../../views/icon.tsx'
import { PageHeader } from '../../views/page-header.tsx'
import { type PaletteGroup, PaletteResults } from '../../views/palette.tsx'

interface Place {
  href: string
  label: string
  icon: IconName
  /** Other words people type for it. */
  words: string
  needs?: Permission
}

const PLACES: Place[] = [
  { href: '/', label: 'Home', icon: 'home', words: 'start today overview' },
  {
    href: '/foundry',
    label: 'Sales dashboard',
    icon: 'chart',
    words: 'mini foundry revenue metrics numbers',
  },
  { href: '/foundry/dashboards', label: 'All dashboards', icon: 'chart', words: 'boards' },
  {
    href: '/foundry/dashboards/new',
    label: 'New dashboard',
    icon: 'plus',
    words: 'create build',
    needs: 'foundry:write',
  },
  { href: '/foundry/ask', label: 'Ask in words', icon: 'search', words: 'question figures' },
  { href: '/foundry/metrics', label: 'Metric definitions', icon: 'book', words: 'formula catalogue' },
  { href: '/foundry/imports', label: 'Imports', icon: 'upload', words: 'csv files history' },
  {
    href: '/foundry/imports/new',
    label: 'Import a file',
    icon: 'upload',
    words: 'csv upload orders customers',
    needs: 'foundry:write',
  },
  { href: '/foundry/sources', label: 'Data sources', icon: 'plug', words: 'stripe connect webhook' },
  {
    href: '/foundry/take-away',
    label: 'Take all facts away',
    icon: 'download',
    words: 'sqlite export file backup',
    needs: 'workspace:export',
  },
  {
    href: '/foundry/invoices?status=overdue',
    label: 'Overdue invoices',
    icon: 'file',
    words: 'late unpaid receivables',
  },
  {
    href: '/contacts',
    label: 'Contacts',
    icon: 'users',
    words: 'leads customers people crm',
    needs: 'contacts:read',
  },
  {
    href: '/contacts/new',
    label: 'Add a contact',
    icon: 'plus',
    words: 'lead new person',
    needs: 'contacts:write',
  },
  {
    href: '/contacts/duplicates',
    label: 'Duplicate contacts',
    icon: 'users',
    words: 'merge',
    needs: 'contacts:read',
  },
  {
    href: '/contacts/forms',
    label: 'Forms',
    icon: 'list',
    words: 'lead capture website',
    needs: 'contacts:read',
  },
  { href: '/settings', label: 'Workspace settings', icon: 'settings', words: 'time zone currency name' },
  { href: '/settings/people', label: 'People', icon: 'users', words: 'members invite roles team' },
  { href: '/settings/keys', label: 'API keys', icon: 'key', words: 'token developer', needs: 'keys:manage' },
  {
    href: '/settings/audit',
    label: 'Audit log',
    icon: 'list',
    words: 'history who did',
    needs: 'audit:read',
  },
  { href: '/settings/profile', label: 'Your profile', icon: 'user', words: 'password name e-mail' },
  {
    href: '/settings/security',
    label: 'Sign-in and devices',
    icon: 'shield',
    words: 'second factor mfa totp sessions',
  },
  { href: '/docs/api', label: 'API reference', icon: 'book', words: 'openapi rest documentation' },
]

const ICONS: Record<FoundRow['kind'], IconName> = {
  dashboard: 'chart',
  import: 'upload',
  invoice: 'file',
  customer: 'user',
  product: 'table',
}

/** What was typed; more than a name's worth of it is cut off. */
const question = zValidator(
  'query',
  z.object({
    q: z
      .string()
      .default('')
      .transform((text) => text.slice(0, 80)),
  }),
)

export const palettePages = new Hono<AppEnv>().get(
  '/palette',
  requires('workspace:read'),
  question,
  async (c) => {
    const { q } = c.req.valid('query')
    const records = await findRecords(c.var.services, c.var.actor, q)
    if (!records.ok) return failurePage(c, records.error)
    const groups: PaletteGroup[] = [
      { label: 'Pages', items: placesFor(c.var.actor, q) },
      { label: 'Contacts', items: await contactItems(c.var.services, c.var.actor, q) },
      { label: 'Records', items: records.value.map(recordItem) },
    ]
    if (wantsPartial(c)) return partial(c, <PaletteResults groups={groups} />)
    const body = (
      <>
        <PageHeader title="Search" />
        <form action="/palette" method="get" class="mb-4 max-w-xl">
          <Field label="Pages and records" name="q" type="search" value={q} />
        </form>
        <PaletteResults groups={groups} />
      </>
    )
    return page(c, { title: 'Search', section: '', body })
  },
)

function placesFor(actor: Actor, q: string) {
  const wanted = q.toLowerCase().trim()
  return PLACES.filter((place) => !place.needs || can(actor, place.needs))
    .filter((place) => `${place.label} ${place.words}`.toLowerCase().includes(wanted))
    .map(({ href, label, icon }) => ({ href, label, icon }))
}

/** Fewer than two characters find nothing: everybody would match. */
async function contactItems(services: Services, actor: Actor, q: string) {
  if (q.trim().length < 2 || !can(actor, 'contacts:read')) return []
  const found = await listContacts(services, actor, { q: q.trim() }, 5)
  if (!found.ok) return []
  return found.value.contacts.map((contact) => ({
    href: `/contacts/${contact.id}`,
    label: contactName(contact),
    hint: contact.company ?? contact.email ?? contact.stage,
    icon: 'user' as const,
  }))
}

function recordItem(row: FoundRow) {
  const search = encodeURIComponent(row.label)
  const href = {
    dashboard: `/foundry/dashboards/${row.id}`,
    import: `/foundry/imports/${row.id}`,
    invoice: `/foundry/invoices?status=all&q=${search}`,
    customer: `/foundry/customers?q=${search}`,
    product: `/foundry/products?q=${search}`,
  }[row.kind]
  return { href, label: row.label, hint: row.hint ?? row.kind, icon: ICONS[row.kind] }
}
