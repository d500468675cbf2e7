/** What the ids of Entra look like, for expressions that find them within a text, in any case. */
export const GUID_PATTERN = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

const GUID = new RegExp(`^${GUID_PATTERN}$`, 'i');

/** Whether a text is what the ids of Entra look like, in any case. */
export function isGuid(text: string): boolean {
  return GUID.test(text);
}
