/** When and to whom a dashboard is mailed. */
import { Button } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import type { Dashboard } from '../domain/dashboard-model.ts'
import { rhythmSchema, rhythmWords, type Schedule } from '../domain/dashboard-schedule.ts'
import { Choice } from './dashboard-controls.tsx'

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

export function ScheduleCard({ dashboard, schedules }: { dashboard: Dashboard; schedules: Schedule[] }) {
  const base = `/foundry/dashboards/${dashboard.id}/schedules`
  return (
    <Card
      title="Send by mail"
      lead="The figures with their comparison, at your time of day. People outside the workspace are asked first."
    >
      <ul class="mb-3 flex flex-col gap-3 text-sm">
        {schedules.map((schedule) => (
          <ScheduleLine schedule={schedule} base={base} />
        ))}
      </ul>
      <form action={base} method="post" class="flex flex-wrap items-end gap-2">
        <Choice
          label="How often"
          name="every"
          value="week"
          options={[
            ['day', 'Each day'],
            ['week', 'Each week'],
            ['month', 'Each month'],
          ]}
        />
        <Choice
          label="Weekday (each week)"
          name="weekday"
          value="1"
          options={DAYS.map((day, index): [string, string] => [String(index + 1), day])}
        />
        <Input label="Day (each month; 29 to 31: the last)" name="monthDay" type="number" value="1" />
        <Input label="At" name="time" type="time" value="08:00" />
        <label class="flex w-full flex-col gap-1 text-xs">
          <span class="text-base-content/80">Mail addresses, with a comma or a line between</span>
          <textarea name="recipients" rows={2} required class="textarea w-full" />
        </label>
        <label class="flex w-full items-center gap-2 text-sm">
          <input type="checkbox" name="with_pdf" class="checkbox checkbox-sm" />
          With the dashboard as a PDF file
        </label>
        <p class="w-full text-base-content/75 text-xs">
          Slack and Teams channels that take “Dashboards on their rhythm” get the figures at the same time;
          they are chosen under Settings, Slack and Teams.
        </p>
        <Button small tone="primary">
          Schedule
        </Button>
      </form>
    </Card>
  )
}

function ScheduleLine({ schedule, base }: { schedule: Schedule; base: string }) {
  const rhythm = rhythmSchema.safeParse(schedule.rhythm)
  return (
    <li class="flex flex-wrap items-center gap-2">
      <span class="font-semibold">{rhythm.success ? rhythmWords(rhythm.data) : 'No rhythm'}</span>
      <span class="text-base-content/75">
        {schedule.recipients
          .map((address) => {
            const state = schedule.outside[address]
            return state && state !== 'confirmed' ? `${address} (${state})` : address
          })
          .join(', ')}
        {schedule.status === 'paused' && ' · paused'}
        {schedule.lastSentAt && ` · last sent ${schedule.lastSentAt.slice(0, 16).replace('T', ' ')} UTC`}
      </span>
      {schedule.lastError && <span class="text-error">{schedule.lastError}</span>}
      {(['send', schedule.status === 'active' ? 'pause' : 'resume', 'remove'] as const).map((deed) => (
        <form action={`${base}/${schedule.id}/${deed}`} method="post">
          <Button small>
            {{ send: 'Send now', pause: 'Pause', resume: 'Resume', remove: 'Remove' }[deed]}
          </Button>
        </form>
      ))}
    </li>
  )
}

function Input({ label, name, type, value }: { label: string; name: string; type: string; value: string }) {
  return (
    <label class="flex flex-col gap-1 text-xs">
      <span class="text-base-content/80">{label}</span>
      <input
        type={type}
        name={name}
        value={value}
        class="input input-sm w-32"
        min={type === 'number' ? 1 : undefined}
        max={type === 'number' ? 31 : undefined}
      />
    </label>
  )
}
