//go:build cgo && linux && !headless

// libvpx takes all that grows with a picture through these four functions. The
// linker takes ours before those of the static library, so that a hostile
// frame gets no more memory than the picture it was called with may need, also
// where its size stands in a place that nothing reads before libvpx does.

#include "vpx_memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <vpx/vpx_integer.h>

__thread bst_account *bst_payer;

// The header in front of each block; sized so that what follows is aligned.
typedef struct {
	void *block;
	bst_account *payer;
	size_t size;
	size_t unused;
} header;

void *vpx_memalign(size_t align, size_t size);
void *vpx_malloc(size_t size);
void *vpx_calloc(size_t num, size_t size);
void vpx_free(void *p);

void *vpx_memalign(size_t align, size_t size) {
	if (align < 32) align = 32;
	if (size > SIZE_MAX / 2) return NULL;
	size_t all = size + align + sizeof(header);
	bst_account *a = bst_payer;
	if (a && all > a->most - a->held) return NULL;
	void *block = malloc(all);
	if (!block) return NULL;
	uintptr_t at = ((uintptr_t)block + sizeof(header) + align - 1) / align * align;
	header *h = (header *)at - 1;
	h->block = block;
	h->payer = a;
	h->size = all;
	if (a) a->held += all;
	return (void *)at;
}

void *vpx_malloc(size_t size) { return vpx_memalign(32, size); }

void *vpx_calloc(size_t num, size_t size) {
	if (size && num > SIZE_MAX / 2 / size) return NULL;
	void *p = vpx_memalign(32, num * size);
	if (p) memset(p, 0, num * size);
	return p;
}

void vpx_free(void *p) {
	if (!p) return;
	header *h = (header *)p - 1;
	if (h->payer) h->payer->held -= h->size;
	free(h->block);
}
