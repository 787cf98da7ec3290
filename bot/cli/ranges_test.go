package cli

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// TestEveryNumberHasBounds guards that no number can be set to what no clock, table
// or machine can hold: each key of the configuration refuses one below its least
// and one above its most, and takes those.
func TestEveryNumberHasBounds(t *testing.T) {
	c := Default()
	all := c.bounds()
	var tables func(v reflect.Type, above string)
	tables = func(v reflect.Type, above string) {
		for field := range v.Fields() {
			key := strings.TrimPrefix(above+"."+field.Tag.Get("toml"), ".")
			switch kind := field.Type.Kind(); {
			case field.Type == reflect.TypeFor[Shards]():
			case kind == reflect.Struct:
				tables(field.Type, key)
			case kind == reflect.Int || kind == reflect.Int64 || kind == reflect.Float64:
				if !slices.ContainsFunc(all, func(b bounds) bool { return b.key == key }) {
					t.Errorf("%s has no bounds", key)
				}
			}
		}
	}
	tables(reflect.TypeFor[Config](), "")
	for _, b := range all {
		table, name, _ := strings.Cut(b.key, ".")
		set := func(value float64) error {
			c := Default()
			return decodeConfig("f.toml", fmt.Appendf(nil, "[%s]\n%s = %.0f\n", table, name, value), &c)
		}
		refused := func(err error) bool { return err != nil && strings.Contains(err.Error(), b.key+" cannot be ") }
		if refused(set(b.most)) || !refused(set(b.most+1)) || !refused(set(b.least-1)) {
			t.Errorf("%s: of %.0f, one more and one less than %.0f got %v, %v, %v", b.key, b.most, b.least, set(b.most), set(b.most+1), set(b.least-1))
		}
	}
}
