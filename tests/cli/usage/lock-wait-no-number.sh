sig gallery list --lock-wait soon
