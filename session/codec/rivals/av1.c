//go:build bench && cgo && linux

#include "rival.h"

#include <stdlib.h>

#include <aom/aom_decoder.h>
#include <aom/aom_encoder.h>
#include <aom/aomcx.h>
#include <aom/aomdx.h>
#include <libyuv/convert.h>

typedef struct {
	aom_codec_ctx_t ctx;
	aom_codec_enc_cfg_t cfg;
	aom_image_t *image;
	int fps;
} encoder;

static void *av1_open(int width, int height, int bits, int fps, int threads) {
	encoder *e = calloc(1, sizeof *e);
	aom_codec_iface_t *iface = aom_codec_av1_cx();
	aom_codec_enc_cfg_t *c = &e->cfg;
	if (aom_codec_enc_config_default(iface, c, AOM_USAGE_REALTIME)) return NULL;
	c->g_w = width;
	c->g_h = height;
	c->g_timebase.num = 1;
	c->g_timebase.den = 1000;
	c->g_threads = threads;
	c->g_lag_in_frames = 0;
	c->rc_end_usage = AOM_CBR;
	c->rc_target_bitrate = bits / 1000;
	c->rc_min_quantizer = 4;
	c->rc_max_quantizer = 56;
	c->rc_undershoot_pct = 50;
	c->rc_overshoot_pct = 50;
	c->rc_buf_sz = 1000;
	c->rc_buf_initial_sz = 600;
	c->rc_buf_optimal_sz = 600;
	c->rc_dropframe_thresh = 0;
	c->kf_mode = AOM_KF_DISABLED;
	if (aom_codec_enc_init(&e->ctx, iface, c, 0)) return NULL;
	aom_codec_ctx_t *x = &e->ctx;
	aom_codec_control(x, AOME_SET_CPUUSED, 10);
	aom_codec_control(x, AOME_SET_MAX_INTRA_BITRATE_PCT, 450);
	aom_codec_control(x, AV1E_SET_ROW_MT, 1);
	aom_codec_control(x, AV1E_SET_TILE_COLUMNS, threads > 1 ? 1 : 0);
	aom_codec_control(x, AV1E_SET_AQ_MODE, 3);
	aom_codec_control(x, AV1E_SET_CDF_UPDATE_MODE, 1);
	aom_codec_control(x, AV1E_SET_ENABLE_CDEF, 1);
	aom_codec_control(x, AV1E_SET_ENABLE_RESTORATION, 0);
	aom_codec_control(x, AV1E_SET_ENABLE_OBMC, 0);
	aom_codec_control(x, AV1E_SET_ENABLE_GLOBAL_MOTION, 0);
	aom_codec_control(x, AV1E_SET_ENABLE_WARPED_MOTION, 0);
	aom_codec_control(x, AV1E_SET_ENABLE_PALETTE, 0);
	aom_codec_control(x, AV1E_SET_ENABLE_INTRABC, 0);
	aom_codec_control(x, AV1E_SET_ENABLE_ORDER_HINT, 0);
	aom_codec_control(x, AV1E_SET_ENABLE_TPL_MODEL, 0);
	aom_codec_control(x, AV1E_SET_DELTAQ_MODE, 0);
	aom_codec_control(x, AV1E_SET_COEFF_COST_UPD_FREQ, 3);
	aom_codec_control(x, AV1E_SET_MODE_COST_UPD_FREQ, 3);
	aom_codec_control(x, AV1E_SET_MV_COST_UPD_FREQ, 3);
	e->fps = fps;
	e->image = aom_img_alloc(NULL, AOM_IMG_FMT_I420, width, height, 32);
	return e;
}

static int av1_rate(void *p, int bits) {
	encoder *e = p;
	e->cfg.rc_target_bitrate = bits / 1000;
	return aom_codec_enc_config_set(&e->ctx, &e->cfg);
}

static bst_rival_packet av1_encode(void *p, const uint32_t *pixels, int stride, int64_t at, int key) {
	encoder *e = p;
	aom_image_t *m = e->image;
	bst_rival_packet out = {0};
	ARGBToI420((const uint8_t *)pixels, stride * 4, m->planes[0], m->stride[0], m->planes[1], m->stride[1],
		m->planes[2], m->stride[2], m->d_w, m->d_h);
	out.err = aom_codec_encode(&e->ctx, m, at, 1000 / e->fps, key ? AOM_EFLAG_FORCE_KF : 0);
	aom_codec_iter_t iter = NULL;
	const aom_codec_cx_pkt_t *pkt;
	while (!out.err && (pkt = aom_codec_get_cx_data(&e->ctx, &iter))) {
		if (pkt->kind != AOM_CODEC_CX_FRAME_PKT) continue;
		out.data = pkt->data.frame.buf;
		out.size = pkt->data.frame.sz;
		out.key = (pkt->data.frame.flags & AOM_FRAME_IS_KEY) != 0;
		break;
	}
	return out;
}

static void av1_close(void *p) {
	encoder *e = p;
	aom_codec_destroy(&e->ctx);
	aom_img_free(e->image);
	free(e);
}

static void *av1_open_decoder(void) {
	aom_codec_ctx_t *x = calloc(1, sizeof *x);
	aom_codec_dec_cfg_t cfg = {.threads = 1, .allow_lowbitdepth = 1};
	return aom_codec_dec_init(x, aom_codec_av1_dx(), &cfg, 0) ? NULL : x;
}

static int av1_decode(void *p, const void *data, size_t size, uint32_t *pixels, int stride, int width, int height) {
	aom_codec_ctx_t *x = p;
	int err = aom_codec_decode(x, data, size, NULL);
	if (err) return err;
	aom_codec_iter_t iter = NULL;
	aom_image_t *m = aom_codec_get_frame(x, &iter);
	if (!m || (int)m->d_w != width || (int)m->d_h != height) return -1;
	bst_rival_show(m->planes, m->stride, pixels, stride, width, height);
	return 0;
}

static void av1_close_decoder(void *p) {
	aom_codec_destroy(p);
	free(p);
}

const bst_rival bst_av1 = {av1_open, av1_rate, av1_encode, av1_close, av1_open_decoder, av1_decode, av1_close_decoder};
