/** One import: its columns while it waits for them, then how it goes and what came of it. */
import { PageHeader } from '../../../views/page-header.tsx'
import { Time } from '../../../views/time.tsx'
import { CommentsSlot } from '../../workspace/views/panel-slot.tsx'
import { KIND_LABELS } from '../domain/import/fields.ts'
import type { ImportView } from '../domain/import/model.ts'
import { FoundryTabs } from './dashboard-tabs.tsx'
import { ImportMappingForm, type ImportMappingProps } from './import-mapping.tsx'
import { ImportProgress } from './import-progress.tsx'
import { type ImportReader, sizeOf } from './import-words.ts'

export interface ImportPageProps {
  view: ImportView
  reader: ImportReader
  mayWrite: boolean
  /** Given while the columns are to be chosen. */
  choice?: Omit<ImportMappingProps, 'row'>
}

export function ImportPage({ view, reader, mayWrite, choice }: ImportPageProps) {
  const { row, errors } = view
  return (
    <>
      <FoundryTabs current="imports" />
      <PageHeader
        title={row.fileName}
        lead={
          <>
            {KIND_LABELS[row.kind].title}, {sizeOf(row.fileBytes, reader.locale)},{' '}
            <Time at={row.createdAt} timeZone={reader.timeZone} locale={reader.locale} />
          </>
        }
        crumbs={[{ href: '/foundry/imports', label: 'Imports' }]}
      />
      {!choice && <div id="live-line" hidden {...{ 'hx-ws:connect': `/live?kind=import&id=${row.id}` }} />}
      <div class="flex flex-col gap-4">
        <ImportProgress row={row} errors={errors} reader={reader} mayWrite={mayWrite} />
        {choice && <ImportMappingForm row={row} {...choice} />}
        <CommentsSlot subjectType="import" subjectId={row.id} />
      </div>
    </>
  )
}
