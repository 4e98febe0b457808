/** Who has a second factor, and whether everybody must. */
import { LinkButton } from '../../../views/button.tsx'
import { Card } from '../../../views/card.tsx'
import { ConfirmButton } from '../../../views/confirm.tsx'
import { Form } from '../../../views/form.tsx'

export interface MemberItem {
  id: string
  name: string
  email: string
  role: string
  verified: boolean
  factor: 'none' | 'app' | 'passkey'
  passkeys: number
  lastSeen: string | null
  isYou: boolean
}

export function FactorCard({ members, required }: { members: MemberItem[]; required: boolean }) {
  const without = members.filter((member) => member.factor === 'none')
  return (
    <Card
      title="Second factor for everybody"
      lead={
        required
          ? 'Required: whoever has none can sign in, but must set one up before they work here.'
          : 'Optional: whoever has none signs in with a password alone.'
      }
      actions={
        <LinkButton small href="/settings/people.csv" icon="download">
          As CSV
        </LinkButton>
      }
    >
      <div class="flex flex-col gap-3 text-sm">
        {without.length === 0 ? (
          <p>Everybody has one.</p>
        ) : (
          <ul class="flex flex-col gap-2">
            {without.map((member) => (
              <li class="flex flex-wrap items-center gap-2">
                <span>{member.name} has none.</span>
                {!member.isYou && <Reminder member={member} />}
              </li>
            ))}
          </ul>
        )}
        <div>
          <ConfirmButton
            action="/settings/people/second-factor"
            label={required ? 'Make it optional' : 'Require it'}
            title={required ? 'Make the second factor optional?' : 'Require a second factor of everybody?'}
            text={
              required
                ? 'Then a password alone is enough for whoever has no factor.'
                : 'Whoever has none can sign in, but must set one up before they work here. API keys are not affected.'
            }
            confirmLabel={required ? 'Make it optional' : 'Require it'}
            tone={required ? 'danger' : 'primary'}
            fields={{ required: required ? 'no' : 'yes' }}
          />
        </div>
      </div>
    </Card>
  )
}

function Reminder({ member }: { member: MemberItem }) {
  return (
    <Form action={`/settings/people/${member.id}/reminder`} class="contents">
      <button type="submit" class="btn btn-sm border-base-300 bg-base-100">
        Remind {member.name} by mail
      </button>
    </Form>
  )
}
