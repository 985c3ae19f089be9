//go:build bench && cgo && linux

#include "rival.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <libyuv/convert.h>
#include <wels/codec_api.h>

typedef struct {
	ISVCEncoder *enc;
	int width, height;
	uint8_t *planes, *out;
	size_t room;
} encoder;

static void *h264_open(int width, int height, int bits, int fps, int threads) {
	encoder *e = calloc(1, sizeof *e);
	if (WelsCreateSVCEncoder(&e->enc)) return NULL;
	int quiet = WELS_LOG_QUIET;
	(*e->enc)->SetOption(e->enc, ENCODER_OPTION_TRACE_LEVEL, &quiet);
	SEncParamExt p;
	(*e->enc)->GetDefaultParams(e->enc, &p);
	p.iUsageType = CAMERA_VIDEO_REAL_TIME;
	p.iPicWidth = width;
	p.iPicHeight = height;
	p.iTargetBitrate = bits;
	p.iMaxBitrate = UNSPECIFIED_BIT_RATE;
	p.iRCMode = RC_BITRATE_MODE;
	p.fMaxFrameRate = fps;
	p.iSpatialLayerNum = 1;
	p.iTemporalLayerNum = 1;
	p.uiIntraPeriod = 0;
	p.iEntropyCodingModeFlag = 0;
	p.iComplexityMode = LOW_COMPLEXITY;
	p.bEnableFrameSkip = false;
	p.bEnableDenoise = false;
	p.bEnableBackgroundDetection = true;
	p.bEnableAdaptiveQuant = true;
	p.bEnableSceneChangeDetect = false;
	p.iMultipleThreadIdc = threads;
	SSpatialLayerConfig *l = &p.sSpatialLayers[0];
	l->iVideoWidth = width;
	l->iVideoHeight = height;
	l->fFrameRate = fps;
	l->iSpatialBitrate = bits;
	l->iMaxSpatialBitrate = UNSPECIFIED_BIT_RATE;
	l->sSliceArgument.uiSliceMode = threads > 1 ? SM_FIXEDSLCNUM_SLICE : SM_SINGLE_SLICE;
	l->sSliceArgument.uiSliceNum = threads;
	if ((*e->enc)->InitializeExt(e->enc, &p)) return NULL;
	e->width = width;
	e->height = height;
	e->planes = malloc((size_t)width * height * 2);
	e->room = (size_t)width * height * 2;
	e->out = malloc(e->room);
	return e;
}

static int h264_rate(void *p, int bits) {
	encoder *e = p;
	SBitrateInfo b = {SPATIAL_LAYER_ALL, bits};
	return (*e->enc)->SetOption(e->enc, ENCODER_OPTION_BITRATE, &b);
}

static bst_rival_packet h264_encode(void *p, const uint32_t *pixels, int stride, int64_t at, int key) {
	encoder *e = p;
	int w = e->width, h = e->height, half = w / 2;
	uint8_t *y = e->planes, *u = y + w * h, *v = u + half * (h / 2);
	bst_rival_packet out = {0};
	ARGBToI420((const uint8_t *)pixels, stride * 4, y, w, u, half, v, half, w, h);
	if (key) (*e->enc)->ForceIntraFrame(e->enc, true);
	SSourcePicture src = {0};
	src.iColorFormat = videoFormatI420;
	src.iPicWidth = w;
	src.iPicHeight = h;
	src.iStride[0] = w;
	src.iStride[1] = src.iStride[2] = half;
	src.pData[0] = y;
	src.pData[1] = u;
	src.pData[2] = v;
	src.uiTimeStamp = at;
	SFrameBSInfo info = {0};
	out.err = (*e->enc)->EncodeFrame(e->enc, &src, &info);
	for (int i = 0; !out.err && i < info.iLayerNum; i++) {
		SLayerBSInfo *l = &info.sLayerInfo[i];
		int size = 0;
		for (int n = 0; n < l->iNalCount; n++) size += l->pNalLengthInByte[n];
		if (out.size + size > e->room) {
			out.err = -1;
			break;
		}
		memcpy(e->out + out.size, l->pBsBuf, size);
		out.size += size;
	}
	out.data = e->out;
	out.key = info.eFrameType == videoFrameTypeIDR;
	return out;
}

static void h264_close(void *p) {
	encoder *e = p;
	(*e->enc)->Uninitialize(e->enc);
	WelsDestroySVCEncoder(e->enc);
	free(e->planes);
	free(e->out);
	free(e);
}

static void *h264_open_decoder(void) {
	ISVCDecoder *d;
	if (WelsCreateDecoder(&d)) return NULL;
	SDecodingParam p = {0};
	p.sVideoProperty.eVideoBsType = VIDEO_BITSTREAM_AVC;
	return (*d)->Initialize(d, &p) ? NULL : d;
}

static int h264_decode(void *p, const void *data, size_t size, uint32_t *pixels, int stride, int width, int height) {
	ISVCDecoder *d = p;
	uint8_t *planes[3] = {0};
	SBufferInfo info = {0};
	int err = (*d)->DecodeFrameNoDelay(d, data, (int)size, planes, &info);
	if (err) return err;
	if (info.iBufferStatus != 1 || info.UsrData.sSystemBuffer.iWidth != width || info.UsrData.sSystemBuffer.iHeight != height) return -1;
	bst_rival_show(planes, info.UsrData.sSystemBuffer.iStride, pixels, stride, width, height);
	return 0;
}

static void h264_close_decoder(void *p) {
	ISVCDecoder *d = p;
	(*d)->Uninitialize(d);
	WelsDestroyDecoder(d);
}

const bst_rival bst_h264 = {h264_open, h264_rate, h264_encode, h264_close, h264_open_decoder, h264_decode, h264_close_decoder};
