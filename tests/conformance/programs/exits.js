// The program ends itself with a code.

process.exit(7);
