package quantity

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"
)

// reportDay is the day of the report in the tests: a Wednesday.
var reportDay = time.Date(2025, time.December, 3, 0, 0, 0, 0, time.UTC)

// figure writes a number with at most three decimals.
func figure(f float64) string {
	return strconv.FormatFloat(math.Round(f*1000)/1000, 'f', -1, 64)
}

// show writes a value as the tables below do: kind, bound, amount, unit.
func show(v Value) string {
	mark := map[Bound]string{About: "~", AtLeast: "≥", MoreThan: ">", AtMost: "≤", LessThan: "<"}[v.Bound]
	write := figure
	if v.Kind == Date {
		layout := time.DateOnly
		if v.Unit == noYear {
			layout = "--01-02"
		}
		write = func(f float64) string { return time.Unix(int64(f)*86400, 0).UTC().Format(layout) }
	}
	amount := mark + write(v.Low)
	if v.High != v.Low {
		amount += ".." + write(v.High)
	}
	unit := v.Unit
	if unit == noYear {
		unit = ""
	}
	if v.Per > 0 {
		unit += " /" + figure(v.Per)
	}
	return strings.TrimSpace(fmt.Sprintf("%s %s %s", kindWords[v.Kind], amount, unit))
}

func showAll(vs []Value) string {
	var out []string
	for _, v := range vs {
		out = append(out, show(v))
	}
	return strings.Join(out, "; ")
}

type parseCase struct{ text, want string }

func checkParse(t *testing.T, cases []parseCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.text, func(t *testing.T) {
			if got := showAll(Parse(c.text)); got != c.want {
				t.Errorf("Parse(%q)\n got %s\nwant %s", c.text, got, c.want)
			}
		})
	}
}

func TestParseDuration(t *testing.T) {
	checkParse(t, []parseCase{
		{"The call lasted half an hour.", "duration 1800"},
		{"They waited two and a half hours for the lift.", "duration 9000"},
		{"They met for an hour and a half.", "duration 5400"},
		{"It took a year and a half.", "duration 47304000"},
		{"After five-hour talks the ministers left.", "duration 18000"},
		{"She set out on a five-day trip.", "duration 432000"},
		{"Repairs will take three to four hours.", "duration 10800..14400"},
		{"He served 18 months.", "duration 47304000"},
		{"The mast was up for more than four hours.", "duration >14400"},
		{"The choir sang for an hour or so.", "duration ~3600"},
		{"The strike went on for thirty-five days.", "duration 3024000"},
		{"Sales were halted for a quarter of an hour.", "duration 900"},
		{"Power was out for three quarters of an hour.", "duration 2700"},
		{"The bridge was shut for at most two weeks.", "duration ≤1209600"},
		{"The ban will hold for up to ten years.", "duration ≤315360000"},
		{"A 24-hour curfew began.", "duration 86400"},
		{"The siege went on for nearly five hours.", "duration ~16200..18000"},
		{"The post stood empty for two or three months.", "duration 5256000..7884000"},
		{"He drifted over two days.", "duration 172800"},
		{"It was gone in one day.", "duration 86400"},
		{"Two decades of rule ended.", "duration 630720000"},
	})
}

func TestParseMoney(t *testing.T) {
	checkParse(t, []parseCase{
		{"The firm lost £1.5bn.", "money 1500000000 GBP"},
		{"Rent is $1,200.", "money 1200 USD"},
		{"A €3m grant was paid.", "money 3000000 EUR"},
		{"The loan is US$ 20 billion.", "money 20000000000 USD"},
		{"It cost 1.2 million dollars.", "money 1200000 USD"},
		{"A stamp costs 20 cents.", "money 0.2 USD"},
		{"The fund holds ¥300bn.", "money 300000000000 JPY"},
		{"The road needs Rs 500 crore.", "money 5000000000 INR"},
		{"Tickets are $20 to $30.", "money 20..30 USD"},
		{"The repair costs between £2bn and £3bn.", "money 2000000000..3000000000 GBP"},
		{"A sum of 40 million Canadian dollars was raised.", "money 40000000 CAD"},
		{"They asked for EUR 750,000.", "money 750000 EUR"},
		{"The fine was half a million euros.", "money 500000 EUR"},
		{"Damage runs to hundreds of millions of dollars.", "money 200000000..1000000000 USD"},
		{"He owed about 1.5 billion pounds.", "money ~1500000000 GBP"},
		{"The A$90-million stand opened.", "money 90000000 AUD"},
		{"It went from $10.85 to $11.73.", "money 10.85 USD; money 11.73 USD"},
		{"It is worth £5 or more.", "money ≥5 GBP"},
	})
}

