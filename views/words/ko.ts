/** Korean by its English sentence. A test finds every sentence of the code here. */
export const ko: Record<string, string> = {}
