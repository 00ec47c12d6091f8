# median.awk replicate.awk RESULTS: what replicate has noted, as one table with a line for each step and each tool beside it, then
# the targets. MB are millions of bytes.
$1 == "data" { data[$2] = $3; next }
$1 == "stored" { add("stored " $2, $4); next }
$1 != "failed" { took() }

function line(key, name, tool, what,    time) {
    time = median("sig " key)
    printf "%-34s %7s %7s %7s %7s %7s   %-34s %7s %7s\n", name, show(key in data ? data[key] / 1e6 : -1, "%.0f"),
        show(time, "%.2f"), (time > 0 && key in data ? sprintf("%.0f", data[key] / 1e6 / time) : "-"),
        show(median("sig-memory " key) / 1024, "%.0f"), show(median("stored " key) < 0 ? -1 : median("stored " key) / 1e6, "%.0f"),
        what, show(median(tool " " key), "%.2f"), show(ratio(tool, key), "%.2f")
}

END {
    printf "%-34s %7s %7s %7s %7s %7s   %-34s %7s %7s\n", "", "MB", "s", "MB/s", "MiB", "stored", "beside", "s", "ratio"
    line("full", "replicate v1, 3 regions x 2", "cp", "6 x cp -r --reflink=never, sync -f")
    line("full", "", "rsync", "6 x rsync -a --whole-file, sync -f")
    line("delta", "replicate v2 where v1 is, 3 x 2", "cp", "6 x cp -r --reflink=never, sync -f")
    line("delta", "", "rsync", "6 x rsync -a --whole-file, sync -f")
    line("audit", "audit of both, 7 replicas", "xxhsum", "xxhsum -H2")
    line("deep", "audit --deep of a dense disk", "zstd", "zstd -t")
    print ""
    print "MB         bytes of the copies that are made, of the blobs that are read; of a dense disk those that are compressed"
    print "MiB        the most private memory of the process (RssAnon, looked at every 5 ms); stored: MB that the regions have more"
    print "ratio      how many times as fast sig is, within each run; it also reads each copy back from the disk and proves it"
    print "audits     begin with nothing in the page cache, as what is beside them"
    print "\ntargets"
    target(ratio("cp", "full"), 0.8, "replicate a full version beside cp and sync -f", " times as fast")
    target(ratio("cp", "delta"), 0.8, "replicate a delta beside cp and sync -f", " times as fast")
    target(ratio("xxhsum", "audit"), 0.8, "audit beside xxhsum -H2", " times as fast")
    say_failures()
}
