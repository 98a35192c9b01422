import type { Command } from './command'

type Entry = {
  about: string
  hidden?: boolean
  /** Set for commands that are a server themselves, whose options are settings, and which ask no other server. */
  serves?: true
  load: () => Promise<Command>
}

/** All commands. Each is loaded when it is called, so that `version` does not have to load the server. */
export const commands: Record<string, Entry> = {
  serve: { about: 'run the server', serves: true, load: async () => (await import('./serve')).serve },
  'users create': { about: 'create an account', load: async () => (await import('./users-create')).usersCreate },
  'users list': { about: 'list all accounts', load: async () => (await import('./users-list')).usersList },
  'users role': { about: 'give a person another role', load: async () => (await import('./users-role')).usersRole },
  'users reset-password': {
    about: 'print a one-time link to set a new password',
    load: async () => (await import('./users-reset')).usersResetPassword,
  },
  'users reset-second-factor': {
    about: 'turn off the second factor of a person who lost it',
    load: async () => (await import('./users-second-factor')).usersResetSecondFactor,
  },
  'users suspend': { about: 'suspend a person', load: async () => (await import('./users-suspend')).usersSuspend },
  'users unsuspend': { about: 'lift a suspension', load: async () => (await import('./users-suspend')).usersUnsuspend },
  'users delete': {
    about: 'delete an account, or keep one that is being deleted',
    load: async () => (await import('./users-delete')).usersDelete,
  },
  'users export': {
    about: 'write everything of a person into a zip',
    load: async () => (await import('./users-export')).usersExport,
  },
  'invites create': {
    about: 'print an invitation link',
    load: async () => (await import('./invites-create')).invitesCreate,
  },
  'invites list': {
    about: 'list the invitation links that can still be used',
    load: async () => (await import('./invites-list')).invitesList,
  },
  'invites revoke': {
    about: 'revoke an invitation link',
    load: async () => (await import('./invites-revoke')).invitesRevoke,
  },
  'coins grant': { about: 'give coins to a person', load: async () => (await import('./coins-grant')).coinsGrant },
  'vouchers create': {
    about: 'create codes that people redeem for coins',
    load: async () => (await import('./vouchers-create')).vouchersCreate,
  },
  import: {
    about: 'bring photos and captions from elsewhere',
    load: async () => (await import('./import')).importCommand,
  },
  demo: {
    about: 'fill an empty folder with an invented community, and serve it',
    serves: true,
    load: async () => (await import('./demo')).demo,
  },
  audit: { about: 'prove that no coin and no stored file is lost', load: async () => (await import('./audit')).audit },
  leaktest: {
    about: 'test that nobody can get photos of others',
    load: async () => (await import('./leaktest')).leaktest,
  },
  doctor: { about: 'check this installation', load: async () => (await import('./doctor')).doctor },
  'keys rotate': {
    about: 'replace the key that signs sessions and links',
    load: async () => (await import('./keys-rotate')).keysRotate,
  },
  'files move': {
    about: 'copy photos and videos to a bucket, or back to the data folder',
    load: async () => (await import('./files-move')).filesMove,
  },
  'files shrink': {
    about: 'drop copies of videos that can be made again, or make them',
    load: async () => (await import('./files-shrink')).filesShrink,
  },
  move: {
    about: 'copy all rows into a PostgreSQL database, or back',
    load: async () => (await import('./move')).move,
  },
  backup: {
    about: 'copy everything to a safe place, even while serving',
    load: async () => (await import('./backup')).backup,
  },
  backups: {
    about: 'list the backups, or prove the newest',
    load: async () => (await import('./backups')).backups,
  },
  restore: {
    about: 'restore a backup into an empty data folder',
    load: async () => (await import('./restore')).restore,
  },
  'try-update': {
    about: 'try the update of the database that this version needs, on a copy',
    load: async () => (await import('./try-update')).tryUpdate,
  },
  'rebuild-inboxes': {
    about: 'rebuild every inbox',
    load: async () => (await import('./rebuild-inboxes')).rebuildInboxes,
  },
  licenses: {
    about: 'print the licences of all software in Pinhole',
    load: async () => (await import('./licenses')).licenses,
  },
  version: { about: 'print the version', load: async () => (await import('./version')).versionCommand },
  'backup-worker': {
    about: 'make a backup (started by the server)',
    hidden: true,
    load: async () => (await import('./backup-worker')).backupWorker,
  },
  'demo-painter': {
    about: 'paint the pictures of a demo (started by the command)',
    hidden: true,
    load: async () => (await import('./demo-painter')).demoPainter,
  },
  'media-worker': {
    about: 'process pictures (started by the server)',
    hidden: true,
    load: async () => (await import('./media-worker')).mediaWorker,
  },
}
