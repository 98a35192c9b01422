import type { Handler } from '../../jobs/handler'
import { captionFile } from '../../media/renditions'
import { lookUpFile } from '../model'

/** Removes the bytes of captions, unless their author has uploaded the same ones again meanwhile. */
export const tidy: Handler<'files.tidy'> = {
  async run({ db, storage }, { payload: { fileId, name } }) {
    const file = await lookUpFile(db, fileId)
    const used = Object.entries(file?.captions ?? {}).some(
      ([language, { sha256 }]) => captionFile(language, sha256) === name,
    )
    if (!used) await storage.remove(fileId, name)
  },
}
