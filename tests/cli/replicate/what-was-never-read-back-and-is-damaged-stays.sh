# A publish that was killed has stored a blob that is damaged, and nobody has read it back. Who relies on it next finds that out;
# what else lies in it is still to be had.
definition && disk one.raw 1 300K && disk two.raw 2 300K
cat one.raw two.raw >both.raw
sig image-version create prod/ubuntu/1.0.0 --os-disk both.raw >/dev/null
blob=$(find store/regions -name '*.blob')
patch $blob 5000 x && touch -d @0 $blob
sig image-version create prod/ubuntu/2.0.0 --os-disk two.raw >/dev/null
echo $?
sig replicate prod/ubuntu/2.0.0 >/dev/null
echo $?
find store/regions -name '*.blob'
sig image-version export prod/ubuntu/2.0.0 out.raw >/dev/null && same two.raw out.raw
