/** Nodes of n8n that do something, as our steps. */
import type { Json } from '../definition-model.ts'
import { type Source, templateOf } from './expression.ts'
import { action, type MadeStep, type Making } from './making.ts'
import { fieldName } from './trigger.ts'
import { shop } from './vendor-steps.ts'
import { isRecord, type N8nNode, type Params, textOf } from './workflow.ts'

const MAILS = [
  'gmail',
  'emailsend',
  'sendgrid',
  'mailgun',
  'mailjet',
  'microsoftoutlook',
  'awsses',
  'mandrill',
  'postmark',
]
const CHATS = [
  'slack',
  'telegram',
  'discord',
  'microsoftteams',
  'mattermost',
  'rocketchat',
  'googlechat',
  'matrix',
]
const MODELS = [
  'openai',
  'agent',
  'chainllm',
  'chainsummarization',
  'anthropic',
  'googlegemini',
  'mistralai',
  'perplexity',
  'ollama',
]

/** Null: there is no step of ours that does the same. */
export function stepOf(node: N8nNode, id: string, source: Source): MadeStep | null {
  const unread: string[] = []
  const say = (value: unknown): string => {
    if (typeof value !== 'string') {
      if (isRecord(value) && value.__rl === true) return say(value.value)
      return value === undefined || value === null
        ? ''
        : typeof value === 'object'
          ? JSON.stringify(value)
          : String(value)
    }
    const read = templateOf(value, source)
    unread.push(...read.unread)
    return read.text.slice(0, 100_000)
  }
  const making = { node, id, say, unread }
  const { kind } = node
  if (kind === 'httprequest') return request(making)
  if (MAILS.includes(kind)) return mail(making)
  if (CHATS.includes(kind)) return post(making)
  if (MODELS.includes(kind)) return model(making)
  if (kind === 'informationextractor')
    return ai(
      making,
      'ai.extract',
      { text: say(node.params.text), fields: '' },
      'Say which fields it looks for.',
    )
  if (kind === 'textclassifier' || kind === 'sentimentanalysis')
    return ai(making, 'ai.classify', { text: say(node.params.inputText), labels: labelsOf(node.params) }, '')
  if (kind === 'set') return keep(making)
  if (kind === 'executeworkflow')
    return action(
      making,
      'automation.run',
      { automation: '', input: {} },
      'It starts another automation.',
      'Import that workflow too, then choose it here.',
    )
  return shop(making) ?? null
}

const ai = (making: Making, name: string, input: Record<string, Json>, todo: string): MadeStep =>
  action(making, name, input, 'The workspace’s own AI does it.', todo)

