// What a decoder may take of memory.
#include <stddef.h>

typedef struct {
	size_t held, most; // bytes
} bst_account;

// Who pays for what libvpx takes on this thread; NULL: without a bound.
extern __thread bst_account *bst_payer;
