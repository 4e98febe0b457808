/** What stands around the steps: what starts them, what ends them early, how careful they are. */

import { conditionWords } from '../../../kit/condition.ts'
import { LinkButton } from '../../../views/button.tsx'
import { CopyField } from '../../../views/copy-field.tsx'
import { Icon } from '../../../views/icon.tsx'
import type { Care, StopRule, Trigger } from '../domain/automation-model.ts'
import { fieldWords, type Names, triggerWords } from './words.ts'

export function TriggerCard(props: {
  base: string
  trigger: Trigger
  names: Names
  mayWrite: boolean
  hook: string | null
  /** What calls are signed with. */
  secret: string | null
  form: string | null
}) {
  const { base, trigger, names, mayWrite, hook, secret, form } = props
  return (
    <section class="flow-card flow-start" aria-label="What starts it">
      <div class="flex flex-wrap items-start gap-3">
        <span class="mt-0.5 grid size-8 shrink-0 place-items-center rounded-full bg-accent/20">
          <Icon name="spark" size={16} />
        </span>
        <div class="min-w-0 flex-1 basis-48">
          <h2 class="text-base-content/75 text-xs">It starts</h2>
          <p class="break-words font-medium text-sm">{triggerWords(trigger, names)}</p>
          {trigger.kind === 'event' && trigger.again_after_days !== null && (
            <p class="text-base-content/75 text-xs">
              Not again for the same one within {trigger.again_after_days} days.
            </p>
          )}
        </div>
        {mayWrite && (
          <LinkButton href={`${base}/trigger`} small tone="ghost">
            Change
          </LinkButton>
        )}
      </div>
      {hook && (
        <div class="mt-3">
          <CopyField id="hook-address" label="Its address (POST JSON)" value={hook} />
        </div>
      )}
      {secret && mayWrite && (
        <div class="mt-3">
          <CopyField id="hook-secret" label="Its secret" value={secret} />
        </div>
      )}
      {form && (
        <div class="mt-3">
          <CopyField id="form-address" label="The page of the form" value={form} />
        </div>
      )}
    </section>
  )
}

export function CareCard(props: {
  base: string
  stopOn: readonly StopRule[]
  care: Care
  names: Names
  mayWrite: boolean
}) {
  const { base, stopOn, care, names, mayWrite } = props
  return (
    <section
      class="rounded-box border border-base-300 bg-base-100 p-3 text-sm"
      aria-label="Ends early, and care"
    >
      <h2 class="font-semibold text-sm">It ends early when</h2>
      {stopOn.length === 0 ? (
        <p class="text-base-content/75">nothing: it goes on to its last step.</p>
      ) : (
        <ul class="list-disc pl-5">
          {stopOn.map(({ event, match }) => (
            <li>
              {names.event(event)}
              {'all' in match && match.all.length === 0 ? '' : `: ${conditionWords(match, fieldWords)}`}
            </li>
          ))}
        </ul>
      )}
      <h2 class="mt-3 font-semibold text-sm">Care</h2>
      <ul class="text-base-content/80">
        {careWords(care).map((line) => (
          <li>{line}</li>
        ))}
      </ul>
      {mayWrite && (
        <p class="mt-2">
          <a class="link" href={`${base}/settings`}>
            Change
          </a>
        </p>
      )}
    </section>
  )
}

function careWords({ hold_first, undo_minutes, brake_per_hour, at_once }: Care): string[] {
  return [
    hold_first > 0 ? `The first ${hold_first} effects wait for your word.` : 'Effects leave at once.',
    undo_minutes > 0 ? `Mails can be taken back for ${undo_minutes} minutes.` : '',
    brake_per_hour ? `It rests after ${brake_per_hour} starts in an hour.` : 'No limit of starts.',
    at_once ? `${at_once} runs at the same time.` : '',
  ].filter(Boolean)
}
