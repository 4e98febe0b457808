/** What mails and posts say when nobody said it: by what the automation is about. */

/** Where the fields of each kind of record stand. */
export interface About {
  to: string
  first: string
  /** What it is, for subjects and posts. */
  what: string
}

export function aboutOf(about: string): About {
  switch (about) {
    case 'invoice':
    case 'order':
      return {
        to: `{{ trigger.${about}.customer_email }}`,
        first: `{{ trigger.${about}.customer_first_name | default: 'there' }}`,
        what: `${about} {{ trigger.${about}.number | default: trigger.${about}_id }}`,
      }
    case 'customer':
      return {
        to: '{{ trigger.customer.email }}',
        first: "{{ trigger.customer.first_name | default: 'there' }}",
        what: 'your account',
      }
    default:
      return {
        to: '{{ trigger.contact.email }}',
        first: "{{ trigger.contact.first_name | default: 'there' }}",
        what: about === '' || about === 'contact' ? 'your message' : `your ${about}`,
      }
  }
}

export type Purpose = 'reminder' | 'welcome' | 'thanks' | 'follow' | 'confirm' | 'plain'

/** `type`: the event that starts it, which some texts know better than the words did. */
export function mailOf(
  purpose: Purpose,
  about: string,
  type: string | null,
): { subject: string; body: string } {
  const { first, what } = aboutOf(about)
  const [subject, text] = knownOf(type, what) ?? wordsOf(purpose, about, what)
  return { subject, body: `Hello ${first},\n\n${text}\n\nKind regards\n{{ workspace.name }}` }
}

function knownOf(type: string | null, what: string): [string, string] | null {
  switch (type) {
    case 'payment.failed':
    case 'invoice.payment_failed':
      return [
        'Your payment did not go through',
        'your last payment to us was declined. Please look at your card or account and try once more; answer this mail if we can help.',
      ]
    case 'order.fulfilled':
      return [`Your ${what} is on its way`, `your ${what} has been sent. Thank you for buying from us.`]
    case 'order.cancelled':
      return [
        `Your ${what} was cancelled`,
        `your ${what} was cancelled. If that was not what you wanted, answer this mail.`,
      ]
    default:
      return null
  }
}

function wordsOf(purpose: Purpose, about: string, what: string): [string, string] {
  if (about === 'invoice' && (purpose === 'reminder' || purpose === 'plain'))
    return [
      `A reminder of ${what}`,
      `our ${what} over {{ trigger.invoice.open | default: trigger.amount }} {{ trigger.invoice.currency | default: trigger.currency }} was due on {{ trigger.invoice.due_day | default: trigger.due_day }}. Perhaps it slipped through; if you have paid meanwhile, please take this as thanks.`,
    ]
  switch (purpose) {
    case 'reminder':
      return [
        `A reminder of ${what}`,
        `this is a short reminder of ${what}. A short answer is enough if you have any questions.`,
      ]
    case 'welcome':
      return [
        'Welcome to {{ workspace.name }}',
        'welcome! It is good to have you with us. Answer this mail whenever you have a question.',
      ]
    case 'thanks':
      return [
        `Thank you for ${what}`,
        `thank you for ${what}. We have received it; answer this mail if anything is missing.`,
      ]
    case 'follow':
      return [
        'May we help you further?',
        'we wanted to ask whether you have any questions. Answer this mail and we will get back to you.',
      ]
    case 'confirm':
      return [`We have received ${what}`, `we have received ${what} and will take care of it.`]
    case 'plain':
      return [`About ${what}`, `we are writing about ${what}. Answer this mail if you have any questions.`]
  }
}

/** A line for colleagues: what happened. */
export function noticeOf(about: string, event: string | null): string {
  const { what } = aboutOf(about)
  switch (about) {
    case 'invoice':
    case 'order':
      return `{{ trigger.${about}.customer_name | default: 'A customer' }}: ${what}, {{ trigger.${about}.total | default: trigger.amount }} {{ trigger.currency }} (${event ?? about}).`
    case 'contact':
      return `{{ trigger.contact.name | default: 'Somebody' }} ({{ trigger.contact.email | default: 'no address' }}): ${event ?? 'a contact'}.`
    case 'payment':
    case 'refund':
    case 'payout':
      return `${event ?? about}: {{ trigger.amount }} {{ trigger.currency }}.`
    case 'alert':
      return '{{ trigger.name }}: {{ trigger.value }}, expected {{ trigger.expected }}.'
    default:
      return event === null ? 'It is time.' : `This happened: ${event}.`
  }
}
