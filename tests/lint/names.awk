# Names that C and POSIX keep for themselves, and typedefs.

FNR == 1 { in_enum = 0 }

function reserved(name) {
    if (name ~ /^E[0-9A-Z]/) return "is reserved for errno values"
    if (name ~ /^SIG[A-Z_]/ && name !~ /^SIG_(VERSION|FAULT)/) return "is reserved for signals"
    if (name ~ /^_/) return "is reserved: it begins with an underscore"
    return ""
}

function complain(name, text) {
    if (text != "") report("'" name "' " text)
}

{ line = code() }

line ~ /^#[ \t]*define[ \t]/ {
    name = line
    sub(/^#[ \t]*define[ \t]+/, "", name)
    sub(/[^A-Za-z0-9_].*/, "", name)
    complain(name, reserved(name))
    next
}

line ~ /(^|[^A-Za-z0-9_])typedef([^A-Za-z0-9_]|$)/ { report("a typedef: name the struct or the pointer's signature") }

{
    rest = line
    while (match(rest, /(struct|enum|union)[ \t]+[A-Za-z0-9_]+_t([^A-Za-z0-9_]|$)/)) {
        report("a name that ends in _t is reserved by POSIX")
        rest = substr(rest, RSTART + RLENGTH)
    }
}

# Constants of an enum, wherever it opens and closes.
{
    rest = line
    if (match(rest, /(^|[^A-Za-z0-9_])enum([ \t]+[A-Za-z0-9_]+)?[ \t]*\{/)) {
        in_enum = 1
        rest = substr(rest, RSTART + RLENGTH)
    }
    if (in_enum) {
        body = rest
        sub(/\}.*/, "", body)
        gsub(/\([^)]*\)/, "", body)
        n = split(body, parts, ",")
        for (i = 1; i <= n; i++) {
            name = parts[i]
            sub(/^[ \t]+/, "", name)
            if (name !~ /^[A-Za-z_][A-Za-z0-9_]*[ \t]*(=|$)/) continue
            sub(/[ \t]*(=.*)?$/, "", name)
            if (name !~ /^E_/) complain(name, reserved(name))
        }
        if (rest ~ /\}/) in_enum = 0
    }
}

# Functions: a line in the first column with a name before the first parenthesis.
line ~ /^[a-z][A-Za-z0-9_ *]*\(/ && line !~ /^(return|if|for|while|switch|else|do|enum)[^A-Za-z0-9_]/ {
    name = line
    sub(/\(.*/, "", name)
    sub(/.*[ *]/, "", name)
    if (name ~ /^(str|mem|is|to)[a-z]/) report("'" name "' is reserved: str, mem, is or to and a small letter")
    complain(name, reserved(name))
}
