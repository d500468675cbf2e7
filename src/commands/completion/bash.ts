/**
 * Ours, over the answers of the library: its own script evaluates the words that were typed (a redirection among them empties
 * its file, a substitution runs), inserts names without quotes, cannot be sourced twice and needs bash-completion.
 */
export const BASH_SCRIPT = String.raw`# Completion of gsa for bash 4 and newer. It needs nothing else.
# What was typed is passed on as text and never evaluated: Tab runs nothing but gsa, and writes nothing.

# REPLY: the text of $1 without its quotes; __gsa_quote: the quote that is still open.
__gsa_plain() {
  local raw=$1 char next at
  REPLY='' __gsa_quote=''
  for ((at = 0; at < ${'$'}{#raw}; at++)); do
    char=${'$'}{raw:at:1} next=${'$'}{raw:at+1:1}
    if [[ $__gsa_quote == "'" ]]; then
      if [[ $char == "'" ]]; then __gsa_quote=''; else REPLY+=$char; fi
    elif [[ $char == '\' && ( -z $__gsa_quote || $next == ['"$${'`'}\'] ) ]]; then
      REPLY+=$next
      ((at += 1))
    elif [[ $char == '"' ]]; then
      if [[ -z $__gsa_quote ]]; then __gsa_quote='"'; else __gsa_quote=''; fi
    elif [[ $char == "'" && -z $__gsa_quote ]]; then
      __gsa_quote="'"
    else
      REPLY+=$char
    fi
  done
}

# REPLY: $1 as it is typed after the open quote $2, or after none.
__gsa_quoted() {
  local char at
  if [[ -z $2 ]]; then
    printf -v REPLY %q "$1"
    return
  fi
  REPLY=''
  for ((at = 0; at < ${'$'}{#1}; at++)); do
    char=${'$'}{1:at:1}
    if [[ $2 == "'" && $char == "'" ]]; then REPLY+="'\''"
    elif [[ $2 == '"' && $char == ['"$${'`'}\'] ]]; then REPLY+="\\$char"
    elif [[ $2 == '"' && $char == '!' ]]; then REPLY+="\"'!'\""
    else REPLY+=$char
    fi
  done
}

__gsa_complete() {
  local line=${'$'}{COMP_LINE:0:COMP_POINT} piece='' blank at last=-1 target=0
  local -a words=() given=()
  # bash cuts at = : @ too, and counts redirections: what touches is one word again, and a redirection is none of ours.
  for ((at = 0; at <= COMP_CWORD; at++)); do
    piece=${'$'}{COMP_WORDS[at]}
    blank=${'$'}{line%%[![:space:]]*}
    line=${'$'}{line#"$blank"}
    if ((at == COMP_CWORD)); then piece=$line; fi
    line=${'$'}{line#"$piece"}
    if [[ $piece =~ ^\&?[\<\>]+[\&\|]?$ ]]; then
      if [[ -z $blank && $last -gt 0 && ${'$'}{words[last]} =~ ^[0-9]+$ ]]; then
        unset "words[last]"
        ((last -= 1))
      fi
      target=1
    elif ((target == 1)); then target=2
    elif [[ $target == 2 && -z $blank ]]; then :
    elif [[ $last -ge 0 && -z $blank ]]; then words[last]+=$piece
    else
      target=0
      ((last += 1))
      words[last]=$piece
    fi
  done
  COMPREPLY=()
  # A file of the shell's own: bash completes it.
  if ((target != 0 || last < 1)); then return; fi

  local typed=${'$'}{words[last]} REPLY __gsa_quote
  # $2 is what bash will replace; before it stands what it takes for words of their own.
  if [[ $# -ge 2 && $typed == *"$2" ]]; then piece=$2; fi
  if [[ $piece == [=:@] ]]; then piece=''; fi
  local before current quote
  __gsa_plain "${'$'}{typed%"$piece"}"
  before=$REPLY
  __gsa_plain "$typed"
  current=$REPLY quote=$__gsa_quote
  for ((at = 1; at < last; at++)); do
    __gsa_plain "${'$'}{words[at]}"
    given+=("$REPLY")
  done

  local value files=0
  while IFS=$'\t' read -r value _; do
    if [[ $value =~ ^:[0-9]+$ ]]; then
      files=$(((${'$'}{value#:} & 4) == 0))
      continue
    fi
    if [[ $current == --*=* && $value != -* ]]; then value=${'$'}{current%%=*}=$value; fi
    if [[ -z $value || $value != "$before"* ]]; then continue; fi
    __gsa_quoted "${'$'}{value#"$before"}" "$quote"
    COMPREPLY+=("$REPLY")
  done < <(gsa complete -- ${'$'}{given[@]+"${'$'}{given[@]}"} "$current" 2>/dev/null </dev/null)
  if ((files == 0)); then compopt +o default 2>/dev/null; fi
}

complete -o default -F __gsa_complete gsa
`;
