# Nothing is shared where there is no store.
sig gallery list-shared
sig gallery list-community
sig gallery show-shared -n x
echo "status $?"
sig gallery show-community -n x
echo "status $?"
sig share add prod --subscription-ids 6a1f0f6e-3a52-4f6e-9d0e-2f1f3b1f7d11
echo "status $?"
sig access show
echo "status $?"
ls
