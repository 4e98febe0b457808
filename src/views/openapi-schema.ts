/** JSON Schemas of an OpenAPI document as rows to read and as an example to send. */

export type Json = Record<string, unknown>

export interface SchemaRow {
  /** Dotted; `[]` marks the items of a list. */
  name: string
  type: string
  required: boolean
  description: string
}

/** Deeper than this a reader follows the example instead; it also ends schemas that hold themselves. */
const DEPTH = 4

/** One row a field, parents before their children. `root` is the document that `$ref` points into. */
export function rowsOf(root: Json, schema: Json, prefix = '', depth = 0): SchemaRow[] {
  const whole = resolve(root, schema)
  const items = prefix === '' && whole.type === 'array' ? resolve(root, object(whole.items)) : whole
  const start = prefix === '' && whole.type === 'array' ? '[].' : prefix
  const required = new Set(Array.isArray(items.required) ? items.required : [])
  return Object.entries(object(items.properties)).flatMap(([key, value]) => {
    const field = resolve(root, object(value))
    const name = `${start}${key}`
    const row = { name, type: typeName(root, field), required: required.has(key), description: limits(field) }
    return depth >= DEPTH ? [row] : [row, ...children(root, field, name, depth + 1)]
  })
}

function children(root: Json, field: Json, name: string, depth: number): SchemaRow[] {
  const shape = strip(root, field)
  if (shape.type === 'array') {
    const item = strip(root, object(shape.items))
    return item.properties ? rowsOf(root, item, `${name}[].`, depth) : []
  }
  return shape.properties ? rowsOf(root, shape, `${name}.`, depth) : []
}

/** A value that the schema allows: its own example or default where it has one. Undefined when nothing is asked for. */
export function exampleOf(root: Json, schema: Json, depth = 0): unknown {
  const whole = strip(root, schema)
  if (whole.example !== undefined) return whole.example
  if (Array.isArray(whole.examples)) return whole.examples[0]
  if (whole.default !== undefined) return whole.default
  if (whole.const !== undefined) return whole.const
  if (Array.isArray(whole.enum)) return whole.enum[0]
  if (depth > DEPTH) return null
  switch (firstType(whole)) {
    case 'object':
      return Object.fromEntries(
        Object.entries(object(whole.properties)).map(([key, value]) => [
          key,
          exampleOf(root, object(value), depth + 1),
        ]),
      )
    case 'array':
      return [exampleOf(root, object(whole.items), depth + 1)]
    case 'integer':
    case 'number':
      return typeof whole.minimum === 'number' ? Math.max(1, whole.minimum) : 1
    case 'boolean':
      return true
    case 'string':
      return exampleText(whole)
    default:
      return undefined
  }
}

function exampleText(schema: Json): string {
  const known: Record<string, string> = {
    date: '2026-11-01',
    'date-time': '2026-11-01T09:00:00Z',
    email: 'ada@example.com',
    uuid: '0199c0de-0000-7000-8000-000000000000',
    uri: 'https://example.com/',
  }
  return known[String(schema.format)] ?? 'text'
}

function typeName(root: Json, schema: Json): string {
  const options = alternatives(schema)
  if (options.length > 0)
    return [...new Set(options.map((one) => typeName(root, resolve(root, one))))].join(' or ')
  if (Array.isArray(schema.enum)) return schema.enum.map((one) => JSON.stringify(one)).join(' | ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (Array.isArray(schema.type)) return schema.type.map(String).join(' or ')
  if (schema.type === 'array') return `list of ${typeName(root, resolve(root, object(schema.items)))}`
  if (schema.format === 'binary') return 'file'
  if (schema.type === 'string' && schema.format) return String(schema.format)
  return typeof schema.type === 'string' ? schema.type : 'any'
}

function limits(schema: Json): string {
  const words = [typeof schema.description === 'string' ? schema.description : '']
  if (typeof schema.maxLength === 'number') words.push(`At most ${schema.maxLength} characters`)
  if (typeof schema.minimum === 'number' && typeof schema.maximum === 'number')
    words.push(`${schema.minimum} to ${schema.maximum}`)
  if (schema.default !== undefined) words.push(`Default: ${JSON.stringify(schema.default)}`)
  return words.filter(Boolean).join('. ')
}

/** Follows a `$ref` inside the document, once: components hold no bare references to references. */
function resolve(root: Json, schema: Json): Json {
  if (typeof schema.$ref !== 'string') return schema
  const found = schema.$ref
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>((at, key) => object(at)[key], root)
  return object(found)
}

/** The first alternative that is not `null`, so that a nullable object shows its fields. */
function strip(root: Json, schema: Json): Json {
  const whole = resolve(root, schema)
  const option = alternatives(whole)
    .map((one) => resolve(root, one))
    .find((one) => one.type !== 'null')
  return option ?? whole
}

const alternatives = (schema: Json): Json[] =>
  [schema.anyOf, schema.oneOf, schema.allOf].flatMap((options) =>
    Array.isArray(options) ? options.map(object) : [],
  )

const firstType = (schema: Json): string | undefined => {
  const types = Array.isArray(schema.type) ? schema.type : [schema.type]
  return types.find((type) => type !== 'null') as string | undefined
}

const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {})
