import type { PageJson } from '../../shapes/pages'
import { toHtml } from './markdown'
import type { Page } from './table'

export const pageJson = async ({ name, text, changedAt }: Page): Promise<PageJson> => ({
  name,
  text,
  html: await toHtml(text),
  changedAt: changedAt.toISOString(),
})