func TestParseShare(t *testing.T) {
	checkParse(t, []parseCase{
		{"One in five went home.", "share 0.2"},
		{"Nine out of 10 agreed.", "share 0.9"},
		{"Two thirds voted.", "share 0.667"},
		{"A two-thirds majority is needed.", "share 0.667"},
		{"A fifth of the crop failed.", "share 0.2"},
		{"Output fell 19 percent.", "share 0.19"},
		{"Output fell 19 per cent.", "share 0.19"},
		{"Output fell by 19%.", "share 0.19"},
		{"Output fell by 19.5 pc.", "share 0.195"},
		{"Support rose by three percentage points.", "measure 3 points"},
		{"Nearly half (45%) left.", "share ~0.47..0.5; share 0.45"},
		{"Half of the seats are empty.", "share 0.5"},
		{"About a third of the ships sank.", "share ~0.333"},
		{"Sales dropped by a quarter.", "share 0.25"},
		{"Three-quarters of them left.", "share 0.75"},
		{"Less than half the houses have heat.", "share <0.5"},
		{"Some 10 to 15 percent were lost.", "share ~0.1..0.15"},
		{"More than one-third of homes flooded.", "share >0.333"},
	})
}

func TestParseDate(t *testing.T) {
	checkParse(t, []parseCase{
		{"It opened on Dec. 2 in Oslo.", "date --12-02"},
		{"It opened on 2 December 2025.", "date 2025-12-02"},
		{"It opened on December 2nd, 2025.", "date 2025-12-02"},
		{"It opened on the 2nd of December.", "date --12-02"},
		{"Rents fell in the 1990s.", "date 1990-01-01..1999-12-31"},
		{"She retired in 2019.", "date 2019-01-01..2019-12-31"},
		{"The film (1987) was lost.", "date 1987-01-01..1987-12-31"},
		{"Snow fell in mid-March.", "date ~--03-11..--03-21"},
		{"He came in late 2024.", "date ~2024-09-01..2024-12-31"},
		{"Profit grew in the third quarter of 2025.", "date 2025-01-01..2025-12-31"},
		{"The first half of 2024 was dry.", "date 2024-01-01..2024-12-31"},
		{"The siege began in spring 2022.", "date 2022-01-01..2022-12-31"},
		{"They met on Tuesday, Dec. 2, 2025.", "date 2025-12-02"},
		{"The fair runs Dec. 2-4, 2025.", "date 2025-12-02..2025-12-04"},
		{"It was dug between 2019 and 2021.", "date 2019-01-01..2021-12-31"},
		{"A drought ran 2014–2016.", "date 2014-01-01..2016-12-31"},
		{"Taxes rise in January 2026.", "date 2026-01-01..2026-01-31"},
		{"The abbey dates from the 12th century.", ""},
		{"The pool may open again.", ""},
		{"They march at dawn.", ""},
		{"The 2024 elections were calm.", "date 2024-01-01..2024-12-31"},
		{"They saw the March show.", "date --03-01..--03-31"},
		{"Since 2014 prices doubled.", "date 2014-01-01..2014-12-31"},
		{"Yesterday they left.", ""},
		{"It shut two years ago.", ""},
	})
}

func TestParseAt(t *testing.T) {
	for _, c := range []parseCase{
		{"Yesterday they left.", "date 2025-12-02"},
		{"They will leave tomorrow.", "date 2025-12-04"},
		{"They will meet on Friday.", "date 2025-12-05"},
		{"It is set to begin on Feb. 20.", "date 2026-02-20"},
		{"It began on Feb. 20.", "date 2025-02-20"},
		{"We read Oslo Today at home.", ""},
		{"They meet every Monday.", ""},
		{"They meet next Monday.", "date 2025-12-08"},
		{"Output fell last month.", "date 2025-11-01..2025-11-30"},
		{"Output will fall next year.", "date 2026-01-01..2026-12-31"},
		{"Output rose this week.", "date 2025-12-01..2025-12-07"},
		{"It opened on Dec. 2 in Oslo.", "date 2025-12-02"},
		{"The vote is on Jan. 10.", "date 2026-01-10"},
		{"It shut two years ago.", "date ~2023-12-04"},
		{"It shut three days ago.", "date 2025-11-30"},
		{"Snow fell in March.", "date 2025-03-01..2025-03-31"},
		{"A count was done in January.", "date 2025-01-01..2025-01-31"},
		{"They would meet on Monday.", "date 2025-12-08"},
		{"The strike goes on through Monday.", "date 2025-12-08"},
		{"Monday's vote and last week's storm were bad.", "date 2025-12-01; date 2025-11-24..2025-11-30"},
		{"Rates rose in February.", "date 2025-02-01..2025-02-28"},
		{"He won last December.", "date 2024-12-01..2024-12-31"},
		{"Snow fell in mid-November.", "date ~2025-11-11..2025-11-20"},
		{"The call lasted half an hour today.", "duration 1800; date 2025-12-03"},
	} {
		t.Run(c.text, func(t *testing.T) {
			if got := showAll(ParseAt(c.text, reportDay)); got != c.want {
				t.Errorf("ParseAt(%q)\n got %s\nwant %s", c.text, got, c.want)
			}
		})
	}
}

