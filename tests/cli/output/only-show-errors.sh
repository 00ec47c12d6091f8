echo "notes:"
sig gallery list --store other
echo "none:"
sig gallery list --store other --only-show-errors
sig gallery show prod --store other --only-show-errors
sig gallery list --only-show-errors --verbose
sig --debug gallery list --only-show-errors
sig gallery list --store other --only-show-errors --acquire-policy-token --change-reference "CHG1"
