/** A piece of a filter rule with the place where it begins, counted from 0. */
export interface Token {
  readonly kind: '(' | ')' | '[' | ']' | ',' | 'text' | 'word' | 'end';
  readonly text: string;
  readonly at: number;
}

/** Why a rule cannot be read; a malformed rule is data, the policy that has it becomes unknown. */
export interface RuleError {
  readonly message: string;
  /** Character position, counted from 0. */
  readonly at: number;
}

const SIGNS = new Set(['(', ')', '[', ']', ',']);
const WORD = /[^\s()[\],"]+/y;

/**
 * Cuts a rule into tokens. Texts stand in double quotes, a backtick keeps the quote or backtick behind it (D-DYN);
 * everything else up to white space or a sign is a word, operators and `device.isCompliant` alike.
 */
export function tokenize(rule: string): readonly Token[] | RuleError {
  const tokens: Token[] = [];
  let at = 0;
  while (at < rule.length) {
    const sign = rule.charAt(at);
    if (/\s/.test(sign)) at += 1;
    else if (isSign(sign)) tokens.push({ kind: sign, text: sign, at: at++ });
    else if (sign === '"') {
      const text = quoted(rule, at);
      if (text === undefined) return { message: 'a text is not closed by a double quote', at };
      tokens.push({ kind: 'text', text: text.value, at });
      at = text.end;
    } else {
      WORD.lastIndex = at;
      const word = WORD.exec(rule)?.[0] ?? sign;
      tokens.push({ kind: 'word', text: word, at });
      at += word.length;
    }
  }
  tokens.push({ kind: 'end', text: '', at: rule.length });
  return tokens;
}

function isSign(sign: string): sign is '(' | ')' | '[' | ']' | ',' {
  return SIGNS.has(sign);
}

function quoted(rule: string, start: number): { readonly value: string; readonly end: number } | undefined {
  let value = '';
  for (let at = start + 1; at < rule.length; at++) {
    const sign = rule.charAt(at);
    if (sign === '"') return { value, end: at + 1 };
    const next = rule.charAt(at + 1);
    if (sign === '`' && (next === '"' || next === '`')) at += 1;
    value += sign === '`' && (next === '"' || next === '`') ? next : sign;
  }
  return undefined;
}
