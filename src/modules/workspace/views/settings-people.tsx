/** Members, their roles, and who is invited. */
import type { FieldError } from '../../../platform/result.ts'
import { Badge } from '../../../views/badge.tsx'
import { Card } from '../../../views/card.tsx'
import { ConfirmButton } from '../../../views/confirm.tsx'
import { DataTable } from '../../../views/data-table.tsx'
import { ErrorSummary, errorOf, Field, Form, SelectField, SubmitButton } from '../../../views/form.tsx'
import { Time } from '../../../views/time.tsx'
import { type OfferItem, OfferNotice } from './ownership.tsx'
import { FactorCard, type MemberItem } from './people-factors.tsx'
import { SettingsFrame } from './settings-tabs.tsx'

export interface PeoplePageProps {
  members: MemberItem[]
  invitations: { id: string; email: string; role: string; expiresAt: string }[]
  mayManage: boolean
  /** Owners only. */
  mayHandOver: boolean
  /** Everybody needs a second factor. */
  required: boolean
  offer: OfferItem | null
  timeZone: string
  locale: string
  values?: Record<string, string>
  errors?: FieldError[]
  detail?: string
}

const ROLE_WORDS = [
  { value: 'viewer', label: 'Viewer: looks at everything' },
  { value: 'member', label: 'Member: also imports and builds' },
  { value: 'admin', label: 'Admin: also people, keys and settings' },
]

export function PeoplePage(props: PeoplePageProps) {
  const { members, invitations, mayManage, mayHandOver, offer } = props
  return (
    <SettingsFrame
      at="/settings/people"
      lead={`${members.length} ${members.length === 1 ? 'person' : 'people'} can sign in to this workspace.`}
    >
      <div class="flex flex-col gap-5">
        <ErrorSummary errors={undefined} detail={props.errors?.length ? undefined : props.detail} />
        {offer && <OfferNotice {...props} offer={offer} mayWithdraw={mayHandOver} />}
        <MemberTable {...props} />
        {mayManage && <FactorCard {...props} />}
        {mayManage && <InviteCard {...props} />}
        {mayManage && invitations.length > 0 && <InvitationTable {...props} />}
      </div>
    </SettingsFrame>
  )
}

function MemberTable({ members, mayManage, mayHandOver, timeZone, locale }: PeoplePageProps) {
  return (
    <DataTable
      caption="Members"
      rows={members}
      columns={[
        {
          key: 'name',
          label: 'Person',
          cell: (member) => (
            <>
              <span class="font-medium">{member.name}</span> {member.isYou && <Badge>you</Badge>}
              <span class="block text-base-content/75 text-xs">{member.email}</span>
            </>
          ),
        },
        {
          key: 'role',
          label: 'Role',
          cell: (member) => (mayManage ? <RoleForm member={member} /> : member.role),
        },
        {
          key: 'factor',
          label: 'Second factor',
          cell: (member) =>
            member.factor === 'none' ? (
              <Badge tone="warning">none</Badge>
            ) : (
              <Badge tone="success">{factorWords(member)}</Badge>
            ),
        },
        {
          key: 'seen',
          label: 'Last seen',
          cell: (member) =>
            member.lastSeen ? (
              <Time at={member.lastSeen} timeZone={timeZone} locale={locale} />
            ) : (
              'not lately'
            ),
        },
        {
          key: 'remove',
          label: 'Leave',
          cell: (member) => (
            <div class="flex flex-wrap gap-1 max-sm:justify-end">
              {mayHandOver && member.role !== 'owner' && (
                <ConfirmButton
                  action={`/settings/people/${member.id}/ownership`}
                  label="Hand over"
                  title={`Hand the workspace over to ${member.name}?`}
                  text="They get a mail. Once they accept, they are the owner and you are admin."
                  confirmLabel="Offer it"
                />
              )}
              {(mayManage || member.isYou) && (
                <ConfirmButton
                  action={`/settings/people/${member.id}/removal`}
                  label={member.isYou ? 'Leave' : 'Remove'}
                  title={member.isYou ? 'Leave this workspace?' : `Remove ${member.name}?`}
                  text="They lose access at once. What they made stays, API keys too: revoke those they knew."
                  confirmLabel={member.isYou ? 'Leave' : 'Remove'}
                />
              )}
            </div>
          ),
        },
      ]}
    />
  )
}

const factorWords = ({ factor, passkeys }: MemberItem): string =>
  factor === 'app' ? 'app' : passkeys === 1 ? 'passkey' : `${passkeys} passkeys`

function RoleForm({ member }: { member: MemberItem }) {
  return (
    <form action={`/settings/people/${member.id}/role`} method="post" class="flex gap-1">
      <select name="role" class="select select-sm w-28" aria-label={`Role of ${member.name}`}>
        {['owner', 'admin', 'member', 'viewer'].map((role) => (
          <option value={role} selected={role === member.role}>
            {role}
          </option>
        ))}
      </select>
      <button
        type="submit"
        class="btn btn-sm border-base-300 bg-base-100"
        aria-label={`Save the role of ${member.name}`}
      >
        Save
      </button>
    </form>
  )
}

function InviteCard({ values = {}, errors }: PeoplePageProps) {
  return (
    <Card title="Invite somebody" lead="They get a mail with a link that works for seven days.">
      <Form action="/settings/people/invitations" class="flex flex-wrap items-start gap-3">
        <div class="min-w-56 flex-1">
          <Field
            label="E-mail"
            name="email"
            type="email"
            value={values.email}
            error={errorOf(errors, 'email')}
            required
          />
        </div>
        <div class="min-w-56 flex-1">
          <SelectField
            label="Role"
            name="role"
            value={values.role ?? 'member'}
            error={errorOf(errors, 'role')}
            options={ROLE_WORDS}
          />
        </div>
        <div class="pt-6">
          <SubmitButton>Send the invitation</SubmitButton>
        </div>
      </Form>
    </Card>
  )
}

function InvitationTable({ invitations, timeZone, locale }: PeoplePageProps) {
  return (
    <DataTable
      caption="Open invitations"
      rows={invitations}
      columns={[
        { key: 'email', label: 'Invited', cell: (row) => row.email },
        { key: 'role', label: 'Role', cell: (row) => row.role },
        {
          key: 'until',
          label: 'Until',
          cell: (row) => <Time at={row.expiresAt} timeZone={timeZone} locale={locale} show="date" />,
        },
        {
          key: 'withdraw',
          label: 'Withdraw',
          cell: (row) => (
            <div class="flex gap-1">
              <Form action={`/settings/invitations/${row.id}/again`} class="contents">
                <button type="submit" class="btn btn-sm border-base-300 bg-base-100">
                  Send again
                </button>
              </Form>
              <ConfirmButton
                action={`/settings/invitations/${row.id}/withdrawal`}
                label="Withdraw"
                title={`Withdraw the invitation of ${row.email}?`}
                text="The link in the mail stops working."
                confirmLabel="Withdraw"
              />
            </div>
          ),
        },
      ]}
    />
  )
}
