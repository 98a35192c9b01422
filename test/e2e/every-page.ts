import { until } from '../until'
import { type Member, settle } from './community'
import { jpeg } from './paint'

export type PageToVisit = { name: string; path: string; as?: Member; status?: number }

const size = { width: 480, height: 600 }

/**
 * Fills a community so that every page shows something, or is empty where that looks different. What members write is
 * Korean.
 */
export async function fillCommunity(pinhole: { address: string; setupUrl: string }) {
  const setup = { name: 'setting up', path: pinhole.setupUrl.replace(pinhole.address, '') }
  const place = await settle(pinhole, { jieun: '지은', minho: '민호', sora: '소라' })
  const [keeper, jieun, minho, sora] = ['keeper', 'jieun', 'minho', 'sora'].map((handle) => place.member(handle)) as [
    Member,
    Member,
    Member,
    Member,
  ]
  const follow = (as: Member, handle: string) => place.call(`/follows/${handle}`, { as, method: 'PUT' })
  await place.call('/users/account', { as: keeper, method: 'PATCH', json: { displayName: '지킴이' } })
  await follow(minho, 'jieun')
  await follow(sora, 'jieun')

  const several = [
    await place.paint(jieun, 'dawn', { width: 900, height: 600 }),
    await place.paint(jieun, 'sea', size),
    await place.paint(jieun, 'moss', size),
  ]
  await place.call(`/files/${several[0]}`, { as: jieun, method: 'PATCH', json: { altText: '해 뜨는 산' } })
  const post = await place.publish(jieun, several, { caption: `${'산에서 본 새벽입니다. '.repeat(12)} #새벽` })
  await place.publish(jieun, [await place.paint(jieun, 'bowls', size)], { sensitive: true })
  await place.publish(jieun, [await place.paint(jieun, 'forest', size)], {
    caption: '친구에게만',
    visibility: 'followers',
  })
  await place.call('/admin/users/jieun', { as: keeper, method: 'PATCH', json: { adult: true } })
  const forAdults = await place.publish(jieun, [await place.paint(jieun, 'city', size)], {
    caption: '불꽃놀이',
    adultsOnly: true,
  })
  const paid = await place.publish(
    jieun,
    [await place.paint(jieun, 'dawn', size), await place.paint(jieun, 'sea', size)],
    { price: 30 },
  )
  const avatar = await place.paint(jieun, 'dunes', { width: 300, height: 300 })
  await place.call('/users/account', {
    as: jieun,
    method: 'PATCH',
    json: { avatarFileId: avatar, bio: '느린 길, 작은 사진기.', links: ['https://example.org'] },
  })
  const cut = (await jpeg('city', size)).subarray(0, 2000)
  const loose = [await place.upload(jieun, cut, 'cut.jpg'), await place.paint(jieun, 'city', size)]
  const broken = [await place.upload(minho, cut, 'cut.jpg'), await place.paint(minho, 'city', size)]
  const failed = (await place.call('/posts', { as: minho, json: { caption: '안 되네요', fileIds: broken } }))
    .id as number
  await until('the inbox', async () => (await place.call('/inbox', { as: minho })).items.length === 4)
  await until('all files to be processed', async () => {
    const files = await Promise.all(
      [...loose.map((id) => ({ id, as: jieun })), ...broken.map((id) => ({ id, as: minho }))].map(({ id, as }) =>
        place.call(`/files/${id}`, { as }),
      ),
    )
    return files.every(({ status }) => status !== 'processing')
  })
  const say = (as: Member, text: string, parentId?: number) =>
    place.call(`/posts/${post}/comments`, { as, json: { text, parentId } })
  const said = await say(minho, '빛이 정말 곱네요, @jieun 님. '.repeat(6))
  for (let i = 0; i < 4; i++) await say(jieun, `고마워요${'!'.repeat(i + 1)}`, said.id)
  const unsaid = await say(sora, '이 말은 지워져요')
  await say(minho, '지운 댓글에 쓴 답글', unsaid.id)
  await place.call(`/posts/${post}`, {
    as: jieun,
    method: 'PATCH',
    json: { caption: `${'산에서 다시 본 새벽입니다. '.repeat(12)} #새벽` },
  })
  await place.call(`/comments/${said.id}`, {
    as: minho,
    method: 'PATCH',
    json: { text: '빛이 정말 곱네요, @jieun 님! '.repeat(6) },
  })
  await place.call(`/comments/${unsaid.id}`, { as: sora, method: 'DELETE' })
  for (const mark of ['like', 'bookmark']) await place.call(`/posts/${paid}/${mark}`, { as: minho, method: 'PUT' })
  const dull = await place.publish(sora, [await place.paint(sora, 'bowls', size)], { caption: '그릇' })
  await place.call(`/muted-posts/${dull}`, { as: minho, method: 'PUT' })
  await place.call('/mutes/keeper', { as: minho, method: 'PUT' })
  await place.call('/blocks/keeper', { as: sora, method: 'PUT' })
  const film = await place.upload(keeper, await Bun.file('test/fixtures/vp9.webm').bytes(), '파도.webm')
  const filmPost = await place.publish(keeper, [film, await place.paint(keeper, 'sea', size)], { caption: '파도' })
  await place.call(`/files/${film}/captions`, {
    as: keeper,
    json: { language: 'ko', text: 'WEBVTT\n\n00:00.000 --> 00:01.000\n파도가 와요' },
  })
  const collection = await place.call('/collections', { as: minho, json: { name: '바다' } })
  await place.call(`/collections/${collection.id}/posts/${post}`, { as: minho, method: 'PUT' })
  const report = await place.call('/reports', { as: sora, json: { postId: post, reason: '다른 사람의 사진이에요' } })
  await place.call('/admin/pages/contact', { as: keeper, method: 'PUT', json: { text: '# 연락처' } })
  const hook = await place.call('/hooks', {
    as: minho,
    json: { url: 'https://hooks.example.org/pinhole', events: ['post', 'comment'] },
  })
  const app = await place.call('/oauth/apps', {
    as: minho,
    json: { name: '거실 액자', redirectUris: ['https://frame.example.org/back'] },
  })
  const asks = new URLSearchParams({
    response_type: 'code',
    client_id: app.clientId,
    redirect_uri: 'https://frame.example.org/back',
    code_challenge: 'c'.repeat(43),
    code_challenge_method: 'S256',
    scope: 'read coins',
  })
  await place.call('/admin/users/minho/grants', { as: keeper, json: { coins: 120 } })
  await place.call('/coins/tips', { as: minho, json: { handle: 'jieun', coins: 20 } })
  const invite = await place.call('/invites', { as: keeper, json: { uses: 3 } })
  const reset = await place.call('/admin/users/sora/resets', { as: keeper, method: 'POST' })
  const local = (url: string) => url.replace(/^https?:\/\/[^/]+/, '')

  const pages: PageToVisit[] = [
    { name: 'main page', path: '/', as: minho },
    { name: 'first visit', path: '/', as: keeper },
    { name: 'main page with a film', path: '/', as: jieun },
    { name: 'film', path: `/posts/${filmPost}`, as: jieun },
    { name: 'own film', path: `/posts/${filmPost}`, as: keeper },
    { name: 'subtitles', path: `/files/${film}/captions`, as: keeper },
    { name: 'edit film', path: `/files/${film}/edit`, as: keeper },
    { name: 'search', path: '/search', as: minho },
    { name: 'search results', path: '/search?q=ㅅㅂ', as: minho },
    { name: 'people found', path: '/search?q=지&in=users', as: minho },
    { name: 'nothing found', path: '/search?q=없는말', as: minho },
    { name: 'tag', path: '/tags/새벽', as: minho },
    { name: 'unused tag', path: '/tags/저녁', as: minho },
    { name: 'explore', path: '/explore', as: minho },
    { name: 'people to follow', path: '/users', as: sora },
    { name: 'inbox', path: '/inbox', as: minho },
    { name: 'empty inbox', path: '/inbox', as: keeper },
    { name: 'post', path: `/posts/${post}`, as: minho },
    { name: 'menu of a post', path: `/posts/${post}/menu`, as: minho },
    { name: 'thread', path: `/comments/${said.id}`, as: jieun },
    { name: 'edit comment', path: `/comments/${said.id}/edit`, as: minho },
    { name: 'collections', path: `/collections?postId=${post}`, as: minho },
    { name: 'collection', path: `/collections/${collection.id}/posts`, as: minho },
    { name: 'a collection to edit', path: `/collections/${collection.id}/edit`, as: minho },
    { name: 'a gift', path: `/posts/${paid}/gifts/new`, as: minho },
    { name: 'a report to write', path: `/reports/new?postId=${post}`, as: minho },
    { name: 'own report', path: `/reports/${report.id}`, as: sora },
    { name: 'who liked', path: `/posts/${paid}/likes`, as: minho },
    { name: 'bookmarks', path: '/bookmarks', as: minho },
    { name: 'no bookmarks', path: '/bookmarks', as: keeper },
    { name: 'locked post', path: `/posts/${paid}`, as: minho },
    { name: 'post for adults', path: `/posts/${forAdults}`, as: minho, status: 403 },
    { name: 'confirming an age', path: '/users/account/age', as: minho },
    { name: 'confirmed age', path: '/users/account/age', as: jieun },
    { name: 'failed post', path: `/posts/${failed}`, as: minho },
    { name: 'new post', path: '/posts/new', as: jieun },
    { name: 'empty new post', path: '/posts/new', as: sora },
    { name: 'edit photo', path: `/files/${loose[1]}/edit`, as: jieun },
    { name: 'edit post', path: `/posts/${post}/edit`, as: jieun },
    { name: 'profile', path: '/users/jieun', as: minho },
    { name: 'own profile', path: '/users/jieun', as: jieun },
    { name: 'empty profile', path: '/users/sora', as: sora },
    { name: 'code of a profile', path: '/users/jieun/qr', as: minho },
    { name: 'followers', path: '/users/jieun/followers', as: minho },
    { name: 'followed by nobody', path: '/users/sora/followers', as: minho },
    { name: 'my follows', path: '/follows', as: minho },
    { name: 'notifications', path: '/notifications', as: minho },
    { name: 'no notifications', path: '/notifications', as: keeper },
    { name: 'what to be notified of', path: '/notifications/settings', as: minho },
    { name: 'no passkeys', path: '/users/account/passkeys', as: minho },
    { name: 'my data', path: '/users/account/exports', as: minho },
    { name: 'push notifications', path: '/push/subscriptions', as: minho },
    { name: 'follow requests', path: '/follows/requests', as: minho },
    { name: 'accounts', path: '/sessions/accounts', as: minho },
    { name: 'liked by me', path: '/activity/likes', as: minho },
    { name: 'written by me', path: '/activity/comments', as: minho },
    { name: 'order of collections', path: '/collections/edit', as: minho },
    { name: 'own followers', path: '/users/jieun/followers', as: jieun },
    { name: 'muted words', path: '/muted-words', as: minho },
    { name: 'not interested', path: '/muted-posts', as: minho },
    { name: 'a post of no interest', path: `/muted-posts/${dull}`, as: minho },
    { name: 'interested in all', path: '/muted-posts', as: keeper },
    { name: 'links for guests', path: '/looks', as: minho },
    { name: 'a look to give', path: `/looks/new?postId=${paid}`, as: minho },
    { name: 'muted', path: '/mutes', as: minho },
    { name: 'nobody muted', path: '/mutes', as: keeper },
    { name: 'blocked', path: '/blocks', as: sora },
    { name: 'nobody blocked', path: '/blocks', as: keeper },
    { name: 'library', path: '/library', as: minho },
    { name: 'refunds', path: '/coins/refunds/mine', as: minho },
    { name: 'wallet', path: '/coins', as: minho },
    { name: 'earnings', path: '/coins/earnings', as: jieun },
    { name: 'payouts', path: '/coins/payouts', as: jieun },
    { name: 'statements', path: '/coins/statements', as: minho },
    { name: 'a tip', path: '/coins/tips/new?handle=jieun', as: minho },
    { name: 'paid in cash', path: '/coins/topups', as: minho },
    { name: 'no packs', path: '/coins/packs', as: minho },
    { name: 'account', path: '/users/account', as: jieun },
    { name: 'account without a picture', path: '/users/account', as: minho },
    { name: 'own profile to edit', path: '/users/account/profile', as: jieun },
    { name: 'own email', path: '/users/account/email', as: jieun },
    { name: 'language', path: '/users/account/language', as: jieun },
    { name: 'privacy', path: '/users/account/privacy', as: jieun },
    { name: 'security', path: '/users/account/security', as: jieun },
    { name: 'leaving', path: '/users/account/leaving', as: jieun },
    { name: 'two-step verification', path: '/users/account/totp', as: jieun },
    { name: 'my files', path: '/files', as: jieun },
    { name: 'no files', path: '/files', as: sora },
    { name: 'my devices', path: '/sessions', as: minho },
    { name: 'personal tokens', path: '/tokens', as: minho },
    { name: 'webhooks', path: '/hooks', as: minho },
    { name: 'no webhooks', path: '/hooks', as: sora },
    { name: 'what a webhook was told', path: `/hooks/${hook.id}/deliveries`, as: minho },
    { name: 'apps', path: '/oauth/apps', as: minho },
    { name: 'no apps', path: '/oauth/grants', as: sora },
    { name: 'allowing an app', path: `/oauth/authorize?${asks}`, as: sora },
    {
      name: 'an app that asks wrongly',
      path: `/oauth/authorize?${asks}&response_mode=fragment`,
      as: sora,
      status: 422,
    },
    { name: 'invitations', path: '/invites', as: keeper },
    { name: 'no invitations', path: '/invites', as: minho },
    { name: 'staff desk', path: '/admin', as: keeper },
    { name: 'people', path: '/admin/users', as: keeper },
    { name: 'waiting to be let in', path: '/users/new/waiting' },
    { name: 'words', path: '/admin/words', as: keeper },
    { name: 'texts to check', path: '/admin/flags', as: keeper },
    { name: 'answering a suspension', path: '/appeals/new' },
    { name: 'answer sent', path: '/appeals/sent' },
    { name: 'removed by the staff', path: '/appeals', as: minho },
    { name: 'appeals', path: '/admin/appeals', as: keeper },
    { name: 'nobody found', path: '/admin/users?q=nobody&role=moderator', as: keeper },
    { name: 'whom somebody invited', path: '/admin/users/keeper/invited', as: keeper },
    { name: 'invitations of everybody', path: '/admin/invites', as: keeper },
    { name: 'reports', path: '/admin/reports', as: keeper },
    { name: 'refund requests', path: '/admin/refunds', as: keeper },
    { name: 'jobs', path: '/admin/jobs', as: keeper },
    { name: 'statistics', path: '/admin/statistics', as: keeper },
    { name: 'what can be dropped', path: '/admin/copies', as: keeper },
    { name: 'vouchers', path: '/admin/vouchers', as: keeper },
    { name: 'purchases', path: '/admin/purchases', as: keeper },
    { name: 'payouts to decide', path: '/admin/payouts', as: keeper },
    { name: 'audit', path: '/admin/audit', as: keeper },
    { name: 'top-ups', path: '/admin/topups', as: keeper },
    { name: 'packs', path: '/admin/packs', as: keeper },
    { name: 'payments', path: '/admin/checkouts', as: keeper },
    { name: 'settings', path: '/admin/settings', as: keeper },
    { name: 'pages of the host', path: '/admin/pages', as: keeper },
    { name: 'writing a page', path: '/admin/pages/rules', as: keeper },
    { name: 'backups', path: '/admin/backups', as: keeper },
    { name: 'actions', path: '/admin/actions', as: keeper },
    { name: 'nothing here', path: '/nothing', as: minho, status: 404 },
    { name: 'not allowed', path: '/admin', as: minho, status: 403 },
    { name: 'contact', path: '/pages/contact' },
    { name: 'sign-in', path: '/sessions/new' },
    { name: 'sign-up', path: local(invite.url) },
    { name: 'no sign-up', path: '/users/new' },
    { name: 'new password', path: local(reset.url) },
    { ...setup, status: 410 },
    { name: 'reference', path: '/api/docs' },
  ]
  return { place, pages }
}
