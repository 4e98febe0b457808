/** Working hours by page. */
import { Hono } from 'hono'
import { requires } from '../../http/authorize.ts'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { statusOf } from '../../http/problem.ts'
import { failurePage, goTo, page, readForm } from '../../http/respond.tsx'
import { hoursOf, saveHours } from '../../modules/ops-copilot/index.ts'
import { HoursPage } from '../../modules/ops-copilot/views/hours-page.tsx'
import { can } from '../../platform/actor.ts'
import type { Failure } from '../../platform/result.ts'

export const opsHourPages = new Hono<AppEnv>()
  .get('/ops/settings', requires('ops:read'), (c) => show(c, {}))
  .post('/ops/settings', requires('ops:manage'), async (c) => {
    const form = await readForm(c)
    const text = (name: string) => String(form.get(name) ?? '').trim()
    const wish = {
      workdays: form.getAll('workdays').map(Number),
      ...{ opens: text('opens'), closes: text('closes') },
      ...{ quiet_from: text('quiet_from'), quiet_to: text('quiet_to') },
      holidays: text('holidays')
        .split(/[\s,;]+/)
        .filter(Boolean),
      ...{ mails_per_day: Number(text('mails_per_day')), mails_per_week: Number(text('mails_per_week')) },
      postal_address: text('postal_address'),
      ...{ track_clicks: text('track_clicks') === 'yes', track_opens: text('track_opens') === 'yes' },
    }
    const saved = await saveHours(c.var.services, c.var.actor, wish)
    if (saved.ok) return goTo(c, '/ops/settings', { toast: 'Saved.' })
    return saved.error.errors ? show(c, wish, saved.error) : failurePage(c, saved.error)
  })

async function show(c: AppContext, wish: object, failure?: Failure): Promise<Response> {
  const { services, actor } = c.var
  const known = await hoursOf(services, actor)
  if (!known.ok) return failurePage(c, known.error)
  const body = (
    <HoursPage
      settings={{ ...known.value, ...wish }}
      timeZone={actor.workspace.timeZone}
      mayManage={can(actor, 'ops:manage')}
      errors={failure?.errors}
    />
  )
  return page(c, {
    title: 'Working hours',
    section: 'ops',
    body,
    status: failure ? statusOf(failure.kind) : 200,
  })
}
