HOME= SIG_STORE= sig gallery list
