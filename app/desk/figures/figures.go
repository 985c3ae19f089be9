// Package figures counts what the desk does, for Prometheus.
package figures

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Figures are one desk's.
type Figures struct {
	all      *prometheus.Registry
	requests *prometheus.HistogramVec
	taken    prometheus.Counter
}

// Gauge is a figure that is looked at when somebody asks.
type Gauge struct {
	Name, Says string
	Value      func() float64
}

// New makes the figures of a desk, with its gauges.
func New(version string, gauges ...Gauge) *Figures {
	f := &Figures{
		all: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "beistand_requests_seconds", Help: "How long requests took until their answer was written, by endpoint and status.",
			Buckets: []float64{.001, .005, .01, .025, .05, .1, .25, 1, 5, 30},
		}, []string{"method", "path", "status"}),
		taken: prometheus.NewCounter(prometheus.CounterOpts{Name: "beistand_upload_bytes_total", Help: "Bytes of uploads that were taken."}),
	}
	info := prometheus.NewGauge(prometheus.GaugeOpts{Name: "beistand_info", Help: "1, with the program's version.", ConstLabels: prometheus.Labels{"version": version}})
	info.Set(1)
	f.all.MustRegister(f.requests, f.taken, info, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	for _, g := range gauges {
		f.all.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: g.Name, Help: g.Says}, g.Value))
	}
	return f
}

// Taken counts bytes of an upload.
func (f *Figures) Taken(n int64) { f.taken.Add(float64(n)) }

// Around counts what goes through next, as an endpoint's. path is the pattern
// of the table and never what was asked for: that would be a figure for each.
func (f *Figures) Around(method, path string, next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		seen := &seen{ResponseWriter: w, status: http.StatusOK}
		defer func() {
			f.requests.WithLabelValues(method, path, strconv.Itoa(seen.status)).Observe(time.Since(began).Seconds())
		}()
		next(seen, r)
	}
}

// Handler answers with all figures in Prometheus' text format.
func (f *Figures) Handler() http.Handler {
	return promhttp.HandlerFor(f.all, promhttp.HandlerOpts{MaxRequestsInFlight: 4, Timeout: 10 * time.Second})
}

// seen is an answer whose status is known afterwards.
type seen struct {
	http.ResponseWriter
	status int
	said   bool
}

func (s *seen) WriteHeader(status int) {
	if !s.said && status >= 200 || status == http.StatusSwitchingProtocols {
		s.status, s.said = status, true
	}
	s.ResponseWriter.WriteHeader(status)
}

// Unwrap is for http.ResponseController.
func (s *seen) Unwrap() http.ResponseWriter { return s.ResponseWriter }
