/** One file: what it is, how it looks, who may fetch it from outside, and what people say about it. */
import type { FieldError } from '../../../platform/result.ts'
import { Alert } from '../../../views/alert.tsx'
import { Button, LinkButton } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { ConfirmButton } from '../../../views/confirm.tsx'
import { CopyField } from '../../../views/copy-field.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { DescriptionList } from '../../../views/description-list.tsx'
import { ErrorSummary, errorOf, Field, Form, SelectField, SubmitButton } from '../../../views/form.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { Time } from '../../../views/time.tsx'
import { subjectHref, subjectWords } from '../domain/subject.ts'
import { kindWords, shownAs, sizeWords } from './file-words.ts'
import type { FileItem } from './files-page.tsx'
import { CommentsSlot } from './panel-slot.tsx'
import type { LinkItem } from './settings-links.tsx'

export interface FilePageProps {
  file: FileItem & { sha256: string }
  /** Those that still open it. */
  links: LinkItem[]
  mayWrite: boolean
  mayShare: boolean
  timeZone: string
  locale: string
  /** The address of the link just made: this once. */
  made?: string
  values?: Record<string, string>
  errors?: FieldError[]
}

export function FilePage(props: FilePageProps) {
  const { file, mayWrite, mayShare } = props
  const actions = (
    <>
      <LinkButton href={`/files/${file.id}/download`} tone="primary" icon="download" download>
        Download
      </LinkButton>
      {mayWrite && (
        <Form action={`/files/${file.id}/deletion`} class="contents">
          <Button icon="trash">Delete</Button>
        </Form>
      )}
    </>
  )
  return (
    <>
      <PageHeader title={file.name} crumbs={[{ href: '/files', label: 'Files' }]} actions={actions} />
      <div class="flex flex-col gap-5">
        {props.made && (
          <Alert tone="success" title="Your link, shown this once">
            <p class="mb-2">Whoever has it can fetch the file. Send it to them; end it below at any time.</p>
            <CopyField id="made-link" label="Link" value={props.made} />
          </Alert>
        )}
        <div class="grid gap-5 lg:grid-cols-2">
          <Facts {...props} />
          <Look file={file} />
        </div>
        {mayShare && <Links {...props} />}
        {mayShare && <Share {...props} />}
        <CommentsSlot subjectType="file" subjectId={file.id} />
      </div>
    </>
  )
}

function Facts({ file, timeZone, locale }: FilePageProps) {
  const items = [
    { label: 'Kind', value: kindWords(file.contentType) },
    { label: 'Size', value: sizeWords(file.bytes, locale) },
    { label: 'Added by', value: file.uploadedByName },
    { label: 'Added', value: <Time at={file.createdAt} timeZone={timeZone} locale={locale} /> },
    { label: 'SHA-256', value: <code class="break-all text-xs">{file.sha256}</code> },
  ]
  if (file.subjectType) {
    const href = subjectHref(file.subjectType, file.subjectId)
    const value = (
      <a href={href} class="link">
        a {subjectWords(file.subjectType)}
      </a>
    )
    items.splice(2, 0, { label: 'Belongs to', value })
  }
  return (
    <Card title="About this file">
      <DescriptionList items={items} />
    </Card>
  )
}

function Look({ file }: { file: FileItem }) {
  const src = `/preview/files/${file.id}`
  const shown = shownAs(file)
  if (shown === null)
    return (
      <Card title="Preview">
        <p class="text-base-content/75 text-sm">
          This kind of file is not shown here. Download it to look at it.
        </p>
      </Card>
    )
  return (
    <Card title="Preview">
      {shown === 'image' ? (
        <img src={src} alt={`Preview of ${file.name}`} class="max-h-96 rounded-box object-contain" />
      ) : (
        <iframe
          src={src}
          title={`Preview of ${file.name}`}
          class="h-64 w-full rounded-box border border-base-300 bg-white"
        />
      )}
    </Card>
  )
}

function Links({ file, links, timeZone, locale }: FilePageProps) {
  if (links.length === 0) return null
  const when = (at: string | null, none: string) =>
    at ? <Time at={at} timeZone={timeZone} locale={locale} show="date" /> : none
  return (
    <DataTable
      caption="Links that open this file"
      rows={links}
      columns={[
        { key: 'label', label: 'Link', cell: (link) => <span class="font-medium">{link.label}</span> },
        { key: 'expires', label: 'Ends', cell: (link) => when(link.expiresAt, 'never') },
        {
          key: 'uses',
          label: 'Downloads',
          numeric: true,
          cell: (link) => (link.maxUses === null ? String(link.uses) : `${link.uses} of ${link.maxUses}`),
        },
        { key: 'used', label: 'Last used', cell: (link) => when(link.lastUsedAt, 'never') },
        {
          key: 'end',
          label: 'End it',
          cell: (link) => (
            <ConfirmButton
              action={`/settings/links/${link.id}/revocation`}
              label="Revoke"
              title={`Revoke “${link.label}”?`}
              text="Whoever has the link can no longer open it. This cannot be taken back."
              confirmLabel="Revoke the link"
              fields={{ back: `/files/${file.id}` }}
            />
          ),
        },
      ]}
    />
  )
}

const LIFETIMES = [
  { value: '7', label: 'A week' },
  { value: '1', label: 'A day' },
  { value: '30', label: '30 days' },
  { value: '365', label: 'A year' },
  { value: '', label: 'Until it is revoked' },
]

function Share({ file, values = {}, errors }: FilePageProps) {
  return (
    <Card
      title="Share by link"
      lead="For somebody without an account. They can fetch this file and nothing else."
    >
      <Form action={`/files/${file.id}/links`}>
        <ErrorSummary errors={errors} />
        <Field
          label="For whom or what"
          name="label"
          value={values.label}
          required={false}
          maxlength={120}
          error={errorOf(errors, 'label')}
          hint="Only you see this, in the list of links."
        />
        <div class="grid gap-4 sm:grid-cols-2">
          <SelectField
            label="It opens for"
            name="days"
            value={values.days ?? '7'}
            options={LIFETIMES}
            error={errorOf(errors, 'days')}
          />
          <Field
            label="Downloads at most"
            name="maxUses"
            type="number"
            min="1"
            max="100000"
            value={values.maxUses}
            required={false}
            error={errorOf(errors, 'maxUses')}
          />
        </div>
        <SubmitButton>Make the link</SubmitButton>
      </Form>
    </Card>
  )
}
