/** What kind of answer a request wants: JSON for API paths and bearer calls, else a page or a piece of one. */
import type { AppContext } from './context.ts'

const API_PREFIXES = ['/modules/', '/auth/', '/hooks/', '/openapi.json', '/healthz']

export const isApi = (c: AppContext): boolean => API_PREFIXES.some((prefix) => c.req.path.startsWith(prefix))

/** True when htmx asks for a fragment. */
export const wantsPartial = (c: AppContext): boolean => c.req.header('HX-Request-Type') === 'partial'

export const isHtmx = (c: AppContext): boolean => c.req.header('HX-Request') === 'true'
