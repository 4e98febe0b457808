/** All files of the workspace: found by name, added, deleted with a way back. */
import type { FieldError } from '../../../platform/result.ts'
import { Alert } from '../../../views/alert.tsx'
import { Button, LinkButton } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { EmptyState } from '../../../views/empty-state.tsx'
import { FilterBar, FilterText } from '../../../views/filter-bar.tsx'
import { ErrorSummary, errorOf, FileField, Form, SubmitButton } from '../../../views/form.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { Pagination } from '../../../views/pagination.tsx'
import { Time } from '../../../views/time.tsx'
import { ACCEPTED, MAX_WORKSPACE_BYTES } from '../domain/file-type.ts'
import { subjectHref, subjectWords } from '../domain/subject.ts'
import { kindWords, sizeWords } from './file-words.ts'

export interface FileItem {
  id: string
  name: string
  contentType: string
  bytes: number
  subjectType: string
  subjectId: string
  uploadedByName: string
  createdAt: string
  deletedAt: string | null
}

export interface FilesPageProps {
  files: FileItem[]
  bytesUsed: number
  /** What is looked for in names. */
  text: string
  /** The list of deleted files. */
  deleted: boolean
  next: string | null
  first: string | null
  mayWrite: boolean
  timeZone: string
  locale: string
  /** Just deleted: can be put back. */
  undoId?: string
  errors?: FieldError[]
}

export function FilesPage(props: FilesPageProps) {
  const { bytesUsed, deleted, locale, mayWrite, undoId, text } = props
  const room = `${sizeWords(bytesUsed, locale)} of ${sizeWords(MAX_WORKSPACE_BYTES, locale)} used`
  return (
    <>
      <PageHeader
        title={deleted ? 'Deleted files' : 'Files'}
        lead={deleted ? 'Kept for 7 days, then gone for good.' : `Contracts, receipts, pictures: ${room}.`}
        crumbs={deleted ? [{ href: '/files', label: 'Files' }] : []}
        actions={
          !deleted && (
            <LinkButton href="/files?deleted=yes" small icon="trash">
              Deleted files
            </LinkButton>
          )
        }
      />
      <div class="flex flex-col gap-5">
        {undoId && <Undo id={undoId} />}
        {mayWrite && !deleted && <AddFile errors={props.errors} />}
        <div>
          <FilterBar
            action="/files"
            keep={deleted ? { deleted: 'yes' } : {}}
            active={text ? [{ label: `Name: ${text}`, href: deleted ? '/files?deleted=yes' : '/files' }] : []}
          >
            <FilterText label="Name" name="q" value={text} />
          </FilterBar>
          <FileTable {...props} />
          <Pagination next={props.next} first={props.first} />
        </div>
      </div>
    </>
  )
}

export function AddFile({
  errors,
  subject,
}: {
  errors?: FieldError[]
  subject?: { type: string; id: string }
}) {
  const about = subject && new URLSearchParams({ subject_type: subject.type, subject_id: subject.id })
  return (
    <Card title="Add a file">
      <Form action={about ? `/files?${about}` : '/files'} enctype="multipart/form-data">
        <ErrorSummary errors={errors} />
        <FileField
          label="File"
          name="file"
          accept={ACCEPTED}
          required
          error={errorOf(errors, 'file')}
          hint="Up to 25 MB: PDF, pictures, Word, Excel, PowerPoint, CSV, text, JSON, zip, MP4 or MP3."
        />
        <SubmitButton>Add the file</SubmitButton>
      </Form>
    </Card>
  )
}

function Undo({ id }: { id: string }) {
  return (
    <Alert
      tone="info"
      actions={
        <Form action={`/files/${id}/restoration`} class="contents">
          <Button small>Undo</Button>
        </Form>
      }
    >
      The file is deleted. Links to it open nothing now.
    </Alert>
  )
}

function FileTable({ files, deleted, text, mayWrite, timeZone, locale }: FilesPageProps) {
  const empty = text
    ? { title: 'No file has this in its name', text: 'Try fewer letters.' }
    : deleted
      ? { title: 'Nothing is deleted', text: 'Deleted files stay here for 7 days.' }
      : { title: 'No files yet', text: 'Add the first one above, or from the page of a contact.' }
  return (
    <DataTable
      caption={deleted ? 'Deleted files' : 'Files'}
      rows={files}
      empty={<EmptyState icon="file" {...empty} />}
      columns={[
        {
          key: 'name',
          label: 'Name',
          cell: (file) =>
            deleted ? (
              <span class="break-all">{file.name}</span>
            ) : (
              <a href={`/files/${file.id}`} class="link break-all font-medium">
                {file.name}
              </a>
            ),
        },
        { key: 'kind', label: 'Kind', cell: (file) => kindWords(file.contentType) },
        { key: 'size', label: 'Size', numeric: true, cell: (file) => sizeWords(file.bytes, locale) },
        {
          key: 'about',
          label: 'Belongs to',
          cell: (file) =>
            file.subjectType ? (
              <a href={subjectHref(file.subjectType, file.subjectId)} class="link">
                a {subjectWords(file.subjectType)}
              </a>
            ) : (
              'the workspace'
            ),
        },
        {
          key: 'added',
          label: 'Added',
          cell: (file) => (
            <>
              <Time at={file.createdAt} timeZone={timeZone} locale={locale} show="date" />
              <span class="block text-base-content/75 text-xs">{file.uploadedByName}</span>
            </>
          ),
        },
        {
          key: 'do',
          label: 'Actions',
          cell: (file) => <Deeds file={file} mayWrite={mayWrite} />,
        },
      ]}
    />
  )
}

function Deeds({ file, mayWrite }: { file: FileItem; mayWrite: boolean }) {
  if (file.deletedAt !== null)
    return mayWrite ? (
      <Form action={`/files/${file.id}/restoration`} class="contents">
        <Button small>
          Restore<span class="sr-only"> {file.name}</span>
        </Button>
      </Form>
    ) : null
  return (
    <div class="flex gap-2">
      <LinkButton href={`/files/${file.id}/download`} small download>
        Download<span class="sr-only"> {file.name}</span>
      </LinkButton>
      {mayWrite && (
        <Form action={`/files/${file.id}/deletion`} class="contents">
          <Button small>
            Delete<span class="sr-only"> {file.name}</span>
          </Button>
        </Form>
      )}
    </div>
  )
}
