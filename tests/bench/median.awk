# median.awk: what the tables of measurements share: steps as `measure` of lib.sh has noted them, medians of the runs, ratios
# within each run, targets.
BEGIN { FS = "\t" }

$1 == "failed" { failures[++failed] = $2 ": " $4 }

function add(name, value) {
    values[name, ++count[name]] = value
}

function median(name,    n, i, j, list, value) {
    n = count[name]
    if (n == 0) return -1
    for (i = 1; i <= n; i++) {
        value = values[name, i] + 0
        for (j = i - 1; j >= 1 && list[j] > value; j--) list[j + 1] = list[j]
        list[j + 1] = value
    }
    return n % 2 ? list[(n + 1) / 2] : (list[n / 2] + list[n / 2 + 1]) / 2
}

# How many times as fast as `tool`: the median of the runs.
function ratio(tool, key,    i, name) {
    name = "ratio " tool " " key
    if (!(name in count))
        for (i = 1; i <= runs; i++)
            if (((tool, key, i) in seconds) && seconds["sig", key, i] > 0)
                add(name, seconds[tool, key, i] / seconds["sig", key, i])
    return median(name)
}

function show(value, format) {
    return value < 0 ? "-" : sprintf(format, value)
}

function target(value, least, what, unit) {
    printf "%-12s %8s  at least %s%s: %s\n", (value < 0 ? "not measured" : value >= least ? "reached" : "NOT REACHED"),
        show(value, "%.2f"), least, unit, what
}

function limit(value, most, what, unit) {
    printf "%-12s %8s  at most %s%s: %s\n", (value < 0 ? "not measured" : value <= most ? "reached" : "NOT REACHED"),
        show(value, "%.2f"), most, unit, what
}

# The line of a step: who, what, which run, seconds, KiB, perhaps bytes.
function took() {
    seconds[$1, $2, $3] = $4
    add($1 " " $2, $4)
    add($1 "-memory " $2, $5)
    if (NF >= 6) add($1 "-bytes " $2, $6)
    if ($3 > runs) runs = $3
}

function say_failures(    i) {
    for (i = 1; i <= failed; i++) printf "%sfailed     %s\n", i == 1 ? "\n" : "", failures[i]
}
