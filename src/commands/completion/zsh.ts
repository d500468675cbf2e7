/**
 * Ours, over the answers of the library: its own script splits names at their blanks and inserts them without quotes.
 */
export const ZSH_SCRIPT = String.raw`#compdef gsa
compdef _gsa gsa

# Completion of gsa for zsh. What was typed is passed on as text and never evaluated.
_gsa() {
  local line value description
  local -a given lines values descriptions
  integer files=0
  # (Q) takes the quotes off; PREFIX is what stands before the cursor, without a quote that is still open.
  given=("${'$'}{(@Q)words[2,CURRENT-1]}" "$IPREFIX${'$'}{(Q)PREFIX}")
  lines=("${'$'}{(@f)$(gsa complete -- "${'$'}{given[@]}" 2>/dev/null </dev/null)}")
  for line in "${'$'}{lines[@]}"; do
    value=${'$'}{line%%$'\t'*} description=${'$'}{line#*$'\t'}
    if [[ $value == :<-> ]]; then
      (( files = (${'$'}{value#:} & 4) == 0 ))
    elif [[ -n $value ]]; then
      values+=("$value")
      descriptions+=("$value${'$'}{description:+  -- $description}")
    fi
  done
  if [[ $PREFIX == --*=* ]]; then compset -P '*='; fi
  if (( ${'$'}{#values} > 0 )); then
    compadd -l -d descriptions -a values
  elif (( files )); then
    _files
  fi
}

# As a file of fpath it is the function itself; sourced, it only says what it is.
if [[ ${'$'}{funcstack[1]} == _gsa ]]; then _gsa "$@"; fi
`;
