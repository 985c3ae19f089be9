package peer

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pion/sdp/v3"
)

// plan is what of a description's sections comes about.
type plan struct {
	datagrams *codecLine // nil: nothing
	video     *codecLine
}

// plan chooses from the other side's description. The answering side's order
// of codecs counts.
func (w Media) plan(theirs *sections, answering bool) (p plan) {
	if d := theirs.datagrams; w.Datagrams && d != nil && d.gives && d.takes && len(d.codecs) > 0 {
		p.datagrams = &d.codecs[0]
	}
	v := theirs.video
	if v == nil || w.SendVideo && !v.takes || !w.SendVideo && !v.gives {
		return p
	}
	best := len(w.Video)
	for i, line := range v.codecs {
		at := slices.IndexFunc(w.Video, func(c VideoCodec) bool { return line.known.MimeType == videoCodecs[c].MimeType })
		if at >= 0 && (p.video == nil || answering && at < best) {
			best, p.video = at, &v.codecs[i]
		}
	}
	return p
}

func (p plan) codecs() []VideoCodec {
	if p.video == nil {
		return nil
	}
	return []VideoCodec{p.video.codec()}
}

// first is the section that the one way is named by: the first that is not
// refused. Candidates are said to be of it.
func (s *sections) first(p plan) place {
	for i, m := range s.parsed.MediaDescriptions {
		refused := s.datagrams != nil && m == s.datagrams.media && p.datagrams == nil || s.video != nil && m == s.video.media && p.video == nil
		if !refused {
			return place{s.mids[i], uint16(i)}
		}
	}
	return place{}
}

// name is the codec's in a description.
func (l *codecLine) name() string {
	_, name, _ := strings.Cut(l.known.MimeType, "/")
	return name
}

func (l *codecLine) codec() VideoCodec { return VideoCodec(l.name()) }

// answers holds an answer against this side's offer: it is of the same
// sections. A refusal need not name its own.
func (s *sections) answers(offer string) error {
	var own sdp.SessionDescription
	if err := own.UnmarshalString(offer); err != nil {
		return err
	}
	if len(own.MediaDescriptions) != len(s.parsed.MediaDescriptions) {
		return errDescription
	}
	for i, m := range s.parsed.MediaDescriptions {
		asked := own.MediaDescriptions[i]
		want, _ := asked.Attribute(sdp.AttrKeyMID)
		mid, named := m.Attribute(sdp.AttrKeyMID)
		if m.MediaName.Media != asked.MediaName.Media || mid != want && (named || m.MediaName.Port.Value != 0) {
			return errDescription
		}
		for _, section := range []*section{s.datagrams, s.video} {
			if section != nil && section.media == m {
				section.mid = want
			}
		}
	}
	return nil
}

// channelFirst gives an offer with the channel's section before those that may
// be refused: the first is what the one way is named by, and candidates with it.
func channelFirst(offer string) (string, error) {
	var own sdp.SessionDescription
	if err := own.UnmarshalString(offer); err != nil {
		return "", err
	}
	order := map[string]int{"video": 1, "audio": 2}
	slices.SortStableFunc(own.MediaDescriptions, func(a, b *sdp.MediaDescription) int {
		return cmp.Compare(order[a.MediaName.Media], order[b.MediaName.Media])
	})
	var mids []string
	for _, m := range own.MediaDescriptions {
		mid, _ := m.Attribute(sdp.AttrKeyMID)
		mids = append(mids, mid)
	}
	for i, a := range own.Attributes {
		if a.Key == sdp.AttrKeyGroup {
			own.Attributes[i].Value = "BUNDLE " + strings.Join(mids, " ")
		}
	}
	text, err := own.Marshal()
	return string(text), err
}

// named gives an answer to these sections in which every section says which it
// is: pion's refusals do not.
func (s *sections) named(answer string) (string, error) {
	var own sdp.SessionDescription
	if err := own.UnmarshalString(answer); err != nil {
		return "", fmt.Errorf("read the own answer: %w", err)
	}
	if len(own.MediaDescriptions) != len(s.parsed.MediaDescriptions) {
		return "", fmt.Errorf("read the own answer: %w", errDescription)
	}
	for i, m := range own.MediaDescriptions {
		if _, ok := m.Attribute(sdp.AttrKeyMID); !ok {
			mid, _ := s.parsed.MediaDescriptions[i].Attribute(sdp.AttrKeyMID)
			m.WithValueAttribute(sdp.AttrKeyMID, mid).WithPropertyAttribute(sdp.AttrKeyInactive)
		}
	}
	text, err := own.Marshal()
	return string(text), err
}

// cut leaves of the sections for media what is planned, in the words that this
// side has for it: whatever else they say, pion never reads.
func (s *sections) cut(p plan, sendVideo bool) (string, error) {
	if d := s.datagrams; d != nil {
		d.cut(p.datagrams, sdp.AttrKeySendRecv, d.source)
	}
	if v := s.video; v != nil && sendVideo {
		v.cut(p.video, sdp.AttrKeyRecvOnly, 0)
	} else if v != nil {
		v.cut(p.video, sdp.AttrKeySendOnly, v.source)
	}
	text, err := s.parsed.Marshal()
	return string(text), err
}

// kept are the attributes of a section that belong to the way, not to what goes over it.
var kept = []string{"ice-ufrag", "ice-pwd", "ice-options", "fingerprint", "setup"}

func (s *section) cut(line *codecLine, direction string, source uint32) {
	var rest []sdp.Attribute
	m := s.media
	before := m.Attributes
	m.Attributes = append(rest, sdp.NewAttribute(sdp.AttrKeyMID, s.mid))
	m.Bandwidth, m.EncryptionKey, m.MediaTitle = nil, nil, nil
	m.MediaName.Protos = []string{"UDP", "TLS", "RTP", "SAVPF"}
	if line == nil {
		m.MediaName.Port.Value, m.MediaName.Formats = 0, []string{"0"}
		m.Attributes = append(m.Attributes, sdp.NewPropertyAttribute(sdp.AttrKeyInactive))
		return
	}
	number := strconv.Itoa(int(line.number))
	m.MediaName.Formats = []string{number}
	for _, a := range before {
		if slices.Contains(kept, a.Key) {
			m.Attributes = append(m.Attributes, a)
		}
	}
	if s.counter != nil {
		m.WithExtMap(*s.counter)
	}
	m.WithPropertyAttribute(sdp.AttrKeyRTCPMux).WithPropertyAttribute(direction)
	m.WithValueAttribute("rtpmap", number+" "+line.name()+"/"+strconv.Itoa(int(line.known.ClockRate)))
	if line.known.SDPFmtpLine != "" {
		m.WithValueAttribute("fmtp", number+" "+line.known.SDPFmtpLine)
	}
	for _, f := range line.known.RTCPFeedback {
		m.WithValueAttribute("rtcp-fb", number+" "+f.Type+" "+f.Parameter)
	}
	if source != 0 {
		m.WithValueAttribute(sdp.AttrKeySSRC, strconv.FormatUint(uint64(source), 10)+" cname:beistand")
	}
}
