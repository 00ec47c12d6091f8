# A program that does not know the trash would sweep what it needs: from the first gallery on that keeps what is deleted
# the store asks for one that does, and from none that merely says how long.
needs() {
    sed -n '/requiredFeatures/,/\]/p' store/store.json
}
sig gallery create old --soft-delete-retention-period 3 -o none
needs
sig gallery update gone --soft-delete true 2>&1
sig gallery update old --set softDeletePolicy.gracePeriodInDays=-9 softDeletePolicy.isSoftDeleteEnabled=true 2>&1
needs
sig gallery update old --set softDeletePolicy.isSoftDeleteEnabled=true -o none
needs
sig gallery create prod --soft-delete -o none
sig gallery delete prod && sig gallery delete old
needs
sig audit --query sound
