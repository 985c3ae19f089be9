package api

// Ready says whether people should be sent to a desk (200) or to another one (503).
type Ready struct {
	Ready    bool   `json:"ready"`
	Database string `json:"database,omitempty"` // "" is well; "does not answer"
	Disk     string `json:"disk,omitempty"`     // "" is well; "full": uploads are refused, reading goes on
	Stopping bool   `json:"stopping,omitempty"` // what is under way is finished, nothing new begins
}
