// Constants of the ABI that are made of macros which Swift does not import.

/// `TC_NO_DAY`.
let noDay = Int32.min

/// `TC_NO_PLACE`.
let noPlace = UInt64.max
