// A vendor of our own for tests: rotates refresh tokens, refuses what it has taken back, and counts what it is asked.
import { fail, invalid, ok } from '../../src/platform/result.ts'
import type { Credentials, Vendor } from '../../src/platform/vendor.ts'

export interface FakeVendor {
  vendor: Vendor
  /** How often it was asked for a new token, asked who we are, and told that we go. */
  refreshes: number
  checks: number
  revoked: string[]
  /** The verifier of the last spent code. */
  verifier: string
  mood: 'well' | 'down' | 'refuses'
  /** Milliseconds that a new access token holds. */
  holdsFor: number
  /** True: the refresh token before the newest works until the newest is used. */
  lenient: boolean
  /** A new grant, as after consent. */
  grant(now: number): Credentials
  /** Access tokens up to now are refused. */
  expireTokens(): void
}

export const FAKE_APP = { clientId: 'client-of-installation', clientSecret: 'secret-of-installation' }

export function fakeVendor(kind = 'fakeshop'): FakeVendor {
  let serial = 0
  let [newest, before, live] = ['', '', '']
  const issue = (now: number): Credentials => {
    serial += 1
    newest = `refresh-${serial}`
    live = `access-${serial}`
    return { accessToken: live, refreshToken: newest, expiresAt: now + fake.holdsFor }
  }
  const gone = () => fail('unauthenticated', 'vendor-refused', 'The access was taken back at Fakeshop.')
  const down = () => fail('unavailable', 'vendor-down', 'Fakeshop does not answer right now.')
  const account = (input: Record<string, string>) => ({
    account: `${input.shop}.fake.example`,
    accountName: `The ${input.shop} shop`,
    scopes: ['read_orders'],
  })
  const fake: FakeVendor = {
    refreshes: 0,
    checks: 0,
    revoked: [],
    verifier: '',
    mood: 'well',
    holdsFor: 3_600_000,
    lenient: true,
    grant: (now) => {
      before = ''
      return issue(now)
    },
    expireTokens: () => {
      live = 'nothing'
    },
    vendor: {
      kind,
      name: 'Fakeshop',
      category: 'shop',
      gives: ['Orders and customers, every few minutes.'],
      needs: 'An account whose owner you are.',
      help: 'https://fake.example/help',
      bucket: { capacity: 4, perSecond: 2 },
      methods: [
        {
          kind: 'oauth',
          label: 'Sign in at Fakeshop',
          fields: [{ name: 'shop', label: 'Shop name', hint: 'The word before .fake.example' }],
          start: (input, { app, state, challenge, redirectUri }) => {
            if (!/^[a-z]+$/.test(input.shop ?? ''))
              return invalid([{ path: 'shop', message: 'A shop name has letters only.' }])
            const query = new URLSearchParams({
              client_id: app?.clientId ?? '',
              state,
              code_challenge: challenge,
              redirect_uri: redirectUri,
            })
            return ok({ url: `https://fake.example/consent?${query}` })
          },
          finish: async (query, input, { now, verifier }) => {
            if (query.get('code') !== 'good') return gone()
            fake.verifier = verifier
            return ok({ ...account(input), credentials: fake.grant(now) })
          },
          refresh: async (credentials, { now }) => {
            fake.refreshes += 1
            if (fake.mood === 'down') return down()
            if (fake.mood === 'refuses') return gone()
            const known = credentials.refreshToken === newest
            if (!known && !(fake.lenient && before && credentials.refreshToken === before)) return gone()
            // the one that was used stays good until its successor is used
            before = credentials.refreshToken ?? ''
            return ok(issue(now))
          },
        },
        {
          kind: 'key',
          label: 'With a key',
          fields: [
            { name: 'shop', label: 'Shop name' },
            { name: 'key', label: 'API key', secret: true },
          ],
          accept: async (input, { now }) =>
            input.key === 'right'
              ? ok({ ...account(input), credentials: { ...fake.grant(now), expiresAt: undefined } })
              : invalid([{ path: 'key', message: 'Fakeshop does not know this key.' }]),
        },
      ],
      check: async (credentials) => {
        fake.checks += 1
        if (fake.mood === 'down') return down()
        if (fake.mood === 'refuses' || credentials.accessToken !== live) return gone()
        return ok({
          account: 'harbour.fake.example',
          accountName: 'The harbour shop',
          scopes: ['read_orders'],
        })
      },
      revoke: async (credentials) => {
        if (fake.mood === 'down') return down()
        fake.revoked.push(String(credentials.refreshToken))
        return ok(null)
      },
    },
  }
  return fake
}

/** What the mocked vendors module answers with, one a test file. */
export const shared = fakeVendor()
