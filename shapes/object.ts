import { z } from 'zod'

/**
 * An object schema whose fields are made when they are first needed, in place of `z.object`. The fields of all objects
 * would be a third of the work of a start, and most are only read for the OpenAPI document.
 */
export function object<T extends z.core.$ZodLooseShape>(
  fields: () => T,
): z.ZodObject<z.core.util.Writeable<T>, z.core.$strip> {
  let made: T | undefined
  const definition = {
    type: 'object' as const,
    get shape() {
      made ??= fields()
      return made
    },
  }
  return new z.ZodObject(definition) as z.ZodObject<z.core.util.Writeable<T>, z.core.$strip>
}

/** A schema of a single value that is made when it is first needed, like the fields of an object. */
export function later<T extends z.ZodType>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}
