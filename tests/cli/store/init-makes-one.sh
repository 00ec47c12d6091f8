# A store is made once, and printed each time.
sig store show
sig store init --query '[name, sharedWith]' -o tsv
sig store init --query id
sig store show --query id
sig gallery create prod -o none
sig store init --query '[name, sharedWith]' -o tsv
sig store init --shared nosuchgroup
sig store init --shared ''
sig store init --shared -1
sig store init prod
mkdir other && touch other/file
sig store init --store other
