import { inArray } from 'drizzle-orm'
import { contentOf } from '../hooks/send'
import { comments } from '../posts/comments/table'
import { findPerson } from '../users/model'
import { examine } from './examine'
import type { Scene } from './scene'

const DOOR = 'webhooks'

/**
 * Examines what a webhook of every person would be told about every post and its comments, whatever was queued for it:
 * the content is made when a message is sent, by the same code as here.
 */
export async function tryHooks(scene: Scene): Promise<void> {
  const { app, people, files, rules } = scene
  const postIds = [...new Set(files.flatMap(({ id }) => rules.postOf(id) ?? []))]
  const said = await app.db
    .select({ commentId: comments.id, postId: comments.postId, actorId: comments.authorId })
    .from(comments)
    .where(inArray(comments.postId, postIds))
  const happened = [
    ...postIds.flatMap((postId) =>
      (['post', 'like'] as const).map((type) => ({ type, postId, actorId: rules.authorOf(postId)!, commentId: null })),
    ),
    ...said.map((comment) => ({ type: 'comment' as const, ...comment })),
  ]
  for (const who of people) {
    if (who.id === null) continue
    const owner = await findPerson(app.db, who.id)
    const seen = new Set<string>()
    for (const each of happened) {
      scene.findings.tried(DOOR, who)
      const content = await contentOf(app, owner, { ...each, at: app.now(), coins: null })
      if (!content) continue
      if (!rules.mayKnow(who, each.postId)) scene.findings.leak(DOOR, who, `the message mentions post ${each.postId}`)
      const body = new TextEncoder().encode(JSON.stringify(content))
      const answer = { status: 200, type: 'application/json', headers: new Headers(), body }
      await examine(scene, who, DOOR, DOOR, answer, seen)
    }
  }
}
