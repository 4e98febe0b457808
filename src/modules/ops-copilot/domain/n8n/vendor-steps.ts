/** Nodes for shops, money and contacts at connected systems, as our steps. */
import { action, type MadeStep, type Making } from './making.ts'
import { textOf } from './workflow.ts'

/** Shops, money and contacts at connected systems. */
export function shop(making: Making): MadeStep | null {
  const { node, say } = making
  const { kind, params } = node
  const resource = textOf(params.resource).toLowerCase()
  const operation = textOf(params.operation).toLowerCase()
  const connect = 'Choose the connection, and look at its fields.'
  if (kind === 'googlesheets' && /^(append|appendorupdate)$/.test(operation || 'append'))
    return action(
      making,
      'sheets.append',
      { sheet: say(params.documentId ?? params.sheetId), values: {} },
      'It adds a row to the sheet.',
      `${connect} Say what goes into the columns.`,
    )
  if (kind === 'stripe' && resource === 'invoice')
    return action(making, 'stripe.create_invoice', {}, 'It makes an invoice at Stripe.', connect)
  if (kind === 'quickbooks' && resource === 'invoice')
    return action(
      making,
      operation === 'send' ? 'quickbooks.send_invoice' : 'quickbooks.create_invoice',
      {},
      'It makes or sends an invoice at QuickBooks.',
      connect,
    )
  if (
    kind === 'hubspot' &&
    (resource === 'contact' || (resource === '' && operation === '')) &&
    !/get|search|delete/.test(operation)
  )
    return action(
      making,
      'hubspot.upsert_contact',
      { email: say(params.email) },
      'It keeps a contact at HubSpot.',
      connect,
    )
  if (kind === 'twilio' && (resource === '' || resource === 'sms'))
    return action(
      making,
      'sms.send',
      { to: say(params.to), text: say(params.message) },
      'It sends a text message.',
      connect,
    )
  return null
}