func TestParseTimeOfDay(t *testing.T) {
	checkParse(t, []parseCase{
		{"Doors open at 7:30 p.m.", "time 70200"},
		{"The line went dead at 19:30 GMT.", "time 70200"},
		{"Doors open at 9am.", "time 32400"},
		{"It broke out at 9.30pm.", "time 77400"},
		{"It broke out at 9.30 p.m.", "time 77400"},
		{"It broke out at 9.75 p.m.", ""},
		{"The gate shut at 12 a.m.", "time 0"},
	})
}

func TestParseAge(t *testing.T) {
	checkParse(t, []parseCase{
		{"A 47-year-old was held.", "age 47"},
		{"A driver aged 47 was held.", "age 47"},
		{"Mara Lindt, 47, said so.", "age 47"},
		{"He is 47 years old.", "age 47"},
		{"A six-month-old calf was found.", "age 0.5"},
		{"Pupils aged 11 to 14 may apply.", "age 11..14"},
		{"She is in her 40s.", ""},
		{"It died at the age of 22.", "age 22"},
		{"Those 65 or older pay less.", "age ≥65"},
	})
}

func TestParseRankAndScore(t *testing.T) {
	checkParse(t, []parseCase{
		{"It rained for a third day.", "rank 3"},
		{"She came third.", "rank 3"},
		{"He is the No. 2 at the bank.", "rank 2"},
		{"It is the second-largest port.", "rank 2"},
		{"The 21st flight was full.", "rank 21"},
		{"Ostby won 3-2.", "score 2..3"},
		{"Ostby beat Sandmouth 3-2.", "score 2..3"},
		{"The house passed it 712-626.", "score 626..712"},
		{"The match was a 1-1 draw.", "score 1"},
		{"They lost 2–3 to the guests.", "score 2..3"},
		{"Their record is 0-11.", "score 0..11"},
		{"The First Minister spoke.", ""},
		{"They live on 5th Avenue.", ""},
		{"At first it rained.", ""},
		{"A No. 1 seed lost.", "rank 1"},
		{"It was first reported by them.", ""},
	})
}

func TestParseMeasure(t *testing.T) {
	checkParse(t, []parseCase{
		{"The cable is 160 km long.", "measure 160000 length"},
		{"The cable is 100 miles long.", "measure 160934.4 length"},
		{"The park covers 2,300 square kilometres.", "measure 2300000000 area"},
		{"The lake covers 40 sq km.", "measure 40000000 area"},
		{"The car did 70 mph.", "measure 31.293 speed"},
		{"Winds blew at 90 kilometres per hour.", "measure 25 speed"},
		{"Winds blew at 36 km/h.", "measure 10 speed"},
		{"The baby weighed 3.2 kg.", "measure 3.2 mass"},
		{"A 500-pound bomb fell.", "measure 226.796 mass"},
		{"An 8,800-pound bell rang.", "measure 3991.613 mass"},
		{"A 7.1-magnitude quake struck.", "measure 7.1 magnitude"},
		{"A 10-kilometre queue formed.", "measure 10000 length"},
		{"The plant makes 300 megawatts.", "measure 300000000 power"},
		{"Some 50,000 litres leaked.", "measure ~50 volume"},
		{"The shop sits 300 feet from 20 metres of wall.", "measure 91.44 length; measure 20 length"},
	})
}

func TestParsePer(t *testing.T) {
	checkParse(t, []parseCase{
		{"They work five days a week.", "duration 432000"},
		{"The job pays $15 an hour.", "money 15 USD /3600"},
		{"A total of 1 204 people signed.", "count 1204 person"},
		{"Frost of minus 12 degrees Celsius came.", "measure -12 temperature"},
		{"It was 12 degrees Celsius below zero.", "measure -12 temperature"},
		{"The ferry carries 300 people daily.", "count 300 person /86400"},
		{"It pays 300 crowns monthly.", "count 300 crown /2628000"},
		{"It pays 300 crowns a head.", "count 300 crown"},
		{"Milk is at $4 per gallon and oil at $60 a barrel.", "money 4 USD; money 60 USD"},
		{"About 300 lorries per day cross.", "count ~300 lorri /86400"},
		{"Rainfall was 40 millimetres per month.", "measure 0.04 length /2628000"},
	})
}

