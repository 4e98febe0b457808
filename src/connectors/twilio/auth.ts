/** Twilio's way in: account SID and auth token. */
import * as z from 'zod'
import { fail, invalid, ok, type Result } from '../../platform/result.ts'
import type { Credentials, Vendor, VendorAccount } from '../../platform/vendor.ts'
import type { Bases } from '../bases.ts'
import { kept } from '../consent.ts'
import { asFieldError, askVendor, basicAuth } from '../vendor-call.ts'

export function twilioVendor(bases: Bases): Vendor {
  const rules = bases.rulesFor('TWILIO_API_BASE')

  async function check(credentials: Credentials): Promise<Result<VendorAccount>> {
    const sid = kept(credentials, 'accountSid')
    const headers = { Authorization: basicAuth(sid, credentials.accessToken ?? '') }
    const url = `${bases.of('TWILIO_API_BASE')}/2010-04-01/Accounts/${sid}.json`
    const answer = await askVendor({ vendor: 'Twilio', url, headers, rules }, account)
    if (!answer.ok) return answer
    const { friendly_name, status } = answer.value
    if (status !== 'active')
      return fail(
        'conflict',
        'account-not-active',
        'This Twilio account is not active. Look at it in the Twilio Console.',
      )
    return ok({ account: sid, accountName: friendly_name, scopes: [] })
  }

  return {
    kind: 'twilio',
    name: 'Twilio',
    category: 'messages',
    gives: [
      'Automations can send text messages from your number.',
      'Answers of your customers come in here.',
    ],
    needs: 'The account SID and auth token from the start page of the Twilio Console.',
    help: 'https://help.twilio.com/articles/14726256820123',
    // limits are on concurrent calls (error 20429), and a US long number sends one message a second; the rest queues there
    bucket: { capacity: 10, perSecond: 5 },
    methods: [
      {
        kind: 'key',
        label: 'Enter SID and token',
        fields: [
          { name: 'account_sid', label: 'Account SID', placeholder: 'AC...' },
          { name: 'auth_token', label: 'Auth token', secret: true },
        ],
        async accept(input) {
          const accountSid = input.account_sid ?? ''
          if (!/^AC[0-9a-f]{32}$/i.test(accountSid))
            return invalid([
              {
                path: 'account_sid',
                message: 'An account SID is AC and 32 letters and digits. Copy it again.',
              },
            ])
          const credentials = { accountSid, accessToken: input.auth_token ?? '' }
          const who = await check(credentials)
          if (who.ok) return ok({ ...who.value, credentials })
          return asFieldError(
            who,
            'auth_token',
            'Twilio does not accept this SID and token. Copy both again.',
          )
        },
      },
    ],
    check,
  }
}

const account = z.object({ friendly_name: z.string(), status: z.string() })
