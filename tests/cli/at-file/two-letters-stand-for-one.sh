sig gallery create prod --description @@home --query description
