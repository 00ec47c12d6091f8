printf "first line\nsecond line\n" >notes
sig gallery create prod --description @notes --query description
sig gallery update prod --description=@notes --query description -o tsv
printf "no newline" >notes
sig gallery update prod --description @notes --query description
