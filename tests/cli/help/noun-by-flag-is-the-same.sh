sig help gallery >word
sig gallery --help >flag
same word flag
