sig gallery list --version
