package flow

// segment takes one in.
func (r *Receiver) segment(n uint64, payload []byte) {
	if n < r.next || r.slots[n%slots] != nil {
		r.figures.Again++
		return
	}
	r.keep(n, payload)
	for r.wrong == nil && r.slots[r.next%slots] != nil {
		if err := r.joiner.add(&r.frames, r.slots[r.next%slots]); err != nil {
			clear(r.frames)
			_ = r.fail(err)
			return
		}
		r.next++
		if r.next > rowMost {
			r.release(r.next - rowMost - 1)
		}
	}
}

// keep copies a segment.
func (r *Receiver) keep(n uint64, payload []byte) {
	var b []byte
	if i := len(r.spare); i > 0 {
		b, r.spare = r.spare[i-1], r.spare[:i-1]
	} else {
		b = make([]byte, 0, maxPayload)
	}
	r.slots[n%slots] = append(b, payload...)
	r.kept.set(n)
	r.top = max(r.top, n+1)
}

func (r *Receiver) release(n uint64) {
	slot := &r.slots[n%slots]
	if *slot != nil && len(r.spare) < fewSpare {
		r.spare = append(r.spare, (*slot)[:0])
	}
	*slot = nil
	r.kept.unset(n)
}

// empty releases all.
func (r *Receiver) empty() {
	for n, ok := r.kept.any(); ok; n, ok = r.kept.any() {
		r.release(n)
	}
}

// mend makes the one segment of a row that is missing.
func (r *Receiver) mend(first uint64, payload []byte) {
	p := &r.parity
	if err := p.parse(payload); err != nil {
		_ = r.fail(err)
		return
	}
	end := first + uint64(p.count)
	if end > r.next+window || first+rowMost < r.next {
		return // it tells of nothing that is known here
	}
	missing, several := uint64(none), false
	for n := first; n < end; n++ {
		data := r.slots[n%slots]
		switch {
		case data != nil:
			if len(data) > p.size {
				return
			}
			p.add(data)
		case n < r.next || missing != none:
			several = true
		default:
			missing = n
		}
	}
	if several || missing == none {
		return
	}
	data, err := p.rest()
	if err != nil {
		_ = r.fail(err)
		return
	}
	r.figures.Mended++
	r.segment(missing, data)
}
