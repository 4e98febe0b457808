/** Imports, by page. */
import { Hono } from 'hono'
import type { AppEnv } from '../../http/context.ts'
export const importPages = new Hono<AppEnv>()
