import { describe, expect, test } from 'vitest'
import { ApiReference } from '../../../src/views/api-reference.tsx'
import { readDocument } from '../../../src/views/openapi.ts'

const DOCUMENT = {
  openapi: '3.1.0',
  info: { title: 'Orders', version: '1', description: 'An API.' },
  security: [{ Bearer: [] }],
  components: {
    schemas: {
      Money: {
        type: 'object',
        required: ['amount'],
        properties: { amount: { type: 'string', example: '12.50' }, currency: { enum: ['EUR', 'USD'] } },
      },
      Tree: {
        type: 'object',
        properties: {
          name: { type: 'string' },
          children: { type: 'array', items: { $ref: '#/components/schemas/Tree' } },
        },
      },
    },
  },
  paths: {
    '/orders/{id}': {
      get: {
        tags: ['Orders'],
        summary: 'Read an order',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
        responses: { 200: { description: 'The order' }, 404: { description: 'Not found, or not yours' } },
      },
    },
    '/orders': {
      post: {
        tags: ['Orders'],
        summary: 'Place an order',
        security: [],
        requestBody: {
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['total'],
                properties: {
                  total: { $ref: '#/components/schemas/Money' },
                  note: { type: ['string', 'null'], maxLength: 200, example: "don't" },
                  lines: {
                    type: 'array',
                    items: { type: 'object', properties: { sku: { type: 'string' } } },
                  },
                },
              },
            },
          },
        },
        responses: { 201: { description: 'Placed' } },
      },
    },
    '/tree': {
      get: {
        responses: {
          200: {
            description: 'A tree',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Tree' } } },
          },
        },
      },
    },
  },
}

const operations = readDocument(DOCUMENT).groups.flatMap((group) => group.operations)
const find = (id: string) => operations.find((operation) => operation.id === id)

describe('the API reference', () => {
  test('groups operations by tag, those without one last named', () => {
    expect(readDocument(DOCUMENT).groups.map(({ tag, operations: inside }) => [tag, inside.length])).toEqual([
      ['Orders', 2],
      ['Other', 1],
    ])
  })

  test('names the fields of a body, also those behind a reference and in lists', () => {
    expect(find('post-orders')?.body?.rows.map((row) => [row.name, row.type, row.required])).toEqual([
      ['total', 'object', true],
      ['total.amount', 'string', true],
      ['total.currency', '"EUR" | "USD"', false],
      ['note', 'string or null', false],
      ['lines', 'list of object', false],
      ['lines[].sku', 'string', false],
    ])
  })

  test('gives an example that the schema allows', () => {
    expect(JSON.parse(find('post-orders')?.body?.example ?? '')).toEqual({
      total: { amount: '12.50', currency: 'EUR' },
      note: "don't",
      lines: [{ sku: 'text' }],
    })
  })

  test('gives a curl line to paste: key only where one is needed, quotes escaped', () => {
    expect(find('get-orders-id')?.curl).toBe('curl "$HOST/orders/{id}" \\\n  -H "Authorization: Bearer $KEY"')
    expect(find('post-orders')?.curl).toContain('curl -X POST "$HOST/orders"')
    expect(find('post-orders')?.curl).not.toContain('Authorization')
    expect(find('post-orders')?.curl).toContain("don'\\''t")
  })

  test('ends a schema that holds itself', () => {
    expect(find('get-tree')?.answers[0]?.body?.rows.length).toBeLessThan(20)
  })

  test('stays a page for a document that is odd or empty', () => {
    expect(readDocument({}).groups).toEqual([])
    expect(readDocument({ paths: { '/x': { get: null, post: 'no' } } }).groups[0]?.operations).toHaveLength(1)
  })

  test('escapes what the document says', async () => {
    const hostile = {
      paths: { '/<script>alert(1)</script>': { get: { summary: '<script>alert(1)</script>' } } },
    }
    const page = String(await (ApiReference({ document: hostile }) as { toString(): unknown }).toString())
    expect(page).not.toContain('<script>')
    expect(page).toContain('&lt;script&gt;')
  })
})
