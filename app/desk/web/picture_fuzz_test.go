package web_test

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/beistand/beistand/session/picture"
)

// update is one as Go sends them.
type update struct {
	Data string // base64
	Want string // the picture's sum and its regions; "" for none
}

// series makes updates with every operation, of which some are altered, and
// what Go's decoder makes of them.
func series(t testing.TB, random *rand.Rand, count int) (all []update) {
	t.Helper()
	d, err := picture.NewDecoder()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	var out bytes.Buffer
	var stream *flate.Writer
	var ops *writer
	for range count {
		fresh := stream == nil
		head := []byte{2, 2}
		if fresh {
			ops = &writer{Rand: random, w: 2 + random.IntN(200), h: 16 + random.IntN(150)}
			head = []byte{2, 0x82, byte(ops.w >> 8), byte(ops.w), byte(ops.h >> 8), byte(ops.h)}
			if stream, err = flate.NewWriter(&out, flate.BestSpeed); err != nil {
				t.Fatal(err)
			}
		}
		ops.b = nil
		for range 1 + random.IntN(6) {
			ops.operation()
		}
		if random.IntN(3) == 0 {
			for range 1 + random.IntN(3) {
				ops.b[random.IntN(len(ops.b))] = byte(random.IntN(256))
			}
		}
		out.Reset()
		if _, err := stream.Write(ops.b); err != nil {
			t.Fatal(err)
		}
		if err := stream.Flush(); err != nil {
			t.Fatal(err)
		}
		size := &writer{b: head}
		size.varint(len(ops.b))
		data := append(size.b, out.Bytes()...)
		u := update{Data: base64.StdEncoding.EncodeToString(data)}
		got, err := d.Decode(data)
		if err == nil {
			u.Want = sum(shown(got.Picture)) + " " + regions(got.Motion)
		} else {
			stream = nil
		}
		all = append(all, u)
	}
	return all
}

func regions(all []picture.Region) string {
	text := ""
	for id := range 9 {
		for _, r := range all {
			if int(r.ID) == id {
				text += fmt.Sprint(r.ID, r.Rect.Min.X, r.Rect.Min.Y, r.Rect.Dx(), r.Rect.Dy(), ";")
			}
		}
	}
	return text
}

// TestSameAsGo gives both decoders the same updates, right and wrong ones: the
// browser's takes what Go's takes, and makes the same of it.
func TestSameAsGo(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	all := series(t, random, 1500)
	text, _ := json.Marshal(all) // strings
	b := laboratory(t)
	got := eval[[]string](b, fmt.Sprintf(`(async () => {
		const { Decoder } = await import("/static/decoder.js");
		const { UpdateError } = await import("/static/raw.js");
		const { hex, unbase64 } = await import("/static/bytes.js");
		const decoder = new Decoder();
		const said = [];
		for (const { Data } of %s) {
			try {
				const { picture, motion } = await decoder.decode(unbase64(Data));
				const sum = hex(new Uint8Array(await crypto.subtle.digest("SHA-256", picture.image.data)));
				said.push(sum + " " + motion.sort((a, b) => a.id - b.id).map((r) => [r.id, r.x, r.y, r.w, r.h].join(" ") + ";").join(""));
			} catch (e) {
				said.push(e instanceof UpdateError ? "" : String(e.stack));
			}
		}
		return said;
	})()`, text))
	taken := 0
	for i, u := range all {
		if got[i] != u.Want {
			t.Fatalf("update %d: %q in the browser, %q in Go: %s", i, got[i], u.Want, u.Data)
		}
		if u.Want != "" {
			taken++
		}
	}
	t.Logf("%d updates were taken by both, %d by neither", taken, len(all)-taken)
	if taken < len(all)/3 || taken == len(all) {
		t.Errorf("%d of %d were taken: that proves little", taken, len(all))
	}
}

// TestPictureFuzz alters compressed updates: each ends with a reason or is a
// picture, and what lies beside the picture's pixels stays as it was.
func TestPictureFuzz(t *testing.T) {
	b := laboratory(t)
	all := series(t, rand.New(rand.NewPCG(5, 6)), 120)
	text, _ := json.Marshal(all) // strings
	wrong := eval[[]string](b, fmt.Sprintf(`(async () => {
		const { Decoder } = await import("/static/decoder.js");
		const { UpdateError } = await import("/static/raw.js");
		const { unbase64 } = await import("/static/bytes.js");
		const wrong = [];
		let seed = 1;
		const random = (n) => { seed = (Math.imul(seed, 1103515245) + 12345) >>> 0; return (seed >>> 8) %% n; };
		const first = %s.map((u) => unbase64(u.Data)).filter((u) => u[1] === 0x82);
		for (let round = 0; round < 400; round++) {
			const bad = first[random(first.length)].slice();
			const from = random(4) === 0 ? 0 : 7;
			for (let i = 0; i < 1 + random(4); i++) bad[from + random(bad.length - from)] = random(256);
			if (random(8) === 0) bad.copyWithin(random(bad.length), random(bad.length));
			const decoder = new Decoder();
			try {
				const { picture, changed } = await decoder.decode(random(8) === 0 ? bad.subarray(0, random(bad.length)) : bad);
				if (picture.pixels.length !== picture.width * picture.height) wrong.push("the picture grew");
				for (const r of changed) if (r.x < 0 || r.y < 0 || r.w < 1 || r.h < 1 || r.x + r.w > picture.width || r.y + r.h > picture.height) wrong.push("changed outside");
				if (picture.pixels.some((p) => p >>> 24 !== 255)) wrong.push("a pixel is transparent");
			} catch (e) {
				if (!(e instanceof UpdateError)) wrong.push(String(e.stack));
			}
			decoder.close();
		}
		return wrong;
	})()`, text))
	for _, w := range wrong {
		t.Error(w)
	}
}
