/** All pages of accounts and settings. */
import { Hono } from 'hono'
import type { AppEnv } from '../../http/context.ts'
import { invitationPages } from './invitations.tsx'
import { accountSettingsPages } from './settings-account.tsx'
import { dataPages } from './settings-data.tsx'
import { keyPages } from './settings-keys.tsx'
import { peoplePages } from './settings-people.tsx'
import { workspacePages } from './settings-workspace.tsx'
import { signInPages } from './sign-in.tsx'
import { signUpPages } from './sign-up.tsx'

export const accountPages = new Hono<AppEnv>()

for (const routes of [
  signInPages,
  signUpPages,
  invitationPages,
  workspacePages,
  peoplePages,
  keyPages,
  dataPages,
  accountSettingsPages,
]) {
  accountPages.route('/', routes)
}
