import { box, boxesOf, replaced, uint32 } from '../mp4-boxes'
import { type Dice, MUTATIONS, type Mutation, mutate, ODD } from './mutate'

const pick = <T>(from: readonly T[], roll: Dice): T => from[roll(from.length)]!

/** Boxes with durations, offsets and decoding parameters. */
const TABLES =
  'stts stsz stco stsc stss ctts elst mdhd mvhd tkhd hdlr stsd avcC esds avc1 mp4a tfhd tfdt trun trex dref sidx'.split(
    ' ',
  )

/** Mutations for files that consist of boxes. Other files stay as they are, so another mutation has to change them. */
const BOXES: Mutation[] = [
  function size(file, roll) {
    const found = boxesOf(file)
    if (!found.length) return file
    const { from, to } = pick(found, roll)
    file.writeUInt32BE(
      pick([...ODD, 7, 8, 9, to - from - 1, to - from + 1, file.length - from, file.length], roll) >>> 0,
      from,
    )
    return file
  },
  function number(file, roll) {
    const found = boxesOf(file).filter(({ kind, to, body }) => TABLES.includes(kind) && to - body >= 4)
    if (!found.length) return file
    const { body, to } = pick(found, roll)
    for (let i = roll(4); i >= 0; i--) file.writeUInt32BE(pick(ODD, roll), body + 4 * roll((to - body) >> 2))
    return file
  },
  function kind(file, roll) {
    const found = boxesOf(file)
    if (found.length) file.write(pick(found, roll).kind, pick(found, roll).from + 4, 'latin1')
    return file
  },
  function without(file, roll) {
    const found = boxesOf(file)
    return found.length ? replaced(file, pick(found, roll), new Uint8Array()) : file
  },
  function again(file, roll) {
    const found = boxesOf(file).filter(({ from, to }) => to - from < 5000)
    if (!found.length) return file
    const one = pick(found, roll)
    return replaced(file, one, Buffer.concat(Array<Buffer>(2 + roll(60)).fill(file.subarray(one.from, one.to))))
  },
  function another(file, roll, others) {
    const other = pick(others, roll)
    const [found, theirs] = [boxesOf(file), boxesOf(other)]
    if (!found.length || !theirs.length) return file
    const given = pick(theirs, roll)
    const alike = found.filter(({ kind }) => kind === given.kind)
    return replaced(file, pick(alike.length && roll(3) ? alike : found, roll), other.subarray(given.from, given.to))
  },
  function deep(file, roll) {
    const found = boxesOf(file).filter(({ from, to }) => to - from < 5000)
    if (!found.length) return file
    const one = pick(found, roll)
    let inner = file.subarray(one.from, one.to)
    for (let i = roll(300); i >= 0; i--) inner = box(pick(['moov', 'trak', 'udta', 'meta', one.kind], roll), inner)
    return replaced(file, one, inner)
  },
]

/** Makes tracks claim that their data is in another file at `elsewhere`. */
function pointing(elsewhere: string): Mutation {
  const kinds = [
    box('url ', uint32(0), `file://${elsewhere}\0`),
    box('url ', uint32(0), `${elsewhere}\0`),
    box('alis', uint32(0), alias(elsewhere)),
  ]
  return function point(file, roll) {
    const found = boxesOf(file).filter(({ path }) => path.endsWith('/dref/url '))
    return found.length ? replaced(file, pick(found, roll), pick(kinds, roll)) : file
  }
}

/** QuickTime's alias of a file: a record of 150 bytes, followed by the whole path in an item of kind 18. */
function alias(path: string): Buffer {
  const head = Buffer.alloc(150)
  head.writeUInt16BE(150 + path.length + 8, 4)
  head.writeUInt16BE(2, 6)
  const name = path.split('/').at(-1)!.slice(0, 63)
  head.writeUInt8(name.length, 50)
  head.write(name, 51, 'latin1')
  head.writeInt16BE(1, 130)
  head.writeInt16BE(1, 132)
  const item = Buffer.alloc(4 + path.length + (path.length % 2))
  item.writeUInt16BE(18, 0)
  item.writeUInt16BE(path.length, 2)
  item.write(path, 4, 'latin1')
  return Buffer.concat([head, item, Buffer.from([0xff, 0xff, 0, 0])])
}

/** One of the videos with one to three mutations. */
export const mutateVideo = (files: Buffer[], elsewhere: string, roll: Dice): Buffer =>
  mutate(files, roll, [...MUTATIONS, ...BOXES, ...BOXES, pointing(elsewhere)])
