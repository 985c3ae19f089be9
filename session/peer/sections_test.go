package peer

import (
	"errors"
	"strings"
	"testing"
)

// offerOf is an offer of one that wants something.
func offerOf(t *testing.T, want Media) string {
	t.Helper()
	offer, err := newConn(t, Config{Media: want}).Offer()
	if err != nil {
		t.Fatal(err)
	}
	return offer
}

var allMedia = Media{Datagrams: true, Video: []VideoCodec{AV1, VP9, H264, VP8}, SendVideo: true}

func TestSections(t *testing.T) {
	offer := offerOf(t, allMedia)
	s, err := readSections(offer)
	if err != nil {
		t.Fatal(err)
	}
	if d := s.datagrams; d == nil || !d.gives || !d.takes || d.source == 0 || len(d.codecs) != 1 {
		t.Errorf("datagrams are read as %+v", d)
	}
	if v := s.video; v == nil || !v.gives || v.takes || v.source == 0 || len(v.codecs) != 4 || v.codecs[0].codec() != AV1 {
		t.Errorf("video is read as %+v", v)
	}
	for name, sdp := range map[string]string{
		"two videos":         offer + strings.Replace(sectionOf(offer, "video"), "a=mid:0", "a=mid:7", 1),
		"two of datagrams":   offer + strings.Replace(sectionOf(offer, "audio"), "a=mid:1", "a=mid:7", 1),
		"a name for two":     strings.Replace(offer, "a=mid:1", "a=mid:0", 1),
		"a long name":        strings.Replace(offer, "a=mid:1", "a=mid:"+strings.Repeat("1", maxMid+1), 1),
		"no name":            strings.Replace(offer, "a=mid:1\r\n", "", 1),
		"something else":     strings.Replace(offer, "m=video", "m=text", 1),
		"many formats":       strings.Replace(offer, "UDP/TLS/RTP/SAVPF 45", "UDP/TLS/RTP/SAVPF 45"+strings.Repeat(" 46", maxFormats), 1),
		"one source for two": strings.ReplaceAll(offer, "a=ssrc:"+source(offer, "audio"), "a=ssrc:"+source(offer, "video")),
		"only media":         strings.Replace(offer, sectionOf(offer, "application"), "", 1),
	} {
		if sdp == offer {
			t.Fatalf("%s: the offer is not of that form any more:\n%s", name, offer)
		}
		if _, err := readSections(sdp); !errors.Is(err, errDescription) {
			t.Errorf("%s: %v, want %v", name, err, errDescription)
		}
	}
}

// sectionOf is one of a description's, with the line that names it.
func sectionOf(sdp, kind string) string {
	from := strings.Index(sdp, "m="+kind)
	if to := strings.Index(sdp[from+1:], "\r\nm="); to >= 0 {
		return sdp[from : from+1+to+2]
	}
	return sdp[from:]
}

func source(sdp, kind string) string {
	_, rest, _ := strings.Cut(sectionOf(sdp, kind), "a=ssrc:")
	number, _, _ := strings.Cut(rest, " ")
	return number
}

// What is not as it has to be is refused, section by section; whatever is
// taken is described to pion in this side's words.
func TestAgree(t *testing.T) {
	offer := offerOf(t, allMedia)
	viewer := Media{Datagrams: true, Video: []VideoCodec{VP9, VP8, AV1}}
	for name, test := range map[string]struct {
		want      Media
		from, to  string // what of the offer is replaced
		datagrams bool
		video     VideoCodec
	}{
		"all":                    {want: viewer, datagrams: true, video: VP9},
		"the only one":           {want: Media{Video: []VideoCodec{H264}}, video: H264},
		"nothing":                {want: Media{}},
		"both would send":        {want: allMedia, datagrams: true},
		"not bundled":            {want: viewer, from: "a=group:BUNDLE 2 0 1", to: "a=group:BUNDLE 2 0", video: VP9},
		"no bundle":              {want: viewer, from: "a=group:BUNDLE 2 0 1\r\n", to: ""},
		"refused":                {want: viewer, from: "m=audio 9", to: "m=audio 0", video: VP9},
		"one way":                {want: viewer, from: "a=mid:1\r\n", to: "a=mid:1\r\na=sendonly\r\n", video: VP9},
		"of another name":        {want: viewer, from: datagramName, to: "opus", video: VP9},
		"without a source":       {want: viewer, from: "a=ssrc:" + source(offer, "audio"), to: "a=ssrc:x", video: VP9},
		"video without a source": {want: viewer, from: "a=ssrc:" + source(offer, "video"), to: "a=ssrc:0", datagrams: true},
		"another profile":        {want: viewer, from: "profile-id=0", to: "profile-id=2", datagrams: true, video: VP8},
		"another clock":          {want: viewer, from: "VP9/90000", to: "VP9/9000", datagrams: true, video: VP8},
		"a number too large":     {want: viewer, from: "98 VP9", to: "980 VP9", datagrams: true, video: VP8},
	} {
		t.Run(name, func(t *testing.T) {
			changed := offer
			if test.from != "" {
				changed = strings.ReplaceAll(offer, test.from, test.to)
			}
			if test.from != "" && changed == offer {
				t.Fatalf("the offer is not of that form any more:\n%s", offer)
			}
			s, err := readSections(changed)
			if err != nil {
				t.Fatal(err)
			}
			p := test.want.plan(s, true)
			if (p.datagrams != nil) != test.datagrams {
				t.Errorf("datagrams: %v", p.datagrams)
			}
			if (p.video != nil) != (test.video != "") || p.video != nil && p.video.codec() != test.video {
				t.Errorf("video: %+v", p.video)
			}
			text, err := s.cut(p, test.want.SendVideo)
			if err != nil {
				t.Fatal(err)
			}
			for _, word := range []string{"ssrc-group", "a=rid", "simulcast", "rtx", "msid:"} {
				if strings.Contains(text, word) {
					t.Errorf("pion reads %q", word)
				}
			}
			b := newConn(t, Config{Media: test.want})
			answer, err := b.Answer(changed)
			if err != nil {
				t.Fatal(err)
			}
			back, err := readSections(answer)
			if err != nil {
				t.Fatalf("%v of the answer\n%s", err, answer)
			}
			if err := back.answers(offer); err != nil {
				t.Errorf("%v: the answer\n%s", err, answer)
			}
			if p := allMedia.plan(back, false); (p.datagrams != nil) != test.datagrams || (p.video != nil) != (test.video != "") {
				t.Errorf("the answer says otherwise:\n%s", answer)
			}
		})
	}
}
