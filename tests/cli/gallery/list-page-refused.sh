sig gallery list --max-items 0
sig gallery list --max-items many
sig gallery show prod --max-items 1
