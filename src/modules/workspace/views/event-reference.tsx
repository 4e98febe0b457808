/** The catalogue of events as a page: what each means, with a sample of its data. */

import { LinkButton } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { CodeSamples } from './webhook-code.tsx'
import { type EventChoice, wingName } from './webhook-form.tsx'

export interface EventReferenceProps {
  events: (EventChoice & { sample: Record<string, unknown> })[]
}

export function EventReference({ events }: EventReferenceProps) {
  const wings = [...new Set(events.map((event) => event.wing))]
  return (
    <div>
      <PageHeader
        title="Events"
        lead="What webhooks carry and the event log holds. Types are never renamed; fields may be added."
        actions={
          <LinkButton href="/docs/api" small icon="book">
            API reference
          </LinkButton>
        }
      />
      <Card title="The message">
        <p class="mb-2 text-sm">
          Every message is JSON with <code>type</code>, <code>timestamp</code> (when it happened),{' '}
          <code>data</code> (below, by type), <code>id</code> (of the event) and <code>workspace_id</code>.
        </p>
        <CodeSamples />
      </Card>
      {wings.map((wing) => (
        <section aria-labelledby={`wing-${wing}`} class="mt-8">
          <h2 id={`wing-${wing}`} class="mb-3 font-semibold text-lg">
            {wingName(wing)}
          </h2>
          <div class="flex flex-col gap-4">
            {events
              .filter((event) => event.wing === wing)
              .map((event) => (
                <article
                  id={event.type}
                  class="scroll-mt-4 rounded-box border border-base-300 bg-base-100 p-4 sm:p-5"
                >
                  <h3 class="font-mono text-sm">{event.type}</h3>
                  <p class="mt-1 text-sm">
                    <span class="font-medium">{event.title}.</span> {event.description}
                  </p>
                  <pre tabindex={0} class="mt-3 overflow-x-auto rounded-box bg-base-200 p-3 text-xs">
                    <code>{JSON.stringify(event.sample, null, 2)}</code>
                  </pre>
                </article>
              ))}
          </div>
        </section>
      ))}
    </div>
  )
}
