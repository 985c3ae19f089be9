//go:build bench && cgo && linux

#include "rival.h"

#include <libyuv/convert_argb.h>

void bst_rival_show(uint8_t *const planes[3], const int strides[2], uint32_t *pixels, int stride, int width, int height) {
	I420ToARGB(planes[0], strides[0], planes[1], strides[1], planes[2], strides[1], (uint8_t *)pixels, stride * 4, width, height);
	for (int y = 0; y < height; y++)
		for (int x = 0; x < width; x++) pixels[(size_t)y * stride + x] &= 0xffffff;
}
