/** JSON Pointers (RFC 6901), built member by member while a value is walked. */

export function pointerTo(parent: string, member: string | number): string {
  if (typeof member === 'number') return `${parent}/${member}`;
  return `${parent}/${member.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The members that a pointer names, outermost first; the empty pointer names none. */
export function membersOf(pointer: string): readonly string[] {
  const members = pointer.split('/').slice(1);
  return pointer.includes('~') ? members.map((member) => member.replaceAll('~1', '/').replaceAll('~0', '~')) : members;
}
