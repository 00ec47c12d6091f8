HOME= SIG_STORE= sig completion bash >/dev/null
