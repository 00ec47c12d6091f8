need_command bash
sig completion bash >script
bash --norc -c '. ./script; COMP_WORDS=(sig image-version create prod/ubuntu/1.0.0 --os-disk ""); COMP_CWORD=5; _sig; echo "${#COMPREPLY[@]}"'
