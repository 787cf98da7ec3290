package metadata

import "testing"

func TestUncapitalised(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"PAULA DRISK":        "Paula Drisk",
		"ANA O'BRIEN-RUIZ":   "Ana O'Brien-Ruiz",
		"J.R. MCKAY":         "J.R. McKay",
		"JD HALE":            "JD Hale",
		"LUDWIG VAN DER MAY": "Ludwig van der May",
		"ST. OSYTH":          "St. Osyth",
		"ŁUCJA ŚWIĄTEK":      "Łucja Świątek",
		"PORT SULLA":         "Port Sulla",
		"UAE":                "UAE",
		"Ana RUIZ":           "Ana RUIZ",
		"王小明":                "王小明",
	} {
		if got := uncapitalised(in); got != want {
			t.Errorf("%s: got %q, want %q", in, got, want)
		}
	}
}
