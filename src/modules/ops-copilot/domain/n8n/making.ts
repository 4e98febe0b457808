/** How nodes become actions. */
import type { Json, Step } from '../definition-model.ts'
import type { N8nNode } from './workflow.ts'

export interface MadeStep {
  step: Step
  /** Expressions that no template can say. */
  unread: string[]
  why: string
  /** What a person has to do, whatever could be read. */
  todo: string
  /** Where its data stands for later nodes; null: as before it. */
  base: string | null
}

export interface Making {
  node: N8nNode
  id: string
  /** A parameter as a template. */
  say(value: unknown): string
  unread: string[]
}

/** `todo` is what a person has to do; `base` where its answer stands. */
export function action(
  { node, id, unread }: Making,
  name: string,
  input: Record<string, Json>,
  why: string,
  todo = '',
  base: string | null = `steps.${id}`,
): MadeStep {
  const step: Step = {
    ...{ id, kind: 'action', action: name, input, failed: [] },
    on_error: node.goesOnAfterFailure ? 'continue' : 'stop',
    ...(node.tries > 1 ? { retry: { tries: node.tries, schedule: 'quick' } } : {}),
    name: node.name.slice(0, 120),
  }
  return { step, unread, why, todo, base }
}
