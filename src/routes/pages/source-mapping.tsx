/** A source's mapping, by page: the columns of a table, and words in place of the source's. */
import { Hono } from 'hono'
import { requires } from '../../http/authorize.ts'
import type { AppContext, AppEnv } from '../../http/context.ts'
import { failurePage, goTo, page, readForm } from '../../http/respond.tsx'
import { readMapping, saveRenames, saveTableMapping } from '../../modules/mini-foundry/index.ts'
import { SourceMappingPage } from '../../modules/mini-foundry/views/source-mapping.tsx'
import { can } from '../../platform/actor.ts'
import type { FieldError } from '../../platform/result.ts'

const manage = requires('foundry:manage')

export const sourceMappingPages = new Hono<AppEnv>()
  .get('/foundry/sources/:id/mapping', requires('foundry:read'), (c) => show(c, c.req.param('id')))
  .post('/foundry/sources/:id/mapping/columns', manage, async (c) => {
    const id = c.req.param('id')
    const form = await readForm(c)
    const columns = pairsOf(form, 'name', 'column')
    const saved = await saveTableMapping(c.var.services, c.var.actor, id, columns)
    if (saved.ok) return goTo(c, `/foundry/sources/${id}/mapping`)
    return saved.error.kind === 'invalid' ? show(c, id, saved.error.errors) : failurePage(c, saved.error)
  })
  .post('/foundry/sources/:id/mapping/words', manage, async (c) => {
    const id = c.req.param('id')
    const form = await readForm(c)
    const renames = Object.fromEntries(
      ['channel', 'category', 'country', 'region'].map((dimension) => [
        dimension,
        withoutEmpty(pairsOf(form, `${dimension}-from`, `${dimension}-to`)),
      ]),
    )
    const saved = await saveRenames(c.var.services, c.var.actor, id, renames)
    return saved.ok ? goTo(c, `/foundry/sources/${id}/mapping`) : failurePage(c, saved.error)
  })

async function show(c: AppContext, id: string, errors?: FieldError[]) {
  const { services, actor } = c.var
  const view = await readMapping(services, actor, id)
  if (!view.ok) return failurePage(c, view.error)
  const body = <SourceMappingPage {...view.value} mayManage={can(actor, 'foundry:manage')} errors={errors} />
  return page(c, { title: 'Mapping', section: 'foundry', body, status: errors ? 422 : 200 })
}

/** `<name>-<n>` and `<value>-<n>` as pairs. */
function pairsOf(form: FormData, name: string, value: string): Record<string, string> {
  const pairs: [string, string][] = []
  for (let index = 0; index < 400; index++) {
    const key = form.get(`${name}-${index}`)
    if (key === null) break
    pairs.push([String(key), String(form.get(`${value}-${index}`) ?? '').trim()])
  }
  return Object.fromEntries(pairs)
}

const withoutEmpty = (pairs: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(pairs).filter(([key, value]) => value !== '' && value !== key))
