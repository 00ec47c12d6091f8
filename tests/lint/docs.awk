# Every header says at its top what it is; every function that it declares has a comment: before it, before the
# declarations it stands right under, or behind it on its line. The verbs of ownership (init done new free open close)
# mean the same everywhere and need none.

FNR == 1 { if ($0 !~ /^\/\* [a-z0-9_]+\.h: /) report("does not begin with '/* NAME.h: what it is'"); explained = 0; was_comment = 0 }

{ outside_comment = !in_comment; line = code() }

outside_comment && /^[ \t]*\/\*/ { explained = 1 }
/^$/ && outside_comment && !in_comment { explained = 0 }
line ~ /^(struct|enum) [a-z_]+ \{/ || line ~ /^#/ { explained = 0 }

line ~ /^[a-z][A-Za-z0-9_ *]*[ *][a-z][a-z0-9_]*\(/ && line !~ /^(static|typedef|return)/ {
    name = line
    sub(/\(.*/, "", name)
    sub(/.*[ *]/, "", name)
    if (!explained && $0 !~ /\/\*/ && name !~ /_(init|done|new|free|open|close)$/) report("'" name "' has no comment")
}
