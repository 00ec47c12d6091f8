definition
for i in 1 2 3 4; do
    disk os.raw $i 300K && sig image-version create prod/ubuntu/1.$i.0 --os-disk os.raw --target-regions westus2 westeurope >/dev/null
done
# Blobs have the time at which they were last read back whole.
read_times() { find store -name '*.blob' -printf '%TY-%Tm-%Td %f\n' | sort; }
find store -name '*.blob' -exec touch -d 2025-06-01 {} +
set -- store/regions/westus2/standard_lrs/1/blobs/*.blob
touch -d 2020-01-01 "$4"; touch -d 2021-01-01 "$1"
sig audit --sample 1%
read_times
sig audit --sample 25% --query '[blobs, blobsSkipped, oldestVerifiedDate]' -o tsv
read_times
# What was not read is not judged; in the end all is.
patch "$2" 5000 rot; touch -d 2026-01-02T03:04:05Z "$2"
for turn in 1 2 3 4; do sig audit --sample 25% --query '[sound, blobs, blobsSkipped]' -o tsv 2>/dev/null; done
sig audit --max-time 1h --deep --query '[sound, blobs, blobsSkipped, oldestVerifiedDate]' -o tsv 2>/dev/null; echo $?
sig repair >/dev/null && sig audit --deep prod/ubuntu/1.1.0 --query '[sound, blobs]' -o tsv
# All but the damaged one: an audit without limits notes it, too.
find store -name '*.blob' -exec touch -d 2025-06-01 {} + && sig audit >/dev/null && read_times
# A time that lies ahead says nothing: the clock was wrong then.
find store -name '*.blob' -exec touch -d 2026-01-01 {} + && touch -d 2036-01-01 "$3"
sig audit --sample 1% -o none && read_times | sort | tail -n 1
for what in 0% 101% 5 5.0001% %; do sig audit --sample $what; done
for what in 0s 5 1w 1.5h; do sig audit --max-time $what; done
