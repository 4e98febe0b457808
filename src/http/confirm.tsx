/** The second thought without JavaScript: a page asks, and its form posts again with `confirmed`. */
import { ConfirmPage } from '../views/confirm.tsx'
import type { AppContext } from './context.ts'
import { formFields, page } from './respond.tsx'

export interface Confirmation {
  title: string
  text: string
  confirmLabel: string
  cancelHref: string
  tone?: 'danger' | 'primary'
}

/** The page that asks, or null when the form already carries the answer. Reads the body, which Hono keeps. */
export async function needsConfirmation(c: AppContext, words: Confirmation): Promise<Response | null> {
  const { confirmed, ...fields } = await formFields(c)
  if (confirmed === 'yes') return null
  const body = <ConfirmPage action={c.req.path} fields={fields} {...words} />
  return page(c, { title: words.title, section: '', body })
}
