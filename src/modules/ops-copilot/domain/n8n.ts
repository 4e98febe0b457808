/** Workflows of n8n as drafts, with a report of what became of every node. Nothing is left out without a word. */
import { fail, ok, type Result } from '../../../platform/result.ts'
import { draftSchema } from './automation.ts'
import { type AutomationDraft, CARE } from './automation-model.ts'
import { listsOf } from './definition.ts'
import { graphOf } from './n8n/graph.ts'
import type { NodeReport } from './n8n/report.ts'
import { type Base, plain } from './n8n/sources.ts'
import { TreeMaker } from './n8n/tree.ts'
import { isTrigger, triggerOf } from './n8n/trigger.ts'
import type { ReadTrigger } from './n8n/trigger-model.ts'
import { type N8nNode, type N8nWorkflow, readWorkflows, textOf } from './n8n/workflow.ts'

export type { NodeReport } from './n8n/report.ts'

export interface Imported {
  draft: AutomationDraft
  /** One entry a node, in the order of the canvas. */
  report: NodeReport[]
}

export interface ImportWishes {
  /** IANA zone of the workspace, for workflows that name none. */
  timeZone: string
  /** Actions that there are here; others are kept and reported. */
  actions: ReadonlySet<string>
}

/** Every workflow of the file, each as a draft; in words why it cannot be read. */
export function importN8n(text: string, wishes: ImportWishes): Result<Imported[]> {
  const read = readWorkflows(text)
  if (!read.ok) return read
  const made: Imported[] = []
  for (const workflow of read.value) {
    const one = draftFrom(workflow, wishes)
    if (!one.ok) return one
    made.push(one.value)
  }
  return ok(made)
}

function draftFrom(workflow: N8nWorkflow, { timeZone, actions }: ImportWishes): Result<Imported> {
  const { nodes, edges, servants } = workflow
  const notes = nodes.filter(({ kind }) => kind === 'stickynote')
  const triggers = startsOf(workflow)
  const start = triggers[0]
  const starts = triggers.map(({ name }) => name)
  const graph = graphOf(nodes, edges, starts)
  const tree = new TreeMaker(nodes, graph)
  const trigger = start ? triggerOf(start, workflow.timeZone ?? timeZone) : null
  const steps = start && trigger ? tree.after(start.name, baseOf(start, trigger)) : []
  reportApart(tree, workflow, triggers, trigger)
  const done = () => new Set([...tree.reports.keys(), ...starts])
  const loose: AutomationDraft['steps'] = []
  for (const root of looseRoots(workflow, done())) {
    if (done().has(root.name)) continue
    const before = new Set(tree.reports.keys())
    loose.push(...tree.loose(root.name))
    for (const node of nodes)
      if (!before.has(node.name))
        tree.more(node, LOOSE, start ? 'Move it to where it belongs, and switch it on.' : '')
  }
  for (const { from, to } of graph.back) {
    const node = nodes.find(({ name }) => name === from)
    const isLoop = nodes.find(({ name }) => name === to)?.kind === 'splitinbatches'
    if (node && !isLoop)
      tree.more(
        node,
        `It led back to “${to}”; here nothing leads back.`,
        'Use Wait for something, or For each, if it was to be tried again.',
      )
  }
  for (const { from, to } of workflow.dangling) {
    const node = nodes.find(({ name }) => name === from)
    if (node) tree.more(node, `It led to “${to}”, which is not in the file.`)
  }
  const description = [`Imported from n8n.`, ...notes.map(({ params }) => textOf(params.content).trim())]
    .filter(Boolean)
    .join('\n\n')
  const draft = draftSchema.safeParse({
    name: workflow.name.trim().slice(0, 120) || 'Imported from n8n',
    description: description.slice(0, 2000).trim(),
    trigger: trigger?.trigger ?? { kind: 'manual', fields: [] },
    stop_on: [],
    steps: [...steps, ...loose],
    care: CARE,
  })
  if (!draft.success) {
    const issue = draft.error.issues[0]
    return fail(
      'invalid',
      'n8n-unfit',
      `“${workflow.name}” does not fit: ${issue?.path.join('.')}: ${issue?.message}`,
    )
  }
  notOffered(tree, draft.data, actions)
  return ok({ draft: draft.data, report: reportOf(nodes, tree, servants) })
}

