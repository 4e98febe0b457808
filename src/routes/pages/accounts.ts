/** All pages of accounts and settings. */
import { Hono } from 'hono'
import type { AppEnv } from '../../http/context.ts'
import { invitationPages } from './invitations.tsx'
import { outsideSignInPages } from './outside-sign-in.tsx'
import { ownershipPages } from './ownership.tsx'
import { passkeyPages } from './passkeys.tsx'
import { accountSettingsPages } from './settings-account.tsx'
import { dataPages } from './settings-data.tsx'
import { keyPages } from './settings-keys.tsx'
import { peoplePages } from './settings-people.tsx'
import { webhookPages } from './settings-webhooks.tsx'
import { workspacePages } from './settings-workspace.tsx'
import { signInPages } from './sign-in.tsx'
import { signUpPages } from './sign-up.tsx'

export const accountPages = new Hono<AppEnv>()

for (const routes of [
  signInPages,
  outsideSignInPages,
  passkeyPages,
  ownershipPages,
  signUpPages,
  invitationPages,
  workspacePages,
  peoplePages,
  keyPages,
  webhookPages,
  dataPages,
  accountSettingsPages,
]) {
  accountPages.route('/', routes)
}
