// Secrets of a production installation: made once, never overwritten, kept in one git-ignored file until the operator moves it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { freshSecrets } from './secrets.mjs'

const KEYS = ['MASTER_KEYS', 'TOKEN_KEYS']

/**
 * The secrets that the Worker lacks: from the file of an earlier attempt, else fresh. `present` are the names it has.
 * `{ missing, fresh }`, where `fresh` says that keys were made now; or `{ error }`, a sentence.
 */
export function missingSecrets({ present, kept, resendKey, mails, holdsPeople, newKeys }) {
  const missing = {}
  let fresh = false
  for (const name of KEYS.filter((key) => !present.includes(key))) {
    if (!kept[name] && name === 'MASTER_KEYS' && holdsPeople && !newKeys) return { error: LOST_KEYS }
    fresh ||= !kept[name]
    missing[name] = kept[name] ?? freshSecrets()[name]
  }
  if (mails && !present.includes('RESEND_API_KEY')) {
    if (!resendKey) return { error: NO_MAIL_KEY }
    missing.RESEND_API_KEY = resendKey
  }
  return { missing, fresh }
}

export const readKept = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {})

/** Adds to the kept file, readable by its owner only. Mail keys are not kept: their vendor can make new ones. */
export function keep(file, secrets) {
  const keys = Object.entries({ ...readKept(file), ...secrets }).filter(([name]) => KEYS.includes(name))
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(keys), null, 2)}\n`, { mode: 0o600 })
}

const LOST_KEYS = `The database already holds accounts, but this Worker has no MASTER_KEYS: what was sealed with the keys of before can be
read with those only. Put them back from your password manager: npx wrangler secret put MASTER_KEYS --name NAME
When there is nothing to keep, deploy with --new-keys.`

const NO_MAIL_KEY = `Mails are to go out through Resend, which needs a key. Deploy once with it in the environment:
RESEND_API_KEY=re_... npm run deploy
To go on without mail, leave --mail-from out.`
