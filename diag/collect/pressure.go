package collect

// PressureFacts is how much of the time work waited for want of processor,
// memory or disk (Linux pressure stall information,
// Documentation/accounting/psi.rst). nil: the kernel does not say.
type PressureFacts struct {
	CPU    *Pressure `json:"processor,omitempty"`
	Memory *Pressure `json:"memory,omitempty"`
	IO     *Pressure `json:"disk,omitempty"`
}

// Pressure is one resource's: some is when at least one task waited, full
// when none could go on, as the average of the last seconds.
type Pressure struct {
	Some10  float64  `json:"some_10_s_percent"`
	Some60  float64  `json:"some_60_s_percent"`
	Some300 float64  `json:"some_300_s_percent"`
	Full10  *float64 `json:"full_10_s_percent,omitempty"`
	Full60  *float64 `json:"full_60_s_percent,omitempty"`
	Full300 *float64 `json:"full_300_s_percent,omitempty"`
	Waited  float64  `json:"some_since_start_seconds"`
}
