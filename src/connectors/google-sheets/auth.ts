/** Google Sheets' way in: only the files that a person picks or that we make (scope drive.file). */
import * as z from 'zod'
import { ok, type Result } from '../../platform/result.ts'
import type { Credentials, Vendor, VendorAccount } from '../../platform/vendor.ts'
import type { Bases } from '../bases.ts'
import { bearer } from '../consent.ts'
import { googleMethod, revokeGoogle } from '../google/consent.ts'
import { askVendor } from '../vendor-call.ts'

const SCOPES = ['https://www.googleapis.com/auth/drive.file']

export function googleSheetsVendor(bases: Bases): Vendor {
  async function check(credentials: Credentials): Promise<Result<VendorAccount>> {
    const url = `${bases.of('GOOGLE_DRIVE_API_BASE')}/drive/v3/about?fields=user(displayName,emailAddress,permissionId)`
    const rules = bases.rulesFor('GOOGLE_DRIVE_API_BASE')
    const answer = await askVendor({ vendor: 'Google', url, headers: bearer(credentials), rules }, about)
    if (!answer.ok) return answer
    const { user } = answer.value
    return ok({
      account: user.permissionId,
      accountName: user.emailAddress ?? user.displayName,
      scopes: SCOPES,
    })
  }

  return {
    kind: 'google_sheets',
    name: 'Google Sheets',
    category: 'files',
    gives: [
      'Numbers from your sheets appear in your dashboards.',
      'Automations can add a row to a sheet.',
      'We see only the sheets that you choose.',
    ],
    needs: 'A Google account that may open the sheets.',
    help: 'https://support.google.com/accounts/answer/13533235',
    // 60 reads a minute for a user (developers.google.com/workspace/sheets/api/limits)
    bucket: { capacity: 30, perSecond: 1 },
    methods: [googleMethod(bases, 'GOOGLE_DRIVE_API_BASE', { vendor: 'Google', scopes: SCOPES, who: check })],
    check,
    revoke: (credentials) => revokeGoogle('Google', bases, credentials),
  }
}

const about = z.object({
  user: z.object({ displayName: z.string(), emailAddress: z.string().optional(), permissionId: z.string() }),
})
