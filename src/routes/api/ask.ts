/** `POST /modules/mini-foundry/ask`: a question in words, how it was understood, and its figures. */
import { createRoute, z } from '@hono/zod-openapi'
import { requires } from '../../http/authorize.ts'
import { problem } from '../../http/problem.ts'
import { askInWords } from '../../modules/mini-foundry/index.ts'
import { bearer, createApi, jsonContent, problemResponses } from './api.ts'
import { metricAnswerSchema } from './metrics.ts'

const route = createRoute({
  method: 'post',
  path: '/modules/mini-foundry/ask',
  tags: ['Mini Foundry'],
  summary: 'A question in words',
  description:
    'Understood by rules over the metrics, groups and values that this workspace has. `query` can be sent to the ' +
    'metrics as it is; `left` are words that meant nothing; `problem` says why the metrics refuse the question.',
  security: bearer,
  middleware: [requires('foundry:read')] as const,
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.strictObject({
            question: z
              .string()
              .trim()
              .min(1)
              .max(500)
              .openapi({ example: 'net revenue by channel last quarter' }),
          }),
        },
      },
    },
  },
  responses: {
    200: jsonContent(
      z
        .object({
          question: z.string(),
          query: z.object({
            metrics: z.string(),
            from: z.string(),
            to: z.string(),
            granularity: z.string(),
            compare: z.string(),
            group_by: z.string(),
            filter: z.array(z.string()),
          }),
          understood_by: z.literal('rules'),
          understood: z.array(z.string()),
          left: z.array(z.string()),
          sure: z.boolean(),
          problem: z.string().nullable(),
          data: z.array(metricAnswerSchema),
        })
        .openapi('WordsAnswer'),
      'The question as it was understood, and its answer',
    ),
    ...problemResponses,
  },
})

export const askApi = createApi()

askApi.openapi(route, async (c) => {
  const result = await askInWords(c.var.services, c.var.actor, c.req.valid('json').question)
  if (!result.ok) return problem(c, result.error)
  const { question, query, understanding, data, problem: refused } = result.value
  const { parts, left, sure } = understanding
  const { metrics = '', compare = '', group_by = '' } = query
  return c.json(
    {
      ...{ question, query: { ...query, metrics, compare, group_by } },
      ...{ understood_by: 'rules' as const, understood: parts, left, sure, problem: refused, data },
    },
    200,
  )
})
