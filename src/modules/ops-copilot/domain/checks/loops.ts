/** Automations that start each other or themselves, on and on. */
import type { AutomationDraft, Trigger } from '../automation-model.ts'
import type { Step } from '../definition-model.ts'
import { type CheckWorld, type DraftIssue, type LiveAutomation, liveSteps } from './model.ts'

/** Events that follow from what an action did. */
function eventsOf(step: Step): string[] {
  if (step.kind !== 'action') return []
  const given = (name: string) => step.input[name] !== undefined && step.input[name] !== null
  switch (step.action) {
    case 'invoice.mark_paid':
      return ['invoice.paid']
    case 'task.create':
      return ['task.created']
    case 'contact.update':
      return [
        ...(given('stage') ? ['contact.stage_changed'] : []),
        ...(given('owner') ? ['contact.assigned'] : []),
      ]
    case 'shopify.fulfil':
      return ['order.fulfilled']
    case 'stripe.create_invoice':
    case 'quickbooks.create_invoice':
      return ['invoice.issued']
    default:
      return []
  }
}

interface Node {
  id: string
  name: string
  trigger: Trigger
  steps: readonly Step[]
}

interface Link {
  to: Node
  /** The step that starts it. */
  step: Step
  /** By an event: the trigger may say no. */
  by: 'run' | 'event'
  /** Only on some ways, or after a wait. */
  guarded: boolean
}

/** One issue for each step of the draft from which a way leads back to the draft. */
export function loopIssues(
  draft: Pick<AutomationDraft, 'name' | 'trigger' | 'steps'>,
  { self, others }: Pick<CheckWorld, 'self' | 'others'>,
): DraftIssue[] {
  const me: Node = { ...draft, id: self ?? '' }
  const nodes = [me, ...others.filter(({ id }) => id !== self).map((one: LiveAutomation): Node => one)]
  const links = new Map(nodes.map((node) => [node, linksOf(node, nodes)] as const))
  return (links.get(me) ?? []).flatMap((link) => {
    const way = wayBack(link, me, links)
    if (!way) return []
    const names = [me, ...way.map(({ to }) => to)].map(({ name }) => `“${name}”`).join(' → ')
    const isSure = way.every((one) => !one.guarded)
    return [
      {
        severity: isSure ? ('error' as const) : ('warning' as const),
        step: link.step.id,
        message: `This starts a circle: ${names}.`,
        fix: isSure
          ? 'Take the step out, or put a condition before it that ends the circle.'
          : 'Make sure that its condition ends the circle.',
      },
    ]
  })
}

function linksOf(from: Node, nodes: readonly Node[]): Link[] {
  return liveSteps(from.steps).flatMap(({ step, around }) => {
    const guarded = around.some(({ kind }) => kind !== 'each' && kind !== 'parallel')
    const runs = step.kind === 'action' && step.action === 'automation.run' ? step.input.automation : null
    const events = eventsOf(step)
    return nodes.flatMap((to): Link[] => {
      if (runs && to.id !== '' && runs === to.id) return [{ to, step, by: 'run', guarded }]
      const { trigger } = to
      if (trigger.kind !== 'event' || !events.includes(trigger.event)) return []
      const isChoosy = trigger.again_after_days !== null || !isAlways(trigger.condition)
      return [{ to, step, by: 'event', guarded: guarded || isChoosy }]
    })
  })
}

const isAlways = (condition: object): boolean =>
  'all' in condition && Array.isArray(condition.all) && condition.all.length === 0

/** The shortest way from a link back to `goal`; the surest first, so that one without conditions is not overlooked. */
function wayBack(first: Link, goal: Node, links: ReadonlyMap<Node, Link[]>): Link[] | null {
  const reached = new Set<Node>()
  let ways: Link[][] = [[first]]
  while (ways.length > 0) {
    const found = ways.filter((way) => way.at(-1)?.to === goal)
    if (found.length > 0) return found.find((way) => way.every((one) => !one.guarded)) ?? found[0] ?? null
    ways = ways.flatMap((way) => {
      const at = way.at(-1)?.to
      if (!at || reached.has(at)) return []
      reached.add(at)
      return (links.get(at) ?? []).map((next) => [...way, next])
    })
  }
  return null
}
