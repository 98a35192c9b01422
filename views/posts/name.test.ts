import { expect, test } from 'bun:test'
import type { FileJson } from '../../shapes/files'
import type { PostJson } from '../../shapes/posts'
import { translateInto } from '../words'
import { cut } from '../words/cut'
import { fileName } from './name'

const file = (kind: 'image' | 'video', altText: string | null = null) => ({ kind, altText }) as FileJson
const names = (locale: 'en' | 'ko', ...files: FileJson[]) => {
  const post = { author: { displayName: '지은' }, files } as PostJson
  return files.map((each) => fileName(post, each, translateInto(locale)))
}

test('a photo is named by what its author wrote, or by its author and its place among the others', () => {
  expect(names('en', file('image'))).toEqual(['Photo by 지은'])
  expect(names('en', file('image'), file('image', 'A boat'))).toEqual(['Photo 1 of 2 by 지은', 'A boat'])
  expect(names('en', file('video'), file('image'))).toEqual(['Video by 지은, 1 of 2', 'Photo by 지은, 2 of 2'])
  expect(names('ko', file('image'), file('image'))[1]).toBe('지은 님의 사진 2장 중 2번째')
  expect(names('ko', file('video'), file('image'))[0]).toBe('지은 님의 동영상, 전체 2개 중 1번째')
})

test('a text is cut between characters, as readers count them', () => {
  expect(cut('a  b\nc', 10, 'en')).toBe('a b c')
  expect(cut('👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧', 2, 'en')).toBe('👩‍👩‍👧👩‍👩‍👧…')
  expect(cut('👩‍👩‍👧👩‍👩‍👧', 2, 'en')).toBe('👩‍👩‍👧👩‍👩‍👧')
})
