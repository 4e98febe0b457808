/** Steps that keep the place of what we cannot do. */
import type { MadeStep } from './making.ts'
import { type N8nNode, textOf } from './workflow.ts'

const CODE = new Set(['code', 'function', 'functionitem'])

/** For a report: at most 120 characters. */
export const short = (text: string): string => (text.length > 120 ? `${text.slice(0, 117)}…` : text)

/** For what there is no step of ours: its place is kept, switched off, until a person has seen to it. */
export function standIn(node: N8nNode, id: string): MadeStep {
  const app = node.type.split('.').at(-1) ?? node.type
  const name = node.name.slice(0, 120)
  if (CODE.has(node.kind)) {
    const code =
      textOf(node.params.jsCode) || textOf(node.params.functionCode) || textOf(node.params.pythonCode)
    return {
      step: { id, kind: 'set', values: {}, name, off: true },
      ...{ unread: [], base: 'vars', why: 'Code of a workflow is not run here.' },
      todo: `Keep its results as values, which later steps read as vars, or let a web address compute them. It was: “${short(code.replace(/\s+/g, ' '))}”`,
    }
  }
  const does = [textOf(node.params.resource), textOf(node.params.operation)].filter(Boolean).join(' ')
  return {
    step: {
      ...{ id, kind: 'action', action: 'http.request', name, off: true, on_error: 'stop', failed: [] },
      input: { method: 'POST', url: '', headers: {} },
    },
    ...{
      unread: [],
      base: `steps.${id}.body`,
      why: `There is no step for ${app} here${does ? ` (${does})` : ''}; its place is kept, switched off.`,
    },
    todo: 'Fill in the web address of its API, choose another step, or remove it.',
  }
}
