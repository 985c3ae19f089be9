// What Go says to an encoder with its decoder.
#include <stddef.h>
#include <stdint.h>

typedef struct {
	const void *data; // until the next frame
	size_t size;
	int key, err;
} bst_rival_packet;

typedef struct {
	void *(*open)(int width, int height, int bits, int fps, int threads);
	int (*rate)(void *, int bits);
	bst_rival_packet (*encode)(void *, const uint32_t *pixels, int stride, int64_t milliseconds, int key);
	void (*close)(void *);
	void *(*open_decoder)(void);
	int (*decode)(void *, const void *data, size_t size, uint32_t *pixels, int stride, int width, int height);
	void (*close_decoder)(void *);
} bst_rival;

extern const bst_rival bst_av1, bst_h264;

// Row 0 of each plane, and how far it is to the next.
void bst_rival_show(uint8_t *const planes[3], const int strides[2], uint32_t *pixels, int stride, int width, int height);
