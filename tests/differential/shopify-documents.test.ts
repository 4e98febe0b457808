// Every document that we send is valid against the schema that Shopify itself publishes for the version we ask for.
import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { buildClientSchema, parse, validate } from 'graphql'
import { expect, test } from 'vitest'
import { API_VERSION, EVERY_DOCUMENT } from '../../src/connectors/shopify/documents.ts'

const file = `${import.meta.dirname}/schemas/admin_${API_VERSION}.json.gz`

test('the schema of this version is there', () => {
  expect(existsSync(file), 'npm run test:long fetches it').toBe(true)
})

const schema = existsSync(file)
  ? buildClientSchema(JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')).data, { assumeValid: true })
  : null

test.each(Object.entries(EVERY_DOCUMENT))('%s is valid', (_, document) => {
  if (!schema) throw new Error('no schema')
  expect(validate(schema, parse(document)).map(({ message }) => message)).toEqual([])
})

test('a document with a field that does not exist is not', () => {
  if (!schema) throw new Error('no schema')
  expect(validate(schema, parse('{ shop { favouriteColour } }'))).not.toEqual([])
})
