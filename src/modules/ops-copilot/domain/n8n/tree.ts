/** The graph of a workflow as a tree of steps, with a report of every node. */
import type { Step } from '../definition-model.ts'
import { doneOutput, type Graph } from './graph.ts'
import type { MadeStep } from './making.ts'
import { stepOf } from './node-steps.ts'
import type { Place, Placed } from './place.ts'
import type { NodeReport } from './report.ts'
import { type Base, plain, sourceAt } from './sources.ts'
import { short, standIn } from './stand-in.ts'
import { decisionOf, endOf, isDecision, passing, type Steered, waitOf } from './steer.ts'
import { StepIds } from './step-ids.ts'
import { type N8nNode, textOf } from './workflow.ts'

/** Lists nest eight deep, an automation holds 200 steps; the rest stands at the end or is reported. */
const MOST_DEPTH = 6
const MOST_STEPS = 180
const MOST_COPIES = 4
const MOST_BRANCHES = 10

export class TreeMaker {
  readonly reports = new Map<string, NodeReport>()
  private readonly known = new Map<string, Base>()
  private readonly copies = new Map<string, number>()
  private readonly ids = new StepIds()
  private gathered: string | null = null
  private readonly nodes: ReadonlyMap<string, N8nNode>
  private readonly graph: Graph

  constructor(nodes: readonly N8nNode[], graph: Graph) {
    this.nodes = new Map(nodes.map((node) => [node.name, node]))
    this.graph = graph
  }

  /** Everything behind the trigger. */
  after(name: string, base: Base): Step[] {
    this.known.set(name, base)
    return this.fan(this.graph.outputs(name).flat(), this.graph.meets(name), {
      ...{ until: new Set<string>(), base, depth: 0, shared: false },
    })
  }

  /** What nothing leads to, switched off. */
  loose(name: string): Step[] {
    const steps = this.list(name, { until: new Set(), base: null, depth: 1, shared: true })
    return steps.map((step) => ({ ...step, off: true }))
  }

  /** One beginning, or several side by side, and then where they meet. */
  private fan(targets: readonly string[], meeting: string | null, place: Place): Step[] {
    const [only] = targets
    if (only === undefined) return []
    if (targets.length === 1) return this.list(only, place)
    if (place.depth >= MOST_DEPTH || this.ids.size >= MOST_STEPS) return []
    const inner = this.below(place, meeting, true)
    const id = this.ids.free('together')
    const taken = targets.slice(0, MOST_BRANCHES).map((target) => ({
      name: target.slice(0, 120),
      steps: target === meeting ? [] : this.list(target, inner),
    }))
    const branches = taken.filter(({ steps }) => steps.length > 0)
    const rest = meeting === null || place.until.has(meeting) ? [] : this.list(meeting, place)
    const [first] = branches
    if (first === undefined) return rest
    if (branches.length === 1) return [...first.steps, ...rest]
    return [{ id, kind: 'parallel', branches }, ...rest]
  }

  private below(place: Place, meeting: string | null, shared = place.shared): Place {
    const until = meeting === null ? place.until : new Set([...place.until, meeting])
    return { ...place, until, depth: place.depth + 1, shared }
  }

  private list(start: string, given: Place): Step[] {
    const steps: Step[] = []
    const place = { ...given }
    for (let name: string | null = start; name !== null; ) {
      const node = this.nodes.get(name)
      if (!node || place.until.has(name)) {
        if (node && GATHERING.has(node.kind)) this.gathered = name
        return steps
      }
      if (!this.mayPlace(node, place)) return steps
      const { made, next, base, fanned }: Placed = this.place(node, place)
      steps.push(...made)
      place.base = base
      if (fanned.length > 1) return [...steps, ...this.fan(fanned, this.graph.meets(name), place)]
      name = next
    }
    return steps
  }

