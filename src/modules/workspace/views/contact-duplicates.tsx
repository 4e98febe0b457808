/** Pairs of contacts that may be one person, side by side, to merge or to leave. */

import { Button } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { DescriptionList } from '../../../views/description-list.tsx'
import { EmptyState } from '../../../views/empty-state.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { sourceWords } from './contact-words.tsx'
import { ContactTabs } from './contacts-page.tsx'

export interface DuplicateSide {
  id: string
  name: string
  email: string | null
  phone: string | null
  company: string | null
  stage: string
  source: string
}

export interface DuplicatesPageProps {
  pairs: { a: DuplicateSide; b: DuplicateSide; reason: string }[]
  mayWrite: boolean
}

export function DuplicatesPage({ pairs, mayWrite }: DuplicatesPageProps) {
  return (
    <>
      <PageHeader
        title="Duplicates"
        lead="Contacts that may be one person. The one you keep takes over everything; a merge can be taken apart again."
        crumbs={[{ href: '/contacts', label: 'Contacts' }]}
      />
      <ContactTabs at="/contacts/duplicates" />
      {pairs.length === 0 ? (
        <EmptyState
          icon="check"
          title="Everybody is here once"
          text="No two contacts look like one person."
        />
      ) : (
        <div class="flex flex-col gap-4">
          {pairs.map(({ a, b, reason }) => (
            <Card title={`${a.email ?? a.name} and ${b.email ?? b.name}`} lead={`They have ${reason}.`}>
              <div class="grid gap-4 sm:grid-cols-2">
                <Side side={a} other={b} mayWrite={mayWrite} />
                <Side side={b} other={a} mayWrite={mayWrite} />
              </div>
              {mayWrite && (
                <form action={`/contacts/${a.id}/duplicates`} method="post" class="mt-3">
                  <input type="hidden" name="other" value={b.id} />
                  <Button small tone="ghost">
                    They are two people
                  </Button>
                </form>
              )}
            </Card>
          ))}
        </div>
      )}
    </>
  )
}

function Side({ side, other, mayWrite }: { side: DuplicateSide; other: DuplicateSide; mayWrite: boolean }) {
  const title = side.name || side.email || side.phone || 'Unnamed contact'
  const items = [
    { label: 'E-mail', value: side.email },
    { label: 'Telephone', value: side.phone },
    { label: 'Company', value: side.company },
    { label: 'Stage', value: side.stage },
    { label: 'Came from', value: sourceWords(side.source) },
  ]
  return (
    <div>
      <h3 class="mb-2 font-medium">
        <a href={`/contacts/${side.id}`} class="link">
          {title}
        </a>
      </h3>
      <DescriptionList items={items.flatMap(({ label, value }) => (value ? [{ label, value }] : []))} />
      {mayWrite && (
        <form action={`/contacts/${side.id}/merge`} method="post" class="mt-3">
          <input type="hidden" name="other" value={other.id} />
          <Button small tone="primary">
            Keep this one and merge
          </Button>
        </form>
      )}
    </div>
  )
}
