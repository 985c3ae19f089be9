package peer

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pion/sdp/v3"
	"github.com/pion/webrtc/v3"
)

// Limits of a description.
const (
	maxUfrag   = 256 // the longest ICE user name fragment
	maxMid     = 32
	maxFormats = 128 // of one section
)

// sections are what a description is of: the channel's always, and the others
// once at most.
type sections struct {
	parsed    *sdp.SessionDescription
	mids      []string
	datagrams *section // nil where there is none
	video     *section
}

// place is which section of a description one is.
type place struct {
	mid   string
	index uint16
}

// section is what one says, as far as it counts here.
type section struct {
	media        *sdp.MediaDescription
	mid          string
	gives, takes bool        // what the other side would send, and take; neither where it refuses
	codecs       []codecLine // those that are known here, as ordered there
	source       uint32      // what it would send as; 0 nothing
	counter      *sdp.ExtMap // the header extension that counts packets; nil none
}

// codecLine is a codec, and the number that the other side has given it.
type codecLine struct {
	number uint8
	known  webrtc.RTPCodecParameters // as it is described here
}

// readSections judges a description without its candidates: it is of one
// channel, and of datagrams and video once each at most, and its ICE user name
// of the characters that those have (RFC 8839, section 5.4): it is sent in the
// clear to every candidate's address. It goes by how pion reads it, which finds
// lines behind a carriage return alone, and behind some spaces, too.
func readSections(text string) (*sections, error) {
	parsed, err := (&webrtc.SessionDescription{SDP: text}).Unmarshal()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errDescription, err)
	}
	s := &sections{parsed: parsed}
	attributes, channels := slices.Clone(parsed.Attributes), 0
	for _, m := range parsed.MediaDescriptions {
		attributes = append(attributes, m.Attributes...)
		mid, _ := m.Attribute(sdp.AttrKeyMID)
		anonymous := mid == "" && m.MediaName.Port.Value != 0 && len(parsed.MediaDescriptions) > 1 // a refusal may be
		if anonymous || len(mid) > maxMid || len(m.MediaName.Formats) > maxFormats || mid != "" && slices.Contains(s.mids, mid) {
			return nil, errDescription
		}
		s.mids = append(s.mids, mid)
		into := &s.datagrams
		switch m.MediaName.Media {
		case "application":
			channels++
			continue
		case "audio":
		case "video":
			into = &s.video
		default:
			return nil, errDescription
		}
		if *into != nil {
			return nil, errDescription
		}
		*into = readSection(m, mid, s.bundled(mid))
	}
	if channels != 1 || s.video != nil && s.datagrams != nil && s.video.source != 0 && s.video.source == s.datagrams.source {
		return nil, errDescription
	}
	for _, a := range attributes {
		switch {
		case a.IsICECandidate():
			return nil, errDescription // in a place where candidatesApart has not seen it
		case a.Key == "ice-ufrag" && (len(a.Value) > maxUfrag || strings.ContainsFunc(a.Value, notICE)):
			return nil, errDescription
		}
	}
	return s, nil
}

func notICE(r rune) bool {
	return !(r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r == '+' || r == '/')
}

// bundled says whether a section goes over the one way there is (RFC 9143).
func (s *sections) bundled(mid string) bool {
	group, _ := s.parsed.Attribute(sdp.AttrKeyGroup)
	mids := strings.Fields(group)
	return len(mids) > 1 && mids[0] == "BUNDLE" && slices.Contains(mids[1:], mid)
}

// readSection reads one for media. What it lacks makes it a refusal.
func readSection(m *sdp.MediaDescription, mid string, bundled bool) *section {
	s := &section{media: m, mid: mid}
	_, muxed := m.Attribute(sdp.AttrKeyRTCPMux)
	if m.MediaName.Port.Value == 0 || mid == "" || !bundled || !muxed {
		return s
	}
	s.gives, s.takes = true, true
	names, parameters := map[string]string{}, map[string]string{}
	for _, a := range m.Attributes {
		number, rest, _ := strings.Cut(a.Value, " ")
		switch a.Key {
		case sdp.AttrKeySendOnly:
			s.takes = false
		case sdp.AttrKeyRecvOnly:
			s.gives = false
		case sdp.AttrKeyInactive:
			s.gives, s.takes = false, false
		case "rtpmap":
			names[number] = rest
		case "fmtp":
			parameters[number] = rest
		case sdp.AttrKeySSRC: // the first; a browser's second would be for sending again
			if n, err := strconv.ParseUint(number, 10, 32); err == nil && s.source == 0 {
				s.source = uint32(n)
			}
		case sdp.AttrKeyExtMap:
			var e sdp.ExtMap
			if e.Unmarshal(a.String()) == nil && e.URI != nil && e.URI.String() == wholeWayURI && e.Value > 0 && e.Value < 15 {
				s.counter = &sdp.ExtMap{Value: e.Value, URI: e.URI}
			}
		}
	}
	if s.source == 0 {
		s.gives = false
	}
	for _, format := range m.MediaName.Formats {
		n, err := strconv.ParseUint(format, 10, 7)
		if known, ok := knownCodec(m.MediaName.Media, names[format], parameters[format]); ok && err == nil && n > 0 {
			s.codecs = append(s.codecs, codecLine{uint8(n), known})
		}
	}
	return s
}

// knownCodec finds what a codec's line stands for: name, clock and parameters.
func knownCodec(kind, name, parameters string) (webrtc.RTPCodecParameters, bool) {
	name, clock, _ := strings.Cut(name, "/")
	if clock != "90000" {
		return webrtc.RTPCodecParameters{}, false
	}
	if kind == "audio" {
		return datagramCodec, name == datagramName
	}
	of := map[string]string{}
	for p := range strings.SplitSeq(parameters, ";") {
		key, value, _ := strings.Cut(strings.TrimSpace(p), "=")
		of[strings.ToLower(key)] = strings.ToLower(value)
	}
	codec := VideoCodec(strings.ToUpper(name))
	fits := true
	switch codec {
	case VP9:
		fits = of["profile-id"] == "" || of["profile-id"] == "0"
	case AV1:
		fits = of["profile"] == "" || of["profile"] == "0"
	case H264: // constrained baseline, at whatever level
		fits = of["packetization-mode"] == "1" && strings.HasPrefix(of["profile-level-id"], "42e0")
	}
	known, ok := videoCodecs[codec]
	return known, ok && fits
}
