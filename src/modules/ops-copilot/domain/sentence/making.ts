/** The steps that words ask for, with what was left unsaid filled in. */
import type { Duration, Json, Step } from '../definition-model.ts'
import { numberOf } from './amounts.ts'
import { aboutOf, mailOf, noticeOf, type Purpose } from './texts.ts'

export interface SentenceWorld {
  timeZone: string
  /** Address of whoever writes the sentence: “me”. */
  me: string
  /** Id of that person. */
  meId: string
  channels: readonly { id: string; name: string }[]
  dashboards: readonly { id: string; name: string }[]
  automations: readonly { id: string; name: string }[]
  sequences: readonly { id: string; name: string }[]
  people: readonly { id: string; name: string }[]
  /** What can start it here, with titles. */
  events: readonly { type: string; title: string }[]
}

export interface Setting {
  world: SentenceWorld
  about: string
  /** Title of what starts it; null: by hand or by the clock. */
  event: string | null
  /** Its type: `invoice.overdue`. */
  type: string | null
}

/** A step without its id. */
export interface Made {
  step: Step
  /** What is still to be chosen, in words. */
  choose?: string
}

/** Whoever writes the sentence. */
export const ME = `(?:me|us|myself|the owner)`

/** A step of the catalogue, its id still open. */
export const action = (name: string, input: Record<string, Json>): Step => ({
  ...{ id: '', kind: 'action', action: name, input, on_error: 'stop', failed: [] },
})

export const wait = (duration: Duration): Made => ({
  step: { id: '', kind: 'wait', for: duration, hours: 'any' },
})

export const contact = (change: Record<string, Json>): Step =>
  action('contact.update', { contact: '{{ trigger.contact.id }}', ...change })

const isMe = (who: string | undefined): boolean => who !== undefined && new RegExp(`^${ME}$`, 'i').test(who)

export function mail(
  who: string | undefined,
  kind: string,
  subject: string | undefined,
  text: string | undefined,
  { about, event, type, world }: Setting,
): Made {
  const purpose: Purpose = /thank/i.test(kind)
    ? 'thanks'
    : /welcome|greet/i.test(kind)
      ? 'welcome'
      : /follow/i.test(kind)
        ? 'follow'
        : /remind/i.test(kind)
          ? 'reminder'
          : /confirm|receipt/i.test(kind)
            ? 'confirm'
            : 'plain'
  const isOurs = isMe(who) || who?.includes('@') === true
  const usual = isOurs
    ? { subject: event ?? 'A note from your automation', body: noticeOf(about, event) }
    : mailOf(purpose, about, type)
  const to = isMe(who) ? world.me : who?.includes('@') ? who : aboutOf(about).to
  return {
    step: action('mail.send', {
      to,
      subject: subject ?? usual.subject,
      body: text ?? usual.body,
      stream: 'workspace',
    }),
    ...(event === null && !isOurs ? { choose: 'who gets the mail' } : {}),
  }
}

export function task(
  [priority = '', who, a, b, c]: (string | undefined)[],
  { about, event, type, world }: Setting,
): Made {
  const title = (a ?? b ?? c ?? '').trim()
  const assigned = who === undefined || isMe(who) ? world.meId : personCalled(who, world)
  const level = /high|urgent|important/i.test(priority)
    ? /urgent/i.test(priority)
      ? 'urgent'
      : 'high'
    : /low/i.test(priority)
      ? 'low'
      : 'normal'
  const made = taskCalled(title, { about, event, type, world })
  const input = made.step.kind === 'action' ? made.step.input : {}
  return {
    step: action('task.create', { ...input, assignee: assigned ?? '', priority: level }),
    ...(assigned === null ? { choose: `who gets the task (nobody is called ${who})` } : {}),
  }
}

