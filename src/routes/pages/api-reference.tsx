/** A readable reference of the API, drawn from its own OpenAPI document. */
import { Hono } from 'hono'
import type { AppEnv } from '../../http/context.ts'
import { barePage, page } from '../../http/respond.tsx'
import { ApiReference } from '../../views/api-reference.tsx'
import { openApiDocument } from '../api/index.ts'

export const apiReferencePages = new Hono<AppEnv>().get('/docs/api', (c) => {
  const body = <ApiReference document={openApiDocument()} />
  const content = { title: 'API reference', section: 'settings', body }
  return c.var.session ? page(c, content) : barePage(c, { ...content, wide: true })
})
