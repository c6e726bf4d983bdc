using System.Globalization;
using Cockpit.EngineBench;

var objectives = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10_000;
var rows = new List<BenchRow>();
rows.AddRange(Throughput.Measure());
rows.AddRange(ReadCost.Measure());
rows.AddRange(Memory.Measure([objectives / 10, objectives]));
rows.AddRange(await AgainstPrometheus.MeasureAsync());

Console.WriteLine("| what | measured | budget | ratio |");
Console.WriteLine("|---|---|---|---|");
foreach (var row in rows) Console.WriteLine($"| {row.What} | {row.Measured} | {row.Budget} | {row.Ratio} |");
return rows.Exists(row => !row.IsKept) ? 1 : 0;