export function taskCalled(title: string, { about, event, world }: Setting): Made {
  const usual = event === null ? 'Look at this' : `Look at ${aboutOf(about).what}`
  const said = title.trim() === '' ? usual : title.trim().slice(0, 1).toUpperCase() + title.trim().slice(1)
  return {
    step: action('task.create', {
      title: said,
      notes: noticeOf(about, event),
      assignee: world.meId,
      due: '1',
      priority: 'normal',
    }),
  }
}

export const nameOf = (about: string): string =>
  about === 'invoice' || about === 'order'
    ? `{{ trigger.${about}.customer_name | default: 'the customer' }}`
    : "{{ trigger.contact.name | default: 'the customer' }}"

const personCalled = (name: string, { people }: SentenceWorld): string | null =>
  people.find((one) => one.name.toLowerCase().split(/\s+/).includes(name.toLowerCase()))?.id ?? null

export function person(who: string, world: SentenceWorld): Made {
  const id = isMe(who) ? world.meId : personCalled(who, world)
  return {
    step: contact({ owner: id ?? '' }),
    ...(id === null ? { choose: `who looks after them (nobody is called ${who})` } : {}),
  }
}

export function post(name: string, text: string | undefined, { about, event, world }: Setting): Made {
  const wanted = name.toLowerCase()
  const isAny = /^(slack|teams|microsoft teams|team|everyone|everybody)$/.test(wanted)
  const found =
    world.channels.find((one) => one.name.toLowerCase().replace(/^#/, '') === wanted) ??
    (isAny && world.channels.length === 1 ? world.channels[0] : undefined)
  return {
    step: action('channel.post', { channel: found?.id ?? '', text: text ?? noticeOf(about, event) }),
    ...(found ? {} : { choose: isAny ? 'the channel' : `the channel (none is called ${name})` }),
  }
}

export function report(
  [early, words = '', pdf, late, pdf2]: (string | undefined)[],
  { world }: Setting,
): Made {
  const name = words.trim().toLowerCase()
  const found =
    name === '' ? undefined : world.dashboards.find((one) => one.name.toLowerCase().includes(name))
  const who = late ?? early
  const to = who === undefined || !who.includes('@') ? world.me : who.replace(/,? and |, and /g, ', ')
  const format = pdf || pdf2 ? 'pdf' : 'mail'
  const range = /month/.test(name) ? 'last_month' : /day|yesterday/.test(name) ? 'yesterday' : 'last_7_days'
  return {
    step: action('report.send', { to, dashboard: found?.id ?? '', range, format }),
    ...(name !== '' && !found && !/^(weekly|daily|monthly|last week's)$/.test(name)
      ? { choose: `the dashboard (none is called ${words.trim()})` }
      : {}),
  }
}

export function approval(
  count: string | undefined,
  who: string | undefined,
  { about, event }: Setting,
): Made {
  const role = /admin|manager|team|member/i.test(who ?? '') ? 'role:admin' : 'role:owner'
  const needed = count === undefined || /^an?$/i.test(count) ? 1 : Math.min(20, numberOf(count))
  const approvers = needed > 1 ? ['role:owner', 'role:admin'] : [role]
  return {
    step: {
      ...{
        id: '',
        kind: 'approval',
        title: `May this go on? ${event ?? ''}`.trim(),
        body: noticeOf(about, event),
        approvers,
        needed,
      },
      ...{ self: true, fields: [], on_timeout: 'reject', rejected: [], expired: [] },
      within: { amount: 3, unit: 'business_days' },
      remind: { amount: 1, unit: 'business_days' },
    },
  }
}

export function started(what: 'automation' | 'sequence', name: string, world: SentenceWorld): Made {
  const list = what === 'automation' ? world.automations : world.sequences
  const found = list.find((one) => one.name.toLowerCase().includes(name.trim().toLowerCase()))
  const step =
    what === 'automation'
      ? action('automation.run', { automation: found?.id ?? '', input: {} })
      : action('sequence.start', { sequence: found?.id ?? '', contact: '{{ trigger.contact.id }}' })
  return { step, ...(found ? {} : { choose: `the ${what} (none is called ${name.trim()})` }) }
}
