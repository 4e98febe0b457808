/** The door of automations' forms: pages that anybody with the link can fill in. */
import { Hono } from 'hono'
import type { AppContext, AppEnv } from '../http/context.ts'
import { statusOf } from '../http/problem.ts'
import { barePage, failurePage, formFields } from '../http/respond.tsx'
import { openAutomationForm, sendAutomationForm } from '../modules/ops-copilot/index.ts'
import { AutomationFormPage, FormThanksPage } from '../modules/ops-copilot/views/public-form.tsx'
import { randomToken } from '../platform/ids.ts'
import type { Failure } from '../platform/result.ts'

const path = '/forms/automation/:token'

export const automationFormRoutes = new Hono<AppEnv>()
  .get(path, (c) => show(c, {}))
  .post(path, async (c) => {
    const fields = await formFields(c)
    const sent = await sendAutomationForm(c.var.services, c.req.param('token'), fields)
    if (!sent.ok)
      return sent.error.kind === 'invalid' ? show(c, fields, sent.error) : failurePage(c, sent.error)
    const { form, workspace } = sent.value
    return barePage(c, {
      title: form.title,
      body: <FormThanksPage words={form.thanks} workspace={workspace} />,
    })
  })

async function show(c: AppContext, values: Record<string, string>, failure?: Failure): Promise<Response> {
  const opened = await openAutomationForm(c.var.services, c.req.param('token') ?? '')
  if (!opened.ok) return failurePage(c, opened.error)
  const { form, workspace } = opened.value
  const body = (
    <AutomationFormPage
      form={form}
      workspace={workspace}
      action={c.req.path}
      key={values.key ?? randomToken(12)}
      values={values}
      errors={failure?.errors}
    />
  )
  return barePage(c, { title: form.title, body, status: failure ? statusOf(failure.kind) : 200 })
}
