/** The door for mail that comes in: e-mail routing hands each message over, and hears when nobody here has the address. */
import { compose, parseMail } from './compose.ts'
import type { Env } from './env.ts'
import { MAX_MAIL_BYTES, receiveMail } from './modules/workspace/index.ts'
import { readAtMost } from './platform/bytes.ts'
import { captureError } from './platform/capture.ts'

export async function inboundMail(
  message: Pick<ForwardableEmailMessage, 'to' | 'raw' | 'rawSize' | 'setReject'>,
  env: Env,
  context: ExecutionContext,
): Promise<void> {
  const services = await compose(env, {
    later: (work) => context.waitUntil(work),
    logFields: { door: 'mail' },
  })
  const raw = message.rawSize > MAX_MAIL_BYTES ? null : await readAtMost(message.raw, MAX_MAIL_BYTES)
  if (raw === null) {
    message.setReject('552 5.3.4 This mail is larger than 10 MB.')
    return
  }
  try {
    const taken = await receiveMail(services, parseMail, { to: message.to, raw: raw.buffer })
    if (!taken) message.setReject('550 5.1.1 Nobody here has this address.')
  } catch (error) {
    // a throw makes the sender's server try again later
    await captureError(services, error, 'inbound mail', '')
    throw error
  }
}
