sig help gallery create >word
sig gallery create --help >flag
sig gallery create -h >letter
same word flag && same word letter
