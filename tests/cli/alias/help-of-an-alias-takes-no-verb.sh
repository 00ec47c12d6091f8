sig help create prod