const LOOSE = 'Nothing leads to it, so it stands at the end, switched off.'

/** Where it begins: first what starts by itself and leads somewhere. */
function startsOf({ nodes, edges, servants }: N8nWorkflow): N8nNode[] {
  const leads = new Set(edges.map(({ from }) => from))
  const rank = (node: N8nNode) =>
    (leads.has(node.name) ? 0 : 4) +
    (node.disabled ? 2 : 0) +
    (/^(manualtrigger|start|errortrigger)$/.test(node.kind) ? 1 : 0)
  return nodes.filter((node) => isTrigger(node) && !servants.has(node.name)).sort((a, b) => rank(a) - rank(b))
}

function baseOf({ kind }: N8nNode, { base }: ReadTrigger): Base {
  if (kind === 'webhook') return { path: 'trigger.body', kind: 'hook', names: null, under: null }
  if (kind === 'formtrigger') return { path: 'trigger', kind: 'form', names: null, under: null }
  return plain(base)
}

/** Nodes that have no step: what starts it, notes, what serves another node. */
function reportApart(
  tree: TreeMaker,
  { nodes, servants }: N8nWorkflow,
  triggers: readonly N8nNode[],
  read: ReadTrigger | null,
): void {
  for (const node of nodes) {
    const master = servants.get(node.name)
    if (node.kind === 'stickynote')
      tree.tell(node, 'note', null, 'Its text is in the description (its first 2,000 characters).', '')
    else if (master !== undefined)
      tree.tell(
        node,
        'note',
        null,
        `It served “${master}” (a model, a memory or a tool) and has no step of its own.`,
        '',
      )
  }
  for (const [at, node] of triggers.entries()) {
    if (at === 0 && read) tree.tell(node, read.outcome, null, `What starts it. ${read.why}`, read.todo)
    else
      tree.tell(
        node,
        'needs_person',
        null,
        'An automation has one start; this was another.',
        'Make a copy of the automation with this start, if it is needed.',
      )
  }
}

/** Nodes not placed yet that no other such node leads to, from left to right; then whatever is left. */
function looseRoots({ nodes, edges }: N8nWorkflow, done: ReadonlySet<string>): N8nNode[] {
  const rest = nodes.filter(({ name }) => !done.has(name)).sort((a, b) => a.x - b.x || a.y - b.y)
  const names = new Set(rest.map(({ name }) => name))
  const led = new Set(edges.filter(({ from, to }) => names.has(from) && from !== to).map(({ to }) => to))
  return [...rest.filter(({ name }) => !led.has(name)), ...rest.filter(({ name }) => led.has(name))]
}

function notOffered(tree: TreeMaker, draft: AutomationDraft, actions: ReadonlySet<string>): void {
  for (const step of [...listsOf(draft.steps).values()].flat()) {
    if (step.kind !== 'action' || actions.has(step.action)) continue
    const report = [...tree.reports.values()].find((one) => one.step === step.id)
    if (!report) continue
    const todo = `The step ${step.action} is not offered here: choose another.`
    Object.assign(report, { outcome: 'needs_person', todo: [todo, report.todo].filter(Boolean).join(' ') })
  }
}

/** One entry for every node, whatever happened. */
function reportOf(
  nodes: readonly N8nNode[],
  tree: TreeMaker,
  servants: ReadonlyMap<string, string>,
): NodeReport[] {
  return [...nodes]
    .sort((a, b) => a.x - b.x || a.y - b.y)
    .map(
      (node): NodeReport =>
        tree.reports.get(node.name) ?? {
          ...{ node: node.name, type: node.type, outcome: servants.has(node.name) ? 'note' : 'needs_person' },
          ...{ step: null, why: 'It has no place here.', todo: 'Add a step for it, if it is needed.' },
        },
    )
}
