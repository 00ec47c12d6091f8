sig completion bash >script && bash -n script
