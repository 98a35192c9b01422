import type { FileJson } from '../shapes/files'
import type { PostJson } from '../shapes/posts'

// The markup of the main page as strings, about as long as that of the product.

const svg = (lines: string, size = 24) =>
  `<svg class="icon" aria-hidden="true" xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" > ${lines} </svg> `
const HEART = svg('<path d="M2 9.5a5.5 5.5 0 0 1 9.591-3.676.56.56 0 0 0 .818 0A5.49 5.49 0 0 1 22 9.5c0 2.29-1.5 4-3 5.5l-5.492 5.313a2 2 0 0 1-3 .019L5 15c-1.5-1.5-3-3.2-3-5.5" />') // biome-ignore format: one line
const TALK = svg('<path d="M2.992 16.342a2 2 0 0 1 .094 1.167l-1.065 3.29a1 1 0 0 0 1.236 1.168l3.413-.998a2 2 0 0 1 1.099.092 10 10 0 1 0-4.777-4.719" />') // biome-ignore format: one line
const HAND = svg('<path d="M11 15h2a2 2 0 1 0 0-4h-3c-.6 0-1.1.2-1.4.6L3 17" /> <path d="m7 21 1.6-1.4c.3-.4.8-.6 1.4-.6h4c1.1 0 2.1-.4 2.8-1.2l4.6-4.4a2 2 0 0 0-2.75-2.91l-4.2 3.9" /> <path d="m2 16 6 6" /> <circle cx="16" cy="9" r="2.9" /> <circle cx="6" cy="5" r="3" />') // biome-ignore format: one line
const MARK = svg('<path d="M17 3a2 2 0 0 1 2 2v15a1 1 0 0 1-1.496.868l-4.512-2.578a2 2 0 0 0-1.984 0l-4.512 2.578A1 1 0 0 1 5 20V5a2 2 0 0 1 2-2z" />') // biome-ignore format: one line
const DOTS = svg('<circle cx="12" cy="12" r="1" /> <circle cx="19" cy="12" r="1" /> <circle cx="5" cy="12" r="1" />', 20) // biome-ignore format: one line
const FLAG = svg('<path d="M4 22V4a1 1 0 0 1 .4-.8A6 6 0 0 1 8 2c3 0 5 2 7.333 2q2 0 3.067-.8A1 1 0 0 1 20 4v10a1 1 0 0 1-.4.8A6 6 0 0 1 16 16c-3 0-5-2-8-2a6 6 0 0 0-4 1.528" />', 20) // biome-ignore format: one line
const ANY = svg('<path d="M14.31 8l5.74 9.94M9.69 8h11.48M7.38 12l5.74-9.94M9.69 16L3.95 6.06M14.31 16H2.83M16.62 12l-5.74 9.94" />') // biome-ignore format: one line

const date = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' })

function ago(at: string): string {
  const minutes = Math.round((Date.parse(at) - Date.now()) / 60_000)
  const words = minutes > -60 ? relative.format(minutes, 'minute') : relative.format(Math.trunc(minutes / 60), 'hour')
  return `<time datetime="${at}" title="${date.format(Date.parse(at))} UTC" data-ago="true">${words}</time>`
}

function picture(file: FileJson, eager: boolean): string {
  const { thumb, feed, full, blurred } = file.renditions
  const shown = feed ?? blurred!
  const srcset = thumb && feed && full ? ` srcset="${thumb.url} ${thumb.width}w, ${feed.url} ${feed.width}w, ${full.url} ${full.width}w"` : '' // biome-ignore format: one line
  return `<span class="picture"><img class="placeholder" src="${file.placeholder}" width="${file.width}" height="${file.height}" alt="" aria-hidden="true"/><img class="real" src="${shown.url}"${srcset} sizes="(min-width: 700px) 640px, 100vw" width="${file.width}" height="${file.height}" alt="${Bun.escapeHTML(file.altText || 'Photo without a description')}" loading="${eager ? 'eager' : 'lazy'}" decoding="async"/></span>`
}

const slide = (file: FileJson, eager: boolean) =>
  `<a class="photo" href="${file.renditions.full!.url}" data-photo="true" data-width="${file.renditions.full!.width}" data-height="${file.renditions.full!.height}">${picture(file, eager)}</a>`

function media({ files, locked, id, price }: PostJson, eager: boolean): string {
  if (locked)
    return `<div class="media locked">${picture(files[0]!, false)}<div class="veil">${ANY}<p>1 photo</p><a class="button" href="/coins" data-short-of="${price}">${price} coins short · Go to the wallet</a></div></div><!-- ${id} -->`
  if (files.length === 1) return `<div class="media"><div class="slides single">${slide(files[0]!, eager)}</div></div>`
  let list = ''
  for (const [at, file] of files.entries()) list += `<li>${slide(file, eager && at === 0)}</li>`
  return `<div class="media"><section class="carousel" aria-label="${files.length} photos and videos"><ol class="slides" tabindex="0" aria-label="${files.length} photos and videos">${list}</ol><button type="button" class="step earlier scripted" aria-label="Previous photo" hidden="">${ANY}</button><button type="button" class="step later scripted" aria-label="Next photo">${ANY}</button><span class="dots scripted" aria-hidden="true"><i class="on"></i><i class=""></i><i class=""></i></span></section></div>`
}

