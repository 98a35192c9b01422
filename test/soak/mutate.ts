/** Random whole numbers from 0 to below the argument. The same seed gives the same numbers. */
export type Dice = (below: number) => number

export function dice(seed: number): Dice {
  let thrown = 0
  return (below) => Number(Bun.hash.wyhash(`${seed} ${thrown++}`) % BigInt(below))
}

/** Numbers at which programs often fail. */
export const ODD = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff]

export type Mutation = (file: Buffer, roll: Dice, others: Buffer[]) => Buffer

export const MUTATIONS: Mutation[] = [
  function flipBits(file, roll) {
    for (let i = roll(8); i >= 0; i--) file[roll(file.length)]! ^= 1 << roll(8)
    return file
  },
  function oddNumber(file, roll) {
    const value = ODD[roll(ODD.length)]!
    // Most of the important numbers are at the beginning.
    const at = roll(Math.max(1, Math.min(file.length - 4, roll(2) ? 200 : file.length)))
    if (roll(2)) file.writeUInt32BE(value, at)
    else file.writeUInt16LE(value & 0xffff, at)
    return file
  },
  function cut(file, roll) {
    return file.subarray(0, 12 + roll(file.length - 12))
  },
  function remove(file, roll) {
    const at = 12 + roll(file.length - 12)
    return Buffer.concat([file.subarray(0, at), file.subarray(at + roll(64))])
  },
  function repeat(file, roll) {
    const at = 12 + roll(file.length - 12)
    const part = file.subarray(at, at + 1 + roll(512))
    return Buffer.concat([file.subarray(0, at), ...Array<Buffer>(1 + roll(20)).fill(part), file.subarray(at)])
  },
  function splice(file, roll, others) {
    const other = others[roll(others.length)]!
    return Buffer.concat([file.subarray(0, 12 + roll(file.length - 12)), other.subarray(roll(other.length))])
  },
  function blank(file, roll) {
    const at = 12 + roll(file.length - 12)
    file.fill(roll(2) ? 0xff : 0, at, Math.min(file.length, at + roll(256)))
    return file
  },
]

/** One of the files with one to three mutations. */
export function mutate(files: Buffer[], roll: Dice, mutations = MUTATIONS): Buffer {
  let file: Buffer = Buffer.from(files[roll(files.length)]!)
  for (let i = roll(3); i >= 0; i--)
    if (file.length > 32) file = Buffer.from(mutations[roll(mutations.length)]!(file, roll, files))
  return file
}
