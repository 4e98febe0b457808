/** Chat channels by incoming webhook: which addresses they have, what a post looks like, what an answer means. */
import * as z from 'zod'

export const CHANNEL_TYPES = ['slack', 'teams'] as const
export type ChannelType = (typeof CHANNEL_TYPES)[number]

export interface ChannelPost {
  title: string
  body: string
  /** Whole address, or empty. */
  href: string
  /** Whose post this is, shown small. */
  workspace: string
}

/** What became of a post. `again`: later it may go; `post`: this one never will; `channel`: none will. */
export type PostOutcome =
  | { kind: 'sent' }
  | { kind: 'again'; detail: string; afterSeconds: number | null }
  | { kind: 'post'; detail: string }
  | { kind: 'channel'; detail: string }

export const channelSchema = z.strictObject({
  type: z.enum(CHANNEL_TYPES),
  name: z.string().trim().min(1, 'Say which channel this is.').max(80, 'At most 80 characters.'),
  url: z.string().trim().min(1, 'Paste the address of the webhook.').max(2000, 'This address is too long.'),
  kinds: z.array(z.string()).min(1, 'Choose at least one kind of notification.'),
  postsPerHour: z.coerce.number().int().min(1, 'At least one.').max(120, 'At most 120.').optional(),
})

export const channelChangeSchema = channelSchema.omit({ type: true, url: true }).partial()

const SLACK_HOSTS = ['hooks.slack.com', 'hooks.slack-gov.com']
const TEAMS_HOSTS = ['.logic.azure.com', '.powerplatform.com', '.webhook.office.com']

/**
 * Why an address is no incoming webhook of its service, or null. `isStandIn` says whether a host that is neither may be
 * posted to all the same (the development list).
 */
export function refuseChannelUrl(
  type: ChannelType,
  text: string,
  isStandIn: (url: string) => boolean,
): string | null {
  if (!URL.canParse(text)) return 'This is no web address. Copy it whole from the service.'
  if (isStandIn(text)) return null
  const url = new URL(text)
  if (url.protocol !== 'https:' || url.username || url.password || url.port)
    return 'The address must begin with https://.'
  if (type === 'slack') {
    if (!SLACK_HOSTS.includes(url.hostname))
      return 'A Slack webhook begins with https://hooks.slack.com/services/.'
    return /^\/services\/[^/]+\/[^/]+\/[^/]+$/.test(url.pathname)
      ? null
      : 'This Slack address is no incoming webhook. It has three parts after /services/.'
  }
  if (!TEAMS_HOSTS.some((host) => url.hostname.endsWith(host)))
    return 'A Teams webhook of the Workflows app has a host that ends with powerplatform.com or logic.azure.com.'
  return url.pathname.length > 1 ? null : 'This Teams address is not whole. Copy it again from the workflow.'
}

/** The body of a post as the service wants it. */
export const postBody = (type: ChannelType, post: ChannelPost): string =>
  JSON.stringify(type === 'slack' ? slackBody(post) : teamsBody(post))

/** Slack's three control characters (docs: "Escaping text"): without them no text can mention or link anything. */
export const escapeSlack = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

function slackBody({ title, body, href, workspace }: ChannelPost) {
  const name = escapeSlack(title)
  const linked = href ? `<${escapeSlack(href)}|${name.replaceAll('|', '¦')}>` : name
  const plain = (text: string) => ({ type: 'plain_text', text, emoji: false })
  return {
    text: name,
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: `*${linked.slice(0, 2900)}*` } },
      ...(body ? [{ type: 'section', text: plain(escapeSlack(body).slice(0, 2900)) }] : []),
      { type: 'context', elements: [plain(escapeSlack(`${workspace} · SMB Command`))] },
    ],
  }
}

/** A text run knows no Markdown: whatever a title holds stays text. */
function teamsBody({ title, body, href, workspace }: ChannelPost) {
  const run = (text: string, more: object = {}) => ({
    type: 'RichTextBlock',
    inlines: [{ type: 'TextRun', text, ...more }],
  })
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: [
            run(title, { size: 'Medium', weight: 'Bolder' }),
            ...(body ? [run(body)] : []),
            run(`${workspace} · SMB Command`, { size: 'Small', isSubtle: true }),
          ],
          ...(href ? { actions: [{ type: 'Action.OpenUrl', title: 'Open', url: href }] } : {}),
        },
      },
    ],
  }
}

/** Slack's documented refusals, in words that say what to do. */
const SLACK_WORDS: Record<string, string> = {
  no_service:
    'Slack no longer knows this webhook: it was removed there. Make a new one and add the channel again.',
  no_service_id: 'Slack does not know this webhook. Copy the address again.',
  no_team: 'Slack does not know the workspace of this webhook. Copy the address again.',
  team_disabled: 'The Slack workspace is no longer active.',
  user_not_found: 'Slack does not know the person this webhook posts to. Make a new webhook.',
  channel_not_found: 'The channel of this webhook is gone. Make a webhook for another channel.',
  channel_is_archived: 'The channel was archived in Slack. Unarchive it there, or add another channel.',
  action_prohibited: 'An admin of the Slack workspace does not allow this webhook to post. Ask them.',
  posting_to_general_channel_denied: 'Only admins may post to that channel in Slack. Choose another one.',
  invalid_token: 'Slack does not accept this webhook any more. Make a new one.',
}

/** What an answer of the service says. `retryAfter` in seconds, as it came in the header. */
export function readAnswer(
  type: ChannelType,
  status: number,
  text: string,
  retryAfter: string | null,
): PostOutcome {
  const name = type === 'slack' ? 'Slack' : 'Teams'
  if (status >= 200 && status < 300) return { kind: 'sent' }
  if (status === 429 || status === 408 || status >= 500) {
    const seconds = Number(retryAfter)
    const afterSeconds = retryAfter !== null && seconds >= 0 ? Math.min(3600, Math.ceil(seconds)) : null
    const detail =
      status === 429 ? `${name} asks to wait before the next post.` : `${name} answered ${status}.`
    return { kind: 'again', detail, afterSeconds }
  }
  const word = text.trim().slice(0, 80)
  const known = type === 'slack' ? SLACK_WORDS[word] : undefined
  if (known) return { kind: 'channel', detail: known }
  if (status === 400 || status === 413)
    return { kind: 'post', detail: `${name} could not read this post (${word || status}).` }
  return { kind: 'channel', detail: `${name} refuses posts to this address (${status}). ${AGAIN[type]}` }
}

const AGAIN: Record<ChannelType, string> = {
  slack: 'Make a new incoming webhook in Slack and add the channel again.',
  teams: 'Open the workflow in Teams, see that it is turned on, or make a new one and add the channel again.',
}

/** Seconds to wait after the n-th failed attempt: doubling from half a minute, an hour at most. */
export const backoffSeconds = (attempts: number): number => Math.min(3600, 30 * 2 ** Math.min(attempts, 7))
