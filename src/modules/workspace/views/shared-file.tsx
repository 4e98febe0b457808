/** What somebody without an account sees who was sent a link to a file. */
import { Icon } from '../../../views/icon.tsx'
import { Time } from '../../../views/time.tsx'
import { kindWords, sizeWords } from './file-words.ts'

export interface SharedFileProps {
  action: string
  file: { name: string; contentType: string; bytes: number }
  workspaceName: string
  expiresAt: string | null
  /** Null: any number. */
  downloadsLeft: number | null
  timeZone: string
  locale: string
}

export function SharedFile(props: SharedFileProps) {
  const { action, file, workspaceName, expiresAt, downloadsLeft, timeZone, locale } = props
  return (
    <div class="flex flex-col gap-4">
      <p class="text-base-content/75 text-sm">{workspaceName} shares a file with you</p>
      <div class="flex items-start gap-3">
        <span class="grid size-12 shrink-0 place-items-center rounded-box bg-primary/10 text-primary">
          <Icon name="file" size={24} />
        </span>
        <div class="min-w-0">
          <h1 class="break-all font-semibold text-lg">{file.name}</h1>
          <p class="text-base-content/75 text-sm">
            {kindWords(file.contentType)}, {sizeWords(file.bytes, locale)}
          </p>
        </div>
      </div>
      <form action={action} method="post">
        <button type="submit" class="btn btn-primary w-full">
          <Icon name="download" size={16} />
          Download
        </button>
      </form>
      <p class="text-base-content/75 text-xs">
        {downloadsLeft !== null &&
          (downloadsLeft === 1
            ? 'It can be downloaded once more. '
            : `It can be downloaded ${downloadsLeft} times more. `)}
        {expiresAt && (
          <>
            The link ends on <Time at={expiresAt} timeZone={timeZone} locale={locale} />.{' '}
          </>
        )}
        Open it only if you know who sent it.
      </p>
    </div>
  )
}
