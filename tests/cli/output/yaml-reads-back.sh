# What -o yaml prints is, for a reader of YAML 1.1, what -o json prints.
need_command python3
python3 -c 'import yaml' 2>/dev/null || skip "python3-yaml is not there"
cat >compare.py <<'END'
import json, sys, yaml
shown, read = json.load(open("json")), yaml.safe_load(open("yaml"))
if json.dumps(shown) != json.dumps(read):
    sys.exit("differs: %r\n    and: %r" % (shown, read))
END
try() {
    sig "$@" -o json >json && sig "$@" -o yaml >yaml && python3 compare.py && tried=$((tried + 1))
}
tried=0
disk os.raw 1 1M && disk data.raw 2 1M && definition
sig gallery update prod --tags "on=off" "null=~" "1=2026-01-01" "a: b=- c" "#=yes" "empty=" "multi=line 1
line 2" "~=1e3" >/dev/null
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw --data-disk 0=data.raw --target-regions westus2=2 northeurope >/dev/null
try gallery show prod
try gallery list
try gallery list --query "[?name == 'none']"
try image-definition list prod
try image-version show prod/ubuntu/1.0.0 --expand ReplicationStatus
try inspect os.raw
try audit
# How much is free changes from one run to the next.
try sweep --plan --query "{operation: operation, fits: fits, regions: regions[].[region, fits, storageSavedPerMonth]}"
try region list
# Scalars, keys, and lists in each other, none of which may become something else.
python3 - <<'END' >query
import json
texts = ["", " ", "y", "N", "yes", "No", "on", "OFF", "true", "False", "null", "~", "0", "-0", "1", "1.", "1.0", ".5", "1e3", "1.5e+3",
         "0x1f", "0o17", "017", "0b1", "1_000", "12:30", "190:20:30.15", "1.2.3", "1.2.3.4", "01.2.3", "-1", "+1", "+.inf", "-.INF", ".nan",
         "2026-01-02", "2026-01-02 03:04:05", "2026-01-02T03:04:05Z", "-", "- a", "?", "? a", ":", ": a", "a:", "a: b", "a:b", "a #b",
         "a#b", "#", "&a", "*a", "!a", "!!str a", "|", "|-", ">", "'a'", "\"a\"", "%a", "@a", "[a]", "{a}", "[]", "{}", ",", " a", "a ",
         "---", "...", "--- a", "<<", "=", "a\nb", "a\n", "\n", "\ta", "a\tb", "a\\nb", "\r\n", "\u0085", "\u00a0", "\u2028", "\u2029",
         "\ufeff", "\ufffe", "\uffff", "\u200b", "\u202e", "\u001b[31m", "\u007f", "\u009b", "\u00e4", "\u6f22\u5b57", "\U0001f600", "a" * 3000,
         "a b " * 60, "k" * 1100]
values = [0, -1, 9007199254740992, -9007199254740992, 2.5, 1e300, 1.5e-7, -2e22, 1e17, True, False, None, [], {}]
both = [t for t in texts if "`" not in t]
document = {
    "strings": both, "keys": {t: t for t in both}, "values": values,
    "nested": [[1, [2, [[], [3]]]], [{"a": {"b": [{"c": [[{}]]}]}}], {"x": [], "y": {}, "z": [[]]}],
    "long": {"k" * 1100 + t: v for t, v in [("a", [1, {"b": 2}]), ("b", {"c": [3]}), ("c", "no"), ("d: #", []), ("e", [[1]])]},
}
print("`" + json.dumps(document) + "`", end="")
END
try region list --query "$(cat query)"
for text in '`"no"`' '`"a: b"`' '`"2026-01-02"`' '`1`' '`true`' '`[]`' '`{}`'; do
    try region list --query "$text"
done
echo "$tried results read back"
