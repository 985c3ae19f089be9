//go:build cgo && linux && !headless

#include "vpx_encode.h"

#include <stdlib.h>
#include <string.h>

#include <libyuv/convert.h>
#include <vpx/vp8cx.h>
#include <vpx/vpx_encoder.h>

struct bst_encoder {
	vpx_codec_ctx_t ctx;
	vpx_codec_enc_cfg_t cfg;
	vpx_image_t *image;
	int64_t next;     // the earliest time the next frame can have
	int64_t duration; // of a frame, as far as is known before the next one
};

enum { ticks = 90000 }; // a second, as RTP counts

// Milliseconds of the rate that may be owed; WebRTC's own figures.
enum { buffer = 1000, buffer_first = 500, buffer_best = 600 };

// What text is quantised with at best, of 63: 51 dB at once, where a constant
// rate begins with 40. A film is kept to its rate by more.
enum { text_q = 16 };

static void set_common(bst_encoder *e, const bst_encoder_options *o) {
	vpx_codec_ctx_t *c = &e->ctx;
	vpx_codec_control(c, VP8E_SET_CPUUSED, o->speed);
	vpx_codec_control(c, VP8E_SET_STATIC_THRESHOLD, 1);
	vpx_codec_control(c, VP8E_SET_CQ_LEVEL, o->text ? text_q : 0);
	// A keyframe takes no more than 150 ms of the rate, text as much as it needs.
	vpx_codec_control(c, VP8E_SET_MAX_INTRA_BITRATE_PCT, o->text ? 0 : 450);
}

static void set_vp8(bst_encoder *e, const bst_encoder_options *o) {
	vpx_codec_ctx_t *c = &e->ctx;
	vpx_codec_control(c, VP8E_SET_SCREEN_CONTENT_MODE, o->text ? 1 : 0);
	vpx_codec_control(c, VP8E_SET_TOKEN_PARTITIONS, o->threads > 1 ? VP8_TWO_TOKENPARTITION : VP8_ONE_TOKENPARTITION);
}

static void set_vp9(bst_encoder *e, const bst_encoder_options *o) {
	vpx_codec_ctx_t *c = &e->ctx;
	int columns = 0;
	while (columns < 3 && (1 << columns) < o->threads) columns++;
	vpx_codec_control(c, VP9E_SET_TUNE_CONTENT, o->text ? VP9E_CONTENT_SCREEN : VP9E_CONTENT_DEFAULT);
	vpx_codec_control(c, VP9E_SET_AQ_MODE, o->text ? 0 : 3);
	vpx_codec_control(c, VP9E_SET_TILE_COLUMNS, columns);
	vpx_codec_control(c, VP9E_SET_ROW_MT, o->threads > 1);
	vpx_codec_control(c, VP9E_SET_FRAME_PARALLEL_DECODING, 0);
	vpx_codec_control(c, VP9E_SET_GF_CBR_BOOST_PCT, 0);
	vpx_codec_control(c, VP9E_SET_NOISE_SENSITIVITY, 0);
	vpx_codec_control(c, VP9E_SET_COLOR_SPACE, VPX_CS_BT_601);
	vpx_codec_control(c, VP9E_SET_COLOR_RANGE, VPX_CR_STUDIO_RANGE);
}

int bst_encoder_open(bst_encoder **out, const bst_encoder_options *o) {
	vpx_codec_iface_t *iface = o->vp9 ? vpx_codec_vp9_cx() : vpx_codec_vp8_cx();
	bst_encoder *e = calloc(1, sizeof *e);
	if (!e) return VPX_CODEC_MEM_ERROR;
	vpx_codec_enc_cfg_t *c = &e->cfg;
	int err = vpx_codec_enc_config_default(iface, c, 0);
	if (err) goto fail;
	c->g_w = o->width;
	c->g_h = o->height;
	c->g_timebase.num = 1;
	c->g_timebase.den = ticks;
	e->duration = ticks / o->fps;
	c->g_threads = o->threads;
	c->g_lag_in_frames = 0;
	c->g_error_resilient = 0; // lost packets are sent again, so that probabilities may be learnt
	c->rc_end_usage = o->text ? VPX_CQ : VPX_CBR;
	c->rc_target_bitrate = o->kilobits;
	c->rc_min_quantizer = o->min_q;
	c->rc_max_quantizer = o->max_q;
	c->rc_undershoot_pct = 100;
	c->rc_overshoot_pct = 15;
	c->rc_buf_sz = buffer;
	c->rc_buf_initial_sz = buffer_first;
	c->rc_buf_optimal_sz = buffer_best;
	c->rc_dropframe_thresh = 0;
	c->rc_resize_allowed = 0;
	c->kf_mode = VPX_KF_DISABLED; // when the caller says so
	err = vpx_codec_enc_init(&e->ctx, iface, c, 0);
	if (err) goto fail;
	set_common(e, o);
	if (o->vp9) set_vp9(e, o); else set_vp8(e, o);
	e->image = vpx_img_alloc(NULL, VPX_IMG_FMT_I420, o->width, o->height, 32);
	if (!e->image) {
		bst_encoder_close(e);
		return VPX_CODEC_MEM_ERROR;
	}
	e->image->cs = VPX_CS_BT_601;
	e->image->range = VPX_CR_STUDIO_RANGE;
	*out = e;
	return 0;
fail:
	free(e);
	return err;
}

int bst_encoder_rate(bst_encoder *e, int kilobits) {
	e->cfg.rc_target_bitrate = kilobits;
	return vpx_codec_enc_config_set(&e->ctx, &e->cfg);
}

bst_packet bst_encoder_frame(bst_encoder *e, const uint32_t *pixels, int stride, int64_t pts, int key) {
	bst_packet p = {0};
	vpx_image_t *m = e->image;
	// BT.601, limited range: what VP8 means and browsers take for granted.
	ARGBToI420((const uint8_t *)pixels, stride * 4, m->planes[0], m->stride[0], m->planes[1], m->stride[1],
		m->planes[2], m->stride[2], m->d_w, m->d_h);
	if (pts < e->next) pts = e->next;
	e->next = pts + 1;
	p.err = vpx_codec_encode(&e->ctx, m, pts, e->duration, key ? VPX_EFLAG_FORCE_KF : 0, VPX_DL_REALTIME);
	if (p.err) return p;
	vpx_codec_iter_t iter = NULL;
	const vpx_codec_cx_pkt_t *pkt;
	while ((pkt = vpx_codec_get_cx_data(&e->ctx, &iter))) {
		if (pkt->kind != VPX_CODEC_CX_FRAME_PKT) continue;
		p.data = pkt->data.frame.buf;
		p.size = pkt->data.frame.sz;
		p.key = (pkt->data.frame.flags & VPX_FRAME_IS_KEY) != 0;
		break; // without lag there is one
	}
	return p;
}

void bst_encoder_close(bst_encoder *e) {
	vpx_codec_destroy(&e->ctx);
	if (e->image) vpx_img_free(e->image);
	free(e);
}
