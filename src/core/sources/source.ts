/**
 * A document behind a rule. docs/fidelity.md, the rules and the comments of the code cite it by its key; docs/sources.md lists
 * all.
 */
export interface Source {
  /** What the document is. */
  readonly title: string;
  /** Repository and path, or the site and the page. */
  readonly address: string;
  /** The date that the text gives itself, where it gives one. */
  readonly date?: string;
  /** What of it was read: `commit …` names the very text in the repository. */
  readonly read: string;
}

export type Sources = Readonly<Record<string, Source>>;

export const PAGE = 'the page';

/** A page of the Microsoft Entra documentation. */
export function entra(path: string, title: string, read: string = PAGE, date?: string): Source {
  return { title, address: `MicrosoftDocs/entra-docs, docs/${path}`, ...(date !== undefined && { date }), read };
}
