need_command bash
sig completion bash >script
bash --norc -c '. ./script; COMP_WORDS=(sig im); COMP_CWORD=1; _sig; echo "${COMPREPLY[@]}"'