function request(making: Making): MadeStep {
  const { node, say, id } = making
  const { params } = node
  const method = (textOf(params.method) || textOf(params.requestMethod) || 'GET').toUpperCase()
  const known = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(method)
  const query = pairsOf(params.queryParameters ?? params.queryParametersUi, say)
  const url = say(params.url)
  const asked = Object.entries(query).map(([name, value]) => `${name}=${value}`)
  const address = asked.length > 0 ? `${url}${url.includes('?') ? '&' : '?'}${asked.join('&')}` : url
  const headers = pairsOf(params.headerParameters ?? params.headerParametersUi, say)
  const body = bodyOf(params, say)
  const authentication = textOf(params.authentication)
  const todo = [
    ...(authentication && authentication !== 'none'
      ? ['It signed in with a credential of n8n: put the key into the headers.']
      : []),
    ...(known ? [] : [`The method ${method} is not offered here.`]),
    ...(textOf(params.contentType).startsWith('binary')
      ? ['It sent a file, which steps here do not carry.']
      : []),
    ...(isRecord(params.options) && isRecord(params.options.pagination)
      ? ['It read page after page; here it reads one.']
      : []),
    ...(/^https?:\/\//.test(address) ? [] : ['Look at its address.']),
  ]
  const input = { method: known ? method : 'GET', url: address, headers, ...(body === '' ? {} : { body }) }
  return action(making, 'http.request', input, 'The same request.', todo.join(' '), `steps.${id}.body`)
}

function pairsOf(held: unknown, say: (value: unknown) => string): Record<string, string> {
  const list = isRecord(held) ? (held.parameters ?? held.parameter) : []
  const pairs = (Array.isArray(list) ? list : []).filter(isRecord).slice(0, 100)
  return Object.fromEntries(
    pairs
      .map(({ name, value }) => [textOf(name).slice(0, 100), say(value)] as const)
      .filter(([name]) => name !== '' && name !== '__proto__'),
  )
}

function bodyOf(params: Params, say: (value: unknown) => string): Json {
  const pairs = pairsOf(params.bodyParameters ?? params.bodyParametersUi, say)
  if (Object.keys(pairs).length > 0) return pairs
  return say(params.jsonBody ?? params.bodyParametersJson ?? params.body ?? '')
}

function mail(making: Making): MadeStep | null {
  const { node, say } = making
  const { params, kind } = node
  const operation = textOf(params.operation) || 'send'
  if (!['send', 'sendemail', 'sendandwait', 'reply', 'sendhtml'].includes(operation.toLowerCase()))
    return null
  const to = say(params.sendTo ?? params.toEmail ?? params.toRecipients ?? params.to ?? params.toAddresses)
  const subject = say(params.subject)
  const body = plainOf(
    say(
      params.message ??
        params.text ??
        params.html ??
        params.bodyContent ??
        params.body ??
        params.contentValue,
    ),
  )
  const missing = [to ? '' : 'who gets it', subject ? '' : 'the subject', body ? '' : 'the text'].filter(
    Boolean,
  )
  const todo = [
    missing.length > 0 ? `Say ${missing.join(' and ')}.` : '',
    operation.toLowerCase() === 'sendandwait'
      ? 'It waited for the answer: put Ask for approval behind it.'
      : '',
    to.includes(',') && !to.includes('{{') ? 'It goes to several: a step here writes to one.' : '',
  ]
  const input = { to, subject, body, stream: 'workspace' }
  return action(
    making,
    'mail.send',
    input,
    `A mail of the workspace instead of ${kind}.`,
    todo.filter(Boolean).join(' '),
  )
}

/** What stood as HTML, as text with its lines. */
const plainOf = (text: string): string =>
  text
    .replace(/<br\s*\/?>|<\/(p|div|li|h\d|tr)>/gi, '\n')
    .replace(/<li[^>]*>/gi, '- ')
    .replace(/<\/?[a-z][^<>]*>/gi, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()

function post(making: Making): MadeStep | null {
  const { node, say } = making
  const { params, kind } = node
  const resource = textOf(params.resource) || 'message'
  const operation = textOf(params.operation) || 'post'
  if (resource !== 'message' || !/^(post|send|create|sendmessage|sendlegacy|sendandwait)/i.test(operation))
    return null
  const text = say(params.text ?? params.message ?? params.content ?? params.messageText)
  const channel = say(params.channel ?? params.channelId ?? params.chatId)
  const where = channel && !channel.includes('{{') ? ` It was ${channel}.` : ''
  return action(
    making,
    'channel.post',
    { channel: '', text },
    `A post into a channel of the workspace instead of ${kind}.`,
    `Choose the channel.${where}${text ? '' : ' Write the text.'}`,
  )
}

function model(making: Making): MadeStep {
  const { node, say } = making
  const { params } = node
  const messages = isRecord(params.messages)
    ? params.messages.values
    : isRecord(params.prompt)
      ? params.prompt.messages
      : []
  const said = (Array.isArray(messages) ? messages : [])
    .filter(isRecord)
    .map((one) => say(one.content ?? one.message))
    .filter(Boolean)
  const system = isRecord(params.options) ? say(params.options.systemMessage) : ''
  const prompt = [
    system,
    ...said,
    typeof params.text === 'string' ? say(params.text) : '',
    typeof params.prompt === 'string' ? say(params.prompt) : '',
  ]
    .filter(Boolean)
    .join('\n\n')
  return ai(
    making,
    'ai.write',
    { prompt },
    prompt ? 'Look whether it used tools or a memory: a step here answers once.' : 'Write what it is asked.',
  )
}

function labelsOf(params: Params): string {
  const held = isRecord(params.categories) ? params.categories.categories : []
  const names = (Array.isArray(held) ? held : []).filter(isRecord).map((one) => textOf(one.category))
  return names.length > 0 ? names.join(', ') : 'positive, neutral, negative'
}

/** Set, in the forms of its versions: `vars.<name>`. */
function keep({ node, id, say, unread }: Making): MadeStep {
  const { params } = node
  const lists = [
    isRecord(params.assignments) ? params.assignments.assignments : [],
    isRecord(params.fields) ? params.fields.values : [],
    ...(isRecord(params.values) ? Object.values(params.values) : []),
  ]
  const values: Record<string, Json> = {}
  for (const one of lists.flatMap((list) => (Array.isArray(list) ? list : [])).filter(isRecord)) {
    const value =
      one.value ?? one.stringValue ?? one.numberValue ?? one.booleanValue ?? one.arrayValue ?? one.objectValue
    values[fieldName(textOf(one.name) || 'value').slice(0, 60)] =
      typeof value === 'number' || typeof value === 'boolean' ? value : say(value)
  }
  if (typeof params.jsonOutput === 'string') values.json = say(params.jsonOutput)
  const todo = Object.keys(values).length === 0 ? 'It keeps nothing yet: say what.' : ''
  return {
    step: { id, kind: 'set', values, name: node.name.slice(0, 120) },
    unread,
    why: 'It keeps the same values.',
    todo,
    base: 'vars',
  }
}
