/** Files shown in place, under the sandbox policy of /preview: pictures as they are, text as plain text, nothing else. */
import { Hono } from 'hono'
import { requires } from '../http/authorize.ts'
import type { AppEnv } from '../http/context.ts'
import { failurePage } from '../http/respond.tsx'
import { openFile, readFile } from '../modules/workspace/index.ts'
import { shownAs } from '../modules/workspace/views/file-words.ts'
import { fail } from '../platform/result.ts'

export const previewRoutes = new Hono<AppEnv>().get(
  '/preview/files/:id',
  requires('files:read'),
  async (c) => {
    const { services, actor } = c.var
    const file = await readFile(services, actor, c.req.param('id'))
    if (!file.ok) return failurePage(c, file.error)
    const { contentType, bytes } = file.value
    const shown = shownAs(file.value)
    if (shown === null) {
      const words = 'This kind of file is not shown here. Download it to look at it.'
      return failurePage(c, fail('unsupported', 'no-preview', words).error)
    }
    const opened = await openFile(services, actor, file.value.id)
    if (!opened.ok) return failurePage(c, opened.error)
    return c.body(opened.value.body, 200, {
      'Content-Type': shown === 'image' ? contentType : 'text/plain; charset=utf-8',
      'Content-Length': String(bytes),
      'Content-Disposition': 'inline',
      'Cache-Control': 'private, no-store',
    })
  },
)
