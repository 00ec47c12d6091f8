# The stairs: which room may include which, and which outside headers only some rooms may use.

BEGIN {
    count = split(headers, list, "\n")
    for (i = 1; i <= count; i++) own_headers[list[i]] = 1

    room_rule("base", "")
    room_rule("os", "base")
    room_rule("codec", "base os")
    room_rule("json", "base")
    room_rule("image", "base os codec")
    room_rule("intake", "base os codec image")
    room_rule("outlet", "base os codec image")
    room_rule("files", "base os codec image")
    room_rule("blob", "base os codec")
    room_rule("query", "base json")
    room_rule("model", "base json")
    room_rule("store", "base os codec json model")
    room_rule("replica", "base os codec blob")
    room_rule("ops", "base os codec json image intake outlet files blob replica query model store front")
    room_rule("front", "base json model")
    room_rule("cmd", "base json query front")

    outside("assert ctype errno float inttypes limits locale math stdalign stdarg stdatomic stdbool stddef stdint stdio stdlib string", "*")
    outside("time", "base os")
    outside("fcntl unistd dirent pthread pwd grp sched sys/* linux/* poll dlfcn", "os")
    outside("signal", "os cmd")
    outside("zlib zstd zstd_errors lzma xxhash openssl/evp", "codec")
    outside("cjson/cJSON cJSON", "json")
    # It says that there is no memory without stdio, which may want some.
    outside_file("lib/base/mem.c", "unistd")
    # Where time, environment and terminal enter.
    outside_file("cmd/main.c", "time unistd sys/ioctl sys/resource")
    outside("archive archive_entry expat", "intake")
    outside("ext2fs/*", "files")
}

function room_rule(room, rooms,    list, i, n) {
    n = split(rooms, list, " ")
    known[room] = may[room, room] = 1
    for (i = 1; i <= n; i++) may[room, list[i]] = 1
}

function outside(headers, rooms,    list, i, n) {
    n = split(headers, list, " ")
    for (i = 1; i <= n; i++) users[list[i] (list[i] ~ /\*$/ ? "" : ".h")] = " " rooms " "
}

function outside_file(path, headers,    list, i, n) {
    n = split(headers, list, " ")
    for (i = 1; i <= n; i++) excepted[path, list[i] ".h"] = 1
}

function room_of(path) {
    if (path ~ /^cmd\//) return "cmd"
    if (path ~ /^lib\/gallery(_access|_plan|_share|_trash)?\.h$/) return "front"
    sub(/^lib\//, "", path)
    return path ~ /\// ? substr(path, 1, index(path, "/") - 1) : "(top of lib)"
}

FNR == 1 {
    here = room_of(FILENAME)
    first = 1
    own = FILENAME
    sub(/^lib\//, "", own)
    sub(/\.c$/, ".h", own)
    if (!(here in known)) report("no such room: '" here "'")
}

/^#[ \t]*include "/ {
    split($0, part, "\"")
    wanted = part[2]
    if (wanted ~ /^gallery(_access|_plan|_share|_trash)?\.h$/) there = "front"
    else if (wanted ~ /^cmd\//) there = "cmd"
    else there = wanted ~ /\// ? substr(wanted, 1, index(wanted, "/") - 1) : ""
    if (there == "") report("'" wanted "' does not name its room")
    else if (!((here, there) in may)) report("room '" here "' may not include '" wanted "'")
    else if (wanted ~ /\/room\.h$/ && there != here) report("'" wanted "' is private to its room")
    if (first && FILENAME ~ /\.c$/ && own != wanted && (own in own_headers)) report("own header '" own "' is not the first include")
    first = 0
}

/^#[ \t]*include </ {
    split($0, part, /[<>]/)
    wanted = part[2]
    users_here = wanted in users ? users[wanted] : users[substr(wanted, 1, index(wanted, "/")) "*"]
    if ((FILENAME, wanted) in excepted) users_here = " * "
    if (users_here == "") report("<" wanted "> is in no room's list")
    else if (users_here != " * " && !index(users_here, " " here " ")) report("<" wanted "> belongs to" users_here "only")
    if (first && FILENAME ~ /\.c$/ && (own in own_headers)) report("own header '" own "' is not the first include")
    first = 0
}
