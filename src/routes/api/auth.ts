/** `POST /auth/token`: a short-lived token for an API key. */
import { createRoute, z } from '@hono/zod-openapi'
import { problem } from '../../http/problem.ts'
import { ACCESS_TOKEN_SECONDS, createAccessToken } from '../../modules/workspace/index.ts'
import { parseKeyText } from '../../platform/crypto/key-text.ts'
import { fail } from '../../platform/result.ts'
import { createApi, jsonContent, problemResponses } from './api.ts'

const token = createRoute({
  method: 'post',
  path: '/auth/token',
  tags: ['Authentication'],
  summary: 'Exchange an API key for an access token',
  description:
    'Send the key as a bearer token, no body. The token is good for 15 minutes and never longer than its key.',
  responses: {
    200: jsonContent(
      z.object({
        access_token: z.string(),
        token_type: z.literal('Bearer'),
        expires_in: z.number().int(),
        scope: z.string(),
      }),
      'An access token',
    ),
    ...problemResponses,
  },
})

export const authApi = createApi().openapi(token, async (c) => {
  const actor = c.var.maybeActor
  const byKey = parseKeyText(c.req.header('Authorization')?.slice('Bearer '.length) ?? '') !== null
  if (actor?.kind !== 'key' || !byKey) {
    return problem(
      c,
      fail(
        'unauthenticated',
        'key-needed',
        'Send an API key as a bearer token; a token makes no other token.',
      ).error,
    )
  }
  const body = {
    access_token: await createAccessToken(c.var.services, actor),
    token_type: 'Bearer' as const,
    expires_in: ACCESS_TOKEN_SECONDS,
    scope: [...(actor.scopes ?? [])].join(' '),
  }
  return c.json(body, 200)
})
