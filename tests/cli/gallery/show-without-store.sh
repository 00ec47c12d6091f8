sig gallery show prod
