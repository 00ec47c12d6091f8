need_command bash
sig completion bash >script
bash --norc -c '. ./script; COMP_WORDS=(sig gallery create --compression z); COMP_CWORD=4; _sig; echo "${COMPREPLY[@]}"'
