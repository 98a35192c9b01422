import type { PageJson } from '../../shapes/pages'
import { toHtml } from './markdown'
import type { Page } from './table'

export const pageJson = ({ name, text, changedAt }: Page): PageJson => ({
  name,
  text,
  html: toHtml(text),
  changedAt: changedAt.toISOString(),
})
