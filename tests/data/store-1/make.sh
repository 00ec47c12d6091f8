#!/bin/sh
# make.sh DIRECTORY: make the store of format 1 that every later release must be able to read, and what it shows, in an empty
# directory: store.tar.gz and shown. Made once, by the release whose format it is; never again. BUILD: where the programs are.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$1"
set --
PATH=$BUILD:$PATH
export PATH SIG_STORE=store SIG_CLOCK=2026-01-02T03:04:05Z SIG_RANDOM=1
# shellcheck source=/dev/null
. "$here/disks.sh"
for codec in zstd zlib none; do
    sig gallery create "Gallery.$codec" --location westus2 --compression "$codec" --description "compressed with $codec" --tags kind=golden
    sig image-definition create "Gallery.$codec/ubuntu" --publisher Contoso --offer Server --sku "$codec" --os-type Linux
    sig image-version create "Gallery.$codec/ubuntu/1.0.0" --os-disk "first.$codec" --target-regions westus2=2 eastus
    sig image-version create "Gallery.$codec/ubuntu/1.1.0" --os-disk "second.$codec" --data-vhds-luns 3 --data-vhds-uris "data.$codec"
done >/dev/null
sig image-version delete Gallery.none/ubuntu/1.1.0
shown >"$PWD/shown"
tar --sort=name --owner=0 --group=0 --numeric-owner --format=ustar -cf - store | gzip -9n >store.tar.gz
