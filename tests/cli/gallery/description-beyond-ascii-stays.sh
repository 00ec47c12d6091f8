sig gallery create prod --description 'Köln 東京 🐧' >/dev/null
sig gallery show prod | grep description
sig gallery list -o table
