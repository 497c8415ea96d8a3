// Every file of this module tells things in two languages.
@_exported public import Bilingual
