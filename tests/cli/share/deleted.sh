# A gallery that is shared is not deleted by mistake, recursively or planned; one that nobody has any more is.
exec 2>&1
sig gallery create team --permissions Groups -o none
sig share add team --subscription-ids 6a1f0f6e-3a52-4f6e-9d0e-2f1f3b1f7d11 -o none
sig gallery delete team
echo "status $?"
sig gallery delete team --recursive
echo "status $?"
sig gallery delete team --recursive --plan
echo "status $?"
sig share reset team -o none
sig gallery delete team
sig gallery create open --permissions Community --publisher-uri https://a.example --publisher-email a@a.example \
    --eula https://a.example/eula --public-name-prefix public -o none
sig share enable-community open -o none
sig gallery delete open
echo "status $?"
sig share reset open -o none && sig gallery delete open
sig gallery list
