"""How rules are checked: one module a family, named as the folders in rules/. `registry` lists them."""
