for word in tomorrow 2027-02-29 2027-13-01 2027-1-1 01.02.2027 20270101 2027-01-01T25:00:00Z; do
    sig image-definition create prod/a --os-type linux -p a -f b -s c --end-of-life-date "$word"
done
