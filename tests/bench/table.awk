# median.awk table.awk RESULTS: what run has noted, as one table: medians of the runs, and of the ratios within each run; then the
# targets of the content engine. MB are millions of bytes.
BEGIN {
    row("v1", "publish v1", "v1")
    row("v2", "publish v2: v1 changed in place", "v2")
    row("v3", "publish v3: built anew", "v3")
    row("same", "publish v3, the same version again", "v3")
    row("again", "publish v3 as another version", "v3")
    row("qcow2", "publish v3 as qcow2", "v3")
    row("dense", "publish a dense disk", "dense")
    row("full", "replicate v1", "full")
    row("delta", "replicate v2 where v1 is", "delta")
    row("file", "export v3, raw", "v3")
    row("fast", "export v3, raw, --verify fast", "v3")
    row("null", "export v3, raw, to /dev/null", "v3")
    row("to-qcow2", "export v3, qcow2", "v3")
    row("reads", "random reads of 4 KiB", "reads")
}

function row(key, name, data) {
    keys[++rows] = key
    names[key] = name
    data_of[key] = data
}

$1 == "data" { data[$2] = $3; next }
$1 == "opening" { add("opening", $3); next }
$1 == "threads" { threads = $2; next }
$1 == "stored" { add("stored " $2, $4); next }
$1 == "back" { add("back " $2, $4); next }
$1 == "peer" { peer[$2, $3] = $4; if (!($2 in known)) { known[$2] = 1; peers[++peer_count] = $2 }; next }
$1 == "kept" { kept[$2] = $3; next }
$1 != "failed" { took() }

function line(key,    time, bytes) {
    time = median("sig " key)
    bytes = data[data_of[key]]
    printf "%-36s %8s %8s %8s %8s %8s %8s %8s %8s %8s\n", names[key], show(bytes / 1e6, "%.0f"), show(time, "%.2f"),
        (time > 0 ? sprintf("%.0f", bytes / 1e6 / time) : "-"), show(median("sig-memory " key) / 1024, "%.0f"),
        show(median("stored " key) < 0 ? -1 : median("stored " key) / 1e6, "%.1f"),
        show(ratio("cp", key), "%.2f"), show(ratio("zstd", key), "%.2f"), show(ratio("qemu", key), "%.2f"),
        show(median("back " key), "%.2f")
}

function most_memory(    i, most, value) {
    most = -1
    for (i = 1; i <= rows; i++) {
        value = median("sig-memory " keys[i])
        if (value > most) most = value
    }
    return most < 0 ? -1 : most / 1024
}

function total_stored(    sum, key) {
    sum = 0
    for (key in three)
        if (median("stored " key) < 0) return -1
        else sum += median("stored " key)
    return sum
}

function against_peers(    i, tool, step, worst, value, share) {
    for (i = 1; i <= peer_count; i++) {
        tool = peers[i]
        worst = -1
        for (step in same_step) {
            value = median("sig " same_step[step])
            value = value > 0 && ((tool, step) in peer) ? peer[tool, step] / value : -1
            if (value >= 0 && (worst < 0 || value < worst)) worst = value
        }
        target(worst, 3, "publish and restore beside " tool ", where it is fastest", " times as fast")
        share = tool ~ /^(borg|restic)$/ ? 0.72 : 0.9
        limit(((tool, "kept v3") in peer) && total_stored() >= 0 ? total_stored() / peer[tool, "kept v3"] : -1, share,
            "stored bytes of v1, v2 and v3 beside " tool, "")
    }
}

function peer_lines(    i, j, tool, n, steps) {
    n = split("v1 v2 v3 unchanged restore", steps, " ")
    printf "\n%-10s", "seconds"
    for (j = 1; j <= n; j++) printf " %10s", steps[j]
    printf " %14s\n%-10s", "stored, MB", "sig"
    for (j = 1; j <= n; j++) printf " %10s", show(median("sig " same_step[steps[j]]), "%.1f")
    printf " %14s\n", show(total_stored() / 1e6, "%.1f")
    for (i = 1; i <= peer_count; i++) {
        tool = peers[i]
        printf "%-10s", tool
        for (j = 1; j <= n; j++) printf " %10s", ((tool, steps[j]) in peer) ? sprintf("%.1f", peer[tool, steps[j]]) : "-"
        printf " %14s\n", ((tool, "kept v3") in peer) ? sprintf("%.1f", peer[tool, "kept v3"] / 1e6) : "-"
    }
}

END {
    three["v1"]; three["v2"]; three["v3"]
    same_step["v1"] = "v1"; same_step["v2"] = "v2"; same_step["v3"] = "v3"
    same_step["unchanged"] = "again"; same_step["restore"] = "file"
    printf "%-36s %8s %8s %8s %8s %8s   times as fast as           read\n", "", "data", "", "", "memory", "stored"
    printf "%-36s %8s %8s %8s %8s %8s %8s %8s %8s %8s\n", "", "MB", "s", "MB/s", "MiB", "MB", "cp", "zstd -1", "qemu -c",
        "back, s"
    for (i = 1; i <= rows; i++) line(keys[i])
    print ""
    print "memory     the most private memory of the process (RssAnon, looked at every 5 ms)"
    print "cp         cp --sparse=always to a file, unflushed; beside replicating: cp of the same blobs and sync -f"
    print "zstd -1    zstd -1 -T0; qemu -c: qemu-img convert -c, qcow2 with zstd"
    print "read back  reading what was written from the disk again: a part of the time of publishing and replicating"
    if (median("zstd-bytes v1") > 0)
        printf "stored     v1 takes %.1f MB with zstd -1, %s MB with qemu-img -c\n", median("zstd-bytes v1") / 1e6,
            show(median("qemu-bytes v1") / 1e6, "%.1f")
    if (median("opening") >= 0) printf "reads      opening the disk took %.3f s\n", median("opening")
    if (threads) printf "threads    one thread and eight made %s files\n", threads == "same" ? "the same" : "DIFFERENT"
    if (peer_count) peer_lines()
    print "\ntargets"
    target(ratio("zstd", "v1"), 2, "publish v1 beside zstd -1 -T0", " times as fast")
    target(ratio("qemu", "v1"), 2, "publish v1 beside qemu-img convert -c", " times as fast")
    target(ratio("zstd", "dense"), 0.6, "publish a dense disk beside zstd -1 -T0", " times as fast")
    target(ratio("cp", "same"), 0.6, "publish the same version again beside cp", " times as fast")
    target(ratio("cp", "again"), 0.6, "publish what is there as another version beside cp", " times as fast")
    limit(median("stored qcow2") < 0 ? -1 : median("stored qcow2") / 1e6, 0, "stored for the same disk as qcow2", " MB")
    target(ratio("cp", "file"), 0.5, "export beside cp", " times as fast")
    target(ratio("cp", "fast"), 0.7, "export --verify fast beside cp", " times as fast")
    limit(most_memory(), 256, "private memory of any step", " MiB")
    if (peer_count) against_peers()
    say_failures()
}
