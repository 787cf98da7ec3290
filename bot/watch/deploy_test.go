package watch_test

import (
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"parley/bot"
	"parley/bot/watch"
)

// deploy is where dashboards and rules lie.
const deploy = "../../deploy/"

// TestDeployedFilesFit guards that dashboards and alerts ask for figures and labels
// that there are.
func TestDeployedFilesFit(t *testing.T) {
	t.Parallel()
	w := fixed(t, watch.Options{Gateway: true})
	w.Replied(bot.Ask, bot.Answered, "small", false, time.Second)
	status, body := get(t, w.Handler(), "/metrics")
	if status != http.StatusOK {
		t.Fatal(status)
	}
	name := regexp.MustCompile(`\b(?:parley|process|go)_[a-z_]+`)
	there := map[string]bool{}
	for _, n := range name.FindAllString(body, -1) {
		there[n] = true
	}
	label := regexp.MustCompile(`([a-z_]+)=~?"|by \(([a-z, ]+)\)`)
	labels := map[string]bool{"instance": true, "job": true, "severity": true, "alertstate": true, "alertname": true} // Prometheus's own
	for _, m := range label.FindAllStringSubmatch(body, -1) {
		labels[m[1]] = true
	}
	asked := 0
	for _, file := range []string{"grafana/parley.json", "prometheus/alerts.yml", "prometheus/alerts_test.yml"} {
		data, err := os.ReadFile(deploy + file)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.ReplaceAll(string(data), `\"`, `"`)
		for _, n := range name.FindAllString(text, -1) {
			if asked++; !there[n] {
				t.Errorf("%s asks for %s, which there is not", file, n)
			}
		}
		for _, m := range label.FindAllStringSubmatch(text, -1) {
			for l := range strings.FieldsSeq(strings.ReplaceAll(m[1]+" "+m[2], ",", " ")) {
				if !labels[l] {
					t.Errorf("%s asks for the label %s, which no figure has", file, l)
				}
			}
		}
	}
	if asked < 30 {
		t.Errorf("only %d figures are asked for: the test reads wrongly", asked)
	}
	var board struct {
		Panels []struct {
			Title   string
			Targets []struct{ Expr string }
		}
	}
	data, err := os.ReadFile(deploy + "grafana/parley.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &board); err != nil || len(board.Panels) == 0 {
		t.Fatalf("got %d panels, %v", len(board.Panels), err)
	}
	promtool, err := exec.LookPath("promtool")
	if err != nil {
		t.Skip("promtool is not there: rules are not tried")
	}
	for _, args := range [][]string{{"check", "rules", deploy + "prometheus/alerts.yml"}, {"test", "rules", deploy + "prometheus/alerts_test.yml"}} {
		if out, err := exec.Command(promtool, args...).CombinedOutput(); err != nil { //nolint:gosec // the arguments above
			t.Errorf("promtool %s: %v: %s", strings.Join(args, " "), err, out)
		}
	}
	// What a dashboard asks for must parse, too.
	var rules strings.Builder
	rules.WriteString("groups:\n- name: board\n  rules:\n")
	for _, p := range board.Panels {
		for _, q := range p.Targets {
			expr, _ := json.Marshal(strings.NewReplacer("$__rate_interval", "5m", "$instance", ".*").Replace(q.Expr)) // a text always can be written
			rules.WriteString("  - record: a:b\n    labels: {panel: \"" + p.Title + "\"}\n    expr: " + string(expr) + "\n")
		}
	}
	file := t.TempDir() + "/board.yml"
	if err := os.WriteFile(file, []byte(rules.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(promtool, "check", "rules", "--lint=none", file).CombinedOutput(); err != nil { //nolint:gosec // the file above
		t.Errorf("promtool: %v: %s", err, out)
	}
}
