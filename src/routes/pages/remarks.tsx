/** Remarks on days, written and removed on the page of a dashboard. */
import { Hono } from 'hono'
import { requires } from '../../http/authorize.ts'
import type { AppEnv } from '../../http/context.ts'
import { failurePage, formFields, goTo, page } from '../../http/respond.tsx'
import { createAnnotation, deleteAnnotation } from '../../modules/mini-foundry/index.ts'
import { RemarkPage } from '../../modules/mini-foundry/views/dashboard-remarks.tsx'
import { localPath } from './session-cookie.ts'

const write = requires('foundry:write')
const HOME = '/foundry'

export const remarkPages = new Hono<AppEnv>()
  .post('/foundry/remarks', write, async (c) => {
    const fields = await formFields(c)
    const { day = '', text = '' } = fields
    const back = localPath(fields.back, HOME)
    const made = await createAnnotation(c.var.services, c.var.actor, { day, text })
    if (made.ok) return goTo(c, back, { toast: 'The remark stands on the charts that hold its day.' })
    if (made.error.kind !== 'invalid') return failurePage(c, made.error)
    const body = <RemarkPage fields={{ day, text }} back={back} errors={made.error.errors} />
    return page(c, { title: 'Remark on a day', section: 'foundry', status: 422, body })
  })
  .post('/foundry/remarks/:id/delete', write, async (c) => {
    const fields = await formFields(c)
    const gone = await deleteAnnotation(c.var.services, c.var.actor, c.req.param('id'))
    return gone.ok
      ? goTo(c, localPath(fields.back, HOME), { toast: `“${gone.value.text}” is removed.` })
      : failurePage(c, gone.error)
  })
