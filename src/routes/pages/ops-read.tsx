/** Automations said in words, and workflows brought from n8n. */
import { Hono } from 'hono'
import { requires } from '../../http/authorize.ts'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { statusOf } from '../../http/problem.ts'
import { failurePage, formFields, goTo, page, readForm } from '../../http/respond.tsx'
import { draftSentence, importAutomations, readSentence } from '../../modules/ops-copilot/index.ts'
import { ImportPage, type ImportPageProps } from '../../modules/ops-copilot/views/import-page.tsx'
import { SentencePage } from '../../modules/ops-copilot/views/sentence-page.tsx'
import type { Failure } from '../../platform/result.ts'

const section = 'ops'
const write = requires('ops:write')
const MAX_BYTES = 5_000_000

export const opsReadPages = new Hono<AppEnv>()
  .post('/ops/words', write, async (c) => {
    const { sentence = '', keep } = await formFields(c)
    const { services, actor } = c.var
    if (keep === 'yes') {
      const made = await draftSentence(services, actor, sentence)
      if (!made.ok) return failurePage(c, made.error)
      return goTo(c, `/ops/automations/${made.value.id}`, {
        toast: 'A draft: look through it, try it, then publish it.',
      })
    }
    const read = await readSentence(services, actor, sentence)
    const none = { outline: null, unread: [], choose: [], byHand: false }
    const errors = read.ok ? undefined : [{ path: 'sentence', message: read.error.detail }]
    const body = <SentencePage sentence={sentence} {...(read.ok ? read.value : none)} errors={errors} />
    return page(c, { title: 'In words', section, body, status: read.ok ? 200 : statusOf(read.error.kind) })
  })
  .get('/ops/import', write, (c) => show(c, { made: [], text: '' }))
  .post('/ops/import', write, async (c) => {
    const form = await readForm(c)
    const file = form.get('file')
    const pasted = String(form.get('text') ?? '')
    const isFile = file instanceof File && file.size > 0
    if (isFile && file.size > MAX_BYTES) return show(c, { made: [], text: '' }, fault('At most 5 MB.'))
    const text = isFile ? await file.text() : pasted
    const made = await importAutomations(c.var.services, c.var.actor, text)
    if (!made.ok) return show(c, { made: [], text: isFile ? '' : pasted.slice(0, 100_000) }, made.error)
    return show(c, { made: made.value, text: '' })
  })

const fault = (detail: string): Failure => ({ kind: 'too_large', slug: 'file-too-large', detail })

async function show(c: AppContext, props: ImportPageProps, failure?: Failure): Promise<Response> {
  const errors = failure && [{ path: 'file', message: failure.detail }]
  const body = <ImportPage {...props} errors={errors} />
  return page(c, { title: 'Import from n8n', section, body, status: failure ? statusOf(failure.kind) : 200 })
}