func TestParseCount(t *testing.T) {
	checkParse(t, []parseCase{
		{"They fired 23 missiles of different types.", "count 23 missil"},
		{"They fired 800 drones and missiles.", "count 800 drone"},
		{"It was crewed by 2019 people.", "count 2019 person"},
		{"More than 20 young people died.", "count >20 person"},
		{"At least 29 were killed.", "number ≥29"},
		{"Nearly 5,000 homes lost power.", "count ~4500..5000 home"},
		{"Between 20 and 30 boats sank.", "count 20..30 boat"},
		{"Some 20–30 boats sank.", "count ~20..30 boat"},
		{"One hundred and twenty cows were sold.", "count 120 cow"},
		{"Hundreds of fans sang.", "count 200..1000 fan"},
		{"Tens of thousands of fans sang.", "count 20000..100000 fan"},
		{"Thousands of cars and millions of pigs burned.", "count 2000..10000 car; count 2000000..10000000 pig"},
		{"They saw 220 children ages away.", "count 220 child"},
		{"He has 12 sports cars.", "count 12 car"},
		{"Dozens were hurt.", "number 24..120"},
		{"No one was hurt.", ""},
		{"None of them spoke.", ""},
		{"Zero cases were found.", "count 0 case"},
		{"Some 13 Israelis sang.", "count ~13 isra"},
		{"A dozen eggs broke.", "count 12 egg"},
		{"Half a dozen eggs broke.", "count 6 egg"},
		{"A 12-member panel sat.", "count 12 member"},
		{"Up to 300 Dutch engineers left.", "count ≤300 engin"},
		{"Fewer than 40 cases remain.", "count <40 case"},
		{"Only one soldier came back.", "count 1 soldier"},
		{"One must be careful with this one.", ""},
		{"One in five homes and 1 in 4 flats are cold.", "share 0.2; share 0.25"},
		{"The 2020 Oslo Games drew 340 guests.", "date 2020-01-01..2020-12-31; count 340 guest"},
		{"20 or so hens and 30-odd ducks swam.", "count ~20 hen; count ~30 duck"},
		{"Three women were on the 20 buses.", "count 3 woman; count 20 bus"},
		{"Twenty of the boats sank.", "count 20 boat"},
		{"Just over 60 whales beached.", "count >60 whale"},
		{"No fewer than 70 whales beached.", "count ≥70 whale"},
		{"2 million voters stayed at home.", "count 2000000 voter"},
		{"The toll rose from 20 to 30.", "number 20; number 30"},
		{"Ten more horses ran.", "count 10 hors"},
		{"Police and 15 aircraft searched.", "count 15 aircraft"},
		{"In Malmö 23 people fell ill.", "count 23 person"},
		{"The boat had 7m litres of milk and 5m sacks.", "measure 7000 volume; count 5000000 sack"},
	})
}

func TestParseNames(t *testing.T) {
	checkParse(t, []parseCase{
		{"An F-16 flew past.", ""},
		{"COVID-19 spread.", ""},
		{"Under Article 5 they must help.", ""},
		{"The G20 met.", ""},
		{"A Boeing 737 landed.", ""},
		{"Apollo 11 astronauts met.", ""},
		{"Take Highway 61 north.", ""},
		{"Call 555-123-4567 or +44 20 7946 0958.", ""},
		{"See https://example.org/2019/12/20-people for more.", ""},
		{"It was so.[3]", ""},
		{"He lives at 10 Downing Street.", ""},
		{"The Group of Seven met.", ""},
		{"Formula One cars raced.", ""},
		{"See page 12 and chapter three.", ""},
		{"Write to desk21@example.org now.", ""},
		{"Its 5G mast and 4K screens failed.", ""},
		{"Version 2.4.1 is out.", ""},
		{"They talked one-on-one.", ""},
		{"The Group of 20 met.", ""},
		{"Three Mile Island is shut.", ""},
		{"A one-time fee is due.", ""},
		{"It is open 24/7.", ""},
		{"The XB.3 strain spread.", ""},
		{"They showed '30 Minutes' again.", ""},
		{"The road is shut from Exits 12 and 40.", ""},
		{"It was one of the best of them.", ""},
		{"She would one day be queen.", ""},
	})
}
