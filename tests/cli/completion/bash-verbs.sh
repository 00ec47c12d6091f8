need_command bash
sig completion bash >script
bash --norc -c '. ./script; COMP_WORDS=(sig gallery ""); COMP_CWORD=2; _sig; echo "${COMPREPLY[@]}"'
