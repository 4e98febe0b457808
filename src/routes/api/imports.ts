/** Imports over the API. */
import { createApi } from './api.ts'
export const importsApi = createApi()
