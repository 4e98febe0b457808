/** GitHub's ways in: a fine-grained token, or consent. */
import * as z from 'zod'
import { ok, type Result } from '../../platform/result.ts'
import type { Credentials, Vendor, VendorAccount } from '../../platform/vendor.ts'
import type { Bases } from '../bases.ts'
import { bearer, consentMethod, keptScopes } from '../consent.ts'
import { credentialsOf, noApp, redeemRefreshToken } from '../oauth.ts'
import { asFieldError, askVendor, basicAuth, tellVendor } from '../vendor-call.ts'

const SCOPES = ['read:org', 'security_events']
const VERSION = { Accept: 'application/vnd.github+json', 'X-GitHub-Api-Version': '2022-11-28' }

export function githubVendor(bases: Bases): Vendor {
  const rules = bases.rulesFor('GITHUB_API_BASE', 'GITHUB_AUTH_BASE')
  const tokenUrl = `${bases.of('GITHUB_AUTH_BASE')}/login/oauth/access_token`
  const consent = consentMethod({
    vendor: 'GitHub',
    page: `${bases.of('GITHUB_AUTH_BASE')}/login/oauth/authorize`,
    tokenUrl,
    rules,
    clientAuth: 'body',
    pkce: true,
    scopes: SCOPES,
    // a token of an OAuth app does not end; that of a GitHub app may, and then brings a refresh token
    refreshes: false,
    who: check,
  })

  async function check(credentials: Credentials): Promise<Result<VendorAccount>> {
    const url = `${bases.of('GITHUB_API_BASE')}/user`
    const headers = { ...bearer(credentials), ...VERSION }
    const answer = await askVendor({ vendor: 'GitHub', url, headers, rules }, user)
    if (!answer.ok) return answer
    const { id, login } = answer.value
    return ok({ account: String(id), accountName: login, scopes: keptScopes(credentials) })
  }

  return {
    kind: 'github',
    name: 'GitHub',
    category: 'people',
    gives: [
      'See which members have no second step at sign-in.',
      'Known holes in your code are listed as issues.',
      'Evidence for your compliance list is gathered by itself.',
    ],
    needs:
      'An owner of the organisation, or a fine-grained token with read access to members and security alerts.',
    help: 'https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/managing-your-personal-access-tokens',
    // 5,000 an hour for a person (docs.github.com, "Rate limits for the REST API")
    bucket: { capacity: 100, perSecond: 1 },
    methods: [
      {
        ...consent,
        async refresh(credentials, context) {
          if (!context.app) return noApp('GitHub')
          const endpoint = { vendor: 'GitHub', url: tokenUrl, clientAuth: 'body' as const, rules }
          const answer = await redeemRefreshToken(endpoint, context.app, credentials.refreshToken)
          return answer.ok ? ok(credentialsOf(answer.value, context.now, credentials)) : answer
        },
      },
      {
        kind: 'key',
        label: 'Enter a token',
        fields: [{ name: 'token', label: 'Fine-grained token', placeholder: 'github_pat_...', secret: true }],
        async accept(input) {
          const credentials = { accessToken: input.token ?? '' }
          const who = await check(credentials)
          if (who.ok) return ok({ ...who.value, credentials })
          return asFieldError(
            who,
            'token',
            'GitHub does not accept this token. It may have ended: make a new one.',
          )
        },
      },
    ],
    check,
    async revoke(credentials, { app }) {
      // a pasted token is the owner's: it ends in GitHub's settings, not here
      if (credentials.accessToken?.startsWith('github_pat_') || credentials.accessToken?.startsWith('ghp_'))
        return ok(null)
      if (!app) return noApp('GitHub')
      return tellVendor({
        vendor: 'GitHub',
        url: `${bases.of('GITHUB_API_BASE')}/applications/${encodeURIComponent(app.clientId)}/token`,
        method: 'DELETE',
        headers: { ...VERSION, Authorization: basicAuth(app.clientId, app.clientSecret) },
        body: JSON.stringify({ access_token: credentials.accessToken }),
        rules,
      })
    },
  }
}

const user = z.object({ id: z.number(), login: z.string() })
