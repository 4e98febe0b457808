/** What is to be done, in words: mails, tasks, posts, reports, approvals, waits, contacts. */
import { DURATION, durationOf, NUMBER } from './amounts.ts'
import {
  action,
  approval,
  contact,
  type Made,
  ME,
  mail,
  nameOf,
  person,
  post,
  report,
  type Setting,
  started,
  task,
  taskCalled,
  wait,
} from './making.ts'
import { pattern, type SentenceReader } from './reader.ts'
import { aboutOf, noticeOf } from './texts.ts'

const THEM = `(?:them|him|her|(?:the |this |that |our )?(?:customers?|clients?|leads?|contacts?|buyers?|persons?|people|subscribers?|senders?))`
const ADDRESS = String.raw`[^\s@,;]+@[^\s@,;]+\.[a-z]{2,}`
const SAYING = String.raw`(?:,?\s*(?:saying|that says|which says|with the text|with the message|reading|:)\s*(?:"([^"]+)"|“([^”]+)”|'([^']+)'))?`
const TITLED = String.raw`(?:,?\s*(?:about|with the subject|titled|called)\s*(?:"([^"]+)"|“([^”]+)”))?`
const MAIL = `(?:e-?mails?|mails?|messages?|reminders?|notes?|letters?|notices?|thank[- ]you(?: (?:e-?mail|mail|note))?|thanks|welcome(?: (?:e-?mail|mail|message|note))?|follow[- ]?ups?(?: (?:e-?mail|mail|message))?|confirmations?(?: (?:e-?mail|mail|message))?|receipts?)`
const KIND = String.raw`((?:(?:an?|the|another|one|final|last|first|second|third|friendly|polite|short|firm|gentle|nice|personal|automatic|payment|invoice|order|thank[- ]you|welcome|follow[- ]?up|confirmation|reminder|different|more)\s+)*${MAIL})`
const END = String.raw`(?=\s*(?:$|[,;!?]|\.(?:\s|$)|\s(?:and|then|if|unless|otherwise|after|when|every|each|daily|weekly|monthly|on (?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|the (?:first|last)))\b))`

type Maker = (found: (string | undefined)[], setting: Setting) => Made | null

