SIG_CLOCK=now sig gallery list
