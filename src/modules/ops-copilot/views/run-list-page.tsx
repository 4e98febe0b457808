/** Runs of all automations. */
import { PageHeader } from '../../../views/page-header.tsx'
import { OpsTabs } from './ops-tabs.tsx'
import { RunList, type RunListProps } from './run-list.tsx'

export function RunListPage(props: RunListProps) {
  return (
    <>
      <OpsTabs current="runs" />
      <PageHeader title="Runs" lead="Everything that automations did, are at, and wait for." />
      <RunList {...props} />
    </>
  )
}
