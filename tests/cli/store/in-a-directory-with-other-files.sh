mkdir store && touch store/mine
sig gallery create prod
ls store
