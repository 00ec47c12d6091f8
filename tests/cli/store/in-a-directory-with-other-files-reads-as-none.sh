mkdir store && touch store/mine
sig gallery list
