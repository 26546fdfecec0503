/* provisional */
#include <stdio.h>
int main(int argc, char **argv) { if (argc != 3) return 1; FILE *f = fopen(argv[2], "wb"); if (!f) return 1; fputc(0, f); return fclose(f) != 0; }
