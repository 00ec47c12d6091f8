definition
disk os.raw 1 100K
sig image-version create prod/ubuntu/1.0.0 --os-disk os.raw >/dev/null
{ echo before; sig image-version export prod/ubuntu/1.0.0 -; } >back.raw
{ echo before; cat os.raw; } | same - back.raw
