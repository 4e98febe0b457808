/** Mail templates, and the gallery to take some from. */
import { Badge } from '../../../views/badge.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { Time } from '../../../views/time.tsx'
import { MAIL_GALLERY } from '../domain/mail-gallery.ts'
import { OpsTabs } from './ops-tabs.tsx'

interface TemplateLine {
  id: string
  name: string
  subject: string
  stream: 'workspace' | 'marketing'
  updatedAt: string
}

export function TemplateListPage(props: {
  templates: TemplateLine[]
  mayWrite: boolean
  timeZone: string
  locale: string
}) {
  const { templates, mayWrite, timeZone, locale } = props
  return (
    <>
      <OpsTabs current="templates" />
      <PageHeader
        title="Mail templates"
        lead="Written once, filled in with what is known of each person, sent by automations."
        actions={
          mayWrite ? (
            <form action="/ops/templates" method="post">
              <button type="submit" class="btn btn-primary">
                New template
              </button>
            </form>
          ) : undefined
        }
      />
      {templates.length > 0 && (
        <DataTable
          caption="Templates"
          rows={templates}
          columns={[
            {
              key: 'name',
              label: 'Template',
              cell: ({ id, name }) => (
                <a class="link link-hover font-medium" href={`/ops/templates/${id}`}>
                  {name}
                </a>
              ),
            },
            { key: 'subject', label: 'Subject', cell: ({ subject }) => subject },
            {
              key: 'stream',
              label: 'Kind',
              cell: ({ stream }) => (
                <Badge tone={stream === 'marketing' ? 'info' : 'neutral'}>
                  {stream === 'marketing' ? 'Marketing' : 'Business'}
                </Badge>
              ),
            },
            {
              key: 'changed',
              label: 'Changed',
              cell: ({ updatedAt }) => <Time at={updatedAt} timeZone={timeZone} locale={locale} />,
            },
          ]}
        />
      )}
      {mayWrite && (
        <section class="mt-8">
          <h2 class="mb-2 font-semibold">Ready to take</h2>
          <ul class="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
            {MAIL_GALLERY.map(({ key, name, use, subject }) => (
              <li class="surface flex flex-col gap-1 p-4">
                <h3 class="font-medium">{name}</h3>
                <p class="text-base-content/75 text-xs">{use}</p>
                <p class="flex-1 break-words text-sm">{subject}</p>
                <form action="/ops/templates" method="post">
                  <input type="hidden" name="gallery" value={key} />
                  <button type="submit" class="btn btn-sm border-base-300 bg-base-100">
                    Take it<span class="sr-only">: {name}</span>
                  </button>
                </form>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
