// What Go says to libvpx's decoder.
#include <stddef.h>
#include <stdint.h>

typedef struct bst_decoder bst_decoder;

int bst_decoder_open(bst_decoder **d, int vp9);
// Decodes one frame into width times height pixels; 0, a vpx_codec_err_t, or
// the below.
enum { bst_other_size = 1000, bst_nothing_shown, bst_corrupt, bst_format };
int bst_decoder_frame(bst_decoder *d, const void *data, size_t size, uint32_t *pixels, int stride, int width, int height);
size_t bst_decoder_held(const bst_decoder *d); // bytes
void bst_decoder_close(bst_decoder *d);