  /** False, and said so, where an automation cannot hold it. */
  private mayPlace(node: N8nNode, { depth }: Place): boolean {
    const copies = this.copies.get(node.name) ?? 0
    if (this.ids.size >= MOST_STEPS || copies >= MOST_COPIES) {
      if (copies === 0)
        this.tell(
          node,
          'needs_person',
          null,
          'The automation is full.',
          'Split it in two with Run another automation.',
        )
      else this.more(node, 'More ways lead to it than are shown here.')
      return false
    }
    if (depth >= MOST_DEPTH && (isDecision(node) || LOOPS.has(node.kind))) {
      this.tell(
        node,
        'needs_person',
        null,
        'It stands deeper than steps nest here.',
        'Put what follows into an automation of its own.',
      )
      return false
    }
    this.copies.set(node.name, copies + 1)
    if (copies > 0) this.more(node, 'Several ways lead to it, so it stands in each of them.')
    return true
  }

  private place(node: N8nNode, place: Place): Placed {
    const outputs = this.graph.outputs(node.name)
    const source = sourceAt(place.base, this.known)
    const onward = (made: Step[], base: Base | null, targets = outputs[0] ?? []): Placed => {
      if (base) this.known.set(node.name, base)
      return { made, base, next: targets.length === 1 ? (targets[0] ?? null) : null, fanned: targets }
    }
    if (isDecision(node) && !node.disabled) return this.decide(node, place, outputs)
    if (node.kind === 'splitinbatches' || node.kind === 'splitout') return this.loop(node, place, outputs)
    const pass =
      node.disabled && isDecision(node)
        ? { why: 'It was switched off in n8n; the way goes on.', todo: '' }
        : passing(node)
    if (pass) {
      this.tell(node, pass.todo ? 'needs_person' : 'note', null, pass.why, pass.todo)
      return onward([], place.base)
    }
    const id = this.ids.of(node.name)
    if (node.kind === 'wait' || node.kind === 'stopanderror') {
      const steered: Steered = node.kind === 'wait' ? waitOf(node, id, source) : endOf(node, id, source)
      this.tell(node, steered.todo ? 'needs_person' : 'mapped', id, steered.why, steered.todo)
      return onward([off(steered.step, node.disabled)], place.base)
    }
    const made = stepOf(node, id, source) ?? standIn(node, id)
    const failed = node.failsAside
      ? this.fan(outputs[1] ?? [], null, this.below(place, this.graph.meets(node.name)))
      : []
    const step =
      made.step.kind === 'action' && failed.length > 0
        ? { ...made.step, on_error: 'branch' as const, failed }
        : made.step
    const unread = made.unread.map((one) => `“${short(one)}”`)
    const todo = [made.todo, unread.length > 0 ? `Say again what these meant: ${unread.join(', ')}.` : '']
      .filter(Boolean)
      .join(' ')
    this.tell(node, todo ? 'needs_person' : 'mapped', id, made.why, todo)
    return onward([off(step, node.disabled)], this.baseAfter(made, place.base))
  }

  private baseAfter({ base, step }: MadeStep, before: Base | null): Base | null {
    if (base === null) return before
    if (base !== 'vars') return plain(base)
    const names =
      step.kind === 'set' && Object.keys(step.values).length > 0 ? new Set(Object.keys(step.values)) : null
    return { path: 'vars', kind: 'vars', names, under: before }
  }

