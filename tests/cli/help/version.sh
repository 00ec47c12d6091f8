sig --version
