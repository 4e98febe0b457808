/** What was published when and by whom, what each version changed, and the way back. */
import { Badge } from '../../../views/badge.tsx'
import { EmptyState } from '../../../views/empty-state.tsx'
import { Time } from '../../../views/time.tsx'
import { AutomationHead, type HeadAutomation } from './automation-head.tsx'
import type { Names } from './words.ts'

export function VersionsPage(props: {
  automation: HeadAutomation
  names: Names
  versions: { version: number; publishedAt: string; publishedBy: string; changes: string[] | null }[]
  /** What the draft changes; null: nothing was published yet. */
  draft: string[] | null
  mayWrite: boolean
  timeZone: string
  locale: string
}) {
  const { automation, names, versions, draft, mayWrite, timeZone, locale } = props
  return (
    <>
      <AutomationHead automation={automation} names={names} current="versions" mayWrite={mayWrite} />
      {draft && draft.length > 0 && (
        <section class="surface mb-4 p-4">
          <h2 class="font-semibold">The draft, not published yet</h2>
          <Changes lines={draft} />
        </section>
      )}
      {versions.length === 0 ? (
        <EmptyState
          icon="clock"
          title="Never published"
          text="Each time it goes live a version is kept, with what it changed."
        />
      ) : (
        <ol class="flex flex-col gap-3">
          {versions.map(({ version, publishedAt, publishedBy, changes }) => (
            <li class="surface p-4">
              <div class="flex flex-wrap items-center gap-3">
                <h2 class="font-semibold">Version {version}</h2>
                {version === automation.publishedVersion && <Badge tone="success">Runs now</Badge>}
                <span class="text-base-content/75 text-sm">
                  <Time at={publishedAt} timeZone={timeZone} locale={locale} />, {publishedBy}
                </span>
                {mayWrite && (
                  <form
                    action={`/ops/automations/${automation.id}/versions/restore`}
                    method="post"
                    class="ml-auto"
                  >
                    <input type="hidden" name="version" value={String(version)} />
                    <button type="submit" class="btn btn-sm border-base-300 bg-base-100">
                      Take into the draft
                    </button>
                  </form>
                )}
              </div>
              {changes === null ? <p class="text-sm">The first one.</p> : <Changes lines={changes} />}
            </li>
          ))}
        </ol>
      )}
    </>
  )
}

function Changes({ lines }: { lines: string[] }) {
  if (lines.length === 0) return <p class="text-sm">No changes.</p>
  return (
    <ul class="mt-1 list-disc pl-5 text-sm">
      {lines.map((line) => (
        <li class="break-words">{line}</li>
      ))}
    </ul>
  )
}
