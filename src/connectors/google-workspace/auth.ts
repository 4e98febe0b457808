/** Google Workspace's way in: an administrator lets us read people, units and roles. */
import * as z from 'zod'
import { fail, ok, type Result } from '../../platform/result.ts'
import type { Credentials, Vendor, VendorAccount } from '../../platform/vendor.ts'
import type { Bases } from '../bases.ts'
import { bearer } from '../consent.ts'
import { googleMethod, revokeGoogle } from '../google/consent.ts'
import { askVendor } from '../vendor-call.ts'

const SCOPES = ['user', 'orgunit', 'rolemanagement'].map(
  (part) => `https://www.googleapis.com/auth/admin.directory.${part}.readonly`,
)
const NAME = 'Google Workspace'

export function googleWorkspaceVendor(bases: Bases): Vendor {
  async function check(credentials: Credentials): Promise<Result<VendorAccount>> {
    const url = `${bases.of('GOOGLE_WORKSPACE_API_BASE')}/admin/directory/v1/users?customer=my_customer&maxResults=1`
    const rules = bases.rulesFor('GOOGLE_WORKSPACE_API_BASE')
    const answer = await askVendor({ vendor: NAME, url, headers: bearer(credentials), rules }, people)
    if (!answer.ok) return answer.error.kind === 'forbidden' ? notAdmin() : answer
    const [first] = answer.value.users
    if (!first)
      return fail('conflict', 'account-not-found', 'This Google Workspace has no people that we can see.')
    const domain = first.primaryEmail.split('@')[1] ?? first.customerId
    return ok({ account: first.customerId, accountName: domain, scopes: SCOPES })
  }

  return {
    kind: 'google_workspace',
    name: NAME,
    category: 'people',
    gives: [
      'See who has no second step at sign-in.',
      'See who is an administrator and who left long ago.',
      'Evidence for your compliance list is gathered by itself.',
    ],
    needs: 'You must be an administrator of your Google Workspace.',
    help: 'https://support.google.com/a/answer/7281227',
    // 2,400 queries a minute for a user and project (developers.google.com/workspace/admin/directory, "Limits")
    bucket: { capacity: 40, perSecond: 20 },
    methods: [googleMethod(bases, 'GOOGLE_WORKSPACE_API_BASE', { vendor: NAME, scopes: SCOPES, who: check })],
    check,
    revoke: (credentials) => revokeGoogle(NAME, bases, credentials),
  }
}

const people = z.object({
  users: z.array(z.object({ customerId: z.string(), primaryEmail: z.string() })).default([]),
})

const notAdmin = () =>
  fail(
    'forbidden',
    'not-an-admin',
    'This person is no administrator of the Google Workspace. Ask an administrator to connect it.',
  )
