sig gallery list --lock-wait -1
