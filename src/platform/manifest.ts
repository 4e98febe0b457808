/** What a wing tells the house about itself, so that shared rooms need not know each wing by name. */
export type { Listener, Manifest } from './services.ts'
export type { EventDefinition, NoticeKind, TenantTableFact, TimelineEntry, Whom } from './wing-facts.ts'
