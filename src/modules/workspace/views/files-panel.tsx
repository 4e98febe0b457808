/** The files that hang on one thing, with the form to add another. */
import type { FieldError } from '../../../platform/result.ts'
import { LinkButton } from '../../../views/button.tsx'
import { Time } from '../../../views/time.tsx'
import { sizeWords } from './file-words.ts'
import { AddFile, type FileItem } from './files-page.tsx'

export interface FilesPanelProps {
  subject: { type: string; id: string; title: string }
  files: FileItem[]
  /** The page of those added before these. */
  earlierHref: string | null
  mayWrite: boolean
  timeZone: string
  locale: string
  errors?: FieldError[]
}

export function FilesPanel({
  subject,
  files,
  earlierHref,
  mayWrite,
  timeZone,
  locale,
  errors,
}: FilesPanelProps) {
  return (
    <section id="files" class="surface p-4 sm:p-5" aria-labelledby="files-title">
      <h2 id="files-title" class="mb-3 font-semibold">
        Files
      </h2>
      {files.length === 0 && <p class="text-base-content/75 text-sm">No files here yet.</p>}
      <ul class="flex flex-col divide-y divide-base-300">
        {files.map((file) => (
          <li class="flex flex-wrap items-center gap-3 py-2">
            <div class="min-w-0 flex-1">
              <a href={`/files/${file.id}`} class="link break-all font-medium text-sm">
                {file.name}
              </a>
              <p class="text-base-content/75 text-xs">
                {sizeWords(file.bytes, locale)}, {file.uploadedByName},{' '}
                <Time at={file.createdAt} timeZone={timeZone} locale={locale} show="date" />
              </p>
            </div>
            <LinkButton href={`/files/${file.id}/download`} small download>
              Download<span class="sr-only"> {file.name}</span>
            </LinkButton>
          </li>
        ))}
      </ul>
      {earlierHref && (
        <a href={earlierHref} class="link text-sm">
          Older files
        </a>
      )}
      {mayWrite && (
        <details class="mt-3" open={errors !== undefined}>
          <summary class="btn btn-sm border-base-300 bg-base-100">Add a file</summary>
          <div class="mt-3">
            <AddFile subject={subject} errors={errors} />
          </div>
        </details>
      )}
    </section>
  )
}
