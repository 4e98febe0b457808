/** Reads workflow files of n8n as they come: exports, lists of them, templates, single nodes copied from the canvas. */
import { fail, ok, type Result } from '../../../../platform/result.ts'

export type Params = Record<string, unknown>

export interface N8nNode {
  /** Unique within the workflow. */
  name: string
  /** As it stands in the file: `n8n-nodes-base.httpRequest`. */
  type: string
  /** Its last part, small letters: `httprequest`. */
  kind: string
  version: number
  params: Params
  disabled: boolean
  notes: string
  /** Place on the canvas. */
  x: number
  y: number
  /** Its last output is for failures. */
  failsAside: boolean
  goesOnAfterFailure: boolean
  tries: number
}

export interface N8nEdge {
  from: string
  output: number
  to: string
}

export interface N8nWorkflow {
  name: string
  timeZone: string | null
  nodes: N8nNode[]
  /** Of the kind `main`, between nodes that are there. */
  edges: N8nEdge[]
  /** Nodes that serve another one (a model, a memory, a tool), with whom they serve. */
  servants: Map<string, string>
  /** Connections that lead to nodes the file does not hold: from, and the name. */
  dangling: { from: string; to: string }[]
}

const MOST_NODES = 1000
const MOST_TEXT = 5_000_000

export const isRecord = (value: unknown): value is Params =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const textOf = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : ''

/** Every workflow of the file; in words why there is none. */
export function readWorkflows(text: string): Result<N8nWorkflow[]> {
  if (text.length > MOST_TEXT) return refused('The file is larger than 5 MB.')
  if (nesting(text) > 500) return refused('Its JSON nests deeper than any workflow does.')
  let data: unknown
  try {
    data = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return refused('This is no JSON. Export the workflow in n8n (Download) and choose that file.')
  }
  const found = workflowsIn(data, 0)
  if (found.length === 0)
    return refused('There is no n8n workflow in it: no list of nodes. Export the workflow in n8n (Download).')
  const tooLarge = found.some(({ nodes }) => (nodes as unknown[]).length > MOST_NODES)
  if (tooLarge) return refused(`A workflow holds at most ${MOST_NODES} nodes here.`)
  return ok(found.slice(0, 50).map(workflowOf))
}

/** How deep brackets nest at most; those within texts do not count. */
function nesting(text: string): number {
  let [depth, most] = [0, 0]
  for (const [sign] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (sign.length > 1) continue
    depth = Math.max(0, depth + (sign === '[' || sign === '{' ? 1 : -1))
    most = Math.max(most, depth)
  }
  return most
}

const refused = (detail: string) => fail('invalid', 'no-n8n-workflow', detail)

/** What holds a list of nodes, wherever exports put it. */
function workflowsIn(data: unknown, depth: number): Params[] {
  if (depth > 3) return []
  if (Array.isArray(data)) {
    if (data.some(isNode)) return [{ nodes: data, connections: {} }]
    return data.flatMap((one) => workflowsIn(one, depth + 1))
  }
  if (!isRecord(data)) return []
  if (Array.isArray(data.nodes)) return data.nodes.some(isNode) ? [data] : []
  if (isNode(data)) return [{ nodes: [data], connections: {} }]
  return ['workflow', 'workflows', 'data', 'workflowData', 'template'].flatMap((name) =>
    workflowsIn(data[name], depth + 1),
  )
}

const isNode = (value: unknown): boolean =>
  isRecord(value) && typeof value.type === 'string' && (isRecord(value.parameters) || 'position' in value)

function workflowOf(data: Params): N8nWorkflow {
  const raw = (data.nodes as unknown[]).filter(isRecord)
  const taken = new Set<string>()
  const nodes = raw.map((one, at) => nodeOf(one, at, taken))
  // connections name nodes; files that tools have rewritten name them by id
  const byName = new Map<string, string>()
  for (const [at, one] of raw.entries()) byName.set(textOf(one.id), nodes[at]?.name ?? '')
  for (const { name } of nodes) byName.set(name, name)
  byName.delete('')
  const settings = isRecord(data.settings) ? data.settings : {}
  const links = linksOf(isRecord(data.connections) ? data.connections : {})
  const edges: N8nEdge[] = []
  const servants = new Map<string, string>()
  const dangling: { from: string; to: string }[] = []
  for (const link of links) {
    const [from, to] = [byName.get(link.from), byName.get(link.to)]
    if (from === undefined || to === undefined) {
      if (from !== undefined) dangling.push({ from, to: link.to })
    } else if (link.type === 'main') edges.push({ from, output: link.output, to })
    else servants.set(from, to)
  }
  const name = textOf(data.name).trim() || (nodes.length === 1 ? (nodes[0]?.name ?? '') : '')
  const timeZone = textOf(settings.timezone) || null
  return { name: name || 'Imported from n8n', timeZone, nodes, edges: distinct(edges), servants, dangling }
}

function nodeOf(raw: Params, at: number, taken: Set<string>): N8nNode {
  const type = textOf(raw.type) || 'unknown'
  const place = Array.isArray(raw.position) ? raw.position : []
  const onError = textOf(raw.onError)
  const wanted = textOf(raw.name).trim() || `Node ${at + 1}`
  let name = wanted
  for (let n = 2; taken.has(name); n++) name = `${wanted} (${n})`
  taken.add(name)
  return {
    ...{ name, type, kind: (type.split('.').at(-1) ?? '').toLowerCase() },
    version: Number(raw.typeVersion) || 1,
    params: isRecord(raw.parameters) ? raw.parameters : {},
    disabled: raw.disabled === true,
    notes: textOf(raw.notes),
    x: Number(place[0]) || 0,
    y: Number(place[1]) || 0,
    failsAside: onError === 'continueErrorOutput',
    goesOnAfterFailure: raw.continueOnFail === true || onError === 'continueRegularOutput',
    tries: raw.retryOnFail === true ? Math.min(20, Math.max(2, Math.floor(Number(raw.maxTries)) || 3)) : 1,
  }
}

function linksOf(connections: Params): (N8nEdge & { type: string })[] {
  return Object.entries(connections).flatMap(([from, types]) =>
    !isRecord(types)
      ? []
      : Object.entries(types).flatMap(([type, outputs]) =>
          !Array.isArray(outputs)
            ? []
            : outputs.flatMap((targets: unknown, output) =>
                (Array.isArray(targets) ? targets : [])
                  .filter(isRecord)
                  .map((target) => ({ from, output, type, to: textOf(target.node) }))
                  .filter(({ to }) => to !== ''),
              ),
        ),
  )
}

const distinct = (edges: N8nEdge[]): N8nEdge[] => [
  ...new Map(edges.map((edge) => [JSON.stringify([edge.from, edge.output, edge.to]), edge])).values(),
]
