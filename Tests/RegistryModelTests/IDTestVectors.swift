/// Test numbers for GB 11643, made here: birth years before 1860 or areas that never
/// existed, so nobody can hold them; the first two are the examples that go with the standard.
let vectorText = """
  number,expect,why
  11010519491231002X,valid,example commonly printed with GB 11643-1999 (standard text itself not read)
  440524188001010014,valid,example commonly printed with GB 11643-1999 (standard text itself not read)
  421224180101018405,valid,"made up: birth year before 1860, so no holder can exist"
  430523180602083054,valid,"made up: birth year before 1860, so no holder can exist"
  430524181103152773,valid,"made up: birth year before 1860, so no holder can exist"
  620422181604222650,valid,"made up: birth year before 1860, so no holder can exist"
  621121182105012344,valid,"made up: birth year before 1860, so no holder can exist"
  15012118260608836X,valid,"made up: birth year before 1860, so no holder can exist"
  520221183107151378,valid,"made up: birth year before 1860, so no holder can exist"
  530113183608225853,valid,"made up: birth year before 1860, so no holder can exist"
  610728184109014631,valid,"made up: birth year before 1860, so no holder can exist"
  652222184610089964,valid,"made up: birth year before 1860, so no holder can exist"
  360721185111156637,valid,"made up: birth year before 1860, so no holder can exist"
  411626185612223465,valid,"made up: birth year before 1860, so no holder can exist"
  421224185006150021,valid,"made up: birth year before 1860, so no holder can exist"
  421224185006150080,valid,"made up: birth year before 1860, so no holder can exist"
  42122418500615003X,valid,"made up: birth year before 1860, so no holder can exist"
  421224185006150099,valid,"made up: birth year before 1860, so no holder can exist"
  421224185006150048,valid,"made up: birth year before 1860, so no holder can exist"
  421224185006150187,valid,"made up: birth year before 1860, so no holder can exist"
  421224185006150056,valid,"made up: birth year before 1860, so no holder can exist"
  421224185006150195,valid,"made up: birth year before 1860, so no holder can exist"
  421224185006150064,valid,"made up: birth year before 1860, so no holder can exist"
  421224185006150013,valid,"made up: birth year before 1860, so no holder can exist"
  421224185006150072,valid,"made up: birth year before 1860, so no holder can exist"
  999999500615001,old-15,"15-digit form: two-digit year, no check digit; area code 999999 is in no edition of GB/T 2260, so no holder can exist"
  421224180101018404,invalid,wrong check digit
  421225180101018405,invalid,one digit changed
  421224810101018405,invalid,two neighbouring digits swapped
  999999185006150010,invalid,area code not in GB/T 2260 (check digit right)
  421224185002290019,invalid,29 February in a year that is not a leap year (check digit right)
  421224185013010019,invalid,month 13 (check digit right)
  421224185006000015,invalid,day 00 (check digit right)
  421224209901010010,invalid,birth date after 2010 (check digit right)
  42122418010101840,invalid,17 digits
  4212241801010184050,invalid,19 digits
  X21224180101018405,invalid,letter outside the last place
  15012118260608836x,invalid,lower-case x: the rule prints a capital X; accept only after folding
  42122418010101840542,disability-20,20-digit disability certificate: ID number + kind 4 (physical) + grade 2; made up
  """