  private decide(node: N8nNode, place: Place, outputs: string[][]): Placed {
    const id = this.ids.of(node.name)
    const { ways, otherwise, unread } = decisionOf(node, sourceAt(place.base, this.known))
    if (place.base) this.known.set(node.name, place.base)
    const todo =
      unread.length > 0 ? `Say again what it asks: ${unread.map((one) => `“${short(one)}”`).join(', ')}.` : ''
    this.tell(node, todo ? 'needs_person' : 'mapped', id, 'It decides the same way.', todo)
    const name = node.name.slice(0, 120)
    const end: Step[] = place.shared
      ? []
      : [{ id: this.ids.free(`end_${id}`), kind: 'stop', outcome: 'completed', message: '' }]
    const first = ways[0]
    const [yes, no] = [outputs[0] ?? [], otherwise === null ? [] : (outputs[otherwise] ?? [])]
    const on = (made: Step[], targets: string[]): Placed => ({
      ...{
        made,
        base: place.base,
        fanned: targets,
        next: targets.length === 1 ? (targets[0] ?? null) : null,
      },
    })
    if (node.kind !== 'switch' && first && end.length > 0 && (yes.length === 0) !== (no.length === 0)) {
      const isYes = yes.length > 0
      const step: Step = {
        id,
        kind: 'if',
        name,
        condition: first.condition,
        yes: isYes ? [] : end,
        no: isYes ? end : [],
      }
      return on([step], isYes ? yes : no)
    }
    const meeting = this.graph.meets(node.name)
    const inner = this.below(place, meeting)
    const next = meeting === null ? [] : [meeting]
    if (node.kind !== 'switch' && first) {
      const step: Step = {
        id,
        kind: 'if',
        name,
        condition: first.condition,
        yes: this.fan(yes, meeting, inner),
        no: this.fan(no, meeting, inner),
      }
      return on([step], next)
    }
    const cases = ways.map((way) => ({
      ...{
        name: way.name,
        condition: way.condition,
        steps: this.fan(outputs[way.output] ?? [], meeting, inner),
      },
    }))
    const none = otherwise === null ? (meeting === null ? [] : end) : this.fan(no, meeting, inner)
    const shown =
      cases.length > 0
        ? cases
        : [{ name: 'Case 1', condition: { any: [] }, steps: this.fan(outputs.flat(), meeting, inner) }]
    return on([{ id, kind: 'switch', name, cases: shown, otherwise: none }], next)
  }

  /** A loop over batches, or a list that is taken apart: the same steps for each element. */
  private loop(node: N8nNode, place: Place, outputs: string[][]): Placed {
    const id = this.ids.of(node.name)
    const isBatches = node.kind === 'splitinbatches'
    const field = textOf(node.params.fieldToSplitOut).replace(/^=.*$/, '').split(',')[0]?.trim() ?? ''
    const path = isBatches ? [] : field.split('.').filter(Boolean)
    const list = sourceAt(place.base, this.known)(null, path) ?? 'trigger.items'
    const item = plain('item')
    this.known.set(node.name, item)
    const done = isBatches ? doneOutput(node) : -1
    const inside = isBatches ? (outputs[1 - done] ?? []) : outputs.flat()
    const gather = isBatches
      ? [node.name]
      : [...this.nodes.values()].filter(({ kind }) => GATHERING.has(kind)).map(({ name }) => name)
    this.gathered = null
    const meeting = isBatches ? null : this.graph.meets(node.name)
    const steps = this.fan(inside, inside.length > 1 ? meeting : null, {
      ...{ until: new Set([...place.until, ...gather]), base: item, depth: place.depth + 1, shared: true },
    })
    const gathered: string | null = this.gathered
    this.gathered = null
    this.tell(
      node,
      'needs_person',
      id,
      `The same steps for each element of ${list}.`,
      'Look whether that is the list it should go through.',
    )
    const next = isBatches ? (outputs[done] ?? []) : gathered === null ? [] : [gathered]
    const step: Step = {
      id,
      kind: 'each',
      name: node.name.slice(0, 120),
      list: list.slice(0, 200),
      most: 100,
      steps,
    }
    return {
      made: [off(step, node.disabled)],
      base: place.base,
      fanned: next,
      next: next.length === 1 ? (next[0] ?? null) : null,
    }
  }

  tell(node: N8nNode, outcome: NodeReport['outcome'], step: string | null, why: string, todo: string): void {
    const before = this.reports.get(node.name)
    if (before?.step) return
    this.reports.set(node.name, { node: node.name, type: node.type, outcome, step, why, todo })
  }

  /** Adds what else is to be known of a node. */
  more(node: N8nNode, words: string, todo = ''): void {
    const known = this.reports.get(node.name)
    if (!known || known.why.includes(words)) return
    known.why = `${known.why} ${words}`
    if (todo)
      Object.assign(known, { outcome: 'needs_person', todo: [known.todo, todo].filter(Boolean).join(' ') })
  }
}

const LOOPS = new Set(['splitinbatches', 'splitout'])
/** They make one of many again. */
const GATHERING = new Set(['aggregate', 'summarize'])

const off = (step: Step, isOff: boolean): Step => (isOff ? { ...step, off: true } : step)
