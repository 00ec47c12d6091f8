need_command bash
sig completion bash >script
bash --norc -c '. ./script; COMP_WORDS=(sig gallery create prod --de); COMP_CWORD=4; _sig; echo "${COMPREPLY[@]}"'