const form = (id: number, what: 'like' | 'bookmark', on: boolean, label: string, face: string) =>
  `<form method="post" action="/posts/${id}/${what}?_method=${on ? 'DELETE' : 'PUT'}" hx-${on ? 'delete' : 'put'}="/posts/${id}/${what}" hx-swap="outerHTML" hx-sync="drop" class="${what}"><button class="act${on ? ' on' : ''}" id="${what}-${id}" aria-pressed="${on}" aria-label="${label}" title="${label}">${face}</button></form>`

const count = (n: number) => (n ? `<span>${n}</span>` : '')

export function cardOf(post: PostJson, eager: boolean): string {
  const { id, author, likes, comments, viewer, price } = post
  const avatar = author.avatarUrl
    ? `<img class="avatar avatar-36" src="${author.avatarUrl}" width="36" height="36" alt="" decoding="async"/>`
    : `<span class="avatar avatar-36" aria-hidden="true">${Bun.escapeHTML(author.displayName[0]!)}</span>`
  const cost = price ? `<span class="mark price">${ANY} ${price} coins</span>` : ''
  const menu = viewer.own
    ? `<a class="icon-button" href="/posts/${id}/edit" aria-label="Edit this post">${ANY}</a>`
    : `<button class="icon-button" type="button" popovertarget="post-menu-${id}" aria-label="Options for this post">${DOTS}</button><div class="menu" id="post-menu-${id}" popover="auto"><a href="/reports/new?postId=${id}">${FLAG} Report</a></div>`
  const tip = viewer.own
    ? ''
    : `<a class="act" href="/coins/tips/new?handle=${author.handle}&amp;post=${id}" aria-label="Tip" title="Tip">${HAND}</a>`
  const talk = `<a class="act" id="comments-${id}" href="/posts/${id}#comments" aria-label="${comments} comments" title="${comments} comments">${TALK}${count(comments)}</a>`
  return `<article id="post-${id}" class="post" tabindex="-1" data-post="${id}"><header class="post-head"><a class="who" href="/users/${author.handle}">${avatar}<strong>${Bun.escapeHTML(author.displayName)}</strong></a><a class="when" href="/posts/${id}" data-open="true">${ago(post.publishedAt!)}</a>${cost}${menu}</header>${media(post, eager)}<div class="actions-row">${form(id, 'like', viewer.liked, `Like (${likes})`, HEART + count(likes))}${talk}${tip}${form(id, 'bookmark', viewer.bookmarked, 'Bookmark', MARK)}</div><p class="caption clamped" data-more="more">${Bun.escapeHTML(post.caption)}</p></article>`
}

type Around = {
  handle: string
  avatarUrl: string | null
  inbox: number
  notifications: number
  coins: number
  next: string | null
}

const place = (href: string, label: string, more = '') =>
  `<li><a href="${href}" title="${label}">${ANY}<span class="place">${label}</span>${more}</a></li>`
const unread = (list: string, n: number) =>
  `<span class="count"${n ? '' : ' hidden=""'} data-unread="${list}" data-words="{n} new"><span aria-hidden="true">${n}</span><span class="unseen">${n} new</span></span>`

/** What stands before and after the posts. */
export function frameOf({ handle, avatarUrl, inbox, notifications, coins, next }: Around) {
  const avatar = avatarUrl ? `<img class="avatar avatar-24" src="${avatarUrl}" width="24" height="24" alt=""/>` : ''
  return {
    before: `<!doctype html><html lang="en"><head><meta charset="utf-8"/><title>Pinhole</title><meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/><link rel="stylesheet" href="/assets/app.css"/><script type="module" src="/assets/app.js"></script></head><body class="framed" data-unread="${inbox + notifications}"><nav class="rail" aria-label="Main"><a class="wordmark" href="/">${ANY}<span>Pinhole</span></a><ul>${place('/', 'Home')}${place('/inbox', 'Inbox', unread('inbox', inbox))}${place('/posts/new', 'New post')}${place('/library', 'Library')}${place('/notifications', 'Notifications', unread('notifications', notifications))}${place('/coins', 'Wallet')}<li><a href="/users/${handle}" title="My profile">${avatar}<span class="place">My profile</span></a></li></ul></nav><div class="column" data-coins="${coins}"><header class="top"><h1>${ANY}Pinhole</h1><div class="actions">${ANY}${unread('notifications', notifications)}</div></header><main id="main" tabindex="-1"><div class="feed">`,
    after: `${next ? `<a class="more" rel="next" href="/?cursor=${next}" hx-get="/?cursor=${next}" hx-trigger="revealed, click" hx-swap="outerHTML" hx-sync="drop">Show more</a>` : ''}</div></main><footer class="foot"><a href="/users/account">Account</a><a href="/api/docs">API</a><a href="/source" rel="external">Source</a></footer></div><dialog id="viewer" aria-label="Photo viewer">${ANY}${ANY}${ANY}</dialog></body></html>`,
  }
}
