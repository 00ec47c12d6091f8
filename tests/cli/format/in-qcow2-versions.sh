imported qcow2
imported qcow2 compat=0.10
imported qcow2 compat=1.1
imported qcow2 compat=1.1,lazy_refcounts=on
imported qcow2 compat=1.1,refcount_bits=1
imported qcow2 compat=1.1,refcount_bits=64
