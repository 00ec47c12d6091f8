# Functions that nobody may call, and those that belong to one place.

BEGIN {
    ban("strcpy stpcpy strcat strncat sprintf vsprintf strtok gets alloca", "", "it knows no bound, or keeps hidden state")
    ban("atoi atol atoll atof", "", "it cannot tell an error")
    ban("gmtime localtime asctime ctime", "", "its result is shared by all")
    ban("system popen tmpnam tempnam mktemp", "", "it is unsafe")
    ban("malloc calloc realloc strdup strndup asprintf vasprintf", "^lib/base/mem\\.c$", "memory comes from base/mem.h")
    ban("printf vprintf fprintf vfprintf puts fputs putchar putc fputc perror fwrite", "^(cmd/|lib/base/mem\\.c$|lib/os/fault\\.c$)", "only cmd prints")
    ban("exit _exit quick_exit", "^(cmd/|lib/base/mem\\.c$|lib/os/(fault|process)\\.c$)", "only cmd ends the program")
    ban("abort", "^lib/os/(fault|system)\\.c$", "failures are told by struct err")
    ban("getenv secure_getenv setenv", "^(cmd/main\\.c|lib/os/fault\\.c)$", "the environment is read in cmd/main.c")
    ban("fopen freopen fdopen tmpfile remove rename", "^(lib/os/|cmd/(generate|main)\\.c$)", "only lib/os opens and names files")
    ban("time clock_gettime rand srand random getrandom", "^(lib/os/|cmd/main\\.c$)", "time and randomness enter through struct context")
}

function ban(names, but, reason,    list, i, n) {
    n = split(names, list, " ")
    for (i = 1; i <= n; i++) { exempt[list[i]] = but; why[list[i]] = reason }
}

{
    line = code()
    while (match(line, /[A-Za-z_][A-Za-z0-9_]*[ \t]*\(/)) {
        before = RSTART > 1 ? substr(line, RSTART - 1, 1) : ""
        name = substr(line, RSTART, RLENGTH - 1)
        sub(/[ \t]+$/, "", name)
        line = substr(line, RSTART + RLENGTH)
        if (!(name in why) || before == "." || before == ">" || before == "*") continue
        if (exempt[name] == "" || FILENAME !~ exempt[name]) report("call of " name ": " why[name])
    }
}
