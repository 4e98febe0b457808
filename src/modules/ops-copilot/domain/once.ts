/** The key of an effect in the ledger: the same key is the same effect, whatever run or try asks for it. */
import type { ActionStep, Json } from './definition-model.ts'

export interface RunIdentity {
  runId: string
  automationId: string
  /** What the run is about: the id of an invoice, an order. */
  subject: string | null
  /** Whom it is about. */
  contact: string | null
}

/** `render` fills in the template of a custom key. */
export function onceKey(
  { id, once = { scope: 'run' } }: ActionStep,
  key: string,
  input: Record<string, Json>,
  { runId, automationId, subject, contact }: RunIdentity,
  render: (template: string) => string,
): string {
  const inRun = `run/${runId}/${key}`
  switch (once.scope) {
    case 'run':
      return inRun
    case 'subject':
      return subject === null ? inRun : `subject/${automationId}/${id}/${subject}`
    case 'contact': {
      const whom = typeof input.to === 'string' && input.to ? input.to.toLowerCase() : contact
      return whom === null ? inRun : `contact/${automationId}/${id}/${whom}`
    }
    case 'custom': {
      const own = render(once.key).trim()
      return own === '' ? inRun : `custom/${automationId}/${own}`
    }
  }
}
