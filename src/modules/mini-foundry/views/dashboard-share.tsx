/** Who else sees a dashboard: links for people outside, mails on a rhythm, and files to take away. */
import type { FieldError } from '../../../platform/result.ts'
import { Button, LinkButton } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { CopyField } from '../../../views/copy-field.tsx'
import { ErrorSummary } from '../../../views/form.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import type { Dashboard } from '../domain/dashboard-model.ts'
import type { Schedule } from '../domain/dashboard-schedule.ts'
import { sitesOf } from '../domain/embed.ts'
import { ScheduleCard } from './dashboard-schedule.tsx'
import { EmbedFields, SitesField } from './embed-fields.tsx'

export interface ShareProps {
  dashboard: Dashboard
  links: {
    id: string
    label: string
    state: string
    scope: string[]
    expiresAt: string | null
    uses: number
  }[]
  /** Null: this person may not make public links. */
  mayLink: boolean
  schedules: Schedule[]
  /** A link made just now: its address is shown this once. */
  made?: { url: string; embed?: { url: string; snippet: string } }
  errors?: FieldError[]
}

export function ShareDashboard({ dashboard, links, mayLink, schedules, made, errors }: ShareProps) {
  const base = `/foundry/dashboards/${dashboard.id}`
  return (
    <>
      <PageHeader
        title={`Share ${dashboard.name}`}
        crumbs={[
          { href: '/foundry/dashboards', label: 'Dashboards' },
          { href: base, label: dashboard.name },
        ]}
      />
      {errors && <ErrorSummary errors={errors} />}
      <div class="flex max-w-3xl flex-col gap-4">
        <Card title="Take it away">
          <div class="flex flex-wrap gap-2">
            <LinkButton href={`${base}/export.csv`} small download>
              CSV of all figures
            </LinkButton>
            {dashboard.widgets.map((widget) => (
              <LinkButton href={`${base}/export.csv?widget=${widget.id}`} small download>
                {widget.title} (CSV)
              </LinkButton>
            ))}
          </div>
        </Card>
        <Card
          title="Share by link"
          lead="Whoever has the link sees this dashboard and nothing else, without an account, and cannot change what it asks."
        >
          {made && <CopyField label="The link; it is shown this once" id="made-link" value={made.url} />}
          {made?.embed && <EmbedFields embed={made.embed} />}
          {mayLink ? (
            <form action={`${base}/share`} method="post" class="mt-3 flex flex-wrap items-end gap-2">
              <Small label="For whom" name="label" value="" required />
              <Small label="Days until it ends" name="days" value="30" />
              <Small
                label="Range (e.g. this_month)"
                name="range"
                value={dashboard.settings.query?.range ?? ''}
              />
              <Small
                label="Only (e.g. country:DE)"
                name="filter"
                value={dashboard.settings.query?.filter ?? ''}
              />
              <SitesField />
              <Button small tone="primary">
                Make link
              </Button>
            </form>
          ) : (
            <p class="text-sm">Ask an administrator of the workspace to make public links.</p>
          )}
          <ul class="mt-3 flex flex-col gap-2 text-sm">
            {links.map((link) => (
              <li class="flex flex-wrap items-center gap-2">
                <span class="font-semibold">{link.label}</span>
                <span class="text-base-content/75">
                  {link.state}
                  {link.expiresAt && `, until ${link.expiresAt.slice(0, 10)}`}
                  {sitesOf(link.scope).length > 0 && `, in frames of ${sitesOf(link.scope).join(', ')}`}
                </span>
                {link.state === 'active' && (
                  <form action={`${base}/share/${link.id}/end`} method="post">
                    <Button small>
                      End<span class="sr-only"> the link for {link.label}</span>
                    </Button>
                  </form>
                )}
              </li>
            ))}
          </ul>
        </Card>
        <ScheduleCard dashboard={dashboard} schedules={schedules} />
      </div>
    </>
  )
}

function Small({
  label,
  name,
  value,
  required,
}: {
  label: string
  name: string
  value: string
  required?: boolean
}) {
  return (
    <label class="flex flex-col gap-1 text-xs">
      <span class="text-base-content/80">{label}</span>
      <input name={name} value={value} required={required} class="input input-sm w-44" maxlength={120} />
    </label>
  )
}
