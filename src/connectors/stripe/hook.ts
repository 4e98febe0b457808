/** Stripe's webhook signature: `Stripe-Signature: t=...,v1=...`, HMAC-SHA256 hex over `t.body` (research/mini-foundry 4.2). */
import * as z from 'zod'
import type { HookEvent, HookRefusal } from '../../modules/mini-foundry/domain/ports.ts'
import { hmacSha256Hex, sameText } from '../../platform/crypto/digest.ts'

const TOLERANCE_SECONDS = 300

const envelope = z.object({
  id: z.string().min(1).max(255),
  type: z.string().min(1).max(100),
  created: z.number().int(),
})

export async function verifyStripeHook(
  body: string,
  headers: Headers,
  secrets: readonly string[],
  nowMs: number,
): Promise<HookEvent | HookRefusal> {
  const signature = readSignature(headers.get('Stripe-Signature') ?? '')
  if (!signature) return 'signature'
  if (!(await isGenuine(signature, body, secrets))) return 'signature'
  if (Math.abs(nowMs / 1000 - signature.at) > TOLERANCE_SECONDS) return 'too-old'
  const parsed = envelope.safeParse(parseJson(body))
  if (!parsed.success) return 'malformed'
  return { id: parsed.data.id, type: parsed.data.type, createdMs: parsed.data.created * 1000 }
}

interface Signature {
  at: number
  /** All v1 signatures; any may match, others (v0) are ignored. */
  v1: string[]
}

function readSignature(header: string): Signature | null {
  const pairs = header.split(',').map((part) => part.trim().split('=', 2))
  const at = pairs.find(([name]) => name === 't')?.[1] ?? ''
  const v1 = pairs.filter(([name]) => name === 'v1').map(([, value]) => value ?? '')
  return /^\d{1,12}$/.test(at) && v1.length > 0 ? { at: Number(at), v1 } : null
}

async function isGenuine(signature: Signature, body: string, secrets: readonly string[]): Promise<boolean> {
  let genuine = false
  for (const secret of secrets) {
    const expected = await hmacSha256Hex(secret, `${signature.at}.${body}`)
    for (const given of signature.v1) if (sameText(expected, given)) genuine = true
  }
  return genuine
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