const MAKERS: readonly [RegExp, Maker][] = [
  // waiting
  [
    pattern(`wait (?:for )?(?:another )?${DURATION}`),
    ([count = '', unit = '']) => wait(durationOf(count, unit)),
  ],
  [pattern(`(?:after|in) ${DURATION}(?: more)?`), ([count = '', unit = '']) => wait(durationOf(count, unit))],
  [
    pattern(`${DURATION} (?:later|after that|afterwards)`),
    ([count = '', unit = '']) => wait(durationOf(count, unit)),
  ],
  [
    pattern(
      `wait (?:until|for) (?:the )?(?:office|business|working) (?:opens|hours)|wait for the office to open`,
    ),
    () => ({ step: { id: '', kind: 'wait', for: { amount: 1, unit: 'minutes' }, hours: 'business' } }),
  ],
  [
    pattern(
      `wait (?:until|for) (?:it|the invoice|they|payment|the payment)(?: to be| is| has been| gets)?(?: paid| pays?)?`,
    ),
    (_, { about }) =>
      about !== 'invoice'
        ? null
        : {
            step: {
              id: '',
              kind: 'wait_event',
              event: 'invoice.paid',
              match: {
                all: [{ field: 'event.invoice_id', operator: 'equals', value: '{{ trigger.invoice_id }}' }],
              },
              within: { amount: 14, unit: 'days' },
              timeout: [],
            },
          },
  ],
  // reports
  [
    pattern(
      String.raw`(?:send|mail|e-?mail|give|show) (?:(${ME}|everyone|the team|${ADDRESS}) )?(?:with )?(?:the|a|an|my|our|last week's|this week's)?\s*((?:[a-z]+ ){0,3}?)(?:dashboard|report|figures|numbers|summary|overview|kpis|sales(?! (?:dashboard|report|figures|numbers|summary|overview)))((?: as)?(?: an?| the)? pdf)?(?: to (${ME}|${ADDRESS}(?:(?:,| and|, and) ${ADDRESS})*))?(?: as (?:an? )?(pdf))?(?: by e?-?mail)?`,
    ),
    report,
  ],
  // approvals
  [
    pattern(
      String.raw`(?:ask|get|require|request|wait for|needs?|get me|seek)\s+(?:for )?(?:the |an? )?(?:approval|permission|sign-?off|an ok|ok|a yes)(?: (?:from|of|by) (?:(${NUMBER}) (?:of )?)?(?:the |an? )?(${ME}|owners?|admins?|managers?|members?|team|boss))?`,
    ),
    ([count, who], setting) => approval(count, who, setting),
  ],
  [
    pattern(
      `ask (?:(${NUMBER}) (?:of )?)?(?:the |an? )?(${ME}|owners?|admins?|managers?|boss)(?: first)?(?: (?:for|to) (?:approval|permission|approve(?: it)?|confirm(?: it)?|an ok|sign off))?`,
    ),
    ([count, who], setting) => approval(count, who, setting),
  ],
  // tasks
  [
    pattern(
      String.raw`(?:create|make|add|open|give me|set up|assign)(?: me)? (?:an? |the )?((?:high[- ]priority |urgent |low[- ]priority |important )?)(?:task|to-?do|ticket|reminder)(?: (?:for|to) (${ME}|[A-Z][a-z]+))?(?:,?\s*(?:to|called|named|titled|saying|:)\s+(?:"([^"]+)"|“([^”]+)”|([^,.;!?"“]+?)))?${END}`,
    ),
    task,
  ],
  [
    pattern(`remind (?:${ME}) (?:to|about|of) ([^,.;!?]+?)${END}`),
    ([title = ''], setting) => taskCalled(title, setting),
  ],
  [
    pattern(
      `(?:have|let) (?:me|somebody|someone|us) (?:call|phone|ring) ${THEM}|(?:call|phone|ring) ${THEM}`,
    ),
    (_, setting) => taskCalled(`Call ${nameOf(setting.about)} about ${aboutOf(setting.about).what}`, setting),
  ],
  [pattern('remind me'), (_, setting) => taskCalled('', setting)],
  // contacts and invoices
  [
    pattern(
      String.raw`(?:tag|label) (?:${THEM}|it|the order) (?:(?:as|with) )?(?:"([^"]+)"|“([^”]+)”|'([^']+)'|([\w-]+))`,
    ),
    ([a, b, c, d]) => ({ step: contact({ tags_add: a ?? b ?? c ?? d ?? '' }) }),
  ],
  [
    pattern(String.raw`add (?:the )?tag (?:"([^"]+)"|“([^”]+)”|'([^']+)'|([\w-]+))(?: to ${THEM})?`),
    ([a, b, c, d]) => ({ step: contact({ tags_add: a ?? b ?? c ?? d ?? '' }) }),
  ],
  [
    pattern(
      `(?:mark|set|move|change|make) (?:${THEM}|it)(?:'s stage)? (?:as |to |into )?(?:an? )?(lead|qualified|customer|lost)`,
    ),
    ([stage = '']) => ({ step: contact({ stage: stage.toLowerCase() }) }),
  ],
  [
    pattern(`(?:mark|set) (?:it|the invoice) (?:as |to )?paid`),
    () => ({ step: action('invoice.mark_paid', { invoice: '{{ trigger.invoice_id }}' }) }),
  ],
  [pattern(`assign (?:${THEM}|it) to (${ME}|[A-Z][a-z]+)`), ([who = ''], { world }) => person(who, world)],
  // posts
  [
    pattern(
      String.raw`(?:tell|notify|ping|alert|message|inform|post (?:it |this |a (?:message|note) )?(?:to|in|into|on)|write (?:it |a message )?(?:to|into|in)|send (?:it |a (?:message|note) )?(?:to|into)) (?:the )?(?:#([\w-]+)|([\w-]+) channel|(team|everyone|everybody|sales|support|marketing|slack|teams|microsoft teams))(?: channel| team)?(?: (?:on|in|via|over) (?:slack|teams|microsoft teams))?${SAYING}`,
    ),
    ([hash, named, group, a, b, c], setting) => post(hash ?? named ?? group ?? '', a ?? b ?? c, setting),
  ],
  [
    pattern(`(?:let (?:the )?(team|everyone|sales|support) know)(?: (?:on|in|via) (?:slack|teams))?`),
    ([group = ''], setting) => post(group, undefined, setting),
  ],
  // other systems
  [
    pattern(
      String.raw`(?:call|post (?:it )?to|send (?:it|the data|everything) to|notify|ping|request) (https?:\/\/[^\s,;"]+)`,
    ),
    ([url = '']) => ({
      step: action('http.request', {
        method: 'POST',
        url: url.replace(/[.!?]$/, ''),
        headers: {},
        body: '{{ trigger }}',
      }),
    }),
  ],
  [
    pattern(
      `(?:text|sms|send an? (?:sms|text(?: message)?) to|send a text message to) (?:${THEM}|(${ME}))${SAYING}`,
    ),
    ([me, a, b, c], { about, event }) => ({
      step: action('sms.send', {
        to: me ? '' : '{{ trigger.contact.phone }}',
        text: a ?? b ?? c ?? noticeOf(about, event),
      }),
      ...(me ? { choose: 'your telephone number' } : {}),
    }),
  ],
  [
    pattern(
      `(?:run|start|launch) (?:the )?(?:automation (?:"([^"]+)"|“([^”]+)”)|(?:"([^"]+)"|“([^”]+)”)(?: automation)?)`,
    ),
    ([a, b, c, d], { world }) => started('automation', a ?? b ?? c ?? d ?? '', world),
  ],
  [
    pattern(
      String.raw`(?:(?:start|begin) (?:the |an? )?(?:"([^"]+)"|“([^”]+)”|([\w -]+?)) sequence(?: for ${THEM})?|(?:add|put) ${THEM} (?:to|into|in) (?:the |an? )?(?:"([^"]+)"|“([^”]+)”|([\w -]+?)) sequence)`,
    ),
    ([a, b, c, d, e, f], { world }) => started('sequence', a ?? b ?? c ?? d ?? e ?? f ?? '', world),
  ],
  // mails
  [
    pattern(
      `(?:send|write|e-?mail|mail) (?:(${ME}|${THEM}|${ADDRESS}) )?${KIND}(?: to (${ME}|${THEM}|${ADDRESS}))?${TITLED}${SAYING}`,
    ),
    ([early, kind, late, s1, s2, t1, t2, t3], setting) =>
      mail(early ?? late, kind ?? '', s1 ?? s2, t1 ?? t2 ?? t3, setting),
  ],
  [
    pattern(`(?:e-?mail|mail|write to|write) (${ME}|${THEM}|${ADDRESS})${TITLED}${SAYING}`),
    ([who, s1, s2, t1, t2, t3], setting) => mail(who, '', s1 ?? s2, t1 ?? t2 ?? t3, setting),
  ],
  [
    pattern(
      `(remind|thank|welcome|follow up with|greet) (${THEM})(?: (?:by|via) e-?mail| of it| about it| for it| again)?${SAYING}`,
    ),
    ([kind = '', who, t1, t2, t3], setting) => mail(who, kind, undefined, t1 ?? t2 ?? t3, setting),
  ],
  [
    pattern(`(follow up)(?: by e-?mail| again)?`),
    ([kind = ''], setting) => mail(undefined, kind, undefined, undefined, setting),
  ],
  [
    pattern(`(?:tell|notify|alert|inform|let) (${ME})(?: know)?(?: by e-?mail| about it)?${SAYING}`),
    ([who, t1, t2, t3], setting) => mail(who, '', undefined, t1 ?? t2 ?? t3, setting),
  ],
  // ends
  [
    pattern(`(?:stop|end)(?: here| it| there)?${END}`),
    () => ({ step: { id: '', kind: 'stop', outcome: 'completed', message: '' } }),
  ],
]

/** Null: nothing that can be done stands here. */
export function readStep(reader: SentenceReader, setting: Setting): Made | null {
  for (const [read, make] of MAKERS) {
    const before = reader.at
    const match = reader.take(read)
    const made = match ? make([...match].slice(1), setting) : null
    if (made) return made
    reader.at = before
  }
  return null
}
