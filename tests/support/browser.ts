// Requests as a browser on our own pages makes them, straight into the app.
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { app } from '../../src/app.tsx'
import { testEnv } from './world.ts'

export const ORIGIN = 'http://example.com'

export interface AskOptions {
  method?: string
  headers?: Record<string, string>
  body?: BodyInit
}

/** One request; work put off to after the answer is done before this returns. */
export async function ask(path: string, options: AskOptions = {}): Promise<Response> {
  const context = createExecutionContext()
  const request = new Request(`${ORIGIN}${path}`, {
    method: options.method ?? 'GET',
    headers: options.headers,
    body: options.body,
    redirect: 'manual',
  })
  const response = await app.fetch(request, testEnv, context)
  await waitOnExecutionContext(context)
  return response
}

/** The headers of a form post from our own page. */
export const ownForm = (cookie: string): Record<string, string> => ({
  Cookie: cookie,
  'Sec-Fetch-Site': 'same-origin',
  'Content-Type': 'application/x-www-form-urlencoded',
})
