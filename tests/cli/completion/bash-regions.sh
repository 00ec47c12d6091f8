need_command bash
sig completion bash >script
bash --norc -c '. ./script; COMP_WORDS=(sig image-version show prod/ubuntu/latest --region westus); COMP_CWORD=5; _sig; echo "${COMPREPLY[@]}"'
