import type { AppealJson, RemovedJson } from '../../shapes/appeals'
import type { RemovedRow } from './model'
import type { Appeal } from './table'

export const appealJson = (appeal: Appeal): AppealJson => ({
  id: appeal.id,
  about: appeal.postId ? 'post' : appeal.commentId ? 'comment' : 'suspension',
  postId: appeal.postId,
  commentId: appeal.commentId,
  text: appeal.text,
  createdAt: appeal.createdAt.toISOString(),
  outcome: appeal.outcome,
  answer: appeal.answer,
  settledAt: appeal.settledAt?.toISOString() ?? null,
})

export const removedJson = ({ about, id, at, appeal }: RemovedRow): RemovedJson => ({
  about,
  id,
  at: at.toISOString(),
  appeal: appeal && appealJson(appeal),
})
