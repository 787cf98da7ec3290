package answer

import "testing"

func TestNameKinds(t *testing.T) {
	e := newEngine(t, briefs(
		"The mediator Ruth Calder met Pell Vanderoster in Oslo. Vanderoster said nothing. They went to Vrbovsko; in Vrbovsko it rained.",
		"Norwegian ships of NATO lay off Tromberg. The ships came from Norway. The Western coast was calm."), Options{})
	kinds := map[string]nameKind{
		"calder": personName, "vanderoster": personName, "oslo": placeName, "vrbovsko": placeName, "norwegian": adjective,
		"nato": groupName, "tromberg": placeName, "norway": placeName, "western": quality, "ships": unknownName,
	}
	for i, w := range e.fwd.Words {
		if want, ok := kinds[w.Text]; ok && e.kinds[i] != want {
			t.Errorf("%s: got kind %d, want %d", w.Text, e.kinds[i], want)
		}
	}
}
