/** Development only: the clock, and where the other tools are. */
import { Button, LinkButton } from './button.tsx'
import { Card } from './card.tsx'
import { Field } from './form.tsx'
import { PageHeader } from './page-header.tsx'

const JUMPS = [
  { hours: 1, label: '1 hour' },
  { hours: 24, label: '1 day' },
  { hours: 168, label: '7 days' },
  { hours: 720, label: '30 days' },
]

export function DevTools({ now, offsetHours }: { now: string; offsetHours: number }) {
  return (
    <>
      <PageHeader title="Development tools" lead="Nothing here exists in production." />
      <div class="flex flex-col gap-5">
        <Card
          title="Clock"
          lead={`It is ${now}${offsetHours > 0 ? `, ${offsetHours} hours ahead of real time` : ''}.`}
        >
          <form action="/dev/clock" method="post" class="flex flex-wrap gap-2">
            {JUMPS.map(({ hours, label }) => (
              <Button name="hours" value={String(hours)} small>
                Forward {label}
              </Button>
            ))}
            {offsetHours !== 0 && (
              <Button name="reset" value="yes" small tone="ghost">
                Back to real time
              </Button>
            )}
          </form>
          <form action="/dev/clock" method="post" class="mt-4 flex flex-wrap items-end gap-2">
            <Field label="Set to (UTC)" name="at" placeholder="2027-01-31T09:00Z" required />
            <Button small>Set the clock</Button>
          </form>
        </Card>
        <Card title="Look at">
          <div class="flex flex-wrap gap-2">
            <LinkButton href="/dev/outbox" small icon="mail">
              Outbox
            </LinkButton>
            <LinkButton href="/dev/components" small icon="spark">
              Components
            </LinkButton>
            <LinkButton href="/docs/api" small icon="book">
              API reference
            </LinkButton>
            <LinkButton href="/" small icon="home">
              The product
            </LinkButton>
          </div>
        </Card>
      </div>
    </>
  )
}
