/** The JSON API, its OpenAPI 3.1 document and its reference page. */
import { alertsApi } from './alerts.ts'
import { annotationsApi } from './annotations.ts'
import { createApi } from './api.ts'
import { askApi } from './ask.ts'
import { authApi } from './auth.ts'
import { automationRunsApi } from './automation-runs.ts'
import { automationsApi } from './automations.ts'
import { commentsApi } from './comments.ts'
import { connectionsApi } from './connections.ts'
import { contactsApi } from './contacts.ts'
import { customMetricsApi } from './custom-metrics.ts'
import { dashboardHistoryApi } from './dashboard-history.ts'
import { dashboardSharingApi } from './dashboard-sharing.ts'
import { dashboardsApi } from './dashboards.ts'
import { eventsApi } from './events.ts'
import { filesApi } from './files.ts'
import { importsApi } from './imports.ts'
import { invoicesApi } from './invoices.ts'
import { linksApi } from './links.ts'
import { mailApi } from './mail.ts'
import { metricsApi } from './metrics.ts'
import { moneyApi } from './money.ts'
import { channelsApi, noticesApi } from './notices.ts'
import { receiptsApi } from './receipts.ts'
import { sourceSyncApi } from './source-sync.ts'
import { sourcesApi } from './sources.ts'
import { takeAwayApi } from './take-away.ts'
import { targetsApi } from './targets.ts'
import { tasksApi } from './tasks.ts'
import { templatesApi } from './templates.ts'
import { webhooksApi } from './webhooks.ts'
import { whyApi } from './why.ts'
import { workspaceApi } from './workspace.ts'

const api = createApi()

api.openAPIRegistry.registerComponent('securitySchemes', 'Bearer', {
  type: 'http',
  scheme: 'bearer',
  description: 'An API key, or an access token from POST /auth/token.',
})

api.route('/', authApi)
api.route('/', workspaceApi)
api.route('/', mailApi)
api.route('/', linksApi)
api.route('/', filesApi)
api.route('/', commentsApi)
api.route('/', connectionsApi)
api.route('/', noticesApi)
api.route('/', channelsApi)
api.route('/', webhooksApi)
api.route('/', eventsApi)
api.route('/', contactsApi)
api.route('/', sourcesApi)
api.route('/', sourceSyncApi)
api.route('/', takeAwayApi)
api.route('/', importsApi)
api.route('/', askApi)
api.route('/', metricsApi)
api.route('/', receiptsApi)
api.route('/', customMetricsApi)
api.route('/', targetsApi)
api.route('/', alertsApi)
api.route('/', annotationsApi)
api.route('/', dashboardsApi)
api.route('/', dashboardHistoryApi)
api.route('/', dashboardSharingApi)
api.route('/', invoicesApi)
api.route('/', moneyApi)
api.route('/', whyApi)
api.route('/', automationsApi)
api.route('/', automationRunsApi)
api.route('/', tasksApi)
api.route('/', templatesApi)

/** The whole API as an OpenAPI 3.1 document; the reference page draws from it. */
export const openApiDocument = () =>
  api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'SMB AI Command Platform',
      version: '1',
      description:
        'JSON API. Ids are UUIDv7, instants ISO 8601 UTC, money decimal strings beside their currency.',
    },
    security: [{ Bearer: [] }],
  })

api.get('/openapi.json', (c) => c.json(openApiDocument(), 200, { 'Cache-Control': 'public, max-age=300' }))

export const apiRoutes = api
