/** One ready automation: what it does step by step, before it is taken. */
import { Alert } from '../../../views/alert.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import type { GalleryItem } from '../domain/gallery.ts'
import { FlowTree } from './flow-tree.tsx'
import { type Names, triggerWords } from './words.ts'

export function GalleryItemPage({ item, names }: { item: GalleryItem; names: Names }) {
  const { key, title, summary, needs, draft } = item
  return (
    <>
      <PageHeader
        title={title}
        crumbs={[
          { href: '/ops', label: 'Automations' },
          { href: '/ops/new', label: 'New' },
        ]}
        lead={summary}
        actions={
          <form action="/ops/new" method="post">
            <input type="hidden" name="gallery" value={key} />
            <button type="submit" class="btn btn-primary">
              Take it
            </button>
          </form>
        }
      />
      {needs.length > 0 && (
        <div class="mb-4">
          <Alert tone="info" title="Before it can go live">
            <ul class="list-disc pl-5">
              {needs.map((need) => (
                <li>{need}</li>
              ))}
            </ul>
          </Alert>
        </div>
      )}
      <p class="mb-3 text-sm">
        <strong>It starts:</strong> {triggerWords(draft.trigger, names)}
      </p>
      {draft.stop_on.length > 0 && (
        <p class="mb-3 text-sm">
          <strong>It ends early when:</strong>{' '}
          {draft.stop_on.map(({ event }) => names.event(event)).join(', ')}
        </p>
      )}
      <h2 class="mb-2 font-semibold">Its steps</h2>
      <FlowTree steps={draft.steps} names={names} />
    </>
  )
}
