/** Reads an OpenAPI 3.1 document into what the reference page shows: operations by tag, fields as rows, an example. */
import { exampleOf, type Json, rowsOf, type SchemaRow } from './openapi-schema.ts'

export interface ApiParameter {
  name: string
  place: 'path' | 'query' | 'header' | 'cookie'
  required: boolean
  type: string
  description: string
}

export interface ApiBody {
  mediaType: string
  rows: SchemaRow[]
  example: string
}

export interface ApiAnswer {
  status: string
  description: string
  body: ApiBody | null
}

export interface ApiOperation {
  id: string
  method: string
  path: string
  summary: string
  description: string
  /** Whether a key or token must be sent. */
  secured: boolean
  parameters: ApiParameter[]
  body: ApiBody | null
  answers: ApiAnswer[]
  curl: string
}

export interface ApiBook {
  title: string
  version: string
  description: string
  groups: { tag: string; id: string; operations: ApiOperation[] }[]
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete']

/** Whatever stands in `document` is read with care: a part that is absent or odd is left out, never guessed. */
export function readDocument(document: unknown): ApiBook {
  const root = object(document)
  const info = object(root.info)
  const groups = new Map<string, ApiOperation[]>()
  for (const [path, item] of Object.entries(object(root.paths))) {
    for (const method of METHODS) {
      const operation = object(item)[method]
      if (!operation) continue
      const tag = text(list(object(operation).tags)[0]) || 'Other'
      groups.set(tag, [
        ...(groups.get(tag) ?? []),
        readOperation(root, path, method, object(item), object(operation)),
      ])
    }
  }
  return {
    title: text(info.title),
    version: text(info.version),
    description: text(info.description),
    groups: [...groups].map(([tag, operations]) => ({ tag, id: slug(tag), operations })),
  }
}

function readOperation(root: Json, path: string, method: string, item: Json, operation: Json): ApiOperation {
  const parameters = [...list(item.parameters), ...list(operation.parameters)].map((one) =>
    readParameter(root, object(one)),
  )
  const body = readBody(root, object(object(operation.requestBody).content))
  const security = operation.security ?? root.security
  const secured = list(security).some((scheme) => Object.keys(object(scheme)).length > 0)
  return {
    id: slug(`${method}-${path}`),
    method: method.toUpperCase(),
    path,
    summary: text(operation.summary),
    description: text(operation.description),
    secured,
    parameters,
    body,
    answers: Object.entries(object(operation.responses)).map(([status, answer]) => ({
      status,
      description: text(object(answer).description),
      body: readBody(root, object(object(answer).content)),
    })),
    curl: curlOf({ method: method.toUpperCase(), path, parameters, body, secured }),
  }
}

function readParameter(root: Json, parameter: Json): ApiParameter {
  const schema = object(parameter.schema)
  const [row] = rowsOf(root, { type: 'object', properties: { value: schema } })
  const example = parameter.example ?? schema.example
  const words = text(parameter.description) || text(schema.description)
  return {
    name: text(parameter.name),
    place: text(parameter.in) as ApiParameter['place'],
    required: parameter.required === true,
    type: row?.type ?? 'string',
    description: [words, example === undefined ? '' : `Example: ${String(example)}`]
      .filter(Boolean)
      .join('. '),
  }
}

function readBody(root: Json, content: Json): ApiBody | null {
  const [entry] = Object.entries(content)
  if (!entry) return null
  const [mediaType, media] = entry
  const schema = object(object(media).schema)
  const example = object(media).example ?? exampleOf(root, schema)
  return {
    mediaType,
    rows: rowsOf(root, schema),
    example: example === undefined ? '' : JSON.stringify(example, null, 2),
  }
}

type CurlParts = Pick<ApiOperation, 'method' | 'path' | 'parameters' | 'body' | 'secured'>

/** A line to paste into a terminal; `$HOST` and `$KEY` are the reader's own. */
function curlOf({ method, path, parameters, body, secured }: CurlParts): string {
  const needed = parameters.filter((one) => one.place === 'query' && one.required)
  const query = needed.length > 0 ? `?${needed.map((one) => `${one.name}=…`).join('&')}` : ''
  const lines = [`curl${method === 'GET' ? '' : ` -X ${method}`} "$HOST${path}${query}"`]
  if (secured) lines.push('-H "Authorization: Bearer $KEY"')
  const headers = parameters.filter((one) => one.place === 'header' && one.required)
  for (const one of headers) lines.push(`-H "${one.name}: …"`)
  if (body?.mediaType === 'application/json') {
    lines.push("-H 'Content-Type: application/json'", `-d '${body.example.replaceAll("'", "'\\''")}'`)
  } else if (body?.mediaType === 'multipart/form-data') {
    lines.push(
      ...body.rows
        .filter((row) => !row.name.includes('.'))
        .map((row) => `-F '${row.name}=${row.type === 'file' ? '@file' : '…'}'`),
    )
  }
  return lines.join(' \\\n  ')
}

const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {})
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const slug = (words: string): string =>
  words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
