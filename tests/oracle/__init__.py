"""An oracle for tiny cases, written from contract section 5 and sharing no code with the product.

It reads the plain tables a user writes, enumerates the 0/1 choices and settles areas and persons
with exact rational linear programs. Nothing here imports ``models`` or ``optimizer``,
but for ``against.py``, which runs the product through its public API.
"""
