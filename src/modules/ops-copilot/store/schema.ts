/** Tables of the Ops Copilot wing. What runs are doing this moment lives in the tenant's engine; these are what people see. */
export * from './automation-schema.ts'
export * from './mail-schema.ts'
export * from './work-schema.ts'
