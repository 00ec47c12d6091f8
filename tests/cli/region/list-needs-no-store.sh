SIG_STORE=/dev/null sig region list -o table | grep local
