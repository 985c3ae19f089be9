// What Go says to libvpx's encoder.
#include <stddef.h>
#include <stdint.h>

typedef struct bst_encoder bst_encoder;

typedef struct {
	int vp9, width, height, kilobits, fps, threads, text;
	int speed, min_q, max_q; // how libvpx is set
} bst_encoder_options;

typedef struct {
	const void *data; // the encoder's, until its next frame
	size_t size;
	int key;
	int err; // vpx_codec_err_t
} bst_packet;

int bst_encoder_open(bst_encoder **e, const bst_encoder_options *o);
int bst_encoder_rate(bst_encoder *e, int kilobits);
bst_packet bst_encoder_frame(bst_encoder *e, const uint32_t *pixels, int stride, int64_t pts, int key);
void bst_encoder_close(bst_encoder *e);
