import type { Command } from './command'

type Entry = { about: string; hidden?: boolean; load: () => Promise<Command> }

/** Loaded when called, so that `version` need not wait for the server to be read. */
export const commands: Record<string, Entry> = {
  serve: { about: 'run the server', load: async () => (await import('./serve')).serve },
  'users create': { about: 'make an account', load: async () => (await import('./users-create')).usersCreate },
  'users reset-password': {
    about: 'a one-time link to a new password',
    load: async () => (await import('./users-reset')).usersResetPassword,
  },
  'users suspend': { about: 'keep somebody out', load: async () => (await import('./users-suspend')).usersSuspend },
  'users unsuspend': { about: 'let them in again', load: async () => (await import('./users-suspend')).usersUnsuspend },
  'invites create': {
    about: 'a link to sign up with',
    load: async () => (await import('./invites-create')).invitesCreate,
  },
  'coins grant': { about: 'give somebody coins', load: async () => (await import('./coins-grant')).coinsGrant },
  'vouchers create': {
    about: 'codes that people redeem for coins',
    load: async () => (await import('./vouchers-create')).vouchersCreate,
  },
  audit: { about: 'prove that no coin and no stored byte is lost', load: async () => (await import('./audit')).audit },
  leaktest: {
    about: 'try to get photos that one may not have',
    load: async () => (await import('./leaktest')).leaktest,
  },
  doctor: { about: 'check this installation', load: async () => (await import('./doctor')).doctor },
  'keys rotate': {
    about: 'sign sessions and links with another key',
    load: async () => (await import('./keys-rotate')).keysRotate,
  },
  backup: {
    about: 'copy everything into one file, also while serving',
    load: async () => (await import('./backup')).backup,
  },
  restore: {
    about: 'bring such a copy back, into an empty data folder',
    load: async () => (await import('./restore')).restore,
  },
  'rebuild-inboxes': {
    about: 'compute every inbox again',
    load: async () => (await import('./rebuild-inboxes')).rebuildInboxes,
  },
  licenses: { about: 'whose work is in here', load: async () => (await import('./licenses')).licenses },
  version: { about: 'which version this is', load: async () => (await import('./version')).versionCommand },
  'media-worker': {
    about: 'read pictures (started by the server)',
    hidden: true,
    load: async () => (await import('./media-worker')).mediaWorker,
  },
}
