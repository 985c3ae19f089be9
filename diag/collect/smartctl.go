package collect

import "encoding/json"

// smartctl is the part of smartctl's JSON (smartmontools 7, json.cpp) that
// facts are made of.
type smartctl struct {
	Smartctl struct {
		Messages []struct{ String, Severity string }
	}
	ModelName       string `json:"model_name"`
	FirmwareVersion string `json:"firmware_version"`
	SmartStatus     *struct {
		Passed *bool
	} `json:"smart_status"`
	Temperature *struct {
		Current *float64
	}
	PowerOnTime *struct {
		Hours *uint64
	} `json:"power_on_time"`
	PowerCycles *uint64 `json:"power_cycle_count"`
	Attributes  struct {
		Table []struct {
			ID    int
			Value float64
			Raw   struct{ Value uint64 }
		}
	} `json:"ata_smart_attributes"`
	SelfTest struct {
		Standard struct {
			Table []struct {
				Status struct{ String string }
			}
		}
	} `json:"ata_smart_self_test_log"`
	ErrorLog struct {
		Summary *struct{ Count uint64 }
	} `json:"ata_smart_error_log"`
	NVMe *struct {
		Warning     *uint64  `json:"critical_warning"`
		Spare       *float64 `json:"available_spare"`
		Used        *float64 `json:"percentage_used"`
		MediaErrors *uint64  `json:"media_errors"`
		Logged      *uint64  `json:"num_err_log_entries"`
	} `json:"nvme_smart_health_information_log"`
}

// parseSmart reads what smartctl wrote about one drive.
func parseSmart(name string, text []byte) Smart {
	s := Smart{Name: name}
	var c smartctl
	if err := json.Unmarshal(text, &c); err != nil {
		s.Problem = "smartctl's answer could not be read"
		return s
	}
	s.Model, s.Firmware, s.PowerCycles = c.ModelName, c.FirmwareVersion, c.PowerCycles
	if c.SmartStatus != nil {
		s.Passed = c.SmartStatus.Passed
	}
	if c.Temperature != nil {
		s.Temperature = c.Temperature.Current
	}
	if c.PowerOnTime != nil {
		s.PowerOnHours = c.PowerOnTime.Hours
	}
	s.ata(c)
	if n := c.NVMe; n != nil {
		s.Warning, s.Spare, s.Worn, s.MediaErrors, s.LoggedErrors = n.Warning, n.Spare, n.Used, n.MediaErrors, n.Logged
	}
	if s.Passed == nil && s.Temperature == nil && s.PowerOnHours == nil {
		s.Problem = "the drive does not tell its health"
		for _, m := range c.Smartctl.Messages {
			s.Problem = m.String
		}
	}
	return s
}

// ata takes the attributes whose meaning makers agree on.
func (s *Smart) ata(c smartctl) {
	for _, a := range c.Attributes.Table {
		raw := a.Raw.Value
		switch a.ID {
		case 5:
			s.Reallocated = &raw
		case 197:
			s.Pending = &raw
		case 198:
			s.Uncorrectable = &raw
		case 199:
			s.CableErrors = &raw
		case 177, 231, 233: // wear levelling, life left, media wear-out: 100 is new
			if s.Worn == nil && a.Value > 0 && a.Value <= 100 {
				worn := 100 - a.Value
				s.Worn = &worn
			}
		}
	}
	if t := c.SelfTest.Standard.Table; len(t) > 0 {
		s.SelfTest = t[0].Status.String
	}
	if c.ErrorLog.Summary != nil {
		s.LoggedErrors = &c.ErrorLog.Summary.Count
	}
}
