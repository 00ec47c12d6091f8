sig gallery create prod --tags a=1 >before
sig gallery update prod >after && same before after
