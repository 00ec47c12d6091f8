head -c 16777216 /dev/zero | tr "\0" x >notes
sig gallery create prod --description @notes
printf x >>notes
sig gallery create prod --description @notes
