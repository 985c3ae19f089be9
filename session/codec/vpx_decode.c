//go:build cgo && linux && !headless

#include "vpx_decode.h"
#include "vpx_memory.h"

#include <stdlib.h>

#include <libyuv/convert_argb.h>
#include <vpx/vp8dx.h>
#include <vpx/vpx_decoder.h>

struct bst_decoder {
	vpx_codec_ctx_t ctx;
	bst_account account;
};

// Bytes: a pixel's part of eight references and four pictures under way, with
// what is kept of each block; and what a decoder needs for itself, its borders
// and a row that is being decoded.
static size_t allowed(size_t pixels) { return pixels * 48 + ((size_t)48 << 20); }

int bst_decoder_open(bst_decoder **out, int vp9) {
	bst_decoder *d = calloc(1, sizeof *d);
	if (!d) return VPX_CODEC_MEM_ERROR;
	vpx_codec_dec_cfg_t cfg = {.threads = 1};
	int err = vpx_codec_dec_init(&d->ctx, vp9 ? vpx_codec_vp9_dx() : vpx_codec_vp8_dx(), &cfg, 0);
	if (err) {
		free(d);
		return err;
	}
	*out = d;
	return 0;
}

// Rows at a time that stay in the processor's cache between the two passes.
enum { band = 16 };

static void show(const vpx_image_t *m, uint32_t *pixels, int stride) {
	int width = m->d_w, height = m->d_h;
	for (int y = 0; y < height; y += band) {
		int rows = height - y < band ? height - y : band;
		uint32_t *to = pixels + (size_t)y * stride;
		I420ToARGBMatrix(m->planes[0] + (ptrdiff_t)y * m->stride[0], m->stride[0],
			m->planes[1] + (ptrdiff_t)(y / 2) * m->stride[1], m->stride[1],
			m->planes[2] + (ptrdiff_t)(y / 2) * m->stride[2], m->stride[2],
			(uint8_t *)to, stride * 4, &kYuvI601Constants, width, rows);
		// libyuv says opaque where a bitmap has zeros.
		for (int i = 0; i < rows; i++, to += stride)
			for (int x = 0; x < width; x++) to[x] &= 0xffffff;
	}
}

int bst_decoder_frame(bst_decoder *d, const void *data, size_t size, uint32_t *pixels, int stride, int width, int height) {
	d->account.most = allowed((size_t)width * height);
	if (d->account.most < d->account.held) d->account.most = d->account.held;
	bst_payer = &d->account;
	int err = vpx_codec_decode(&d->ctx, data, size, NULL, 0);
	bst_payer = NULL;
	// What there is is fetched in any case: else it would come out later.
	vpx_codec_iter_t iter = NULL;
	vpx_image_t *m = NULL, *next;
	while ((next = vpx_codec_get_frame(&d->ctx, &iter))) m = next;
	if (err) return err;
	int corrupted = 0;
	if (vpx_codec_control(&d->ctx, VP8D_GET_FRAME_CORRUPTED, &corrupted) || corrupted) return bst_corrupt;
	if (!m) return bst_nothing_shown;
	if (m->fmt != VPX_IMG_FMT_I420) return bst_format;
	if ((int)m->d_w != width || (int)m->d_h != height) return bst_other_size;
	show(m, pixels, stride);
	return 0;
}

size_t bst_decoder_held(const bst_decoder *d) { return d->account.held; }

void bst_decoder_close(bst_decoder *d) {
	vpx_codec_destroy(&d->ctx);
	free(d);
}
