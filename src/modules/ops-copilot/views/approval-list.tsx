/** Decisions that automations ask for: those that wait for this person first; several can be decided at once. */
import { Badge } from '../../../views/badge.tsx'
import { EmptyState } from '../../../views/empty-state.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { Pagination } from '../../../views/pagination.tsx'
import { Tabs } from '../../../views/tabs.tsx'
import { Time } from '../../../views/time.tsx'
import { OpsTabs } from './ops-tabs.tsx'

export interface ApprovalLine {
  id: string
  title: string
  status: string
  needed: number
  dueAt: string | null
  createdAt: string
  approvers: string[]
  fields: unknown[]
}

export type ApprovalShow = 'mine' | 'open' | 'decided'

export const APPROVAL_STATES: Record<
  string,
  { label: string; tone: 'info' | 'success' | 'error' | 'neutral' }
> = {
  open: { label: 'Open', tone: 'info' },
  approved: { label: 'Approved', tone: 'success' },
  rejected: { label: 'Rejected', tone: 'error' },
  expired: { label: 'Not in time', tone: 'neutral' },
  withdrawn: { label: 'Not needed any more', tone: 'neutral' },
}

export function ApprovalListPage(props: {
  approvals: ApprovalLine[]
  show: ApprovalShow
  next: string | null
  me: string
  timeZone: string
  locale: string
}) {
  const { approvals, show, next, me, timeZone, locale } = props
  const bulk = show === 'mine' && approvals.some(({ fields }) => fields.length === 0)
  return (
    <>
      <OpsTabs current="approvals" />
      <PageHeader title="Decisions" lead="What automations wait for: a yes or a no, by the right people." />
      <Tabs
        label="Which"
        tabs={[
          { href: '/ops/approvals', label: 'For me', current: show === 'mine' },
          { href: '/ops/approvals?show=open', label: 'All open', current: show === 'open' },
          { href: '/ops/approvals?show=decided', label: 'Decided', current: show === 'decided' },
        ]}
      />
      {approvals.length === 0 ? (
        <EmptyState
          icon="check"
          title={show === 'decided' ? 'Nothing decided yet' : 'Nothing waits'}
          text="When a run asks for an approval it stands here, and you hear of it by mail."
        />
      ) : (
        <form action="/ops/approvals/decide" method="post">
          <ul class="flex flex-col gap-2">
            {approvals.map((one) => (
              <li class="surface flex flex-wrap items-start gap-3 p-3">
                {bulk && one.fields.length === 0 && (
                  <input
                    type="checkbox"
                    class="checkbox checkbox-sm mt-1"
                    name="ids"
                    value={one.id}
                    aria-label={`Choose “${one.title}”`}
                  />
                )}
                <div class="min-w-0 flex-1 basis-56">
                  <a class="link link-hover font-medium" href={`/ops/approvals/${one.id}`}>
                    {one.title}
                  </a>
                  <p class="text-base-content/75 text-xs">
                    asked <Time at={one.createdAt} timeZone={timeZone} locale={locale} />
                    {one.dueAt && (
                      <>
                        , until <Time at={one.dueAt} timeZone={timeZone} locale={locale} />
                      </>
                    )}
                    {one.needed > 1 && `, ${one.needed} must agree`}
                    {show !== 'mine' && one.approvers.includes(me) && ', also by you'}
                  </p>
                </div>
                <State status={one.status} />
              </li>
            ))}
          </ul>
          {bulk && (
            <div class="mt-3 flex flex-wrap gap-2">
              <button type="submit" name="verdict" value="approved" class="btn btn-sm btn-primary">
                Approve the chosen ones
              </button>
              <button
                type="submit"
                name="verdict"
                value="rejected"
                class="btn btn-sm border-base-300 bg-base-100"
              >
                Reject the chosen ones
              </button>
            </div>
          )}
        </form>
      )}
      <Pagination next={next ? `/ops/approvals?${new URLSearchParams({ show, before: next })}` : null} />
    </>
  )
}

export function State({ status }: { status: string }) {
  const { label, tone } = APPROVAL_STATES[status] ?? { label: status, tone: 'neutral' as const }
  return <Badge tone={tone}>{label}</Badge>
}
