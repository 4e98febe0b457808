/** The pages, one file a flow. */
import { Hono } from 'hono'
import type { AppEnv } from '../../http/context.ts'
import { accountPages } from './accounts.ts'
import { apiReferencePages } from './api-reference.tsx'
import { foundryPages } from './foundry.tsx'
import { homePages } from './home.tsx'
import { importPages } from './imports.tsx'
import { operatorPages } from './operator.tsx'
import { palettePages } from './palette.tsx'
import { recordPages } from './records.tsx'
import { sourcePages } from './sources.tsx'

export const pageRoutes = new Hono<AppEnv>()

for (const routes of [
  homePages,
  palettePages,
  operatorPages,
  apiReferencePages,
  accountPages,
  sourcePages,
  importPages,
  recordPages,
  foundryPages,
]) {
  pageRoutes.route('/', routes)
}
