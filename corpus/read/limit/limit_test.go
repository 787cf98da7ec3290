package limit

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"
)

func TestMeter(t *testing.T) {
	t.Parallel()
	l := Limits{Nodes: 10, Depth: 3, Unpacked: 100, Time: time.Hour}
	for _, tt := range []struct {
		name  string
		count func(m *Meter) error
		want  bool
	}{
		{"as many nodes as there may be", func(m *Meter) error { return m.Nodes(10) }, false},
		{"one more", func(m *Meter) error { return errors.Join(m.Nodes(10), m.Nodes(1)) }, true},
		{"as deep", func(m *Meter) error { return m.Depth(3) }, false},
		{"deeper", func(m *Meter) error { return m.Depth(4) }, true},
		{"as many bytes", func(m *Meter) error { return m.Unpack(100) }, false},
		{"one byte more", func(m *Meter) error { return errors.Join(m.Unpack(100), m.Unpack(1)) }, true},
		{"in time", (*Meter).Clock, false},
	} {
		err := tt.count(New(t.Context(), l))
		if (err != nil) != tt.want || err != nil && !errors.Is(err, ErrLimit) {
			t.Errorf("%s: got %v", tt.name, err)
		}
	}
	if err := New(t.Context(), Limits{Time: time.Nanosecond}).Clock(); !errors.Is(err, ErrLimit) {
		t.Errorf("late: got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := New(ctx, l).Nodes(0); err != nil {
		t.Errorf("no node: got %v", err)
	}
	if err := New(ctx, Limits{}).Nodes(2 * clockEvery); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: got %v", err)
	}
	if New(ctx, l).Apart() || !NewApart(ctx, l).Apart() {
		t.Error("a meter does not know where it is")
	}
}

// TestDefaults guards that every limit has a default, and that each lies below the
// most that it may be.
func TestDefaults(t *testing.T) {
	t.Parallel()
	l := Limits{}.WithDefaults()
	v := reflect.ValueOf(l)
	for i := range v.NumField() {
		if v.Field(i).IsZero() {
			t.Errorf("%s has no default", v.Type().Field(i).Name)
		}
	}
	if l.FileBytes > MostFileBytes || l.ArticleBytes > MostArticleBytes || l.Unpacked > MostUnpacked || l.Nodes > MostNodes ||
		l.Depth > MostDepth || l.Memory > MostMemory || l.Memory < LeastMemory || l.Time > MostTime || DefaultTotal > MostTotal {
		t.Errorf("a default is more than there may be: %+v", l)
	}
}
