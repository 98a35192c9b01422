/** Every resource of the API, as it groups the calls in the document. */
const TAGS: Record<string, string> = {
  activity: 'What you liked and wrote.',
  admin: 'The desk of the staff.',
  appeals: 'Appeals against what the staff decided.',
  blocks: 'People you blocked.',
  bookmarks: 'Posts you saved.',
  coins: 'Your wallet: statement, top-ups, payments, tips and payouts.',
  collections: 'Your bookmarks in collections.',
  comments: 'Single comments. New ones are made below their post.',
  events: 'What changes, as it happens.',
  explore: 'What people like now.',
  files: 'Photos and videos you uploaded.',
  follows: 'Whom you follow, and who asks to follow you.',
  hooks: 'Messages to your own servers when something happens (Standard Webhooks).',
  inbox: 'New posts of the people you follow.',
  invites: 'Invitations to the community.',
  library: 'Posts you bought.',
  looks: 'Links by which somebody without an account sees one post.',
  mail: 'Mail from the community.',
  'muted-posts': 'Posts that do not interest you.',
  'muted-words': 'Words and tags you do not want to come across.',
  mutes: 'People whose posts you do not want to come across.',
  notifications: 'What happened, and what you want to hear of.',
  oauth: 'Apps of other people, which sign members in by OAuth 2.1.',
  pages: 'What the host wrote: rules, terms, privacy, imprint and contact.',
  posts: 'Posts, with their comments, likes and bookmarks.',
  push: 'Pushes to your devices.',
  reports: 'Reports to the staff.',
  search: 'Search for posts, people and tags.',
  sessions: 'Signing in, and the devices where you are.',
  setup: 'Making the first administrator.',
  tags: 'Posts by tag.',
  tokens: 'Personal tokens for scripts.',
  uploads: 'Resumable uploads by the tus protocol (tus.io).',
  users: 'People, and your own account.',
  webhooks: 'Messages from payment providers.',
}

/** Lists the resources that have calls. Throws for one that nobody has described. */
export const tagsOf = (names: Iterable<string>) =>
  [...new Set(names)].sort().map((name) => {
    const description = TAGS[name]
    if (!description) throw new Error(`src/docs/tags.ts does not describe /api/${name}.`)
    return { name, description }
  })
