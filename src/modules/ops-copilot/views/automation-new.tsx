/** A new automation: said in words, one that is ready, or from nothing. */
import { LinkButton } from '../../../views/button.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { GALLERY, GALLERY_GROUPS, type GalleryGroup } from '../domain/gallery.ts'
import { TRIGGER_KINDS } from '../domain/trigger-form.ts'
import { SentenceForm } from './sentence-page.tsx'
import { type Names, triggerWords } from './words.ts'

export function NewAutomationPage({ names }: { names: Names }) {
  return (
    <>
      <PageHeader
        title="New automation"
        crumbs={[{ href: '/ops', label: 'Automations' }]}
        actions={<LinkButton href="/ops/import">Import from n8n</LinkButton>}
        lead="Take one that is ready and change what you like, or begin with what should start it. Nothing runs before you publish it."
      />
      <SentenceForm sentence="" />
      <section class="mb-8">
        <h2 class="mb-2 font-semibold">From nothing</h2>
        <ul class="grid gap-2 sm:grid-cols-2 lg:grid-cols-5">
          {TRIGGER_KINDS.map(({ kind, title, description }) => (
            <li>
              <form action="/ops/new" method="post" class="h-full">
                <input type="hidden" name="kind" value={kind} />
                <button
                  type="submit"
                  class="surface block h-full w-full p-3 text-left hover:border-primary focus-visible:border-primary"
                >
                  <span class="block font-medium text-sm">{title}</span>
                  <span class="block text-base-content/75 text-xs">{description}</span>
                </button>
              </form>
            </li>
          ))}
        </ul>
      </section>
      {(Object.keys(GALLERY_GROUPS) as GalleryGroup[]).map((group) => (
        <section class="mb-6">
          <h2 class="mb-2 font-semibold">{GALLERY_GROUPS[group]}</h2>
          <ul class="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
            {GALLERY.filter((item) => item.group === group).map(({ key, title, summary, draft }) => (
              <li class="surface flex flex-col gap-2 p-4">
                <h3 class="font-medium">
                  <a class="link-hover link" href={`/ops/gallery/${key}`}>
                    {title}
                  </a>
                </h3>
                <p class="flex-1 text-base-content/80 text-sm">{summary}</p>
                <p class="text-base-content/75 text-xs">{triggerWords(draft.trigger, names)}</p>
                <form action="/ops/new" method="post">
                  <input type="hidden" name="gallery" value={key} />
                  <button type="submit" class="btn btn-sm border-base-300 bg-base-100">
                    Take it<span class="sr-only">: {title}</span>
                  </button>
                </form>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}
