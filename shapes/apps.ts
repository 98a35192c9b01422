import { z } from 'zod'
import { later, object } from './object'
import { nameField } from './text'
import { SCOPES } from './tokens'

/** How many addresses of its own an app may have. */
const MOST_REDIRECTS = 10

const appNameField = later(() => nameField({ max: 60, empty: 'Enter the name of the app.' }))

const siteField = later(() =>
  z
    .url({ protocol: /^https?$/, normalize: true, error: 'Enter an address that starts with https://.' })
    .max(300)
    .refine((text) => !/^https?:\/\/[^/?#]*@/.test(text), 'Enter an address that starts with https://.')
    .describe('The address of a page about the app.'),
)

const redirectUris = later(() =>
  z
    .array(z.string().max(2000))
    .min(1, 'Enter at least one address.')
    .max(MOST_REDIRECTS)
    .describe(
      'Where people are sent back to. Requests must name one of them exactly; only the port of loopback addresses is free.',
    ),
)

/** An app as a person registers it by hand. */
export const appDraftSchema = object(() => ({
  name: appNameField(),
  site: siteField().optional(),
  redirectUris: redirectUris(),
  confidential: z
    .boolean()
    .default(false)
    .describe('Whether the app runs on a server that can keep a secret. Apps on devices and in browsers cannot.'),
}))

export const appSchema = object(() => ({
  id: z.int(),
  clientId: z.string(),
  name: z.string(),
  site: z.string().nullable(),
  redirectUris: z.array(z.string()),
  confidential: z.boolean(),
  createdAt: z.iso.datetime(),
})).meta({ id: 'App' })

export const newAppSchema = object(() => ({
  ...appSchema.shape,
  clientSecret: z.string().nullable().describe('Shown only once. Null for apps that can keep no secret.'),
})).meta({ id: 'NewApp' })

export const allowedAppSchema = object(() => ({
  id: z.int().describe('The id of the app.'),
  name: z.string(),
  site: z.string().nullable(),
  scopes: z.array(z.enum(SCOPES)),
  createdAt: z.iso.datetime().describe('When you allowed it last.'),
  lastUsedAt: z.iso.datetime().nullable().describe('To the hour.'),
})).meta({ id: 'AllowedApp' })

export type AppJson = z.infer<typeof appSchema>
export type AllowedAppJson = z.infer<typeof allowedAppSchema>

/** Client metadata (RFC 7591, section 2). Members that are not listed here are ignored, as the standard asks. */
export const registrationSchema = object(() => ({
  redirect_uris: redirectUris(),
  client_name: appNameField(),
  client_uri: siteField().optional(),
  token_endpoint_auth_method: z
    .enum(['none', 'client_secret_basic', 'client_secret_post'])
    .default('client_secret_basic'),
  grant_types: z
    .array(z.enum(['authorization_code', 'refresh_token']))
    .default(['authorization_code', 'refresh_token']),
  response_types: z.array(z.literal('code')).default(['code']),
}))

export const registeredSchema = object(() => ({
  ...registrationSchema.shape,
  client_id: z.string(),
  client_id_issued_at: z.int(),
  client_secret: z.string().optional(),
  client_secret_expires_at: z.int().optional().describe('Always 0: the secret does not expire.'),
})).meta({ id: 'RegisteredApp' })

export const tokensSchema = object(() => ({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.int().describe('In seconds.'),
  refresh_token: z.string(),
  scope: z.string(),
})).meta({ id: 'AppTokens' })
